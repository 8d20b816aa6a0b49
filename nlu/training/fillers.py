"""What templates are filled with: names, plots, and the words of the lexicons that are no names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from nlu.files import lexicon_file
from persona_configs.vocabulary import axes, film_kinds, genres, moods, themes

#: Files of this package and vocabularies that fillers come from.
PARTS = ("names.yaml", "plots.yaml", "templates.yaml")
VOCABULARIES = ("axes.yaml", "genres.yaml", "kinds.yaml", "moods.yaml", "themes.yaml")
#: Ways to say one mood or theme that are taken; the first ones are what most people say.
_WAYS = 6


@dataclass(frozen=True, slots=True)
class Fillers:
    """`titles`, `people` and `plots` are marked where they are filled in, `words` (slot → words) are not."""

    titles: Sequence[str]
    people: Sequence[str]
    plots: "Plots"
    words: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Plots:
    """Plot phrases, whole ones and those that are put together: who, what they do, where."""

    things: Sequence[str]
    who: Sequence[str]
    does: Sequence[str]
    happens: Sequence[str]
    where: Sequence[str]

    def one(self, random: Random) -> str:
        """A plot phrase: a thing, somebody who does something, either in its place."""
        cast = random.random()
        if cast < 0.45:
            return random.choice(self.things)
        if cast < 0.7:
            return f"{random.choice(self.who)} {random.choice(('who', 'who', 'that'))} {random.choice(self.does)}"
        if cast < 0.9:
            return f"{random.choice((*self.who, *self.things))} {random.choice(self.where)}"
        return random.choice(self.who)


def fillers(*, titles: Sequence[str] = (), people: Sequence[str] = ()) -> Fillers:
    """The fillers of this package and the lexicons, with further names. Names with brackets are left out: they would
    read as marks of our own format."""
    names, plots = part("names.yaml"), part("plots.yaml")
    return Fillers(
        titles=_clean([*names["titles"], *titles]),
        people=_clean([*names["people"], *people]),
        plots=Plots(**{name: _clean(plots[name]) for name in ("things", "who", "does", "happens", "where")}),
        words={**_listed(), **{name: tuple(names[name]) for name in ("friend", "town", "brand", "day")}},
    )


@cache
def part(name: str) -> dict[str, Any]:
    """The mapping that a file of this package holds; the caller must not change it."""
    source = files("nlu").joinpath("training", name).read_text(encoding="utf-8")
    rows: dict[str, Any] = yaml.safe_load(source)
    return rows


def _clean(names: Sequence[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in map(str, names) if not set(name) & set("[](){}")))


def _listed() -> dict[str, tuple[str, ...]]:
    operators, audiences, eras = lexicon_file("operators"), lexicon_file("audiences"), lexicon_file("eras")
    tone = lexicon_file("tone")
    spoken = {
        "mood": (way for term in moods().values() for way in term.spoken[:_WAYS]),
        "genre": (way for term in genres().values() for way in term.spoken[:_WAYS]),
        "theme": (way for term in themes().values() for way in term.spoken[:_WAYS]),
        "kind": (way for kind in film_kinds().values() for way in kind.spoken[:_WAYS]),
        "tone": (way for axis in axes().values() for way in (*axis.more, *axis.less)),
        "weighed": (word for words in tone["weighed"].values() for word in words),
        "look": (word for words in lexicon_file("visual").values() for word in words),
        "demonym": (words[0] for words in lexicon_file("places")["demonyms"].values()),
        "era": (*eras["named"], *eras["compared"], *_decades()),
        "audience": audiences["alone"],
        "watcher": audiences["with_someone"],
        "award": (word for words in lexicon_file("awards").values() for word in words),
        "degree": (*operators["degrees"]["steps"], *operators["degrees"]["strong"]),
        "no": operators["negators"]["noun"],
        "not": operators["negators"]["quality"],
        "face": (face for faces in lexicon_file("emoji")["senses"].values() for face in faces.split()),
    }
    return {slot: tuple(dict.fromkeys(str(word) for word in words if word)) for slot, words in spoken.items()}


def _decades() -> Iterator[str]:
    for decade in range(20, 100, 10):
        yield from (f"the {decade}s", f"19{decade}s")
    yield from ("the fifties", "the sixties", "the seventies", "the eighties", "the nineties", "the 2000s", "2019")
