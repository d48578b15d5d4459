"""The start page: each card's film plays while the pointer or the focus is at it, else never."""

import pytest

from tests.site.pages import LANGUAGES, LESSONS

FILMS = "[...document.querySelectorAll('.card video')]"
PLAYING = f"{FILMS}.map(v => !v.paused && v.currentTime > 0)"
STILL = f"{FILMS}.every(v => v.paused && v.currentTime === 0)"


def only(index):
    """Whether just this card's film plays, as a script."""
    wanted = ", ".join(str(at == index).lower() for at in range(len(LESSONS)))
    return f"JSON.stringify({PLAYING}) === JSON.stringify([{wanted}])"


def until(page, script):
    """Wait, without a script in the page, until it is so."""
    for _ in range(200):
        if page.evaluate(script):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"it never came to {script}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_plays_under_the_pointer(opened, language):
    page = opened(f"{language}/index.html")
    assert page.locator(".card video").count() == len(LESSONS)
    assert page.evaluate(STILL)
    page.locator(".card").nth(1).hover()
    until(page, only(1))
    page.locator(".card").nth(0).hover()
    until(page, only(0))
    page.mouse.move(1, 1)
    until(page, STILL)


def test_a_card_plays_while_its_link_has_the_focus(opened):
    page = opened("index.html")
    page.locator(".card a").nth(0).focus()
    until(page, only(0))
    page.keyboard.press("Tab")
    until(page, only(1))
    page.locator(".card a").nth(1).blur()
    until(page, STILL)


def test_the_films_on_cards_are_silent_loops_apart_from_the_text(opened):
    page = opened("en/index.html")
    for video in page.locator(".card video").all():
        assert video.evaluate("v => v.muted && v.loop && !v.autoplay && !v.controls")
        assert video.get_attribute("aria-hidden") == "true"
        length = video.evaluate(
            "v => new Promise(done => { v.onloadedmetadata = () => done(v.duration);"
            " v.preload = 'auto'; v.load(); })"
        )
        assert 4 < length < 10


def test_nothing_moves_where_less_motion_is_asked_for(opened):
    page = opened("en/index.html", reduced_motion="reduce")
    page.locator(".card").nth(0).hover()
    page.locator(".card a").nth(0).focus()
    page.wait_for_timeout(300)
    assert page.evaluate(STILL)
    page.emulate_media(reduced_motion="no-preference")
    until(page, only(0))
    page.emulate_media(reduced_motion="reduce")
    until(page, STILL)
