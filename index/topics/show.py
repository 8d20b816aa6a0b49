"""The topics of a catalogue as a table."""

from collections.abc import Iterable

from rich.table import Table

from index.film import Film

#: Films that are named beside a topic.
_EXAMPLES = 3
#: How the entry that says how topics were learned begins, in an artefact's list of sources.
TOPICS = "topics"


def topics_table(films: Iterable[Film], sources: Iterable[str] = ()) -> Table | None:
    """Each topic with the number of films that have it and those that have most of it, the largest topic first; below
    it what the artefact's `sources` say of how they were learned. None where no film has topics."""
    having: dict[str, list[tuple[float, Film]]] = {}
    for film in films:
        for name, share in film.topics.items():
            having.setdefault(name, []).append((share, film))
    if not having:
        return None
    table = Table(
        "topic", "films", "above all", title=TOPICS, caption=next((s for s in sources if s.startswith(TOPICS)), None)
    )
    for name, members in sorted(having.items(), key=lambda item: (-len(item[1]), item[0])):
        best = sorted(members, key=lambda member: (-member[0], member[1].movie_id))[:_EXAMPLES]
        table.add_row(name, str(len(members)), ", ".join(film.title for _, film in best))
    return table
