"""The tables that hold what a person told us, by persona."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def now_utc() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """All tables of the engine."""


class Person(Base):
    """A person within a persona. Two personas never share one."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("persona", "user", name="uq_person_persona_user"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    persona: Mapped[str] = mapped_column(String(32))
    user: Mapped[str] = mapped_column(String(128))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now_utc)


class Opinion(Base):
    """One thing said of one film: like, dislike, seen, reject or save."""

    __tablename__ = "opinion"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    movie_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now_utc)


class Shown(Base):
    """A film that was shown, and in which turn: it is not shown again, except as the answer to that same turn."""

    __tablename__ = "shown"
    __table_args__ = (Index("ix_shown_person_turn", "person_id", "turn_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    movie_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    turn_id: Mapped[str] = mapped_column(String(64), default="")
    place: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now_utc)
