"""What a person told us, in a database."""

from engine.store.database import Database
from engine.store.taste import Taste, TasteStore

__all__ = ["Database", "Taste", "TasteStore"]
