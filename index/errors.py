"""The errors of `index`.

IndexingError
├── CatalogueError    a source holds what a film cannot be; lists every fault with its place
├── ArtefactError     a built artefact is missing, damaged or of another form; says what to run
├── VectorStoreError  a vector store on another machine is not reached, refuses, or holds something else
└── EncoderError      a text encoder cannot be loaded or does not match the artefact
"""


class IndexingError(Exception):
    """Anything that `index` cannot do; the message says what to do about it."""


class CatalogueError(IndexingError, ValueError):
    """A source file holds something a film cannot be; the message lists every fault with its place."""


class ArtefactError(IndexingError):
    """An artefact is missing, damaged or of another form."""


class EncoderError(IndexingError):
    """A text encoder cannot be loaded, or is not the one an artefact was built with."""


class VectorStoreError(IndexingError):
    """A vector store on another machine is not reached, refuses, or holds something else."""
