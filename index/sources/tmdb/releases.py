"""Age ratings among a film's releases."""

from collections.abc import Iterable, Mapping, Sequence

from index.sources.certifications import us_certification
from index.sources.tmdb.answers import CountryReleases, Release
from persona_configs.vocabulary import CERTIFICATIONS

_US = "US"
#: Kinds of release in the order in which their rating is the film's: theatrical, limited, premiere, digital, physical,
#: television. A cut for television or a disc may be rated otherwise than the film.
_ORDER = (3, 2, 1, 4, 5, 6)
_STRICTNESS: Mapping[str, int] = {name: place for place, name in enumerate(CERTIFICATIONS)}


def certification_of(countries: Sequence[CountryReleases], *, origin: Iterable[str]) -> tuple[str | None, str | None]:
    """The US certification of the films' releases, None if there is none, and the original one as "GB 12A": that of
    the first country of origin that has one, else what the US says.

    Where releases of one kind are rated differently, the strictest counts: a limit must hold for each of them.
    """
    releases = {country.iso_3166_1: country.release_dates for country in countries}
    american = releases.get(_US, ())
    certification = next((found for kind in _ORDER if (found := _strictest(american, kind))), None)
    for country in (*origin, _US):
        said = next((found for kind in _ORDER if (found := _first(releases.get(country, ()), kind))), None)
        if said:
            return certification, f"{country} {said}"
    return certification, None


def _strictest(releases: Iterable[Release], kind: int) -> str | None:
    found = {us_certification(release.certification) for release in releases if release.type == kind} - {None}
    return max((name for name in found if name), key=lambda name: _STRICTNESS.get(name, -1), default=None)


def _first(releases: Iterable[Release], kind: int) -> str | None:
    said = (release.certification.strip() for release in releases if release.type == kind)
    return next((word for word in said if word), None)
