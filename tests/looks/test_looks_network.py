"""The image networks, for real; they need the build group."""

import sys
from urllib.error import URLError

import numpy as np
import pytest
from PIL import Image

from index.looks import network as networks
from index.looks.errors import NetworkError
from index.looks.network import LITE0, load_network

pytestmark = pytest.mark.torch
torch = pytest.importorskip("torch")
pytest.importorskip("efficientnet_lite_pytorch")


def pictures() -> list[Image.Image]:
    chance = np.random.default_rng(2)
    noise = [Image.fromarray(chance.integers(0, 256, (30, 20, 3), dtype=np.uint8)) for _ in range(3)]
    return [*noise, Image.new("RGB", (200, 300), (240, 240, 240)), Image.new("RGB", (500, 90))]


def test_vectors_are_of_unit_length_and_a_batch_equals_one_by_one() -> None:
    network = load_network()
    vectors = network.vectors(pictures())
    assert vectors.shape == (5, network.dimension)
    assert vectors.dtype == np.float32
    assert vectors.flags["C_CONTIGUOUS"]
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    alone = np.vstack([network.vectors([picture]) for picture in pictures()])
    assert np.abs(vectors - alone).max() < 1e-4
    assert network.vectors([]).shape == (0, 1280)


def test_the_weights_are_those_of_imagenet() -> None:
    # The last layer, which the vectors leave out, must still sort: a lemon-yellow ball is not a black screen.
    network = load_network()
    with torch.inference_mode():
        pooled = torch.from_numpy(network.vectors(pictures()[3:]))
        assert network._network._fc(pooled).argmax(dim=1).unique().numel() == 2


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "_LITE0_SHA256", "0" * 64)
    with pytest.raises(NetworkError, match="other weights"):
        load_network()


@pytest.mark.parametrize("missing", ["torch", "efficientnet_lite_pytorch"])
def test_a_missing_package_says_what_to_run(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(NetworkError, match="make env-build"):
        load_network(LITE0)


@pytest.mark.parametrize("name", ["ResNet5_Weights", "resnet", "ResNet50_Weights.NONE", "../weights", ""])
def test_an_unknown_network_is_refused_by_name(name: str) -> None:
    with pytest.raises(NetworkError, match="knows no weights"):
        load_network(name)


@pytest.mark.parametrize("name", ["RAFT_Large_Weights", "FCN_ResNet50_Weights"])
def test_a_network_that_does_not_sort_pictures_is_refused(name: str) -> None:
    with pytest.raises(NetworkError, match=r"no weights|no network that sorts"):
        load_network(name)


@pytest.mark.parametrize(
    ("name", "dimension"),
    [("ResNet18_Weights", 512), ("MobileNet_V3_Small_Weights.IMAGENET1K_V1", 1024)],
)
def test_a_torchvision_network_by_name(name: str, dimension: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # Its weights are drawn at random here in place of the download; everything else is the real path.
    monkeypatch.setattr(networks, "_downloaded", lambda weights, _name: _fresh(weights))
    network = load_network(name)
    vectors = network.vectors(pictures())
    assert vectors.shape == (5, dimension) == (5, network.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    assert network.name.startswith(name)


def test_offline_is_told_with_a_way_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise URLError("no route")

    monkeypatch.setattr("torchvision.models._api.load_state_dict_from_url", refuse)
    with pytest.raises(NetworkError, match=r"cannot be downloaded .*efficientnet-lite0"):
        load_network("ResNet18_Weights")


def _fresh(weights: object) -> object:
    from torchvision.models import get_model, get_model_weights, list_models

    torch.manual_seed(1)
    builder = next(each for each in list_models() if get_model_weights(each) is type(weights))
    return get_model(builder, weights=None).state_dict()
