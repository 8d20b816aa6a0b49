"""Matching a frame against what is expected of it, by dotted paths such as "wants.moods" or "tone.scary.direction"."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, TypeAdapter

from nlu.frame import Frame, Shift, Wishes
from persona_configs.vocabulary import axes

_FRAME = TypeAdapter(Frame)
_ABSENT = object()
#: Ranges are pairs whose places mean something; every other list is a set of words.
_RANGES = ("year", "runtime_min")


def _flat(value: Any) -> Any:
    return dict(_leaves(value, "")) if isinstance(value, dict) else value


def _leaves(value: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, part in value.items():
        path = f"{prefix}{key}"
        if isinstance(part, dict):
            yield from _leaves(part, f"{path}.")
        else:
            yield path, part


def _paths(expected: dict[str, Any]) -> dict[str, Any]:
    if unknown := [path for path in expected if not _exists(path)]:
        raise ValueError(f"no such place in a frame: {', '.join(unknown)}")
    return expected


def _exists(path: str) -> bool:
    first, *rest = path.split(".")
    match first:
        case "wants" | "avoids":
            return len(rest) == 1 and rest[0] in {field.name for field in fields(Wishes)}
        case "tone":
            return len(rest) == 2 and rest[0] in axes() and rest[1] in {field.name for field in fields(Shift)}
        case _:
            return not rest and first in {field.name for field in fields(Frame)}


#: Expected values by dotted path; nested mappings are read as paths.
FrameWish = Annotated[dict[str, Any], BeforeValidator(_flat), AfterValidator(_paths)]


def lacks(wish: Mapping[str, Any], frame: Frame) -> Iterator[tuple[str, object]]:
    """The paths at which the frame does not have what is wished, each with what it has.

    A list of words must be among the frame's words; a range and a single value must be equal.
    """
    plain = plain_frame(frame)
    for path, wanted in wish.items():
        has = _at(plain, path)
        if path in _RANGES or not isinstance(wanted, list):
            met = list(has) == list(wanted) if isinstance(wanted, list) and isinstance(has, list) else has == wanted
        else:
            met = isinstance(has, list) and {*map(_folded, wanted)} <= {*map(_folded, has)}
        if not met:
            yield path, None if has is _ABSENT else has


def holds_any(wish: Mapping[str, Any], frame: Frame) -> Iterator[tuple[str, list[str]]]:
    """The paths at which the frame holds any of the words given, with those words."""
    plain = plain_frame(frame)
    for path, unwanted in wish.items():
        has = _at(plain, path)
        words = unwanted if isinstance(unwanted, list) else [unwanted]
        found = [word for word in words if isinstance(has, list) and _folded(word) in map(_folded, has)]
        if found:
            yield path, found


def plain_frame(frame: Frame) -> dict[str, Any]:
    """The frame as plain values."""
    plain: dict[str, Any] = _FRAME.dump_python(frame, mode="json")
    return plain


def asked(frame: Frame) -> dict[str, Any]:
    """What the frame asks for, by path, without what is empty; for people to read."""
    empty: tuple[Any, ...] = (None, "", [], {}, [None, None])
    return {path: value for path, value in _leaves(plain_frame(frame), "") if value not in empty}


def _at(plain: Mapping[str, Any], path: str) -> Any:
    value: Any = plain
    for key in path.split("."):
        if not isinstance(value, Mapping) or key not in value:
            return _ABSENT
        value = value[key]
    return value


def _folded(word: object) -> str:
    return str(word).casefold()
