"""The training: its file format, its manifest, and that a run can be repeated."""

import json
import tomllib
from pathlib import Path
from random import Random

import pytest

from nlu.tagger import Tagger, TaggerError
from nlu.train import main
from nlu.training.fillers import Fillers, Plots, fillers, part
from nlu.training.generate import LABELS, TemplateError, generated, unfilled
from nlu.training.marked import Example, MarkError, examples, unmarked
from nlu.training.pipeline import MANIFEST, Settings, TrainingError, inputs_hash, is_current, train
from nlu.training.score import span_f1
from nlu.training.spelling import plain_letters, slipped, surname, typed
from nlu.training.written import HELD_OUT_EVERY, sources, written
from nlu.words import read

QUICK = Settings(epochs=1, repeat=1, made=200)
FLOORS = tomllib.loads((Path(__file__).parents[1] / "floors.toml").read_text(encoding="utf-8"))["tagger"]
#: Bytes of the whole trained pipeline: part of the first `make run`, and of every image.
MODEL_MAX_BYTES = 5_000_000


def test_marks_become_spans() -> None:
    assert unmarked("films by [Agnès Varda](PERSON) now", labels=LABELS) == Example(
        "films by Agnès Varda now", ((9, 20, "PERSON"),)
    )


@pytest.mark.parametrize("line", ["[x](ACTOR)", "a [b](TITLE"])
def test_a_wrong_mark_names_its_place(line: str) -> None:
    with pytest.raises(MarkError, match=r"notes:3"):
        list(examples(f"# comment\n\n{line}", labels=LABELS, name="notes"))


def test_the_hand_written_set_is_large_and_without_repeats() -> None:
    rows = written()
    texts = [example.text for example in (*rows.learned, *rows.held_out)]
    assert len(texts) >= 1200
    assert len(texts) == len(set(texts))
    assert {label for row in rows.held_out for _, _, label in row.spans} == LABELS


def test_marks_cover_whole_words() -> None:
    rows = written()
    for row in (*rows.learned, *rows.held_out):
        for start, end, label in row.spans:
            first, last = read(row.text).words_in(start, end)
            words = read(row.text).words[first:last]
            assert words, f"{label} marks no word of {row.text!r}"
            assert words[0].start == start, f"{label} starts inside a word of {row.text!r}"


