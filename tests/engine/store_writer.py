"""`python -m tests.engine.store_writer URL PERSONA USER PREFIX COUNT`: saves films one by one and says each one
once it is kept, so that a test may end this process at any moment and know what was acknowledged."""

import sys

from engine.store import Database, TasteStore
from engine.wire import Kind


def main(url: str, persona: str, user: str, prefix: str, count: str) -> None:
    store = TasteStore(Database(url))
    for number in range(int(count)):
        movie_id = f"{prefix}-{number:05d}"
        store.record(persona, user, kind=Kind.SAVE, movie_ids=[movie_id])
        print(movie_id, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
