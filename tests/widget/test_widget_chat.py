"""Conversations in a real browser."""

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys
from widget_driver import Widget, view
from widget_peer import Peer

pytestmark = pytest.mark.browser

REQUEST = "something bright and feel-good for my kid, not animated"
FIELD = "return root.querySelector('textarea')"


def actions(peer: Peer) -> list[dict[str, str]]:
    return [said["body"]["action"] for said in peer.said if "action" in said["body"]]


def test_a_request_brings_three_cards_with_reasons(chat: Widget, peer: Peer) -> None:
    chat.run(FIELD).send_keys(REQUEST, Keys.ENTER)
    chat.until(lambda: chat.count(".card") == 3 and chat.idle())

    assert peer.said[0]["body"] == {"persona": "lantern", "text": REQUEST}
    assert peer.said[0]["streamed"]
    assert chat.texts(".bubble") == [REQUEST]
    assert [title.split(" ")[0] for title in chat.texts(".card-title")] == ["Paddington", "Babe", "The"]
    assert chat.texts(".card-facts")[0] == "PG1 h 43 minAdventure, Comedy, Family"
    assert chat.texts(".card-reason")[0].startswith("It is bright and feel-good")
    assert chat.texts(".chip")[:2] == ["Something brighter", "Something older"]
    assert chat.run("return root.activeElement === root.querySelector('textarea')")


def test_a_card_unfolds_to_synopsis_people_tone_and_looks(chat: Widget) -> None:
    chat.say(REQUEST)
    inside = chat.texts(".insides-body")[0]
    for told in ("marmalade", "Paul King", "Ben Whishaw", "United Kingdom", "family", "bright", "warm"):
        assert told in inside
    assert chat.run("return root.querySelector('.inside').querySelectorAll('li').length") == 3
    assert chat.attribute(".trailer", "href") == "https://trailers.example/paddington-2"


def test_buttons_send_actions_and_keep_their_state(chat: Widget, peer: Peer) -> None:
    chat.say(REQUEST)
    chat.click(".act-like", 1)
    chat.until(lambda: "Noted: like." in chat.texts(".said") and chat.idle())
    assert actions(peer) == [{"kind": "like", "movie_id": "babe-1995"}]
    assert chat.attribute(".act-like", "aria-pressed", 1) == "true"
    assert chat.attribute(".act-like", "aria-pressed", 0) == "false"

    chat.click(".act-dislike", 1)
    chat.click(".act-save", 1)
    chat.until(lambda: "Noted: save." in chat.texts(".said") and chat.idle())
    assert chat.attribute(".act-like", "aria-pressed", 1) == "false"
    chat.click(".act-save", 1)
    chat.until(lambda: "Noted: unsave." in chat.texts(".said") and chat.idle())
    assert chat.attribute(".act-save", "aria-pressed", 1) == "false"
    chat.click(".act-dislike", 1)
    chat.until(lambda: "Noted: undislike." in chat.texts(".said") and chat.idle())
    assert chat.attribute(".act-dislike", "aria-pressed", 1) == "false"
    assert [action["kind"] for action in actions(peer)] == ["like", "dislike", "save", "unsave", "undislike"]


def test_pressing_a_button_leaves_the_view_where_it_is(chat: Widget) -> None:
    chat.say("varied")
    chat.run("root.querySelector('.scroller').scrollTop = 40")
    chat.click(".act-seen")
    chat.until(lambda: "Noted: seen." in chat.texts(".said") and chat.idle())
    assert chat.run("return root.querySelector('.scroller').scrollTop") == 40
    chat.click(".jump:not([hidden])")
    chat.until(lambda: chat.run("return root.querySelector('.scroller').scrollTop") > 40)


def test_chips_send_their_payload_and_go(chat: Widget, peer: Peer) -> None:
    starter = chat.texts(".chip")[1]
    chat.click(".chip", 1)
    chat.until(lambda: chat.count(".card") == 3 and chat.idle())
    assert peer.said[0]["body"]["text"] == starter
    assert starter not in chat.texts(".chip")


def test_markup_from_outside_is_text(chat: Widget) -> None:
    chat.say("inject <b onclick=alert(1)>me</b>")
    assert chat.texts(".bubble")[0].endswith("<b onclick=alert(1)>me</b>")
    assert "<script>" in chat.texts(".said")[-1]
    assert "<script>" in chat.texts(".card-title")[0]
    assert chat.run("return root.querySelectorAll('script, b, .card img, .trailer').length") == 0
    assert chat.browser.execute_script("return window.broken === undefined")
    assert chat.run("return root.querySelector('.row').scrollWidth <= root.querySelector('.scroller').clientWidth")


def test_the_content_security_policy_holds(chat: Widget) -> None:
    for words in (REQUEST, "noir", "varied", "inject", "poster"):
        chat.say(words)
    chat.click(".act-like")
    chat.click(".quiet")
    assert chat.browser.execute_script("return window.refused") == []
    assert chat.run("return getComputedStyle(root.querySelector('.card > .card-picture')).overflow") == "hidden"


