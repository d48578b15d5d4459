"""Pages in a real browser, opened from disk."""

import json
import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe

from engine import run
from scenes.palette import LIGHT


@pytest.fixture
def page(browser):
    """A page that notes requests beyond the disk, and the console's complaints, as failures."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def note_failure(request):
        # What a page still loads when it is left is given up, which is no fault of the page.
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"failed: {request.url}")

    page.on("requestfailed", note_failure)
    page.on("request", lambda request: requests.append(request.url))
    yield page
    assert complaints == []
    assert [url for url in requests if not url.startswith(("file:", "data:", "blob:"))] == []
    context.close()


@pytest.mark.parametrize("name", ["index.html", "en/first.html", "zh/first.html"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(page, site, name, theme):
    page.emulate_media(color_scheme=theme)
    page.goto((site / name).as_uri())
    page.wait_for_load_state("load")
    results = Axe().run(page, options={"preload": False})
    found = [
        (item["id"], node["html"][:160])
        for item in results.response["violations"]
        for node in item["nodes"]
    ]
    assert found == []


@pytest.mark.parametrize("name", ["index.html", "en/first.html", "zh/first.html"])
def test_nothing_is_wider_than_a_phone(page, site, name):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto((site / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_captions_chapters_and_moments(page, site):
    page.goto((site / "en/first.html").as_uri())
    video = page.locator("#film-descent video")
    page.wait_for_function("document.querySelector('video').readyState >= 1")
    assert video.get_attribute("autoplay") is None
    cues = page.wait_for_function(
        "document.querySelector('video').textTracks[0].cues?.length"
        " && [...document.querySelector('video').textTracks[0].cues].map((cue) => cue.text)"
    ).json_value()
    # The blank within the point is one at which no line ends.
    assert cues == ["We start at (−5,\xa0−2).", "The loss is 7.24; s is 1.0. It goes on."]
    page.get_by_role("link", name="The descent").click()
    page.wait_for_function("document.querySelector('video').currentTime === 3.5")
    assert page.url.endswith("#film-descent&t=3.5")
    assert page.evaluate("document.querySelector('video').paused")
    page.goto("about:blank")
    page.goto((site / "en/first.html").as_uri() + "#film-descent&t=2.5")
    page.wait_for_function("document.querySelector('video').currentTime === 2.5")


def test_the_transcript_has_the_captions(page, site):
    page.goto((site / "zh/first.html").as_uri())
    page.get_by_text("文字稿").click()
    lines = page.locator(".transcript li").all_inner_texts()
    assert [re.sub(r"\s+", " ", line) for line in lines] == [
        "0:01 起点是 (−5, −2)。",
        "0:03 损失为 7.24。",
    ]


LINE = "document.querySelector('.film-line-now').textContent"
SPOKEN = "We start at (−5,\xa0−2).", "The loss is 7.24; s is 1.0. It goes on."


def at(page, seconds):
    """Move the film, and wait until it is there."""
    page.evaluate(
        "(time) => new Promise((done) => { const video = document.querySelector('video');"
        " video.addEventListener('seeked', () => setTimeout(done, 50), { once: true });"
        " video.currentTime = time; })",
        seconds,
    )


@pytest.mark.parametrize("width", [1280, 360])
def test_captions_stand_below_the_film_and_nothing_moves(page, site, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((site / "en/first.html").as_uri())
    page.wait_for_function("() => document.querySelector('video').readyState >= 1")
    film = page.locator("#film-descent video").bounding_box()
    heights = []
    for seconds, line in ((0, ""), (1.5, SPOKEN[0]), (3.5, SPOKEN[1]), (5.5, "")):
        at(page, seconds)
        assert page.evaluate(LINE) == line
        assert page.evaluate("document.querySelector('video').textTracks[0].mode") == "hidden"
        heights.append(page.locator("#film-descent figcaption").bounding_box()["y"])
    assert len(set(heights)) == 1
    at(page, 3.5)
    shown = page.locator(".film-line-now").bounding_box()
    assert shown["y"] >= film["y"] + film["height"]
    assert shown["y"] + shown["height"] <= heights[0]


def test_in_full_screen_the_browser_shows_the_captions(page, site):
    page.goto((site / "en/first.html").as_uri())
    mode = "document.querySelector('video').textTracks[0].mode"
    line = page.locator(".film-line-now")
    at(page, 1.5)
    page.evaluate("document.querySelector('video').requestFullscreen()")
    page.wait_for_function(f"() => {mode} === 'showing'")
    assert line.is_hidden()
    page.evaluate("document.exitFullscreen()")
    page.wait_for_function(f"() => {mode} === 'hidden'")
    assert line.is_visible()


def test_captions_over_the_picture_and_below_it_are_never_both_there(page, site):
    """The button of the browser's own controls sets these modes."""
    page.goto((site / "en/first.html").as_uri())
    line = page.locator(".film-line-now")
    at(page, 1.5)
    track = "document.querySelector('video').textTracks[0]"
    page.evaluate(f"{track}.mode = 'showing'")
    page.wait_for_function(
        "() => document.querySelector('.film-line').hasAttribute('data-elsewhere')"
    )
    assert line.is_hidden()
    page.evaluate(f"{track}.mode = 'disabled'")
    page.wait_for_function(f"() => {track}.mode === 'hidden'")
    assert line.is_visible()


