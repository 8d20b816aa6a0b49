"""What can go wrong with TMDB.

IndexingError
└── TmdbError
    ├── KeyRefusedError     no key, or one that TMDB does not take: nothing can be fetched
    ├── UnreachableError    no connection, or no answer for too long: what is fetched is kept
    └── AnswerError         one answer is missing or of another form: concerns one film
"""

from index.errors import IndexingError


class TmdbError(IndexingError):
    """Anything that keeps films from being fetched. No message holds the key."""


class KeyRefusedError(TmdbError):
    """There is no key, or TMDB does not take it."""


class UnreachableError(TmdbError):
    """TMDB cannot be reached or does not answer. What was fetched is kept; running again goes on from there."""


class AnswerError(TmdbError):
    """One answer is missing (`status` 404), refused or not of the form that the API documents."""

    def __init__(self, message: str, *, status: int = 200) -> None:
        super().__init__(message)
        self.status = status
