"""A small real encoder for tests: words hashed into buckets. Texts that share words are near, and nothing is loaded."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from index.encoder import Vectors


class HashEncoder:
    name = "hash-64"
    dimension = 64

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        vectors = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[row, hashlib.blake2b(word.encode(), digest_size=2).digest()[0] % self.dimension] += 1.0
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
