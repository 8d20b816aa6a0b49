"""Marked sentences, their scoring, and a tagger fitted to a pattern that forces the answer."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bench.slots_score import scores
from nlu.tagging import BioError, FitConfig, FitError, Sentence, SlotTagger, SlotTaggerError, Span, fit, read_bio
from nlu.tagging.bio import spans_of, tags_of
from nlu.tagging.decode import Decoder, tags_for
from nlu.tagging.pieces import MAX_PIECES, Pieces, encoder_folder

LABELS = ("Actor", "Year")


def sentence(text: str) -> Sentence:
    """`a film by/O Jo/B-Actor`: words with tags, O where none is written."""
    pairs = [word.partition("/") for word in text.split()]
    return Sentence(tuple(word for word, _, _ in pairs), tuple(tag or "O" for _, _, tag in pairs))


def test_sentences_are_read_with_their_spans(tmp_path: Path) -> None:
    path = tmp_path / "rows.bio"
    path.write_text("\n\nO\tby\nB-Actor\tjo\nI-Actor\tdoe\nB-Actor\tal\n\n\nB-Year\t1999\n", encoding="utf-8")
    first, second = read_bio(path)
    assert first.words == ("by", "jo", "doe", "al")
    assert first.spans() == (Span(1, 3, "Actor"), Span(3, 4, "Actor"))
    assert second.spans() == (Span(0, 1, "Year"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no sentence"),
        ("O by\n", r":1: no token after 'O by'"),
        ("O\tby\nActor\tjo\n", r":2: 'Actor' is no tag"),
        ("O\tby\nB-\tjo\n", r":2: 'B-' is no tag"),
        ("O\tby\nI-Actor\tjo\n", r":2: I-Actor goes on with a span that has not begun"),
        ("B-Year\t1999\n\nI-Year\t2000\n", r":3: I-Year goes on"),
        ("B-Year\t1999\nI-Actor\tjo\n", r":2: I-Actor goes on"),
    ],
)
def test_a_file_of_another_form_is_refused_with_its_places(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "rows.bio"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BioError, match=said):
        read_bio(path)


def test_all_faults_are_named_at_once_and_files_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.bio"
    path.write_text("X\tby\n" * 12, encoding="utf-8")
    with pytest.raises(BioError, match=r"(?s):1: .*:10: .*and 2 more"):
        read_bio(path)
    path.write_bytes(b"O\t\xff\xfe\n")
    with pytest.raises(BioError, match="UTF-8"):
        read_bio(path)
    with pytest.raises(BioError, match="absent"):
        read_bio(tmp_path / "absent.bio")


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.sampled_from(LABELS)), max_size=5))
def test_spans_become_tags_and_spans_again(parts: list[tuple[int, int, str]]) -> None:
    spans, at = [], 0
    for gap, length, label in parts:
        spans.append(Span(at + gap, at + gap + length, label))
        at += gap + length
    assert list(spans_of(tags_of(spans, at + 1))) == spans


def test_f1_counts_exact_spans_of_the_right_label() -> None:
    wanted = [(Span(0, 2, "Actor"), Span(3, 4, "Year")), (Span(1, 2, "Actor"),)]
    found = [(Span(0, 2, "Actor"), Span(3, 4, "Actor")), (Span(1, 3, "Actor"), Span(4, 5, "Plot"))]
    figures = scores(found, wanted)
    # One of four found is right, one of three wanted is found: 2 * 1 / 7.
    assert figures["all"].f1 == pytest.approx(2 / 7)
    assert figures["Actor"].f1 == pytest.approx(2 / 5)
    assert figures["Year"].f1 == figures["Plot"].f1 == 0.0
    assert list(figures) == ["all", "Actor", "Year", "Plot"]
    assert scores(wanted, wanted)["all"].f1 == 1.0
    with pytest.raises(ValueError, match="shorter"):
        scores(found, wanted[:1])


def test_the_decoder_takes_the_best_path_that_means_something() -> None:
    tags = tags_for(LABELS)
    chance = np.random.default_rng(3)
    for _ in range(20):
        table = chance.normal(size=(4, len(tags))).astype(np.float32)
        allowed = [path for path in product(range(len(tags)), repeat=4) if _meant([tags[at] for at in path])]
        best = max(allowed, key=lambda path: sum(table[word, at] for word, at in enumerate(path)))
        assert Decoder(tags).tags(table) == tuple(tags[at] for at in best)
    assert Decoder(tags).tags(table[:0]) == ()


def _meant(path: list[str]) -> bool:
    return tags_of(list(spans_of(path)), len(path)) == tuple(path)


def test_words_beyond_what_the_encoder_reads_are_left_out_and_all_before_are_read() -> None:
    pieces = Pieces(encoder_folder() / "tokenizer.json")
    short = pieces.cut(["unbelievably", "good"])
    assert short.first.tolist() == [1, len(short.ids) - 2]
    assert len(pieces.cut(["film"] * 900).first) == MAX_PIECES - 2
    assert pieces.cut(["film", "\u200d", "noir"]).first.shape == (3,)


def test_a_folder_that_holds_no_tagger_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SlotTaggerError, match="no fitted tagger"):
        SlotTagger.load(tmp_path)
    (tmp_path / "manifest.json").write_text('{"format": 0}', encoding="utf-8")
    with pytest.raises(SlotTaggerError, match="no fitted tagger"):
        SlotTagger.load(tmp_path)


PEOPLE = ("ann lee", "bo derry", "cy moss", "dee fox", "eli stone", "fay wood")
YEARS = ("1931", "1954", "1977", "1988", "2003", "2016")


def pattern(person: str, year: str) -> Sentence:
    first, last = person.split()
    return sentence(f"a film with {first}/B-Actor {last}/I-Actor made around {year}/B-Year please")


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("onnxscript", reason="needs the build group: `make env-build`")
    out = tmp_path_factory.mktemp("slots") / "tagger"
    rows = [pattern(person, year) for person, year in product(PEOPLE, YEARS)]
    fit(rows, out, config=FitConfig(epochs=6, batch=8))
    return out


@pytest.mark.torch
def test_a_forced_pattern_is_learnt_for_names_and_years_never_seen(fitted: Path) -> None:
    tagger = SlotTagger.load(fitted)
    unseen = [pattern("gus hill", "1962"), pattern("ida park", "1949")]
    assert [tagger.spans(one.words) for one in unseen] == [one.spans() for one in unseen]
    assert tagger.spans(()) == ()


@pytest.mark.torch
def test_a_changed_file_is_noticed(fitted: Path, tmp_path: Path) -> None:
    for name in ("manifest.json", "tokenizer.json", "network.onnx"):
        (tmp_path / name).write_bytes((fitted / name).read_bytes())
    with (tmp_path / "network.onnx").open("ab") as network:
        network.write(b"\0")
    with pytest.raises(SlotTaggerError, match=r"network\.onnx: not the file that was written"):
        SlotTagger.load(tmp_path)


@pytest.mark.torch
def test_the_exported_network_scores_as_the_trained_one_does(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnxscript", reason="needs the build group: `make env-build`")
    from onnxruntime import InferenceSession

    from nlu.tagging.export import write_onnx
    from nlu.tagging.network import PieceTagger

    torch.manual_seed(1)
    network = PieceTagger(encoder_folder(), tags=5, dropout=0.1).eval()
    write_onnx(network, tmp_path / "whole.onnx")
    session = InferenceSession(str(tmp_path / "whole.onnx"))
    pieces = Pieces(encoder_folder() / "tokenizer.json")
    for text in ("war", "a slow film about the sea and its fishermen", " ".join(["unbelievable"] * 40)):
        cut = pieces.cut(text.split())
        with torch.inference_mode():
            wanted = network(torch.from_numpy(cut.ids[None]), torch.from_numpy(cut.first[None])).numpy()
        found = session.run(None, {"ids": cut.ids[None], "first": cut.first[None]})[0]
        np.testing.assert_allclose(found, wanted, atol=1e-4)


@pytest.mark.torch
def test_sentences_without_spans_teach_nothing(tmp_path: Path) -> None:
    pytest.importorskip("onnxscript", reason="needs the build group: `make env-build`")
    with pytest.raises(FitError, match="no sentence holds a span"):
        fit([sentence("any film")], tmp_path / "tagger")
