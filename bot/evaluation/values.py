"""The small values that expectations are written in: words, patterns, bounds, counts. Each refuses what is not one."""

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from persona_configs.vocabulary import CERTIFICATIONS, NOT_RATED, axes, genres, moods, themes

_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
_BOUND = re.compile(r"^\s*(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)\s*$")


class Part(BaseModel):
    """A part of a conversation file: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _within(kind: str, closed: Iterable[str]) -> AfterValidator:
    allowed = frozenset(closed)

    def check(word: str) -> str:
        if word not in allowed:
            raise ValueError(f"'{word}' is not a {kind}")
        return word

    return AfterValidator(check)


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return text


def finds(pattern: str, text: str) -> bool:
    """Whether the pattern occurs in the text; upper and lower case are the same."""
    return re.search(pattern, text, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound on a figure, written "<= 0.3"."""

    sign: str
    figure: float

    def holds(self, figure: float | None) -> bool:
        """Whether the figure keeps to it; an unknown figure does not."""
        return figure is not None and _COMPARE[self.sign](figure, self.figure)

    def __str__(self) -> str:
        return f"{self.sign} {self.figure:g}"


def _bound(value: Any) -> Any:
    if isinstance(value, Bound):
        return value
    if not (isinstance(value, str) and (found := _BOUND.match(value))):
        raise ValueError('not a bound: write e.g. "<= 0.3"')
    return Bound(found[1], float(found[2]))


class Count(Part):
    """How many: a number, or {at_least, at_most}."""

    at_least: Annotated[int, Field(ge=0)] = 0
    at_most: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_number(cls, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            return {"at_least": value, "at_most": value}
        return value

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.at_most is not None and self.at_most < self.at_least:
            raise ValueError("at_most is smaller than at_least")
        return self

    def holds(self, number: int) -> bool:
        return number >= self.at_least and (self.at_most is None or number <= self.at_most)

    def __str__(self) -> str:
        if self.at_most == self.at_least:
            return str(self.at_least)
        return f"at least {self.at_least}" if self.at_most is None else f"{self.at_least} to {self.at_most}"


Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Pattern = Annotated[str, Field(min_length=1), AfterValidator(_pattern)]
Patterns = Annotated[tuple[Pattern, ...], BeforeValidator(_listed)]
Measure = Annotated[Bound, BeforeValidator(_bound)]
Range = tuple[int | None, int | None]
Axis = Annotated[str, _within("tone axis", axes())]
Genres = Annotated[tuple[Annotated[str, _within("genre", genres())], ...], BeforeValidator(_listed)]
Moods = Annotated[tuple[Annotated[str, _within("mood", moods())], ...], BeforeValidator(_listed)]
Themes = Annotated[tuple[Annotated[str, _within("theme", themes())], ...], BeforeValidator(_listed)]
Certification = Annotated[str, _within("certification", (*CERTIFICATIONS, NOT_RATED))]
Certifications = Annotated[tuple[Certification, ...], BeforeValidator(_listed)]
Direction = Literal["lower", "higher"]
