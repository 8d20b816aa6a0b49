"""Long messages: the wish is read, the story around it is not."""

from nlu import Gazetteer, Parser

STORY = (
    "so my sister just moved into her new flat and she had a rough year with the divorce, there will be pizza and "
    "too much wine, my flatmate hates anything with blood in it and last time we scrolled for an hour, "
)
WISH = "so can you please give us something warm and funny that is not too long?"
PLOT = (
    "I'm looking for a film where this guy wakes up in a hotel and he has no memory, she follows him through the city "
    "and they end up on a roof, there was a red balloon in it I think"
)


def test_words_of_the_story_are_no_wishes(parser: Parser) -> None:
    frame = parser.parse(STORY + WISH).frame
    assert frame.wants.moods == ("heartwarming",)
    assert frame.wants.themes == ()
    assert frame.avoids.themes == ("gore",)
    assert frame.year == (None, None)
    assert "pizza" not in frame.rest


def test_a_short_message_is_all_wish(parser: Parser) -> None:
    assert parser.parse("she had a rough year with the divorce").frame.wants.themes == ("heartbreak",)


def test_a_plot_that_is_told_after_the_wish_still_steers(parser: Parser) -> None:
    assert {"hotel", "wakes", "balloon"} <= set(parser.parse(PLOT, Gazetteer.of()).frame.rest.split())
