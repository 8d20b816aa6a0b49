"""Persona files: every fault at once, each with its line, and never a word of a secret."""

from pathlib import Path

import pytest

from persona_configs import Fault, PersonaError, load_persona, load_personas
from persona_configs.load import FILE_MAX_BYTES, read_persona

SHIPPED = Path("persona_configs")
PALETTE = (
    '{background: "#ffffff", surface: "#ffffff", text: "#111111", muted: "#555555", primary: "#003366",'
    ' on_primary: "#ffffff", accent: "#cc3300"}'
)
SOUND = f"""\
name: sound
display_name: Sound
tagline: A line
about: For tests
look:
  light: {PALETTE}
  dark: {PALETTE}
"""


def _write(folder: Path, text: str, name: str = "sound") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _faults(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(PersonaError) as raised:
        load_persona(path)
    assert str(raised.value).count("\n") + 1 == len(raised.value.faults)
    return raised.value.faults


def _places(path: Path) -> dict[str, int]:
    return {fault.field: fault.line for fault in _faults(path)}


def test_the_four_personas_load() -> None:
    assert list(load_personas(SHIPPED)) == ["arthouse", "lantern", "matinee", "vibe"]


def test_five_faults_are_reported_at_once_each_on_its_line(tmp_path: Path) -> None:
    text = SOUND.replace("tagline: A line", "tagline: 42") + (
        "limits:\n"
        "  certification_max: PG13\n"
        "  banned_themes: [ocult]\n"
        "voice:\n"
        "  phrases:\n"
        "    greeet: [Hi]\n"
        '    saved: ["Saved {titel}."]\n'
    )
    faults = {fault.field: fault for fault in _faults(_write(tmp_path, text))}
    assert {field: fault.line for field, fault in faults.items()} == {
        "tagline": 3,
        "limits.certification_max": 9,
        "limits.banned_themes[0]": 10,
        "voice.phrases.greeet": 13,
        "voice.phrases.saved[0]": 14,
    }
    assert faults["limits.certification_max"].remedy == "Did you mean 'PG-13'?"
    assert faults["limits.banned_themes[0]"].remedy == "Did you mean 'occult'?"
    assert faults["voice.phrases.greeet"].remedy == "Did you mean 'greet'?"
    assert "{title}" in faults["voice.phrases.saved[0]"].problem
    assert all(fault.remedy.endswith((".", "?")) for fault in faults.values())


def test_low_contrast_and_a_bad_colour_in_one_palette_are_both_reported(tmp_path: Path) -> None:
    text = SOUND.replace('text: "#111111", muted: "#555555"', 'text: "#999999", muted: "#55"', 1)
    found = _faults(_write(tmp_path, text))
    assert {(fault.field, fault.line) for fault in found} == {("look.light.text", 6), ("look.light.muted", 6)}
    assert any("2.84 to 1" in fault.problem for fault in found)


def test_a_repeated_key_counts_once_and_is_reported_where_it_is_repeated(tmp_path: Path) -> None:
    (fault,) = _faults(_write(tmp_path, SOUND + "name: sound\n"))
    assert (fault.line, fault.field) == (8, "name")
    assert "line 1" in fault.problem


@pytest.mark.parametrize(
    ("extra", "field"),
    [
        ("telegram:\n  token: 123456:AAhushAAhush\n", "telegram.token"),
        ("telegram: 123456:AAhushAAhush\n", "telegram"),
        ("telegram:\n  token: [123456:AAhushAAhush]\n", "telegram.token"),
        ("web:\n  key_hashes: [AAhushAAhush]\n", "web.key_hashes[0]"),
    ],
)
def test_a_secret_in_the_file_is_refused_and_never_repeated(tmp_path: Path, extra: str, field: str) -> None:
    path = _write(tmp_path, SOUND + extra)
    with pytest.raises(PersonaError) as raised:
        load_persona(path)
    assert [fault.field for fault in raised.value.faults] == [field]
    assert "hush" not in str(raised.value)
    assert "hush" not in repr(raised.value.__cause__) + repr(raised.value.__context__)


def test_a_syntax_error_beside_a_token_does_not_repeat_it(tmp_path: Path) -> None:
    (fault,) = _faults(_write(tmp_path, SOUND + 'telegram:\n  token: "AAhushAAhush\n'))
    assert "hush" not in str(fault)
    assert fault.line >= 9


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"- a\n- b\n", "is not a mapping of fields"),
        (b"name: \xff\xfe\n", "is not UTF-8"),
        (b"name: a\x00b\n", "character U+0000 is not allowed"),
        (b"name: [a\nb: c: d\n", "not YAML"),
        (b"a: 1\n---\nb: 2\n", "not YAML"),
        (b"a: &x [1]\nb: *x\n", "an alias"),
        (b"a: &x [*x]\n", "an alias"),
        (b"name: !!python/object:os.system x\n", "the tag"),
        (b"name: !thing x\n", "the tag"),
        (b"? [a]\n: b\n", "a key is not a plain word"),
        (b"[" * 5000, "nested too deeply"),
        (b"x" * (FILE_MAX_BYTES + 1), "bytes"),
    ],
)
def test_what_is_not_a_persona_file_says_so(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "sound.yaml"
    path.write_bytes(content)
    assert any(problem in fault.problem for fault in _faults(path))


def test_a_missing_file_a_folder_and_an_empty_folder_say_what_to_do(tmp_path: Path) -> None:
    assert _faults(tmp_path / "none.yaml")[0].problem == "no such file"
    (tmp_path / "folder.yaml").mkdir()
    assert "cannot be read" in _faults(tmp_path / "folder.yaml")[0].problem
    with pytest.raises(PersonaError, match="holds no persona file"):
        load_personas(tmp_path)
    with pytest.raises(PersonaError, match="no such folder"):
        load_personas(tmp_path / "none")


def test_the_name_is_that_of_the_file(tmp_path: Path) -> None:
    assert _places(_write(tmp_path, SOUND, name="other")) == {"name": 1}


def test_types_are_not_bent(tmp_path: Path) -> None:
    assert _places(_write(tmp_path, SOUND + "picks: yes\nstarters: surprise me\n")) == {"picks": 8, "starters": 9}
    assert _places(_write(tmp_path, SOUND + 'picks: "3"\n')) == {"picks": 8}


def test_yaml_words_that_are_not_text_get_a_remedy(tmp_path: Path) -> None:
    (fault,) = _faults(_write(tmp_path, SOUND + "voice: {phrases: {deny: [No]}}\n"))
    assert "quotes" in fault.remedy
    assert fault.field == "voice.phrases.deny[0]"


def test_an_apology_without_its_id_is_refused(tmp_path: Path) -> None:
    (fault,) = _faults(_write(tmp_path, SOUND + "voice: {phrases: {apology: [Sorry.]}}\n"))
    assert "{id}" in fault.problem


def test_two_personas_do_not_share_a_telegram_bot(tmp_path: Path) -> None:
    for name in ("one", "two"):
        _write(tmp_path, SOUND.replace("sound", name) + "telegram: {token: env:TOKEN}\n", name=name)
    with pytest.raises(PersonaError, match="same token reference as one"):
        load_personas(tmp_path)


def test_the_faults_of_all_files_come_together(tmp_path: Path) -> None:
    _write(tmp_path, SOUND + "x: 1\n")
    _write(tmp_path, SOUND.replace("sound", "other") + "y: 1\n", name="other")
    with pytest.raises(PersonaError) as raised:
        load_personas(tmp_path)
    assert [(fault.path.name, fault.field) for fault in raised.value.faults] == [
        ("other.yaml", "y"),
        ("sound.yaml", "x"),
    ]


def test_a_sound_file_has_no_fault_and_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "sound.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.encode())
    persona, faults = read_persona(path)
    assert faults == []
    assert persona is not None
    assert persona.limits.certification_max is None
