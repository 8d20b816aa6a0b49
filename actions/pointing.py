"""Which films a message points at: by a button, an ordinal, a title, or by being the only ones it can mean."""

from actions.turn import Turn
from nlu.frame import Reference
from persona_configs.phrases import Phrase


def pointed(turn: Turn) -> tuple[str, ...] | Phrase:
    """The movie_ids meant, at least one and none twice, or the phrase that says why nothing can be meant.

    A button comes first, then what the words point at, then titles that are named, then the film last spoken of,
    then the only one shown. A title that the catalogue does not hold means none of these.
    """
    if turn.movie_id:
        return (turn.movie_id,)
    if turn.said.references:
        return _referred(turn, turn.said.references)
    if named := named_films(turn):
        return named
    if turn.said.unknown:
        # "Save Zorgon 7" must not save whatever was spoken of last.
        return Phrase.NO_SUCH_PICK if turn.shown else Phrase.NOTHING_SHOWN
    return _unnamed(turn)


def points_at_films(turn: Turn) -> bool:
    """Whether the message itself names or points at a film."""
    return bool(turn.movie_id or turn.said.references or turn.said.unknown or named_films(turn))


def names_a_film(turn: Turn) -> bool:
    """Whether the message names a film of the catalogue by its title."""
    return bool(named_films(turn)) or any(reference.kind == "film" for reference in turn.said.references)


def named_films(turn: Turn) -> tuple[str, ...]:
    """The films that the message names by title."""
    return tuple(dict.fromkeys((*turn.said.frame.like, *turn.said.frame.unlike)))


def _unnamed(turn: Turn) -> tuple[str, ...] | Phrase:
    if turn.focus:
        return (turn.focus,)
    if not turn.shown:
        return Phrase.NOTHING_SHOWN
    return turn.shown if len(turn.shown) == 1 else Phrase.WHICH_ONE


def _referred(turn: Turn, references: tuple[Reference, ...]) -> tuple[str, ...] | Phrase:
    films: list[str] = []
    for reference in references:
        if reference.kind == "film":
            films += [reference.movie_id] if reference.movie_id else []
        elif reference.kind == "last" and turn.focus:
            films.append(turn.focus)  # "that" and "it" are the film just spoken of
        elif not turn.shown:
            return Phrase.NOTHING_SHOWN
        elif reference.kind == "all":
            films += turn.shown
        else:
            place = -1 if reference.kind == "last" or reference.ordinal is None else reference.ordinal
            if not -len(turn.shown) <= place < len(turn.shown):
                return Phrase.NO_SUCH_PICK
            films.append(turn.shown[place])
    return tuple(dict.fromkeys(films)) or Phrase.NO_SUCH_PICK
