"""The engine's voice: sentences, intros, refusals, chips; and the NLG answer."""

import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nlg import NlgRefused, answer
from engine.reasons import ReasonCode
from engine.voice import CLAUSES_MAX, TasteSketch, Voice
from engine.wire import Card, Mode, TurnPayload
from engine.wording import award, counted, listed, spelled, tone
from nlu.frame import Frame, Shift, Wishes
from persona_configs import Phrase, load_personas
from persona_configs.phrases import base_phrases, variants

PERSONAS = load_personas(Path("persona_configs"))
LANTERN, VIBE, MATINEE = (Voice(PERSONAS[name]) for name in ("lantern", "vibe", "matinee"))
ROMA = Card(
    movie_id="tt6155172", title="Roma", year=2018, genres=("Drama",), certification="R", runtime_min=135,
    directors=("Alfonso Cuarón",), cast=("Yalitza Aparicio", "Marina de Tavira"), countries=("MX",), languages=("es",),
    moods=(), themes=(), awards=("Venice 2018: Golden Lion",), tone={}, lightness=None, colourfulness=None,
    vintage=None, sentiment=None, synopsis="A maid keeps a household together.", poster_url=None, trailer_url=None,
)  # fmt: skip


def _code(phrase: Phrase, weight: float, **values: str) -> ReasonCode:
    return ReasonCode(phrase, "facts", weight, values)


CODES = (
    _code(Phrase.REASON_PERSONA, 0.9, words="heartwarming"),
    _code(Phrase.REASON_AWARD, 0.1, award="Cannes 2019: Palme d'Or"),
    _code(Phrase.REASON_MOOD, 0.4, words="cosy"),
    _code(Phrase.REASON_THEME, 0.3, words="coming of age"),
    _code(Phrase.REASON_MOOD, 0.2, words="witty"),
)


def test_a_reason_is_one_sentence_of_at_most_three_clauses_heaviest_first() -> None:
    for seed in map(str, range(20)):
        sentence = MATINEE.reason(CODES, seed=seed)
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert sentence.count("; ") == CLAUSES_MAX - 1
        assert sentence.index("cosy and witty") < sentence.index("growing up") < sentence.index("the Palme d'Or")


def test_what_was_not_asked_comes_after_what_was() -> None:
    assert "warmth" not in MATINEE.reason(CODES, seed="s")
    assert "warmth" in MATINEE.reason(CODES[:3], seed="s").split("; ")[-1]


def test_vibe_keeps_its_lower_case() -> None:
    sentence = VIBE.reason(CODES, seed="s")
    assert " + " in sentence
    assert sentence[0].islower()
    assert not sentence.endswith(".")


def test_neighbouring_cards_say_it_in_different_words() -> None:
    code = (_code(Phrase.REASON_MOOD, 1.0, words="cosy"),)
    assert len(set(MATINEE.reasons([code, code, code], seed="s"))) == 3


def test_a_film_without_reasons_is_called_a_suggestion() -> None:
    plain = [sentence.lower().rstrip(".") for sentence in (MATINEE.reason((), seed=str(n)) for n in range(9))]
    assert set(plain) <= {words.lower() for words in variants(MATINEE.persona, Phrase.REASON_SURPRISE)}


@given(
    weights=st.lists(st.floats(0, 1), max_size=8),
    phrases=st.lists(st.sampled_from([p for p in Phrase if p.startswith("reason_")]), min_size=8, max_size=8),
    value=st.text(min_size=1, max_size=40),
    name=st.sampled_from(sorted(PERSONAS)),
)
def test_any_codes_make_a_sentence(weights: list[float], phrases: list[Phrase], value: str, name: str) -> None:
    names = ("words", "names", "axis", "award", "year", "minutes", "certification", "title")
    codes = [
        _code(phrase, weight, **dict.fromkeys(names, value)) for phrase, weight in zip(phrases, weights, strict=False)
    ]
    voice = Voice(PERSONAS[name])
    assert voice.reason(codes, seed="s")
    assert voice.reason(codes, seed="s") == voice.reason(codes, seed="s")


