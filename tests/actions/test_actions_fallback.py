"""What an unsure message may mean is offered as quick replies."""

import pytest

from actions.fallback import meant
from actions.turn import Turn
from engine.wire import Asker, Intent
from persona_configs.phrases import Phrase


def turn(*likeliest: str, shown: tuple[str, ...] = ("a", "b", "c")) -> Turn:
    who, intent = Asker(persona="matinee", user="ann"), Intent(name="nlu_fallback", confidence=0.4)
    return Turn(who=who, text="hm, that", intent=intent, parse=None, likeliest=likeliest, shown=shown)


@pytest.mark.parametrize(
    ("likeliest", "chips"),
    [
        (("like", "save", "seen"), (Phrase.CHIP_MEANT_LIKE, Phrase.CHIP_MEANT_SAVE)),
        (("refine", "reject"), (Phrase.CHIP_MORE,)),
        (("greet", "like"), (Phrase.CHIP_MEANT_LIKE,)),
        ((), ()),
    ],
)
def test_the_two_likeliest_are_offered_once_each(likeliest: tuple[str, ...], chips: tuple[Phrase, ...]) -> None:
    assert meant(turn(*likeliest)) == chips


def test_with_nothing_shown_no_film_can_be_meant() -> None:
    assert meant(turn("like", "undo", shown=())) == (Phrase.CHIP_MEANT_UNDO,)
