"""A mapping file: how a client's columns become the fields of a film."""

from index.sources.mapping.reading import mapping_beside, read_mapping
from index.sources.mapping.rows import MappedRow, film_of
from index.sources.mapping.schema import PLAIN, From, Mapping, checked_header

__all__ = [
    "PLAIN",
    "From",
    "MappedRow",
    "Mapping",
    "checked_header",
    "film_of",
    "mapping_beside",
    "read_mapping",
]
