"""Conversations in which one person asks and the other recommends, as the benches read them: the form of ReDial.

One JSON object a line (`.gz` accepted): `movieMentions` {id: "Title (year)"}, `messages` [{senderWorkerId, text with
@id}], `initiatorWorkerId`, and `initiatorQuestions` {id: {"suggested": 0|1, "seen": 0|1|2, "liked": 0|1|2}}, 1 for yes.
Li et al. 2018, "Towards Deep Conversational Recommendations".

Beside them, descriptions of a plot that somebody half remembers: `query`, or `title` and `text`, and `imdb_id` or
`imdb_ids`.
"""

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.setup.environments import SetupError

_MENTION = re.compile(r"@(\d+)")
#: What a title is headed with: "[TOMT] [MOVIE]".
_TAG = re.compile(r"\[[^\]]*\]")
_YEAR = re.compile(r"\s*\((\d{4})\)\s*$")
#: What the person said last counts; what was said before is long answered.
_LAST_WORDS = 3
_YES = 1

# Where nothing was answered, the data has an empty list in place of an object.
_Answers = Annotated[dict[str, dict[str, int]], BeforeValidator(lambda given: given or {})]
_Titles = Annotated[dict[str, str | None], BeforeValidator(lambda given: given or {})]


class _Message(BaseModel):
    model_config = ConfigDict(extra="ignore")
    senderWorkerId: int  # noqa: N815 - the data's own name
    text: str


class _Dialogue(BaseModel):
    model_config = ConfigDict(extra="ignore")
    conversation: str = Field(alias="conversationId")
    titles: _Titles = Field(alias="movieMentions")
    messages: list[_Message]
    seeker: int = Field(alias="initiatorWorkerId")
    answers: _Answers = Field(alias="initiatorQuestions", default_factory=dict)


@dataclass(frozen=True, slots=True)
class Title:
    """A film as people name it, or by its IMDb id."""

    title: str = ""
    year: int | None = None
    imdb_id: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A moment before recommendations: what the person had said, the films they had named and liked, and those that
    were then suggested to them and that they liked."""

    conversation: str
    text: str
    named: tuple[Title, ...]
    liked_then: tuple[Title, ...]


def read_asks(path: Path) -> Iterator[Ask]:
    """One ask a conversation, at the first film that is suggested and liked. Raises `SetupError` naming the line that
    is not of this form."""
    for number, line in enumerate(_lines(path), start=1):
        try:
            dialogue = _Dialogue.model_validate_json(line)
        except ValidationError as error:
            raise SetupError(f"{path.name}:{number}: {error.errors()[0]['msg']}") from error
        if ask := _ask(dialogue):
            yield ask


class _Query(BaseModel):
    model_config = ConfigDict(extra="ignore")
    query: str = ""
    title: str = ""
    text: str = ""
    imdb_id: str | None = None
    imdb_ids: list[str] = []


def read_queries(path: Path) -> Iterator[Ask]:
    """One ask a description. Raises `SetupError` naming the line that is not of this form."""
    for number, line in enumerate(_lines(path), start=1):
        try:
            query = _Query.model_validate_json(line)
        except ValidationError as error:
            raise SetupError(f"{path.name}:{number}: {error.errors()[0]['msg']}") from error
        text = (query.query or f"{_TAG.sub('', query.title)}. {query.text}").strip(". \n")
        ids = [*query.imdb_ids, *([query.imdb_id] if query.imdb_id else [])]
        if text and ids:
            yield Ask(f"{path.name}:{number}", text, (), tuple(Title(imdb_id=each) for each in ids))


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from lines


def _ask(dialogue: _Dialogue) -> Ask | None:
    said: list[str] = []
    named: list[str] = []
    titles = {key: _title(text) for key, text in dialogue.titles.items() if text}
    liked = {key for key, answer in dialogue.answers.items() if answer.get("liked") == _YES and key in titles}
    suggested = {key for key in liked if dialogue.answers[key].get("suggested") == _YES}
    for message in dialogue.messages:
        mentions = _MENTION.findall(message.text)
        if message.senderWorkerId == dialogue.seeker:
            named += [key for key in mentions if key in titles]
            said.append(_MENTION.sub(lambda hit: _words(titles, hit[1]), message.text))
        elif said and suggested.intersection(mentions) - set(named):
            then = suggested - set(named)
            return Ask(
                dialogue.conversation,
                ". ".join(said[-_LAST_WORDS:]),
                tuple(titles[key] for key in dict.fromkeys(named) if key in liked),
                tuple(titles[key] for key in sorted(then)),
            )
    return None


def _words(titles: Mapping[str, Title], key: str) -> str:
    return titles[key].title if key in titles else ""


def _title(text: str) -> Title:
    year = _YEAR.search(text)
    return Title(_YEAR.sub("", text).strip(), int(year[1]) if year else None)
