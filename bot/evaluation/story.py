"""What has happened in a conversation so far: the films shown, the ones on the table, the ones remembered."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.evaluation.conversation import ORDINALS
from engine.wire import Card


class NoSuchFilm(LookupError):
    """A film is pointed at that was not shown."""


@dataclass(frozen=True, slots=True)
class Story:
    """Frozen: each turn makes the next one. `table` are the cards last shown, `shown` all so far by movie_id."""

    table: tuple[Card, ...] = ()
    shown: Mapping[str, Card] = field(default_factory=dict)
    names: Mapping[str, Card] = field(default_factory=dict)

    def after(self, cards: tuple[Card, ...], remember: Mapping[str, str | int]) -> "Story":
        """The story with one more answer. Raises `NoSuchFilm` where a film to be remembered is not in it."""
        shown = {**self.shown, **{card.movie_id: card for card in cards}}
        story = replace(self, table=cards or self.table, shown=shown)
        return replace(story, names={**self.names, **{name: story.film(which) for name, which in remember.items()}})

    def film(self, which: str | int) -> Card:
        """The card that is pointed at by place, remembered name or title. Raises `NoSuchFilm`."""
        if isinstance(which, int):
            return self._placed(which - 1 if which > 0 else len(self.table), which)
        if which in ORDINALS:
            return self._placed(ORDINALS[which], which)
        if (card := self._called(which)) is None:
            raise NoSuchFilm(f"no film called '{which}' was shown or remembered")
        return card

    def movie_id(self, which: str) -> str | None:
        """The movie_id of a remembered name or a title that was shown; None for any other film."""
        card = self._called(which)
        return card.movie_id if card is not None else None

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the remembered films by name."""
        return {name: card.title for name, card in self.names.items()}

    def _placed(self, at: int, which: str | int) -> Card:
        if not -len(self.table) <= at < len(self.table):
            raise NoSuchFilm(f"there is no card '{which}' among the {len(self.table)} last shown")
        return self.table[at]

    def _called(self, name: str) -> Card | None:
        if name in self.names:
            return self.names[name]
        same = (card for card in self.shown.values() if card.title.casefold() == name.casefold())
        return next(same, None)
