"""What a request asks for that a persona never shows: taken out of the frame, and said."""

from dataclasses import dataclass, replace

from engine.catalogues import Loaded
from engine.limits import allows
from engine.voice import Voice
from nlu.frame import Frame
from persona_configs.schema import Persona
from persona_configs.vocabulary import CERTIFICATIONS


@dataclass(frozen=True, slots=True)
class Refused:
    """What of a request the persona never shows: names of themes and genres, titles of films, a certification."""

    wishes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    certification: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """Which kinds of limit were hit."""
        hit = {"theme_or_genre": self.wishes, "film": self.titles, "certification": self.certification}
        return tuple(kind for kind, what in hit.items() if what)

    def lines(self, voice: Voice, *, seed: str) -> tuple[str, ...]:
        """The persona's words for it; none where nothing was refused."""
        return (
            voice.refused_wishes(self.wishes, seed=seed),
            voice.refused_titles(self.titles, seed=seed),
            voice.refused_certification(seed=seed) if self.certification else "",
        )


def within_limits(frame: Frame, persona: Persona, loaded: Loaded) -> tuple[Frame, Refused]:
    """The frame without what the persona never shows, and what that was."""
    limits, wants = persona.limits, frame.wants
    refused = Refused(
        wishes=(
            *(genre for genre in wants.genres if genre in limits.banned_genres),
            *(theme for theme in wants.themes if theme in limits.banned_themes),
        ),
        titles=tuple(
            film.title
            for movie_id in frame.like
            if (film := loaded.film(movie_id)) is not None and not allows(limits, film)
        ),
        certification=_stricter(frame.certification_max, limits.certification_max),
    )
    kept = replace(
        wants,
        themes=tuple(theme for theme in wants.themes if theme not in refused.wishes),
        genres=tuple(genre for genre in wants.genres if genre not in refused.wishes),
    )
    like = tuple(
        movie_id for movie_id in frame.like if (film := loaded.film(movie_id)) is not None and allows(limits, film)
    )
    certification = limits.certification_max if refused.certification else frame.certification_max
    return replace(frame, wants=kept, like=like, certification_max=certification), refused


def _stricter(asked: str | None, limit: str | None) -> bool:
    """Whether films up to `asked` would go beyond `limit`; False for a certification that nobody knows."""
    if asked not in CERTIFICATIONS or limit is None:
        return False
    return CERTIFICATIONS.index(asked) > CERTIFICATIONS.index(limit)
