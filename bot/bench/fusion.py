"""`matinee bench fusion`: what each source of evidence should weigh, learned from conversations and cross-validated.

What a person had said is parsed and ranked as in a real turn; the films that were then suggested to them and that they
liked are to stand high. Conversations about films that the catalogue lacks say nothing here and are left out.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import typer

from bot.bench.dialogues import Ask, Title, read_asks, read_queries
from bot.bench.figures import Figures, Row
from bot.bench.weighing import Choice, learn, ranks
from bot.settings import Settings
from bot.setup.environments import SetupError
from bot.setup.training import parser_folder
from engine.catalogues import Catalogues, Loaded
from engine.errors import EngineFaultError
from engine.recommend import Request
from engine.store import Taste
from engine.weights import Weights, learned_weights
from index.encoder import load_encoder
from index.errors import IndexingError
from nlu import Parser
from nlu.words import fold
from persona_configs import load_personas
from persona_configs.schema import Persona

#: The persona without limits and leanings of its own.
PERSONA = "matinee"
_FOLDS = 5
_TOP = 10
#: Years that two sources may differ by for the same film.
_YEAR_SLACK = 1

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A choice with the conversation that it comes from."""

    conversation: str
    choice: Choice


def fusion_command(
    *,
    dialogues: Annotated[list[Path], typer.Option(help="JSON lines of conversations, the form of ReDial; may repeat.")],
    queries: Annotated[
        list[Path] | None, typer.Option(help="JSON lines of plots that somebody half remembers; may repeat.")
    ] = None,
    catalogue: Annotated[str, typer.Option(help="Built catalogue that is asked.")] = "starter",
    weights_file: Annotated[
        Path | None, typer.Option("--write-weights", help="Write the weights learned from all asks to this file.")
    ] = None,
    figures_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
) -> None:
    """How well the sources of evidence are weighed, on people's own conversations; and weights learned from them."""
    try:
        figures, learned = measure(dialogues, queries or [], Settings(), catalogue=catalogue)
    except (SetupError, IndexingError, EngineFaultError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    figures.print()
    typer.echo("learned from all: " + ", ".join(f"{name} {weight:.2f}" for name, weight in asdict(learned).items()))
    if figures_file:
        figures.write(figures_file)
    if weights_file:
        whole = {"asks": figures.data["scored"], "films": figures.data["films"], "weights": asdict(learned)}
        weights_file.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")


def measure(
    dialogues: Sequence[Path], queries: Sequence[Path], settings: Settings, *, catalogue: str
) -> tuple[Figures, Weights]:
    """The figures by kind of ask, and the weights learned from all. Raises `SetupError` for files of another form and
    when fewer asks than folds are about films of the catalogue."""
    encoder = load_encoder()
    loaded = Catalogues(settings.state_dir / "index", encoder).get(catalogue)
    parser = Parser.load(parser_folder(settings.state_dir))
    persona = load_personas(settings.personas_dir)[PERSONA]
    asks = {
        "conversations": list(chain.from_iterable(read_asks(path) for path in dialogues)),
        "plots": list(chain.from_iterable(read_queries(path) for path in queries)),
    }
    by_kind = {kind: list(_choices(some, loaded, parser, persona)) for kind, some in asks.items()}
    asked = [one for some in by_kind.values() for one in some]
    if len(asked) < _FOLDS:
        raise SetupError(f"only {len(asked)} asks are about films of {catalogue!r}; that is too few")
    names = list(asdict(Weights()))
    by_hand = np.array([asdict(Weights())[name] for name in names])
    learned = Weights(**dict(zip(names, _rounded(learn([one.choice for one in asked], by_hand)), strict=True)))
    models: dict[str, Callable[[int], Vector]] = {
        "matinee": lambda _fold: np.array([asdict(learned_weights())[name] for name in names]),
        "learned on the other folds": _cross_validated(asked, by_hand),
        "set by hand": lambda _fold: by_hand,
        "meaning alone": lambda _fold: _only(names, {"plot", "plot_alone", "likeness"}),
        "popularity alone": lambda _fold: _only(names, {"ratings"}),
        "all sources alike": lambda _fold: np.ones(len(names)),
    }
    parts = {kind: some for kind, some in (*by_kind.items(), ("all", asked)) if some}
    rows: list[Row] = [
        {"model": name, "kind": kind, **_figures(some, weights)}
        for kind, some in parts.items()
        for name, weights in models.items()
    ]
    data: dict[str, str | float] = {"catalogue": catalogue, "films": len(loaded.recommender.catalogue)}
    counts = {"asks": sum(map(len, asks.values())), "scored": len(asked)}
    return Figures("fusion", data | counts, rows), learned


def _choices(asks: Iterable[Ask], loaded: Loaded, parser: Parser, persona: Persona) -> Iterable[_Asked]:
    films, recommender = _Films(loaded), loaded.recommender
    permitted = recommender.permitted(persona)
    for ask in asks:
        liked_then = films.rows(ask.liked_then)
        named = films.rows(ask.named)
        frame = parser.parse(ask.text, loaded.gazetteer).frame
        spent = {*named, *(row for row in map(recommender.catalogue.row_of, frame.like) if row is not None)}
        may = permitted.mask.copy()
        may[list(spent)] = False
        rows = [row for row in liked_then if may[row]]
        if not rows:
            continue
        taste = Taste(liked=tuple(recommender.catalogue.films[row].movie_id for row in named))
        signals = recommender.signals(Request(frame=frame, persona=persona, taste=taste), among=permitted)
        silent = np.zeros(len(may), dtype=np.float32)
        scores = np.stack([signals[name].scores if name in signals else silent for name in asdict(Weights())])
        yield _Asked(ask.conversation, Choice(scores, may, np.array(rows, dtype=np.int64)))


class _Films:
    """A catalogue's films by title and year, as people write them."""

    def __init__(self, loaded: Loaded) -> None:
        self._rows: dict[str, list[tuple[int | None, int]]] = {}
        films = loaded.recommender.catalogue.films
        self._by_imdb = {film.imdb_id: row for row, film in enumerate(films) if film.imdb_id}
        for row, film in enumerate(loaded.recommender.catalogue.films):
            for title in {film.title, film.original_title or film.title}:
                self._rows.setdefault(_key(title), []).append((film.year, row))

    def rows(self, titles: Iterable[Title]) -> list[int]:
        """The rows of the titles that the catalogue holds; a title without a year only where it stands once."""
        found = []
        for one in titles:
            if one.imdb_id:
                found += [self._by_imdb[one.imdb_id]] if one.imdb_id in self._by_imdb else []
                continue
            known = self._rows.get(_key(one.title), [])
            near = [row for year, row in known if one.year and year and abs(year - one.year) <= _YEAR_SLACK]
            if near or (not one.year and len(known) == 1):
                found.append((near or [known[0][1]])[0])
        return list(dict.fromkeys(found))


def _key(title: str) -> str:
    return " ".join(part for part in fold(title).replace("-", " ").split() if part not in {"the", "a", "an"})


def _cross_validated(asked: Sequence[_Asked], start: Vector) -> Callable[[int], Vector]:
    weights = [
        learn([one.choice for one in asked if _fold(one.conversation) != fold_number] or [asked[0].choice], start)
        for fold_number in range(_FOLDS)
    ]
    return lambda fold_number: weights[fold_number]


def _fold(conversation: str) -> int:
    return int(sha256(conversation.encode()).hexdigest(), 16) % _FOLDS


def _only(names: Sequence[str], kept: set[str]) -> Vector:
    return np.array([1.0 if name in kept else 0.0 for name in names])


def _rounded(weights: Vector) -> list[float]:
    return [round(float(weight), 2) for weight in weights]


def _figures(asked: Sequence[_Asked], weights: Callable[[int], Vector]) -> Mapping[str, float]:
    """nDCG@10 and recall@10 with binary gains, and the mean reciprocal rank of the first liked film."""
    discounts = 1.0 / np.log2(np.arange(2, _TOP + 2))
    gains, recalls, reciprocal = [], [], []
    for one in asked:
        places = np.sort(ranks(one.choice, weights(_fold(one.conversation))))
        top = places[places <= _TOP]
        most = min(len(places), _TOP)
        gains.append(discounts[top - 1].sum() / discounts[:most].sum())
        recalls.append(len(top) / most)
        reciprocal.append(1.0 / places[0])
    figures = {"ndcg@10": np.mean(gains), "recall@10": np.mean(recalls), "mrr": np.mean(reciprocal)}
    return {metric: round(float(value), 4) for metric, value in figures.items()}
