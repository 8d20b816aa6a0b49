"""What was measured of a film, in the terminal: in colours, and in words where there are none."""

import io

from gateway_peers import FILMS, card_of
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from bot.evidence import by_source
from bot.looks import bar_of, look_line, look_names, rgb_of_lch
from bot.reception import viewers_line
from bot.settings import Settings
from bot.terminal.measures import measures_of, show_sources
from engine.wire import Card, Evidence, Source
from persona_configs import load_personas
from persona_configs.phrases import labels

LABELS = labels(load_personas(Settings().personas_dir)["matinee"])
FILM = card_of(next(iter(FILMS)))


def a_card(**facts: object) -> Card:
    return FILM.model_copy(update=facts)


def told(lines: list[RenderableType], **options: object) -> str:
    file = io.StringIO()
    console = Console(file=file, width=80, highlight=False, **options)  # type: ignore[arg-type]
    for line in lines:
        console.print(line)
    return file.getvalue()


BRIGHT = a_card(lightness=0.7, colourfulness=0.9, warmth=0.6)


def test_a_look_is_blocks_of_its_colours_and_its_words() -> None:
    shown = told(measures_of(BRIGHT, LABELS), force_terminal=True, color_system="truecolor")
    bar = bar_of(BRIGHT)
    assert bar is not None
    for red, green, blue in (bar.warm, bar.cool):
        assert f"48;2;{red};{green};{blue}m" in shown
    assert "bright, colourful, warm" in shown


def test_without_colours_a_look_is_words_alone() -> None:
    assert told(measures_of(BRIGHT, LABELS)) == "Look: bright, colourful, warm\n"
    assert "48;2" not in told(measures_of(BRIGHT, LABELS), force_terminal=True, no_color=True)


def test_what_is_not_measured_is_not_told() -> None:
    assert measures_of(a_card(lightness=None, colourfulness=None, warmth=None), LABELS) == []
    assert measures_of(a_card(sentiment=0.4, reviews=0), LABELS) == []
    assert bar_of(a_card(lightness=0.4, colourfulness=None, warmth=0.4)) is None
    assert look_names(a_card(lightness=0.45, colourfulness=0.4, warmth=0.4)) == ("look_even",)


def test_reviews_are_counted_and_judged() -> None:
    assert viewers_line(a_card(sentiment=0.3, reviews=1212), LABELS) == "Viewers: warm, 1,212 reviews"
    assert viewers_line(a_card(sentiment=0.1, reviews=12), LABELS) == "Viewers: divided, 12 reviews"
    assert viewers_line(a_card(sentiment=0.9, reviews=2), LABELS) == "", "two reviews are no verdict"
    assert viewers_line(a_card(sentiment=-0.4, reviews=3), LABELS) == "Viewers: cool, 3 reviews"


def test_a_film_s_sources_are_listed_with_their_shares() -> None:
    card = a_card(
        evidence=(
            Evidence(source="plot", detail="a bear (0.71)", weight=0.2),
            Evidence(source="taste", detail="Paddington (0.93)", weight=0.5),
            Evidence(source="plot", detail="0.40", weight=0.1),
        )
    )
    file = io.StringIO()
    show_sources(Console(file=file, width=80, highlight=False), card, LABELS)
    head, taste, plot = file.getvalue().splitlines()
    assert head == f"Why it was picked: {card.title}"
    assert taste.startswith("Your taste  ")
    assert taste.count("█") == 10
    assert "50%" in taste
    assert taste.rstrip().endswith("Paddington")
    assert plot.count("█") == 6
    assert "30%" in plot
    assert plot.rstrip().endswith("a bear")


def test_a_film_without_evidence_lists_nothing() -> None:
    file = io.StringIO()
    show_sources(Console(file=file), a_card(evidence=()), LABELS)
    assert file.getvalue() == ""


SOURCES = st.sampled_from(Source.__args__)  # type: ignore[attr-defined]
EVIDENCE = st.lists(st.builds(Evidence, source=SOURCES, detail=st.text(max_size=20), weight=st.floats(0, 1)))


@given(EVIDENCE)
def test_grouping_keeps_every_share_and_names_each_source_once(evidence: list[Evidence]) -> None:
    rows = by_source(evidence)
    assert {row.source for row in rows} == {piece.source for piece in evidence}
    assert len({row.source for row in rows}) == len(rows)
    assert abs(sum(row.share for row in rows) - sum(piece.weight for piece in evidence)) < 1e-9
    assert [row.share for row in rows] == sorted((row.share for row in rows), reverse=True)


def test_colours_are_those_that_are_known() -> None:
    assert rgb_of_lch(100, 0, 0) == (255, 255, 255)
    assert rgb_of_lch(0, 50, 30) == (0, 0, 0)
    # rebeccapurple, #663399, is L* 32.90, chroma 63.73, hue 312.3 under D65.
    assert rgb_of_lch(32.90, 63.73, 312.29) == (102, 51, 153)
    red, green, blue = rgb_of_lch(20, 70, 65)
    assert red > green > blue, "an orange that no screen shows is still an orange"


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.integers(1, 40))
def test_a_bar_is_as_light_as_the_poster_and_as_warm(light: float, colourful: float, warmth: float, n: int) -> None:
    bar = bar_of(a_card(lightness=light, colourfulness=colourful, warmth=warmth))
    assert bar is not None
    cells = bar.cells(n)
    assert len(cells) == n
    reds = [cell.red - cell.blue for cell in cells]
    assert reds == sorted(reds, reverse=True), "warm comes first"
    for end in (bar.warm, bar.cool):
        assert abs(_lightness(end) - light * 100) < 1.5


def _lightness(colour: tuple[int, int, int]) -> float:
    shares = [byte / 255 for byte in colour]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    y = sum(part * share for part, share in zip((0.2126729, 0.7151522, 0.0721750), linear, strict=True))
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


@given(st.none() | st.floats(0, 1), st.none() | st.floats(0, 1), st.none() | st.floats(0, 1))
def test_a_look_has_words_as_soon_as_one_figure_is_known(
    light: float | None, colourful: float | None, warmth: float | None
) -> None:
    line = look_line(a_card(lightness=light, colourfulness=colourful, warmth=warmth), LABELS)
    assert bool(line) == any(figure is not None for figure in (light, colourful, warmth))
    assert "{" not in line