def test_every_tenth_request_of_a_file_is_held_out_and_only_those() -> None:
    rows = written()
    per_file = [
        len(list(examples(source.read_text(encoding="utf-8"), labels=LABELS, name=source.name))) for source in sources()
    ]
    assert len(per_file) >= 12
    assert len(rows.held_out) == sum(count // HELD_OUT_EVERY for count in per_file)
    assert {row.text for row in rows.held_out}.isdisjoint(row.text for row in rows.learned)


def test_there_are_enough_templates_and_each_can_be_filled() -> None:
    templates = part("templates.yaml")["templates"]
    assert len(templates) >= 250
    assert len(templates) == len(set(templates))
    assert [slot for template in templates for slot in unfilled(template, fillers())] == []


def test_a_slot_that_nothing_fills_is_named() -> None:
    random = Random(1)  # noqa: S311
    with pytest.raises(TemplateError, match="colour"):
        list(generated(fillers(), ["something {colour}"], random, count=1))


def test_made_requests_mark_their_names_and_nothing_else() -> None:
    plots = Plots(things=("a well",), who=("a cook",), does=("sings",), happens=("it snows",), where=("at sea",))
    random = Random(4)  # noqa: S311
    few = Fillers(titles=("Yol",), people=("Ann Hui",), plots=plots, words={"mood": ("sad",)})
    for example in generated(few, ["{mood} like {title}", "by {person} where {happens}"], random, count=60):
        for start, end, label in example.spans:
            ends = {"TITLE": "yol", "PERSON": "hui", "KEYWORD": "snows"}
            assert example.text[start:end].lower().endswith(ends[label])
        assert "sad" not in {example.text[start:end].lower() for start, end, _ in example.spans}


def test_further_names_join_those_of_the_package_but_for_names_with_brackets() -> None:
    more = fillers(titles=["Zorgle", "[Rec]"], people=["Ann Zorgle"])
    assert "Zorgle" in more.titles
    assert "[Rec]" not in more.titles
    assert "Ann Zorgle" in more.people
    assert set(fillers().titles) < set(more.titles)


@pytest.mark.parametrize(
    ("name", "last"),
    [("Lars von Trier", "von Trier"), ("Vittorio De Sica", "De Sica"), ("Ann Hui", "Hui"), ("Rajinikanth",) * 2],
)
def test_surnames_keep_their_particles(name: str, last: str) -> None:
    assert surname(name) == last


def test_names_are_typed_in_many_ways_and_never_lost() -> None:
    random = Random(2)  # noqa: S311
    ways = {typed("Three Colours: Bleu é", random) for _ in range(300)}
    assert {"Three Colours: Bleu é", "Three Colours"} <= ways
    assert len(ways) > 8
    assert all(typed(name, random).strip() for name in ("M", "8½", "!", "Up") for _ in range(50))
    assert plain_letters("Céline Sciamma") == "Celine Sciamma"


def test_a_slip_changes_one_word_by_one_letter() -> None:
    random = Random(5)  # noqa: S311
    for _ in range(50):
        words = slipped("Krzysztof M", random).split()
        assert words[1] == "M"
        assert abs(len(words[0]) - len("Krzysztof")) <= 1
    assert slipped("M 8½", random) == "M 8½"


def test_the_same_inputs_give_the_same_weights(tmp_path: Path) -> None:
    first, second = (train(tmp_path / name, settings=QUICK) for name in ("one", "two"))
    assert first["loss"] == second["loss"]
    assert (tmp_path / "one" / "ner" / "model").read_bytes() == (tmp_path / "two" / "ner" / "model").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_a_pipeline_is_current_until_its_inputs_change(pipeline: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.jsonl"
    names.write_text('{"title": "Roma"}\n', encoding="utf-8")
    assert is_current(pipeline)
    assert not is_current(pipeline, names)
    assert inputs_hash() != inputs_hash(names) != inputs_hash(settings=QUICK)
    assert main(["--out", str(pipeline)]) == 0


@pytest.mark.parametrize("content", ["", "{", "[]", '{"inputs": 1}'])
def test_a_garbage_manifest_is_not_current(tmp_path: Path, content: str) -> None:
    (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    assert not is_current(tmp_path)


@pytest.mark.parametrize("line", ["nonsense", "[1]"])
def test_a_garbage_names_file_says_so_and_leaves_nothing(tmp_path: Path, line: str) -> None:
    names, out = tmp_path / "names.jsonl", tmp_path / "out"
    names.write_text(line, encoding="utf-8")
    with pytest.raises(TrainingError, match=r"names\.jsonl"):
        train(out, names, settings=QUICK)
    assert main(["--out", str(out), "--people-and-titles", str(names)]) == 1
    assert not out.exists()


def test_the_manifest_holds_a_checksum_for_every_file(pipeline: Path) -> None:
    manifest = json.loads((pipeline / MANIFEST).read_text(encoding="utf-8"))
    on_disk = {str(path.relative_to(pipeline)) for path in pipeline.rglob("*") if path.is_file()}
    assert set(manifest["files"]) == on_disk - {MANIFEST}


def test_no_pipeline_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(TaggerError, match="make train"):
        Tagger.load(tmp_path / "nothing")


def test_the_component_finds_names_that_no_list_holds(pipeline: Path) -> None:
    tags = Tagger.load(pipeline).tags(read("a drama with Zoltan Fekete about beekeeping"))
    assert {tag.label for tag in tags} == {"PERSON", "KEYWORD"}


def test_f1_counts_exact_spans(pipeline: Path) -> None:
    tagger = Tagger.load(pipeline)
    text = "a drama with Zoltan Fekete about beekeeping"
    right = Example(text, ((13, 26, "PERSON"), (33, 43, "KEYWORD")))
    assert span_f1(tagger, [right]) == {"TITLE": 0.0, "PERSON": 1.0, "KEYWORD": 1.0, "all": 1.0}
    assert span_f1(tagger, [Example(text, ((13, 19, "PERSON"),))])["all"] == 0.0


def test_spans_of_requests_held_out_are_found_as_well_as_before(pipeline: Path) -> None:
    f1 = json.loads((pipeline / MANIFEST).read_text(encoding="utf-8"))["f1"]
    for label in (*LABELS, "all"):
        assert f1[label] >= FLOORS[f"{label.lower()}_f1_least"], f"{label}: {f1}"


def test_the_pipeline_stays_small(pipeline: Path) -> None:
    assert sum(path.stat().st_size for path in pipeline.rglob("*") if path.is_file()) < MODEL_MAX_BYTES