def test_a_line_of_the_transcript_moves_the_film_and_is_marked(page, site):
    page.goto((site / "en/first.html").as_uri())
    page.get_by_text("Transcript").click()
    page.locator(".transcript a").nth(1).click()
    page.wait_for_function("() => document.querySelector('video').currentTime === 3")
    marked = page.locator(".transcript a[aria-current=true]")
    marked.wait_for()
    assert marked.locator(".said").inner_text() == SPOKEN[1]
    assert page.evaluate(LINE) == SPOKEN[1]


def test_captions_are_announced_only_while_a_film_plays(page, site):
    page.goto((site / "en/first.html").as_uri())
    line = page.locator(".film-line-now")
    assert line.get_attribute("aria-live") == "off"
    assert all(
        size.get_attribute("aria-hidden") == "true"
        for size in page.locator(".film-line-size").all()
    )
    page.evaluate("document.querySelector('video').play()")
    page.wait_for_function("() => document.querySelector('.film-line-now').ariaLive === 'polite'")
    page.evaluate("document.querySelector('video').pause()")


def test_without_scripts_the_browser_shows_the_captions(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "en/first.html").as_uri())
    assert page.locator(".film-line").is_hidden()
    assert page.locator("track[default]").count() == 1
    context.close()


def test_the_theme_is_kept(page, site):
    page.emulate_media(color_scheme="light")
    page.goto((site / "en/first.html").as_uri())
    shade = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(shade)
    button = page.locator("button.theme")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    dark = page.evaluate(shade)
    assert dark != light
    assert button.get_attribute("aria-pressed") == "true"
    page.goto((site / "zh/index.html").as_uri())
    assert page.evaluate(shade) == dark


def test_the_language_switch_keeps_the_place(page, site):
    page.goto((site / "en/first.html").as_uri() + "#the-film")
    page.get_by_role("link", name="中文").click()
    page.wait_for_url("**/zh/first.html#the-film")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    page.goto((site / "zh/first.html").as_uri())
    page.locator("#try-it").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('try-it').scrollIntoView({behavior: 'instant'})")
    page.get_by_role("link", name="English").dispatch_event("click")
    page.wait_for_url(re.compile(r"/en/first\.html#(try-it|playground-own)$"))


def test_the_listing_is_copied(page, site):
    page.goto((site / "en/first.html").as_uri())
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: "
        "{writeText: async (text) => { window.copied = text; }}})"
    )
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("window.copied").startswith('"""AdaGrad on 0.1*x1**2')


def test_fonts_and_colors_are_in_force(page, site):
    page.goto((site / "zh/first.html").as_uri())
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family)"
    )
    names = {name.strip('"') for name in loaded}
    assert {"Thalweg Math", "Thalweg Letters", "Thalweg Han"} <= names
    color = "getComputedStyle(document.querySelector('.update .role-gradient')).color"
    red, green, blue = bytes.fromhex(LIGHT.roles["gradient"].removeprefix("#"))
    assert page.evaluate(color) == f"rgb({red}, {green}, {blue})"


def test_everything_folded_is_printed(page, site):
    page.goto((site / "en/first.html").as_uri())
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.emulate_media(media="print")
    assert page.locator("video").is_hidden()
    assert page.locator(".film img").is_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0


def test_the_skip_link_leads_to_the_lesson(page, site):
    page.goto((site / "en/first.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_playground_starts_as_the_lesson_says(page, site):
    page.goto((site / "en/first.html").as_uri())
    page.locator("#playground-own canvas").first.wait_for()
    config = page.locator("#playground-own").get_attribute("data-config")
    assert json.loads(config)["objective"] == "x1**2 + 3*x2**2"
    points = page.evaluate(f"thalweg.run({config}).points")
    trajectory = run("adagrad", "x1**2 + 3*x2**2", (-5, -2), steps=20)
    np.testing.assert_allclose(points, trajectory.points, rtol=1e-12)


def test_a_printed_page_uses_the_paper(page, site):
    page.set_viewport_size({"width": 660, "height": 900})
    page.goto((site / "en/first.html").as_uri())
    page.emulate_media(media="print")
    sizes = page.evaluate(
        "[...document.querySelectorAll('main > .wide, .scroll')].map((block) => "
        "[block.clientWidth, block.scrollWidth])"
    )
    assert all(width > 500 for width, _ in sizes)
    assert all(inside <= width for width, inside in sizes)
