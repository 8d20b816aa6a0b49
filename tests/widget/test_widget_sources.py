"""What can be promised of the widget's files without a browser."""

import re
from pathlib import Path

import pytest

import bot

WIDGET = Path(bot.__file__).parent / "widget"
SCRIPTS = sorted(WIDGET.rglob("*.js"))
PAGES = sorted(WIDGET.glob("*.html"))
README = (WIDGET / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_parses_markup_or_code_or_asks_a_stranger(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser", text
    )
    assert not re.search(r"""setAttribute\(["']style|["']https?://(?!www\.w3\.org/2000/svg)""", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_no_page_has_inline_script_or_style(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", text)
    assert all('src="/' in tag for tag in re.findall(r"<script[^>]*>", text))


def test_modules_are_of_a_size_to_be_read() -> None:
    lines = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in SCRIPTS}
    assert {name: count for name, count in lines.items() if count > 350} == {}


def test_every_label_is_used() -> None:
    words = (WIDGET / "chat" / "words.js").read_text(encoding="utf-8")
    labels = re.findall(r"^  (\w+): \"", words, flags=re.MULTILINE)
    assert len(labels) > 50
    others = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    by_pattern = re.compile(r"(source_\w+|did_\w+|\w+_about)")
    spoken = set(re.findall(r"words\.(\w+)", others)) | set(re.findall(r"Broken\(\"(\w+)\"", others))
    spoken |= {"offline", "garbled", "slow"} | set(re.findall(r'"(like|dislike|seen|save|more_like|explain)"', others))
    assert [label for label in labels if label not in spoken and not by_pattern.fullmatch(label)] == []


def test_readme_lists_every_attribute_event_and_part() -> None:
    element = (WIDGET / "matinee-chat.js").read_text(encoding="utf-8")
    observed = re.search(r"observedAttributes = \[(.*?)\]", element)
    assert observed
    for attribute in re.findall(r'"(\w+)"', observed.group(1)):
        assert f"| `{attribute}` |" in README
    told = set(re.findall(r'#tell\("(\w+)"', element)) | {"open", "close"}
    assert {event for event in told if f"matinee:{event}" not in README} == set()
    everything = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    parts = set(re.findall(r'part: "(\w+)"', everything))
    assert parts == set(re.search(r"own CSS: `([\w ]+)`", README).group(1).split())  # type: ignore[union-attr]
