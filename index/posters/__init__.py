"""Addresses of posters at TMDB, kept beside a catalogue's films: the addresses are facts, the pictures stay there.

addresses.json     movie_id to path, as TMDB writes it: "/aBcD.jpg"
provenance.json    where the addresses come from
NOTICE.md          whose the pictures are, and what showing them asks for
"""

from index.posters.kept import ADDRESSES, FOLDER, POSTER_BASE, read_addresses, with_addresses, write_addresses
from index.posters.listed import listed_posters

__all__ = [
    "ADDRESSES",
    "FOLDER",
    "POSTER_BASE",
    "listed_posters",
    "read_addresses",
    "with_addresses",
    "write_addresses",
]
