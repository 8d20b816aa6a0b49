"""A build that stops in its middle and says so, for the test that kills it there: `python slow_build.py ROOT WHERE`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from index import Film, build
from index.encoder import Vectors
from tests.index.films import film
from tests.index.hash_encoder import HashEncoder


def stop() -> None:
    print("in the middle", flush=True)
    sys.stdin.read()


class StoppingEncoder(HashEncoder):
    def encode(self, texts: list[str]) -> Vectors:
        stop()
        return super().encode(texts)


class StoppingFilms(list[Film]):
    """Films that stop while they are written."""

    def __iter__(self) -> Iterator[Film]:
        for place, each in enumerate(super().__iter__()):
            if place == 1 and any((Path(sys.argv[1]) / "small").glob(".building-*")):
                stop()
            yield each


if __name__ == "__main__":
    new = [film("brand-new"), film("newer-still")]
    encoding = sys.argv[2] == "encoding"
    build(
        new if encoding else StoppingFilms(new),
        root=Path(sys.argv[1]),
        catalogue="small",
        encoder=StoppingEncoder() if encoding else HashEncoder(),
        sources=["test"],
    )