def test_words_of_the_vocabularies_are_spelled() -> None:
    assert spelled("coming-of-age") == spelled("coming of age") == "growing up"
    assert spelled("feel good") == "feel-good"
    assert spelled("good-and-evil") == "good and evil"
    assert spelled("heartwarming and family", nouns=True) == "warmth and family"
    assert spelled("from the 1990s") == "from the 1990s"
    assert tone("funny", Phrase.REASON_TONE_MORE) == "funnier"
    assert tone("scary", Phrase.REASON_TONE_LESS) == "less scary"
    assert tone("family", Phrase.REASON_TONE_HIGH) == "good for the whole family"
    assert (listed(["a"]), listed(["a", "b"]), listed(["a", "b", "a", "c"])) == ("a", "a and b", "a, b and c")
    assert listed([]) == ""
    assert (counted(2), counted(40)) == ("two", "40")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Cannes 2019: Palme d'Or", "the Palme d'Or at Cannes (2019)"),
        ("Academy Awards 2020: Best Picture", "the Academy Award for Best Picture (2020)"),
        ("BAFTA 2020: Best Film", "the BAFTA for Best Film (2020)"),
        ("a ribbon", "a ribbon"),
    ],
)
def test_awards_read_as_nouns(text: str, said: str) -> None:
    assert award(text) == said


def test_the_intro_fits_the_number_of_films() -> None:
    persona = MATINEE.persona

    def among(phrase: Phrase, words: str) -> bool:
        return any(re.fullmatch(re.sub(r"\\{\w+\\}", ".+", re.escape(way)), words) for way in variants(persona, phrase))

    assert among(Phrase.PICKS_INTRO, MATINEE.intro(Mode.FRESH, seed="s", count=3, wanted=3))
    assert among(Phrase.PICKS_INTRO_REFINED, MATINEE.intro(Mode.REFINE, seed="s", count=3, wanted=3))
    assert among(Phrase.PICKS_INTRO_MORE, MATINEE.intro(Mode.MORE, seed="s", count=3, wanted=3))
    assert among(Phrase.PICKS_INTRO_SURPRISE, MATINEE.intro(Mode.SURPRISE, seed="s", count=3, wanted=3))
    assert "Jaws" in MATINEE.intro(Mode.LIKE, seed="s", count=3, wanted=3, title="Jaws")
    assert among(Phrase.PICKS_INTRO, MATINEE.intro(Mode.LIKE, seed="s", count=3, wanted=3))
    assert among(Phrase.PICKS_INTRO_ONE, MATINEE.intro(Mode.FRESH, seed="s", count=1, wanted=1))
    assert "two" in MATINEE.intro(Mode.FRESH, seed="s", count=2, wanted=3)
    assert among(Phrase.PICKS_NONE, MATINEE.intro(Mode.FRESH, seed="s", count=0, wanted=3))


def test_what_gave_way_and_what_is_never_shown() -> None:
    assert "“comedy” and “from the 1990s”" in MATINEE.relaxed(["Comedy", "from the 1990s"], seed="s")
    assert MATINEE.relaxed([], seed="s") == ""
    assert "PG" in LANTERN.refused_certification(seed="s")
    assert MATINEE.refused_certification(seed="s") == ""
    assert "the occult or horror" in LANTERN.refused_wishes(["occult", "Horror"], seed="s")


def test_explanation_details_and_taste() -> None:
    explained = MATINEE.explain("Roma", CODES, seed="s")
    assert "Roma" in explained
    assert "warmth" in explained
    assert "Roma" in MATINEE.explain("Roma", (), seed="s")
    details = MATINEE.details(ROMA, seed="s")
    assert details.startswith("Roma: 2018, R, 135 minutes, drama, directed by Alfonso Cuarón")
    assert details.endswith("winner of the Golden Lion at Venice (2018). A maid keeps a household together.")
    bare = ROMA.model_copy(update=dict.fromkeys(("year", "certification", "runtime_min")))
    assert "None" not in MATINEE.details(bare, seed="s")
    taste = MATINEE.taste(TasteSketch(moods=("cosy", "witty"), liked=("Roma", "Up"), seen_count=3), seed="s")
    assert "cosy and witty; you liked Roma and Up" in taste
    assert MATINEE.taste(TasteSketch(), seed="s") in base_phrases()[Phrase.TASTE_EMPTY]


def _payloads(frame: Frame, **more: int) -> list[str]:
    return [chip.payload for chip in MATINEE.chips(frame, seed="s", films_count=3, **more)]


