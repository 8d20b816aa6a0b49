"""The training: its file format, its manifest, and that a run can be repeated."""

import json
from pathlib import Path

import pytest

from nlu.tagger import Tagger, TaggerError
from nlu.train import main
from nlu.training.generate import LABELS
from nlu.training.marked import Example, MarkError, examples, unmarked
from nlu.training.pipeline import MANIFEST, Settings, TrainingError, inputs_hash, is_current, train
from nlu.words import read

QUICK = Settings(epochs=1, repeat=1)


def test_marks_become_spans() -> None:
    assert unmarked("films by [Agnès Varda](PERSON) now", labels=LABELS) == Example(
        "films by Agnès Varda now", ((9, 20, "PERSON"),)
    )


@pytest.mark.parametrize("line", ["[x](ACTOR)", "a [b](TITLE"])
def test_a_wrong_mark_names_its_place(line: str) -> None:
    with pytest.raises(MarkError, match=r"notes:3"):
        list(examples(f"# comment\n\n{line}", labels=LABELS, name="notes"))


def test_the_hand_written_set_is_large_enough_and_without_repeats() -> None:
    import nlu.training as package

    source = (Path(package.__file__).parent / "utterances.txt").read_text(encoding="utf-8")
    texts = [example.text for example in examples(source, labels=LABELS, name="utterances.txt")]
    assert len(texts) >= 150
    assert len(texts) == len(set(texts))


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
