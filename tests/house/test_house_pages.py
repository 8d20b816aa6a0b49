"""Links lead somewhere, and what pages name exists."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pages import PAGES, ROOT, without_code

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
#: A path of the project as pages write it: below one of the folders, without patterns or words in capitals to fill in.
_PATH = re.compile(r"^(?:bot|actions|nlu|engine|index|persona_configs|tests|docs|docker|requirements)/[a-z0-9_./-]*$")
IMAGE_MAX_BYTES = 200_000


def _links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for target in _LINK.findall(without_code(page.read_text(encoding="utf-8"))):
            if not urlsplit(target).scheme and not target.startswith("#"):
                yield page, target.partition("#")[0]


LINKS = list(_links())


@pytest.mark.parametrize(("page", "target"), LINKS, ids=[f"{page.name}: {target}" for page, target in LINKS])
def test_a_link_leads_somewhere(page: Path, target: str) -> None:
    assert (page.parent / target).exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_paths_that_a_page_names_exist(page: Path) -> None:
    named = {code for code in _CODE.findall(without_code(page.read_text(encoding="utf-8"))) if _PATH.match(code)}
    # A README of a part names its files from its own folder, too.
    assert not [path for path in sorted(named) if not (ROOT / path).exists() and not (page.parent / path).exists()]


def test_images_are_small_enough_to_clone() -> None:
    images = [path for path in (ROOT / "docs").rglob("*") if path.suffix in {".png", ".jpg", ".gif", ".webp"}]
    assert not [path.name for path in images if path.stat().st_size > IMAGE_MAX_BYTES]


def test_the_changelog_has_a_place_for_what_is_not_released() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0].startswith("[Unreleased]")


def test_messages_that_the_troubleshooting_page_quotes_are_in_the_code() -> None:
    page = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    code = "\n".join(path.read_text(encoding="utf-8") for path in (*ROOT.glob("bot/**/*.py"), *ROOT.glob("index/*.py")))
    for piece in (
        "none could be downloaded",
        "The package registry was not reached",
        "GB are free here",
        "has not been built",
    ):
        assert piece in page
        assert piece in code


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert (ROOT / "NOTICE").read_text(encoding="utf-8").startswith("Matinee\n")