def test_posters_show_when_they_load_and_title_cards_when_not(chat: Widget) -> None:
    chat.say("poster")
    chat.run("root.querySelector('.row').scrollIntoView()")
    chat.until(lambda: chat.count(".poster.loaded") == 2 and chat.count(".poster") == 2)
    assert chat.count(".titlecard") == 4


def test_a_poster_names_whom_it_is_credited_to_and_only_where_it_is_shown(chat: Widget) -> None:
    chat.say("poster")
    chat.run("root.querySelector('.row').scrollIntoView()")
    chat.until(lambda: chat.count(".poster.loaded") == 2 and chat.count(".poster") == 2)
    shown = chat.run(
        "return [...root.querySelectorAll('.card')].map((one) => one.querySelector('.poster-credit'))"
        ".map((one) => one && one.checkVisibility({ visibilityProperty: true }) && one.textContent)"
    )
    assert shown == ["Poster: TMDB", None, None, None]
    inside = chat.run(
        "const [a, b] = ['.poster-credit', '.picture'].map((one) => root.querySelector(one)"
        ".getBoundingClientRect()); return a.left >= b.left && a.right <= b.right && a.bottom <= b.bottom"
    )
    assert inside


def test_title_cards_are_the_same_for_the_same_film(chat: Widget) -> None:
    chat.say(REQUEST)
    chat.say(REQUEST)
    drawn = chat.run("return [...root.querySelectorAll('.titlecard')].map((one) => one.outerHTML)")
    assert drawn[:3] == drawn[3:]
    assert len(set(drawn)) == 3


@pytest.mark.parametrize("words", ["fault here", "busy here", "cut here"])
def test_what_failed_can_be_sent_again_under_the_same_key(chat: Widget, peer: Peer, words: str) -> None:
    chat.say(words)
    assert chat.count(".failed") == 1
    assert chat.texts(".trouble p")[0].startswith("Not delivered.")
    assert chat.count(".turn") == 1  # the welcome: half an answer does not stay
    chat.until(lambda: chat.run("return !root.querySelector('.again').disabled"))
    chat.click(".again")
    chat.until(lambda: chat.count(".card") == 3 and chat.idle())
    assert chat.count(".failed") == 0
    assert chat.texts(".bubble") == [words]
    assert len({said["key"] for said in peer.said}) == 1
    assert len(peer.said) == 2


def test_a_busy_server_says_when_to_try_again(chat: Widget) -> None:
    chat.say("busy")
    assert "One at a time, please." in chat.texts(".trouble")[0]
    assert chat.texts(".again") == ["Try again in 2 s"]
    chat.until(lambda: chat.texts(".again") == ["Try again"])


def test_without_a_stream_the_turn_comes_in_one_piece(chat: Widget, peer: Peer) -> None:
    peer.streams = False
    chat.say(REQUEST)
    assert chat.count(".card") == 3
    assert [said["streamed"] for said in peer.said] == [False]


def test_a_stream_that_delivers_nothing_falls_back_under_the_same_key(chat: Widget, peer: Peer) -> None:
    chat.say("nothing yet")
    assert chat.count(".card") == 3
    assert [said["streamed"] for said in peer.said] == [True, False]
    assert len({said["key"] for said in peer.said}) == 1


def test_an_expired_session_is_replaced_once(chat: Widget, peer: Peer) -> None:
    chat.say("expired")
    assert chat.count(".card") == 3
    assert [said["session"] for said in peer.said] == ["s0.lantern", "s1.lantern"]


def test_waiting_is_shown_and_messages_queue(chat: Widget, peer: Peer) -> None:
    chat.run("chat.send('slow one'); chat.send('hello')")
    chat.until(lambda: chat.run("return !root.querySelector('.typing').hidden"))
    assert chat.attribute(".typing", "role") == "status"
    chat.until(lambda: "Hello. What are you in the mood for?" in chat.texts(".said") and chat.idle())
    assert [said["body"]["text"] for said in peer.said] == ["slow one", "hello"]
    assert chat.count(".card") == 3


def test_the_conversation_is_there_after_a_reload(chat: Widget, peer: Peer) -> None:
    chat.say(REQUEST)
    chat.click(".act-save")
    chat.until(lambda: "Noted: save." in chat.texts(".said") and chat.idle())
    chat.browser.refresh()
    chat.opened()
    assert chat.texts(".bubble") == [REQUEST, "Save Paddington 2"]
    assert chat.count(".card") == 3
    assert chat.attribute(".act-save", "aria-pressed") == "true"
    assert chat.texts(".chip") == ["Something brighter"]
    assert len(peer.sessions) == 1


