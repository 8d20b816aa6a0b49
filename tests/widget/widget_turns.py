"""Canned turns for the widget's peer: real films, long words, markup where markup must not work."""

from typing import Any

MARKUP = '<img src=x onerror="window.broken=1"><script>window.broken=1</script><b>bold</b>'


def film(movie_id: str, title: str, year: int | None, genres: list[str], **facts: Any) -> dict[str, Any]:
    """A card with every field of `engine.wire.Card`; what is not given is unknown."""
    unknown: dict[str, Any] = {
        "certification": None, "runtime_min": None, "directors": [], "cast": [], "countries": [], "languages": [],
        "moods": [], "themes": [], "awards": [], "tone": {}, "lightness": None, "colourfulness": None,
        "vintage": None, "warmth": None, "dark_moody": None, "bright_colourful": None, "sentiment": None,
        "reviews": None, "synopsis": "", "poster_url": None, "poster_credit": None, "trailer_url": None, "reason": "",
        "evidence": [],
    }  # fmt: skip
    return {"movie_id": movie_id, "title": title, "year": year, "genres": genres, **unknown, **facts}


PADDINGTON = film(
    "paddington-2-2017", "Paddington 2", 2017, ["Adventure", "Comedy", "Family"],
    certification="PG", runtime_min=103, directors=["Paul King"], countries=["GB", "FR"], languages=["en"],
    cast=["Ben Whishaw", "Hugh Grant", "Hugh Bonneville", "Sally Hawkins", "Brendan Gleeson"],
    moods=["heartwarming", "feel-good", "playful"], themes=["kindness", "family"],
    tone={"family": 0.95, "uplifting": 0.9, "funny": 0.8, "scary": 0.1}, lightness=0.71, colourfulness=0.83,
    warmth=0.68, sentiment=0.31, reviews=1212,
    synopsis="A small bear saves up for a birthday present and goes to prison for a theft he did not commit. "
    "There he wins over the cook with marmalade, while outside his street does everything to clear his name.",
    reason="It is bright and feel-good, it is made for children and everyone with them, and it runs 103 minutes.",
    evidence=[
        {"source": "tone", "detail": "uplifting .90, family .95", "weight": 0.41},
        {"source": "poster", "detail": "bright, colourful (0.91)", "weight": 0.27},
        {"source": "plot", "detail": "close in meaning to what you wrote", "weight": 0.15},
        {"source": "plot", "detail": "0.63", "weight": 0.07},
    ],
    trailer_url="https://trailers.example/paddington-2",
)  # fmt: skip
BABE = film(
    "babe-1995", "Babe", 1995, ["Comedy", "Drama", "Family"],
    certification="G", runtime_min=91, directors=["Chris Noonan"], countries=["AU", "US"], languages=["en"],
    cast=["James Cromwell", "Magda Szubanski", "Christine Cavanaugh"], awards=["Academy Awards 1996: Visual Effects"],
    moods=["heartwarming", "whimsical"], themes=["courage"], tone={"family": 0.95, "uplifting": 0.85, "funny": 0.6},
    lightness=0.45, colourfulness=0.4, warmth=0.4, sentiment=0.1, reviews=40,
    synopsis="A piglet on a sheep farm finds that good manners move a flock further than barking does.",
    reason="It has the feel-good mood you asked for, and not one frame is animated.",
    evidence=[{"source": "facts", "detail": "live action", "weight": 0.5}],
)  # fmt: skip
SECRET_GARDEN = film(
    "the-secret-garden-1993", "The Secret Garden", 1993, ["Drama", "Family", "Fantasy"],
    certification="G", runtime_min=101, directors=["Agnieszka Holland"], countries=["US", "GB"], languages=["en"],
    cast=["Kate Maberly", "Maggie Smith", "Heydon Prowse"], moods=["serene"], themes=["grief", "healing"],
    tone={"family": 0.8, "uplifting": 0.75, "thoughtful": 0.5}, lightness=0.36, colourfulness=0.52,
    warmth=0.2, dark_moody=0.9, sentiment=-0.2, reviews=8,
    synopsis="An orphan in a cold house on the moor finds a locked garden, and a cousin who was told he would die.",
    reason="It is hopeful from start to finish, and its garden is as bright as you wished.",
    evidence=[{"source": "persona", "detail": "hope, healing", "weight": 0.3}],
)  # fmt: skip
NOIR = [
    film("blade-runner-1982", "Blade Runner", 1982, ["Science Fiction", "Thriller"], certification="R",
         runtime_min=117, directors=["Ridley Scott"], tone={"tense": 0.6, "thoughtful": 0.8, "sad": 0.5},
         lightness=0.22, colourfulness=0.61, reason="It is the film you named.",
         synopsis="A tired policeman hunts four artificial people who only want more time."),
    film("in-the-mood-for-love-2000", "In the Mood for Love", 2000, ["Romance", "Drama"], certification="PG",
         runtime_min=98, directors=["Wong Kar-wai"], countries=["HK"], languages=["zh"],
         awards=["Cannes 2000: Best Actor"], tone={"romantic": 0.9, "sad": 0.7, "thoughtful": 0.7},
         lightness=0.3, colourfulness=0.72, reason="Longing is in every frame; it is slow, lush and sad.",
         synopsis="Two neighbours learn that their spouses are having an affair, and rehearse what they cannot say."),
    film("psycho-1960", "Psycho", 1960, ["Horror", "Mystery"], certification="R", runtime_min=109,
         directors=["Alfred Hitchcock"], tone={"scary": 0.8, "tense": 0.9}, lightness=0.4, colourfulness=0.05,
         reason="It is as tense as you asked.", synopsis="A secretary with stolen money stops at the wrong motel."),
]  # fmt: skip
VARIED = [
    film("dr-strangelove-1964", "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", 1964,
         ["Comedy", "War"], certification="PG", runtime_min=95, directors=["Stanley Kubrick"], lightness=0.8,
         colourfulness=0.1, tone={"funny": 0.8}, reason="Nothing funnier has been said about the end of the world."),
    film("some-like-it-hot-1959", "Some Like It Hot", 1959, ["Comedy", "Romance"], certification=None,
         runtime_min=121, directors=["Billy Wilder"], lightness=0.6, tone={"funny": 0.95}, reason="It is very funny."),
    film("seven-samurai-1954", "七人の侍", 1954, ["Action", "Drama"], certification="NR", runtime_min=207,
         directors=["Akira Kurosawa"], tone={"epic": 0.95}, reason="It is the village against the world."),
    film("true-grit-2010", "True Grit", 2010, ["Western", "Drama"], certification="PG-13", runtime_min=110,
         directors=["Joel Coen", "Ethan Coen"], tone={"tense": 0.5}, reason="It has the grit that its title says."),
    film("cabaret-1972", "Cabaret", 1972, ["Musical", "Drama"], certification="PG", runtime_min=124,
         directors=["Bob Fosse"], lightness=0.2, colourfulness=0.8, tone={"sad": 0.4}, reason="Come to the cabaret."),
    film("unknown-reel", "Untitled Reel", None, [], reason=""),
]  # fmt: skip
INJECTED = [
    film("injected-1", f"Title {MARKUP}", 2001, [f"Drama {MARKUP}"], certification="PG", directors=[MARKUP],
         synopsis=MARKUP, reason=f"Because {MARKUP}", poster_url="javascript:window.broken=1",
         trailer_url="javascript:window.broken=1", tone={MARKUP: 0.5},
         evidence=[{"source": "plot", "detail": MARKUP, "weight": 1.0}]),
    film("injected-2", "عنوان طويل جدا للفيلم", 2002, ["Comedy"], reason="Donaudampfschifffahrtsgesellschaft" * 4),
]  # fmt: skip
POSTER = film("poster-1", "A Poster That Loads", 2020, ["Drama"], poster_url="/poster.svg", poster_credit="TMDB")
NO_POSTER = film("poster-2", "A Poster That Fails", 2020, ["Drama"], poster_url="/gone.jpg", poster_credit="TMDB")
#: Hosts under .invalid do not exist (RFC 6761): what a browser without a network meets.
FAR_POSTER = film(
    "poster-3",
    "A Poster Out of Reach",
    2020,
    ["Drama"],
    poster_url="https://posters.invalid/t/p/w342/a.jpg",
    poster_credit="TMDB",
)
OWN_POSTER = film("poster-4", "A Poster of One's Own", 2020, ["Drama"], poster_url="/poster.svg")

