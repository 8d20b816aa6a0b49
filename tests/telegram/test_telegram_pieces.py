"""The parts that take values and give values."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from telegram import InlineKeyboardMarkup
from telegram_api import _units, _visible
from telegram_peers import card_of

from bot.gateway.turn import ActionKind, CardAction
from bot.looks import bar_of
from bot.settings import Settings
from bot.telegram.buttons import Marks, chip, film_rows, read, written
from bot.telegram.captions import caption, credit_line
from bot.telegram.deeplinks import wish_of
from bot.telegram.identity import TokenUnusable, person_of, token_of, turn_id_of, webhook_secret
from bot.telegram.limits import CALLBACK_MAX_BYTES, CAPTION_MAX_UNITS
from bot.telegram.outbox import keyboard
from bot.telegram.pace import Gate
from bot.telegram.texts import cut, pieces, units
from bot.telegram.titlecard import HEIGHT_PX, WIDTH_PX, draw_title_card
from bot.telegram.words import runtime, words_of
from engine.wire import Card
from persona_configs import Persona, Phrase, load_personas
from persona_configs.schema import Telegram

PERSONAS = load_personas(Settings().personas_dir)
WORDS = words_of(PERSONAS["matinee"])
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(TEXT, st.integers(1, 50))
def test_cut_keeps_within_the_limit_and_what_fits_as_it_is(text: str, most: int) -> None:
    short = cut(text, at_most=most)
    assert units(short) <= most
    if units(text) <= most:
        assert short == text
    else:
        assert short.endswith("…")


@given(TEXT, st.integers(2, 50))
def test_pieces_lose_nothing_but_space(text: str, most: int) -> None:
    parts = pieces(text, at_most=most)
    assert all(0 < units(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_units_count_an_emoji_twice() -> None:
    assert units("a🤣é") == 4
    assert pieces("🤣🤣🤣", at_most=3) == ("🤣", "🤣", "🤣")
    assert pieces("one two three", at_most=8) == ("one two", "three")


@given(TEXT.filter(str.strip), TEXT, TEXT, st.integers(0, 8))
def test_a_caption_of_any_film_is_within_telegram_s_limit_and_well_formed(
    title: str, reason: str, synopsis: str, times: int
) -> None:
    card = card_of(
        "x", title=title, reason=reason * times, synopsis=synopsis * times * 3, directors=(title, title),
        poster_credit=(title * times)[:300] or None,
    )  # fmt: skip
    text = _visible(caption(card, place=1, words=WORDS), "HTML") + "\n" + credit_line(card, WORDS)
    assert _units(text) <= CAPTION_MAX_UNITS


def test_a_caption_says_only_what_is_known() -> None:
    bare = card_of(
        "x", year=None, genres=(), certification=None, runtime_min=None, directors=(), synopsis="",
        lightness=None, colourfulness=None,
    )  # fmt: skip
    assert caption(bare, place=None, words=WORDS) == "<b>A film</b>"


def test_a_credit_is_said_in_the_persona_s_words_and_only_where_it_is_due() -> None:
    card = card_of("x", poster_credit="TMDB")
    assert credit_line(card, WORDS) == "Poster: TMDB"
    phrases = {Phrase.LABEL_POSTER_CREDIT: ("Affiche : {owner}",)}
    french = PERSONAS["matinee"].model_copy(
        update={"voice": PERSONAS["matinee"].voice.model_copy(update={"phrases": phrases})}
    )
    assert credit_line(card, words_of(french)) == "Affiche : TMDB"
    assert credit_line(card_of("x"), WORDS) == ""


def test_a_caption_tells_look_and_reviews_in_the_persona_s_words() -> None:
    card = card_of("x", lightness=0.3, colourfulness=0.9, warmth=0.6, sentiment=0.3, reviews=1212)
    assert "Look: dark, colourful, warm · Viewers: warm, 1,212 reviews" in caption(card, place=None, words=WORDS)
    vibe = caption(card, place=None, words=words_of(PERSONAS["vibe"]))
    assert "viewers: obsessed 💖, 1,212 reviews" in vibe
    assert "Viewers" not in caption(card.model_copy(update={"reviews": None}), place=None, words=WORDS)


def test_a_title_card_shows_the_look_that_was_measured() -> None:
    def at_the_bar(card: Card) -> set[tuple[int, ...]]:
        picture = Image.open(io.BytesIO(draw_title_card(card))).convert("RGB")
        return {picture.getpixel((WIDTH_PX - 64 - 240 + x, HEIGHT_PX - 64 - 7)) for x in (12, 228)}

    looked = card_of("x", lightness=0.7, colourfulness=1.0, warmth=0.5)
    warm, cool = bar_of(looked).cells(60)[0], bar_of(looked).cells(60)[-1]  # type: ignore[union-attr]
    assert at_the_bar(looked) == {tuple(warm), tuple(cool)}
    blank = looked.model_copy(update={"lightness": None})
    assert at_the_bar(blank).isdisjoint({tuple(warm), tuple(cool)})


def test_the_story_gives_way_first() -> None:
    card = card_of("x", title="Long " * 60, reason="because " * 70, synopsis="story " * 500)
    text = caption(card, place=None, words=WORDS)
    assert text.count("because") > 40
    assert "story" in text
    assert _units(_visible(text, "HTML")) > CAPTION_MAX_UNITS - 20


@pytest.mark.parametrize(("minutes", "said"), [(45, "45 min"), (60, "1 h"), (122, "2 h 2 min")])
def test_runtimes_in_words(minutes: int, said: str) -> None:
    assert runtime(words_of(PERSONAS["matinee"].model_copy(update={"locale": "en-GB"})), minutes) == said


@given(st.from_regex(r"[A-Za-z0-9_.:-]{1,64}", fullmatch=True), st.sampled_from(ActionKind))
def test_a_button_means_what_was_written_on_it(movie_id: str, kind: ActionKind) -> None:
    data = written(kind, movie_id)
    assert len(data.encode()) <= CALLBACK_MAX_BYTES
    assert bool(data) == (len(kind) + 1 + len(movie_id) <= CALLBACK_MAX_BYTES)
    if data:
        assert read(data) == CardAction(kind=kind, movie_id=movie_id)


@given(TEXT)
def test_reading_what_others_wrote_never_fails(text: str) -> None:
    assert read(text) is None or read(chip(text)) is not None or text.startswith(tuple(ActionKind))
    assert wish_of(text, starters=("one",)) is None or text.startswith(("ask-", "starter-", "film-", "like-"))


def test_an_id_too_long_for_a_button_loses_that_button_alone() -> None:
    rows = film_rows("x" * 56, trailer_url="javascript:alert(1)", marks=Marks(), words=WORDS)
    kinds = [button.data.split(":")[0] for row in rows for button in row]
    assert kinds == ["like", "dislike", "seen", "save", "explain"]


def test_a_trailer_is_a_link() -> None:
    rows = film_rows("x", trailer_url="https://v.example/1", marks=Marks(), words=WORDS)
    markup = keyboard(rows)
    assert isinstance(markup, InlineKeyboardMarkup)
    assert markup.inline_keyboard[-1][0].url == "https://v.example/1"


def test_tokens_are_found_by_reference_or_refused_without_being_repeated(shipped: dict[str, Persona]) -> None:
    persona = shipped["matinee"].model_copy(update={"telegram": Telegram(token="env:SOME_TOKEN")})
    token = "123456:AAF-abcdefghijklmnopqrstuvwxyz12345"
    assert token_of(shipped["lantern"], {}) is None
    assert token_of(persona, {"SOME_TOKEN": f" {token}\n"}) == token
    for given_words in ("", "hush-hush", "123:short", f"{token}/.."):
        with pytest.raises(TokenUnusable, match="SOME_TOKEN") as raised:
            token_of(persona, {"SOME_TOKEN": given_words})
        assert not given_words or given_words not in str(raised.value)


def test_ids_are_stable_opaque_and_apart(shipped: dict[str, Persona]) -> None:
    assert person_of(1, 777) == person_of(1, 777) == "tg-a6e0a4cd152508104efd8be9"
    assert len({person_of(1, 777), person_of(2, 777), person_of(1, 778)}) == 3
    matinee, vibe = shipped["matinee"], shipped["vibe"]
    assert turn_id_of(matinee, 5) != turn_id_of(vibe, 5)
    assert webhook_secret("a", matinee) not in (webhook_secret("a", vibe), webhook_secret("b", matinee))


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60))
def test_a_gate_lets_no_more_through_than_burst_and_pace(gaps: list[float]) -> None:
    gate, now_s, passed = Gate(every_s=1.0, burst=4), 0.0, list[float]()
    for gap in gaps:
        now_s += gap
        passed.append(now_s + gate.take(now_s))
    assert passed == sorted(passed)
    for at, first_s in enumerate(passed):
        within = [one_s for one_s in passed[at:] if one_s < first_s + 10 - 1e-6]
        assert len(within) <= 4 + 10


def test_a_held_gate_opens_one_by_one() -> None:
    gate = Gate(every_s=1.0, burst=4)
    gate.hold(10.0)
    assert [gate.take(0.0) for _ in range(3)] == [10.0, 11.0, 12.0]
    assert not gate.is_idle(10.0)
    assert gate.is_idle(100.0)


@pytest.mark.parametrize("title", ["Amélie", "Dr. Strangelove " * 9, "千と千尋の神隠し", "X" * 90, "Łódź — Ω"])
def test_a_title_card_is_a_picture_of_the_promised_size_and_always_the_same(title: str) -> None:
    card = card_of("tt1", title=title, directors=("宮崎駿",))
    content = draw_title_card(card)
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.format == "PNG"
        assert picture.size == (WIDTH_PX, HEIGHT_PX)
    assert draw_title_card(card) == content
    assert draw_title_card(card_of("tt2", title=title)) != content


def test_an_unlettered_title_leaves_the_drawing_without_boxes() -> None:
    assert draw_title_card(card_of("tt1", title="千", year=None, directors=())) == draw_title_card(
        card_of("tt1", title="尋", year=None, directors=())
    )
