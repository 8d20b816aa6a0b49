import subprocess
import sys

import numpy as np
import pytest

from index import load_encoder
from index.encoder import SentenceTransformerEncoder
from tests.floors import floor

TEXTS = ["A pig wants to herd sheep.", "something bright", "space " * 400, "", "🫣💔"]


@pytest.fixture(scope="module")
def onnx():
    return load_encoder()


def test_vectors_are_unit_float32_and_contiguous(onnx) -> None:
    vectors = onnx.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), onnx.dimension)
    assert vectors.dtype == np.float32
    assert vectors.flags["C_CONTIGUOUS"]
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_a_batch_equals_its_texts_one_by_one(onnx) -> None:
    one_by_one = np.vstack([onnx.encode([text]) for text in TEXTS])
    assert np.array_equal(onnx.encode(TEXTS), one_by_one)


def test_no_texts_give_no_vectors(onnx) -> None:
    assert onnx.encode([]).shape == (0, 384)


def test_meaning_is_near(onnx) -> None:
    pig, farm, war = onnx.encode(["a pig on a farm", "farm animals", "soldiers in a trench"])
    assert pig @ farm > pig @ war + 0.2


@pytest.mark.torch
def test_int8_keeps_the_quality_of_the_original(onnx) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the build group: `make env-build`")
    original = SentenceTransformerEncoder().encode(TEXTS[:3])
    likeness = (original * onnx.encode(TEXTS[:3])).sum(axis=1)
    assert likeness.min() > floor("index", "int8_cosine_least")


def test_serving_imports_no_torch() -> None:
    code = (
        "import sys; sys.modules['torch'] = None; sys.modules['sentence_transformers'] = None\n"
        "import engine.service, bot.gateway.app, actions\n"
        "from index import load_encoder; assert load_encoder().encode(['a film']).shape == (1, 384)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
