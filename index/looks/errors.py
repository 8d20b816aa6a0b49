"""The errors of `index.looks`, below `index.errors.IndexingError`.

LooksError
├── PictureError    a file or an address is not a picture that can be read; that film goes without looks
├── NetworkError    an image network or its weights cannot be loaded; says what to run
└── StylesError     the trained styles are missing, damaged or belong to another network
"""

from index.errors import IndexingError


class LooksError(IndexingError):
    """Anything that measuring posters cannot do."""


class PictureError(LooksError):
    """A file or an address is not a picture that can be read."""


class NetworkError(LooksError):
    """An image network cannot be loaded."""


class StylesError(LooksError):
    """The trained styles cannot be used."""
