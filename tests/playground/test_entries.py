"""Numbers as people write them, typed or in the address: taken or refused alike, and told."""

import math

import pytest
from playwright.sync_api import Page, expect

from tests.playground.harness import Opener, settle

WRITTEN = [
    ("0,4", 0.4),
    ("-0,4", -0.4),
    ("−0.5", -0.5),
    ("–0.5", -0.5),
    ("１０", 10),
    ("０．５", 0.5),
    ("０，５", 0.5),
    ("－3", -3),
    (".5", 0.5),
    (",5", 0.5),
    ("3.", 3),
    ("+2", 2),
    ("1e-3", 1e-3),
    ("1E−3", 1e-3),
    ("1,5e3", 1500),
    ("1 000", 1000),
    ("1\u00a0000", 1000),
    ("1\u202f234\u202f567,5", 1234567.5),
    ("1'000", 1000),
    ("1,000.5", 1000.5),
    ("1.000,5", 1000.5),
    ("1,234,567", 1234567),
    ("1.500", 1.5),
    ("0,125", 0.125),
    ("3·10⁻⁵", 3e-5),
    ("1.24 × 10^-7", 1.24e-7),
    ("10⁻⁶", 1e-6),
    ("-10^3", -1000),
    (" 7 ", 7),
]
NO_NUMBERS = ["", " ", "fast", "NaN", "Infinity", "∞", "0x10", "1e", "1 2", "1,000", "1,2,3", "--1"]
NO_NUMBERS += ["1.2.3", "5%", "1e999x", "²", "10⁻", "1/2"]


@pytest.mark.parametrize(("text", "value"), WRITTEN)
def test_numbers_are_read_from_every_keyboard(inner: Page, text: str, value: float) -> None:
    assert inner.evaluate("(text) => parseNumber(text)", text) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_none(inner: Page, text: str) -> None:
    assert math.isnan(inner.evaluate("(text) => parseNumber(text)", text))


def shown(page: Page) -> dict[str, str]:
    """The numbers in the fields."""
    names = ("lr-number", "eps-number", "steps-number", "start-x1", "start-x2")
    return {name: page.locator(f"#playground-adagrad-{name}").input_value() for name in names}


ENTRIES = [
    ("lr", "0,4"),
    ("lr", "50"),
    ("lr", "-1"),
    ("lr", "NaN"),
    ("lr", "Infinity"),
    ("lr", "1e999"),
    ("lr", ""),
    ("eps", "10⁻⁸"),
    ("steps", "5000"),
    ("steps", "5001"),
    ("steps", "1e9"),
    ("steps", "0"),
    ("steps", "-3"),
    ("steps", "2.5"),
    ("steps", "1 000"),
]


def test_typed_or_in_the_address_is_the_same(opened: Opener) -> None:
    page = opened("adagrad")
    notice = page.locator(".playground-notice")
    reset = page.get_by_role("button", name="Reset")
    for name, text in ENTRIES:
        entry = page.locator(f"#playground-adagrad-{name}-number")
        entry.fill(text)
        entry.blur()
        typed, told = shown(page), notice.inner_text()
        reset.click()
        page.evaluate(
            "(fragment) => { history.replaceState(null, '', '#');"
            " location.hash = fragment; dispatchEvent(new HashChangeEvent('hashchange')); }",
            f"adagrad:{name}={text}",
        )
        assert shown(page) == typed, (name, text)
        also = notice.inner_text()
        assert bool(told) == bool(also), (name, text)
        assert also.endswith(told), (name, text)
        reset.click()


