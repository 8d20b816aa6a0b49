"""What a person told us, kept and read: likes, dislikes, seen, rejected and saved films, and what was shown."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine.errors import StoreError
from engine.store.database import Database
from engine.store.tables import Opinion, Person, Shown, now_utc
from engine.wire import Kind

#: What saying one thing of a film takes back.
_TAKES_BACK: dict[Kind, tuple[Kind, ...]] = {
    Kind.LIKE: (Kind.DISLIKE, Kind.REJECT),
    Kind.DISLIKE: (Kind.LIKE,),
    Kind.REJECT: (Kind.LIKE,),
    Kind.SAVE: (Kind.REJECT,),
    Kind.SEEN: (),
    Kind.UNSAVE: (Kind.SAVE,),
    Kind.UNLIKE: (Kind.LIKE,),
    Kind.UNDISLIKE: (Kind.DISLIKE,),
    Kind.UNSEEN: (Kind.SEEN,),
}
#: What is not said of a film but only takes back what was.
_ONLY_TAKES_BACK = frozenset({Kind.UNSAVE, Kind.UNLIKE, Kind.UNDISLIKE, Kind.UNSEEN})
#: Times that a person is looked for and added before it is given up.
_TIMES = 5


@dataclass(frozen=True, slots=True)
class Taste:
    """All that is known of a person: movie_ids by what was said, oldest first."""

    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()

    @property
    def spent(self) -> frozenset[str]:
        """Films that are not offered again: shown, seen, rated or rejected."""
        return frozenset((*self.shown, *self.seen, *self.liked, *self.disliked, *self.rejected))


class TasteStore:
    """Tastes by (persona, user). Every method is one transaction that is on disk when it returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, persona: str, user: str, *, turn_id: str = "") -> Taste:
        """The person's taste; an unknown person has an empty one. Films shown in the turn `turn_id` do not count
        as shown, so that a turn that is asked again gets the same answer."""
        with self._database.reading() as session:
            person = _find(session, persona, user)
            if person is None:
                return Taste()
            by_kind: dict[str, list[str]] = {kind: [] for kind in Kind}
            opinions = select(Opinion).where(Opinion.person_id == person.id).order_by(Opinion.at, Opinion.movie_id)
            for opinion in session.scalars(opinions):
                by_kind[opinion.kind].append(opinion.movie_id)
            shown = select(Shown).where(Shown.person_id == person.id).order_by(Shown.at, Shown.place)
            if turn_id:
                shown = shown.where(Shown.turn_id != turn_id)
            return Taste(
                liked=tuple(by_kind[Kind.LIKE]),
                disliked=tuple(by_kind[Kind.DISLIKE]),
                seen=tuple(by_kind[Kind.SEEN]),
                rejected=tuple(by_kind[Kind.REJECT]),
                saved=tuple(by_kind[Kind.SAVE]),
                shown=tuple(row.movie_id for row in session.scalars(shown)),
            )

    def shown_in(self, persona: str, user: str, turn_id: str) -> tuple[str, ...]:
        """The films whose latest showing was in this turn, in their order; none for the empty id."""
        with self._database.reading() as session:
            person = _find(session, persona, user) if turn_id else None
            if person is None:
                return ()
            shown = select(Shown).where(Shown.person_id == person.id, Shown.turn_id == turn_id).order_by(Shown.place)
            return tuple(row.movie_id for row in session.scalars(shown))

    def record(self, persona: str, user: str, *, kind: Kind, movie_ids: Sequence[str]) -> tuple[str, ...]:
        """Keeps what was said of the films and returns those for which it is news. Saying it again changes nothing."""
        with self._database.writing() as session:
            person = _find_or_add(session, persona, user)
            news = []
            for movie_id in dict.fromkeys(movie_ids):
                said_before = _TAKES_BACK[kind][0] if kind in _ONLY_TAKES_BACK else kind
                stands = session.get(Opinion, (person.id, movie_id, said_before)) is not None
                for taken_back in _TAKES_BACK[kind]:
                    session.execute(delete(Opinion).where(*_is(person, movie_id, taken_back)))
                if stands is (kind in _ONLY_TAKES_BACK):
                    news.append(movie_id)
                if kind not in _ONLY_TAKES_BACK and not stands:
                    session.add(Opinion(person_id=person.id, movie_id=movie_id, kind=kind))
            return tuple(news)

    def mark_shown(self, persona: str, user: str, *, movie_ids: Sequence[str], turn_id: str) -> None:
        """Keeps that the films were shown in this turn."""
        with self._database.writing() as session:
            person, at = _find_or_add(session, persona, user), now_utc()
            rows = [
                {"person_id": person.id, "movie_id": movie_id, "turn_id": turn_id, "place": place, "at": at}
                for place, movie_id in enumerate(dict.fromkeys(movie_ids))
            ]
            session.execute(delete(Shown).where(Shown.person_id == person.id, Shown.movie_id.in_(movie_ids)))
            session.execute(insert(Shown), rows)

    def forget(self, persona: str, user: str) -> bool:
        """Erases all that is kept of a person; False when nothing was."""
        with self._database.writing() as session:
            person = _find(session, persona, user, locked=True)
            if person is None:
                return False
            for table in (Opinion, Shown):
                session.execute(delete(table).where(table.person_id == person.id))
            session.delete(person)
            return True


def _is(person: Person, movie_id: str, kind: Kind) -> tuple[ColumnElement[bool], ...]:
    return Opinion.person_id == person.id, Opinion.movie_id == movie_id, Opinion.kind == kind


def _find(session: Session, persona: str, user: str, *, locked: bool = False) -> Person | None:
    """The person; `locked` keeps other writers of the same person waiting until this one is done."""
    found = select(Person).where(Person.persona == persona, Person.user == user)
    # SQLite has one writer at a time, and reads nothing here; PostgreSQL locks the row.
    return session.scalar(found.with_for_update() if locked else found)


def _find_or_add(session: Session, persona: str, user: str) -> Person:
    """The person, locked. Another turn of the same person may add or forget them meanwhile: then once more."""
    for _time in range(_TIMES):
        if (person := _find(session, persona, user, locked=True)) is not None:
            return person
        with suppress(IntegrityError), session.begin_nested():
            person = Person(persona=persona, user=user)
            session.add(person)
            session.flush()
            return person
    raise StoreError(f"a person of {persona} is being added and forgotten at once; try again")
