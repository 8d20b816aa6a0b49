"""What negation, degree and contrast bear on: the sentences of `scope/` and `scope_cold/`, and properties."""

import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.bench.scope import SentencesError, band, banded, measure, misses, read_sentences, rows_of
from nlu import Frame, Parser
from nlu.behind import behind
from nlu.frame import Shift
from nlu.operators import Role, operators
from nlu.words import read
from persona_configs.vocabulary import genres, moods, themes
from tests.floors import floor

HERE = Path(__file__).parent
SETS = [HERE / "scope", HERE / "scope_cold"]
TERMS = sorted(
    {("moods", name) for name in moods()} | {("themes", name) for name in themes()} | {("genres", n) for n in genres()}
)
said = st.sampled_from(TERMS)
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def spoken(name: str) -> str:
    """How a term of the vocabulary is said: its name in plain words."""
    return name.lower().replace("-", " ")


def sides(frame: Frame) -> tuple[set[str], set[str]]:
    """All that is wanted, and all that is avoided, of moods, themes and genres."""
    wants, avoids = (
        {word for kind in ("moods", "themes", "genres") for word in getattr(side, kind)}
        for side in (frame.wants, frame.avoids)
    )
    return wants, avoids


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_frames_are_exactly_right(parser: Parser, folder: Path) -> None:
    sentences = read_sentences(folder)
    rows = list(rows_of("matinee", parser, sentences))
    table = "\n".join(f"{row['kind']:14} {row['sentences']:4} {row['exact']:.3f} {row['f1']:.3f}" for row in rows)
    wrong = "\n".join(f"{row.phenomenon}: {row.text}\n  {found}" for row, found in misses(parser, sentences))
    print(table)
    whole = next(row for row in rows if row["kind"] == "all")
    assert float(whole["exact"] or 0) >= floor("scope", f"{folder.name}_exact_least"), f"{table}\n{wrong}"
    for row in rows:
        assert float(row["exact"] or 0) >= floor("scope", "phenomenon_exact_least"), f"{table}\n{wrong}"


def test_there_are_enough_sentences_and_each_is_its_own() -> None:
    rows = [row.text.lower().strip(string.punctuation) for folder in SETS for row in read_sentences(folder).rows]
    assert len(rows) >= 400
    assert len(rows) == len(set(rows))


def test_the_window_rule_knows_less(pipeline: Path) -> None:
    figures = measure(SETS[0], lambda **given: Parser.load(pipeline, **given))
    exact = {row["model"]: row["exact"] for row in figures.rows if row["kind"] == "all"}
    assert set(exact) == {"matinee", "window of 4 words"}
    assert float(exact["matinee"] or 0) > float(exact["window of 4 words"] or 0) + 0.2


@pytest.mark.parametrize("written", ["a: {wants: {colours: [red]}}", "a: {frames: 3}", "- a", "a: {tone: {scary: x}}"])
def test_a_row_that_is_no_frame_is_a_fault(tmp_path: Path, written: str) -> None:
    (tmp_path / "names.yaml").write_text("titles: []\npeople: []\n", encoding="utf-8")
    (tmp_path / "rows.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(SentencesError):
        read_sentences(tmp_path)


@pytest.mark.parametrize(
    ("strength", "expected"), [(0.2, "slight"), (0.35, "slight"), (0.5, "plain"), (0.69, "plain"), (0.7, "strong")]
)
def test_bands(strength: float, expected: str) -> None:
    assert band(strength) == expected
    assert banded(Frame(tone={"sad": Shift(-1, strength)})) == {"tone.sad": (-1, expected)}


@relaxed
@given(term=said)
def test_a_negation_turns_every_term_round(parser: Parser, term: tuple[str, str]) -> None:
    kind, name = term
    wanted, refused = parser.parse(f"something {spoken(name)}").frame, parser.parse(f"no {spoken(name)}").frame
    for side in ("moods", "themes", "genres"):
        assert set(getattr(wanted.wants, side)) <= set(getattr(refused.avoids, side)) or kind != side
    assert name not in sides(refused)[0]
    assert not sides(wanted)[1]


@relaxed
@given(term=said, second=st.sampled_from(["no films without {}", "nothing that isn't {}", "not without {}"]))
@example(term=("moods", "scary"), second="not not {}")
def test_two_negations_refuse_nothing(parser: Parser, term: tuple[str, str], second: str) -> None:
    assert not sides(parser.parse(second.format(spoken(term[1]))).frame)[1]


@relaxed
@given(term=said, other=said)
def test_what_stands_before_a_but_stays(parser: Parser, term: tuple[str, str], other: tuple[str, str]) -> None:
    head = f"something {spoken(term[1])}"
    before, after = parser.parse(head).frame, parser.parse(f"{head} but no {spoken(other[1])}").frame
    refused = sides(parser.parse(f"no {spoken(other[1])}").frame)[1]
    assert sides(before)[0] - refused <= sides(after)[0]


@relaxed
@given(term=said, other=said, end=st.sampled_from([". ", "! ", "; ", "?! ", "… "]))
def test_a_negation_never_reaches_past_a_sentence(
    parser: Parser, term: tuple[str, str], other: tuple[str, str], end: str
) -> None:
    whole = parser.parse(f"no {spoken(term[1])}{end}something {spoken(other[1])}").frame
    refused, wanted = (sides(parser.parse(f"{lead} {spoken(part)}").frame) for lead, part in _both(term, other))
    assert sides(whole)[1] <= refused[1]
    assert wanted[0] - refused[1] <= sides(whole)[0]


def _both(term: tuple[str, str], other: tuple[str, str]) -> Iterator[tuple[str, str]]:
    yield "no", term[1]
    yield "something", other[1]


@relaxed
@given(term=said, answer=st.sampled_from(["? no thanks", ": nope", " is a no", " is not my thing", " - hard pass"]))
def test_a_negation_behind_refuses_as_one_before(parser: Parser, term: tuple[str, str], answer: str) -> None:
    assert sides(parser.parse(f"{spoken(term[1])}{answer}").frame)[0] == set()


def test_a_tag_question_refuses_nothing(parser: Parser) -> None:
    assert sides(parser.parse("something scary, no?").frame) == ({"scary"}, set())


def test_nothing_stands_behind_what_is_not_there() -> None:
    assert behind(read("no thanks"), (), (), {}).used == frozenset()


def test_an_operator_may_hold_a_mention_but_not_end_in_one() -> None:
    words = read("bored to death of westerns").words
    assert operators(words, [False, False, True, False, True])[0].last == 4
    assert 0 not in operators(words, [False] * 3 + [True, True])
    assert Role.NOUN_NEGATOR in operators(words, [False, False, True, False, True])[0].roles