REFUSED = [
    ("#adagrad:lr=fast&steps=30", "#adagrad:steps=30", ["lr: expected a decimal number", "0.1"]),
    ("#adagrad:steps=9999&lr=0.4", "#adagrad:lr=0.4", ["steps: expected", "5000", "50 stays"]),
    ("#adagrad:objective=nowhere", "", ["Objective: expected one of Valley", "Valley stays"]),
    ("#adagrad:start=1&lr=1", "#adagrad:lr=1", ["start: expected two", "(−5, −2) stays"]),
    ("#adagrad:start=1e9,0", "", ["start: expected two"]),
    ("#adagrad:step=80", "", ["step: expected a whole number from 0 to 50", "50 stays"]),
    ("#adagrad:lrr=3", "", ["lrr: not a setting here", "eps"]),
    ("#adagrad%3Alr%3Dfast%26steps%3D30", "#adagrad:steps=30", ["lr: expected"]),
]


@pytest.mark.parametrize(("fragment", "corrected", "told"), REFUSED)
def test_an_address_that_is_refused_is_corrected_and_says_so(
    opened: Opener, fragment: str, corrected: str, told: list[str]
) -> None:
    page = opened("adagrad", fragment=fragment)
    assert page.evaluate("() => location.hash") == corrected
    notice = page.locator(".playground-notice").inner_text()
    assert notice.startswith("The address is corrected.")
    for part in told:
        assert part in notice
    assert page.get_by_role("status").inner_text() == notice


def test_an_address_that_is_taken_stays(opened: Opener) -> None:
    page = opened("adagrad", fragment="#adagrad:steps=30&lr=0.4")
    assert page.evaluate("() => location.hash") == "#adagrad:steps=30&lr=0.4"
    expect(page.locator(".playground-notice")).to_be_empty()


@pytest.mark.parametrize(("language", "words"), [("en", "The start is now"), ("zh", "起点已改为")])
def test_another_objective_says_that_the_start_is_another(
    opened: Opener, language: str, words: str
) -> None:
    page = opened("adam", language=language)
    page.locator("#playground-adam-objective").select_option("beale")
    notice = page.locator(".playground-notice")
    expect(notice).to_contain_text(words)
    expect(notice).to_contain_text("(1, 2)")
    expect(page.get_by_role("status")).to_contain_text(words)
    page.locator("#playground-adam-lr").fill("0.2")
    expect(notice).to_be_empty()


def test_a_start_that_the_reader_chose_stays_where_the_view_shows_it(opened: Opener) -> None:
    page = opened("adam", fragment="#adam:start=1.5,-1")
    page.locator("#playground-adam-objective").select_option("himmelblau")
    assert page.locator("#playground-adam-start-x1").input_value() == "1.5"
    expect(page.locator(".playground-notice")).to_be_empty()
    page.locator("#playground-adam-start-x1").fill("-400")
    page.locator("#playground-adam-objective").select_option("valley")
    assert page.locator("#playground-adam-start-x1").input_value() == "-5"
    expect(page.locator(".playground-notice")).to_contain_text("(−5, −2)")


@pytest.mark.parametrize(
    ("name", "text", "side"),
    [("lr", "50", "above"), ("eps", "1e-30", "below"), ("steps", "5000", "above")],
)
def test_a_setting_beyond_its_slider_is_seen_to_be(
    opened: Opener, name: str, text: str, side: str
) -> None:
    page = opened("adagrad")
    slider = page.locator(f"#playground-adagrad-{name}")
    remark = page.locator(f"#playground-adagrad-{name}-beyond")
    assert remark.is_hidden()
    before = page.locator(".playground-controls").screenshot()
    page.locator(f"#playground-adagrad-{name}-number").fill(text)
    settle(page)
    assert remark.inner_text().startswith("Beyond the slider")
    assert slider.get_attribute("aria-describedby") == f"playground-adagrad-{name}-beyond"
    track = page.locator(".playground-track").filter(has=slider)
    assert track.get_attribute("data-beyond") == side
    width = "(track) => getComputedStyle(track, '::after').content"
    assert track.evaluate(width) != "none"
    assert page.locator(".playground-controls").screenshot() != before
    end = "max" if side == "above" else "min"
    assert float(slider.input_value()) == pytest.approx(float(slider.get_attribute(end) or ""))