LONG = (
    "Here is a rather long answer, since you asked for the whole story of why these films were picked. " * 12
).strip()


def turn(*replies: str, cards: list[dict[str, Any]] = [], chips: list[str] = [], **more: Any) -> dict[str, Any]:  # noqa: B006
    """A turn as DESIGN §4 has it. `chips` are sent as they are shown."""
    return {
        "persona": "", "user": "u", "text": "", "intent": {"name": "request", "confidence": 0.97},
        "frame": {}, "replies": list(replies), "cards": cards,
        "quick_replies": [{"title": chip, "payload": chip} for chip in chips],
        "relaxed": [], "latency_ms": {"total": 61.0, "parse": 9.0, "dialogue": 31.0, "engine": 21.0}, **more,
    }  # fmt: skip


CHIPS = ["Something brighter", "Something older", "Surprise me", "Why the first one?"]
BRIGHT = turn(
    "Three for you and the little one, all of them warm and none of them animated.",
    cards=[PADDINGTON, BABE, SECRET_GARDEN],
    chips=CHIPS,
)

#: What the peer answers to a text that holds the word; the first that fits. All else gets BRIGHT.
BY_WORD: list[tuple[str, dict[str, Any]]] = [
    ("noir", turn("Darker, then.", cards=NOIR, chips=CHIPS, relaxed=["before 1950"])),
    ("varied", turn("Six quite different ones.", cards=VARIED, chips=["Something shorter"])),
    ("inject", turn(f"Reply {MARKUP}", cards=INJECTED, chips=[f"Chip {MARKUP}"], relaxed=[f"wish {MARKUP}"])),
    ("poster", turn("With posters.", cards=[POSTER, NO_POSTER, FAR_POSTER, OWN_POSTER])),
    ("long", turn(LONG, "And that was all.")),
    ("hello", turn("Hello. What are you in the mood for?", chips=["Something funny"])),
    ("start over", turn("A clean slate. What shall it be?", intent={"name": "restart", "confidence": 1.0})),
    ("forget me", turn("Shall I forget everything you told me?", chips=["Yes", "No"],
                       intent={"name": "forget_me", "confidence": 1.0})),
    ("love the", turn("Good to know.", intent={"name": "like", "confidence": 0.95})),
    ("yes", turn("It is forgotten.", intent={"name": "affirm", "confidence": 1.0})),
]  # fmt: skip
