"""The folder that is written: films.jsonl, reviews.csv and ATTRIBUTION.md, each whole at every moment."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import ceil, log1p
from pathlib import Path

from index.film import Film, film_row
from index.sources.tmdb.answers import MovieDetails
from index.sources.tmdb.films import movie_id
from index.sources.tmdb.kept import write_whole

FILMS, REVIEWS, ATTRIBUTION, ANSWERS = "films.jsonl", "reviews.csv", "ATTRIBUTION.md", "answers"
#: TMDB's terms allow to keep what was fetched for six months (themoviedb.org/api-terms-of-use).
KEPT_DAYS = 180
NOTICE = "This product uses the TMDB API but is not endorsed or certified by TMDB."
_ATTRIBUTION = """\
# Where these films come from

{notice}

The facts, texts and addresses of pictures in this folder come from [TMDB](https://www.themoviedb.org), written on
{written} from answers that were {age_days:g} days old at most, fetched with your key. TMDB's terms bind whoever shows
them: https://www.themoviedb.org/api-terms-of-use, and https://www.themoviedb.org/about/logos-attribution for its logos.
As they stood when this was written, they ask you to

- show the sentence above and one of TMDB's logos, less prominent than your own, where people can find it: an "about"
  or "credits" page, or beside the chat. The terms of use word the sentence more fully: "This product uses TMDB and the
  TMDB APIs but is not endorsed, certified, or otherwise approved by TMDB.";
- have a written agreement with TMDB before you use the data to earn money;
- keep what was fetched for six months at most: fetch again before {until};
- train no machine-learning model on it without TMDB's consent. A build makes an index for search of it; what plots have
  in common is learned, too, unless you say `matinee index build --no-topics`.

Read the terms themselves: this page is a reminder, not advice. Reviews belong to those who wrote them.
"""


def with_popularity(films: Sequence[Film], votes: Sequence[int]) -> list[Film]:
    """The films with how well known each is: the logarithm of its number of votes over the largest here."""
    most = max(map(log1p, votes), default=0.0)
    if most == 0.0:
        return list(films)
    return [replace(film, popularity=round(log1p(count) / most, 4)) for film, count in zip(films, votes, strict=True)]


def write_folder(
    folder: Path, films: Iterable[Film], details: Iterable[MovieDetails], *, today: date, age_days: float
) -> int:
    """Writes the films, their reviews and the attribution, from answers of this age at most; returns the number of
    reviews. Raises `TmdbError`."""
    until = today + timedelta(days=KEPT_DAYS - ceil(age_days))
    text = _ATTRIBUTION.format(notice=NOTICE, written=today, age_days=age_days, until=until)
    write_whole(folder / ATTRIBUTION, text)
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(("movie_id", "text"))
    reviews = [
        (movie_id(one.id), review.content)
        for one in details
        for review in one.reviews.results
        if review.content.strip()
    ]
    rows.writerows(reviews)
    write_whole(folder / REVIEWS, table.getvalue())
    # Last: a folder with films is a finished one.
    write_whole(folder / FILMS, "".join(json.dumps(film_row(film), ensure_ascii=False) + "\n" for film in films))
    return len(reviews)
