"""From sources to an artefact, and the reading of it: films, vectors and the bitmaps that filter them."""

from index.artefact import Artefact, current_folder, read_artefact, verify_artefact
from index.build import BuildReport, add, build, gather
from index.catalogue import Catalogue
from index.encoder import ONNX_MINILM, TextEncoder, load_encoder
from index.errors import ArtefactError, CatalogueError, EncoderError, IndexingError, VectorStoreError
from index.film import Film, MovieId, film_row, parse_film, read_films
from index.rows import RowSet
from index.vectors import FaissStore, Hits, VectorStore

__all__ = [
    "ONNX_MINILM",
    "Artefact",
    "ArtefactError",
    "BuildReport",
    "Catalogue",
    "CatalogueError",
    "EncoderError",
    "FaissStore",
    "Film",
    "Hits",
    "IndexingError",
    "MovieId",
    "RowSet",
    "TextEncoder",
    "VectorStore",
    "VectorStoreError",
    "add",
    "build",
    "current_folder",
    "film_row",
    "gather",
    "load_encoder",
    "parse_film",
    "read_artefact",
    "read_films",
    "verify_artefact",
]
