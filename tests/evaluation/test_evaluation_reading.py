from pathlib import Path

import pytest

from bot.evaluation import ConversationError, read_conversations

SHIPPED = Path(__file__).parents[1] / "conversations"
GOOD = """\
name: Hello
persona: matinee
why: A start.
turns:
  - say: hello
    expect: {intent: greet, cards: 0}
"""


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(ConversationError) as caught:
        read_conversations([folder])
    return [str(fault).removeprefix(f"{folder}/") for fault in caught.value.faults]


def test_every_fault_of_every_file_is_told_with_line_and_turn(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        """\
name: Faulty
persona: Matinee!
turns:
  - say: hello
    expect:
      intents: [greet]
      every_card: {genres_any: [Comdy], tone: {scary: low}}
  - say: no
  - {}
  - say: what about {favourite}?
"""
    )
    (tmp_path / "b.yaml").write_text(GOOD.replace("cards: 0", "cards: 0, frame: {want.moods: [cosy]}"))
    (tmp_path / "c.yaml").write_text("- just\n- a list\n")
    (tmp_path / "d.yaml").write_text("name: [never closed\n")
    told = faults_of(tmp_path)
    for part in (
        "a.yaml:2: persona:",
        "a.yaml:1: why: Field required",
        "a.yaml:6: turn 1 › expect › intents: there is no such field",
        "a.yaml:7: turn 1 › expect › every_card › genres_any 1: 'Comdy' is not a genre",
        "a.yaml:7: turn 1 › expect › every_card › tone › scary: not a bound",
        "a.yaml:8: turn 2 › say: put what is said in quotes",
        "a.yaml:9: turn 3: give either `say` or `do`",
        "b.yaml:6: turn 1 › expect › frame: no such place in a frame: want.moods",
        "c.yaml:1: not a conversation",
        "d.yaml:",
    ):
        assert any(fault.startswith(part) for fault in told), (part, told)


def test_a_name_must_be_remembered_before_it_is_used(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        GOOD
        + "  - {say: 'save {one}', remember: {one: first}}\n  - {say: 'save {one}', expect: {replies_match: '{two}'}}\n"
    )
    assert faults_of(tmp_path) == [
        "a.yaml:7: turn 2: no film is remembered as {one} before it",
        "a.yaml:8: turn 3: no film is remembered as {two} before it",
    ]


def test_two_conversations_need_two_names(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "b.yaml").write_text(GOOD)
    assert faults_of(tmp_path) == ["b.yaml:1: name: a.yaml has the same name"]


def test_a_key_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD + "persona: lantern\n")
    assert faults_of(tmp_path) == ["a.yaml:7: persona: this key stands on line 2 already"]


def test_a_missing_file_and_an_empty_folder_are_faults(tmp_path: Path) -> None:
    with pytest.raises(ConversationError) as caught:
        read_conversations([tmp_path, tmp_path / "gone.yaml"])
    assert [fault.problem for fault in caught.value.faults] == ["holds no conversation (*.yaml)", "no such file"]


def test_bytes_that_are_no_text_are_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in faults_of(tmp_path)[0]


def test_folders_are_read_to_the_bottom_in_order(tmp_path: Path) -> None:
    for name in ("b/two.yaml", "a/one.yml"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(GOOD.replace("Hello", name))
    assert [path.name for path in read_conversations([tmp_path])] == ["one.yml", "two.yaml"]


def test_the_shipped_conversations_cover_the_four_personas() -> None:
    conversations = read_conversations([SHIPPED]).values()
    by_persona: dict[str, int] = {}
    for conversation in conversations:
        by_persona[conversation.persona] = by_persona.get(conversation.persona, 0) + 1
    assert set(by_persona) == {"matinee", "lantern", "arthouse", "vibe"}
    assert min(by_persona.values()) >= 5
    # Whatever else a conversation with it is about, this persona's limits are looked at.
    assert all(one.never.certification_above for one in conversations if one.persona == "lantern")
