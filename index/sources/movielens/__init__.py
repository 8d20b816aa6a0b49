"""A MovieLens folder as a source of films."""

from index.sources.movielens.folder import MovieLensFolder, is_movielens

__all__ = ["MovieLensFolder", "is_movielens"]