def test_start_over_and_forget_me(chat: Widget) -> None:
    chat.say(REQUEST)
    chat.click(".menu .quiet")
    chat.click("[role=menuitem]")
    chat.until(lambda: "A clean slate. What shall it be?" in chat.texts(".said") and chat.idle())
    assert chat.texts(".bubble") == ["start over"]

    chat.click("[role=menuitem]", 1)
    chat.until(lambda: chat.texts(".chip") == ["Yes", "No"])
    assert chat.browser.execute_script("return JSON.stringify(sessionStorage)").count("forget me") > 0
    chat.click(".chip")
    chat.until(lambda: "It is forgotten." in chat.texts(".said") and chat.idle())
    kept = chat.browser.execute_script("return Object.values(sessionStorage).join()")
    assert "forget me" not in kept
    assert "s0.lantern" not in kept


def test_long_texts_are_counted_and_never_cut(chat: Widget, peer: Peer) -> None:
    field = "const field = root.querySelector('textarea');"
    fill = field + "field.value = 'a'.repeat(arguments[0]); field.dispatchEvent(new Event('input'))"
    chat.run(fill, 4007)
    assert chat.texts(".length-note") == ["7 characters too long to send"]
    chat.run(FIELD).send_keys(Keys.ENTER)
    assert peer.said == []
    chat.run(fill, 4000)
    chat.run(FIELD).send_keys(Keys.ENTER)
    chat.until(lambda: chat.count(".card") == 3)
    assert len(peer.said[0]["body"]["text"]) == 4000


def test_a_closed_house_says_so_and_opens_again(browser: webdriver.Chrome, peer: Peer) -> None:
    peer.down = True
    browser.get(f"{peer.url}/none.html")
    widget = Widget(browser).ready()
    assert widget.texts(".closed-door p") == ["This chat cannot be reached at the moment."]
    peer.down = False
    widget.click(".again")
    widget.until(lambda: widget.count(".chip") > 0)


def test_two_widgets_on_a_page_do_not_mix(browser: webdriver.Chrome, peer: Peer) -> None:
    browser.get(f"{peer.url}/two.html")
    one, two, other = (Widget(browser, place).ready() for place in range(3))
    browser.execute_script("window.told = []; addEventListener('matinee:turn', (e) => told.push(e.target.id))")
    one.say("noir")
    two.say("hello")
    assert (one.count(".card"), two.count(".card"), other.count(".card")) == (3, 0, 0)
    assert one.texts(".bubble") == ["noir"]
    assert two.texts(".bubble") == ["hello"]
    assert browser.execute_script("return told") == ["one", "two"]
    other.say("hello")
    assert sorted(peer.sessions) == ["s0.lantern", "s1.lantern", "s2.vibe"]
    colours = {
        widget.run("return root.querySelector('.box').style.getPropertyValue('--primary')") for widget in (one, other)
    }
    assert len(colours) == 2
    browser.refresh()
    one.ready()
    assert one.texts(".bubble") == ["noir"]
    assert two.ready().texts(".bubble") == ["hello"]


def test_it_works_on_a_page_of_another_origin(browser: webdriver.Chrome, peer: Peer) -> None:
    client = Peer().start()
    try:
        browser.get(f"{client.url}/none.html?from={peer.url}")
        widget = Widget(browser).ready()
        widget.say("hello")
        assert widget.texts(".said")[-1] == "Hello. What are you in the mood for?"
        assert (len(peer.said), len(client.said)) == (1, 0)
        assert browser.execute_script("return sessionStorage.length") == 0
    finally:
        client.shutdown()
        client.server_close()


@pytest.mark.parametrize("width_px", [360, 768, 1440])
def test_nothing_is_wider_than_the_page(browser: webdriver.Chrome, peer: Peer, width_px: int) -> None:
    view(browser, width_px=width_px)
    browser.get(f"{peer.url}/#vibe")
    chat = Widget(browser).opened()
    chat.say("long")
    chat.say("varied")
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert chat.run("const s = root.querySelector('.scroller'); return s.scrollWidth <= s.clientWidth")
    stacked = chat.run(
        "const [one, two] = [...root.querySelectorAll('.card')].map((card) => card.getBoundingClientRect());"
        "return two.top >= one.bottom"
    )
    assert stacked == (width_px == 360)


def test_the_demo_page_keeps_the_choice_in_its_address(chat: Widget, browser: webdriver.Chrome) -> None:
    tiles = "return [...document.querySelectorAll('.tile')]"
    assert len(browser.execute_script(tiles)) == 4
    browser.execute_script("document.querySelector('[data-persona=arthouse]').click()")
    chat.until(lambda: chat.texts(".name") == ["Arthouse"])
    assert browser.current_url.endswith("#arthouse")
    assert browser.execute_script(tiles + ".filter((one) => one.ariaCurrent).map((one) => one.dataset.persona)") == [
        "arthouse"
    ]
    assert browser.title.startswith("Arthouse")