def test_chips_offer_only_what_the_frame_leaves_open() -> None:
    assert "Something brighter" in _payloads(Frame())
    assert "Something brighter" not in _payloads(Frame(wants=Wishes(visual=("bright",))))
    assert "Something funnier" not in _payloads(Frame(tone={"funny": Shift(1)}))
    assert "Less scary" not in _payloads(Frame())
    assert "Less scary" in _payloads(Frame(wants=Wishes(genres=("Horror",))))
    assert "Less scary" not in _payloads(Frame(wants=Wishes(genres=("Horror",)), tone={"scary": Shift(-1)}))
    plain = Wishes(visual=("bright",), moods=("hilarious",))
    assert "Something newer" in _payloads(Frame(wants=plain, year=(None, 1970)))
    assert "Something older" in _payloads(Frame(wants=plain, year=(2015, None)))
    assert "Something shorter" in _payloads(Frame(wants=plain))
    assert "Something shorter" not in _payloads(Frame(wants=plain, runtime_min=(None, 90)))
    assert "Show my saved films" in _payloads(Frame(), saved_count=1)
    assert [chip.payload for chip in MATINEE.chips(Frame(), seed="s", films_count=0)] == ["Surprise me"]


@pytest.mark.parametrize("persona", PERSONAS.values(), ids=PERSONAS.keys())
def test_chips_are_few_distinct_and_worded_by_the_persona(persona: object) -> None:
    for frame in (Frame(), Frame(wants=Wishes(moods=("scary",))), Frame(year=(None, 1950))):
        chips = Voice(persona).chips(frame, seed="s", films_count=3, saved_count=2)  # type: ignore[arg-type]
        assert 2 <= len(chips) <= 4
        assert len({chip.payload for chip in chips}) == len(chips)


def _body(response: str, **latest: object) -> dict[str, object]:
    return {
        "response": response, "id": None, "arguments": {}, "channel": {"name": "rest"},
        "tracker": {"sender_id": "vibe:u1", "slots": {"x": 1}, "latest_message": latest or None, "events": []},
    }  # fmt: skip


#: What rasa.core.nlg.callback of 3.6 checks an answer against.
RASA_ANSWER = {
    "type": "object",
    "properties": {
        "text": {"type": "string"},
        "id": {"type": ["string", "null"]},
        "buttons": {"type": ["array", "null"], "items": {"type": "object"}},
        "elements": {"type": ["array", "null"], "items": {"type": "object"}},
        "attachment": {"type": ["object", "null"]},
        "image": {"type": ["string", "null"]},
        "custom": {"type": "object"},
    },
}


@pytest.mark.parametrize("phrase", Phrase)
def test_nlg_answers_every_phrase_in_a_form_that_rasa_takes(phrase: Phrase) -> None:
    answered = answer(_body(f"utter_{phrase}"), PERSONAS)
    jsonschema.validate(answered, RASA_ANSWER)
    assert answered.keys() == {"custom"}
    assert TurnPayload.model_validate(answered["custom"]).replies[0]


def test_nlg_speaks_as_the_persona_of_the_message_and_offers_its_starters() -> None:
    metadata = {"persona": "lantern", "user": "u1", "turn_id": "ab"}
    body = _body("utter_greet", intent={"name": "greet", "confidence": 0.9}, metadata=metadata, text="hi")
    payload = TurnPayload.model_validate(answer(body, PERSONAS)["custom"])
    assert payload.replies[0] in variants(PERSONAS["lantern"], Phrase.GREET)
    assert [chip.payload for chip in payload.quick_replies] == list(PERSONAS["lantern"].starters)
    assert payload.intent is not None
    assert payload.intent.name == "greet"
    assert answer(body, PERSONAS) == answer(body, PERSONAS)


def test_nlg_falls_back_to_the_persona_of_the_sender() -> None:
    payload = TurnPayload.model_validate(answer(_body("utter_greet"), PERSONAS)["custom"])
    assert payload.replies[0] in variants(PERSONAS["vibe"], Phrase.GREET)


def test_nlg_asks_before_it_forgets() -> None:
    payload = TurnPayload.model_validate(answer(_body("utter_forget_ask"), PERSONAS)["custom"])
    assert [chip.payload for chip in payload.quick_replies] == ["Yes", "No"]


@pytest.mark.parametrize(
    "body",
    [
        _body("utter_nothing_of_the_kind"),
        {**_body("utter_greet"), "tracker": {"sender_id": "nobody:u1"}},
        {"tracker": {}},
        {"response": 3, "tracker": []},
    ],
)
def test_nlg_refuses_what_it_cannot_say(body: dict[str, object]) -> None:
    with pytest.raises(NlgRefused):
        answer(body, PERSONAS)
