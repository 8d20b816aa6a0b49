"""Persons, what they said of films, and what they were shown."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _person_id() -> "sa.Column[int]":
    return sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)


def upgrade() -> None:
    """Creates the three tables."""
    op.create_table(
        "person",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("persona", sa.String(32), nullable=False),
        sa.Column("user", sa.String(128), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("persona", "user", name="uq_person_persona_user"),
    )
    op.create_table(
        "opinion",
        _person_id(),
        sa.Column("movie_id", sa.String(128), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "shown",
        _person_id(),
        sa.Column("movie_id", sa.String(128), primary_key=True),
        sa.Column("turn_id", sa.String(64), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_shown_person_turn", "shown", ["person_id", "turn_id"])


def downgrade() -> None:
    """Drops them again."""
    for table in ("shown", "opinion", "person"):
        op.drop_table(table)
