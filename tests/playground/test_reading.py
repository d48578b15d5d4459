"""Playgrounds for all readers: screen readers, themes, sharp and narrow screens, both languages."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from publish.words import PLAYGROUND_WORDS
from scenes.palette import DARK, LIGHT
from tests.playground.harness import Opener, settle

PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 3, "has_touch": True}
CORNER = """() => {
  const canvas = document.querySelector('.playground-stage canvas');
  const scale = canvas.width / canvas.clientWidth;
  const at = canvas.getContext('2d').getImageData(60 * scale, 40 * scale, 1, 1).data;
  return '#' + [...at].slice(0, 3).map((part) => part.toString(16).padStart(2, '0')).join('');
}"""


def test_both_languages_have_the_same_words_and_places() -> None:
    english, chinese = PLAYGROUND_WORDS["en"], PLAYGROUND_WORDS["zh"]
    assert english.keys() == chinese.keys()
    for key, text in english.items():
        places = {part.split("}")[0] for part in text.split("{")[1:]}
        other = {part.split("}")[0] for part in chinese[key].split("{")[1:]}
        assert places == other, key


def test_every_word_that_the_script_asks_for_is_there(inner: Page) -> None:
    asked = inner.evaluate(
        r"""() => {
          const found = new Set();
          for (const script of document.scripts) {
            for (const match of script.textContent.matchAll(/\bwords\.(\w+)/g)) found.add(match[1]);
          }
          return [...found];
        }"""
    )
    assert len(asked) > 15
    assert set(asked) <= PLAYGROUND_WORDS["en"].keys()
    used = {key for key in PLAYGROUND_WORDS["en"] if "." not in key}
    assert used == set(asked)


def test_the_outcome_is_announced_once_the_reader_pauses(opened: Opener) -> None:
    page = opened("sgd")
    live = page.get_by_role("status")
    expect(live).to_have_attribute("aria-live", "polite")
    assert live.inner_text() == ""
    page.locator("#playground-sgd-lr").fill("0.3")
    page.locator("#playground-sgd-lr").fill("0.6")
    assert live.inner_text() == ""
    expect(live).to_contain_text("Diverging: in 50 steps the loss grew")


def test_everything_can_be_reached_with_the_tab_key(opened: Opener) -> None:
    page = opened("adam")
    reached = []
    for _ in range(16):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("() => document.activeElement.id || document.activeElement.className")
        )
    assert [name.removeprefix("playground-adam-") for name in reached if name] == [
        "objective", "playground-reset", "playground-handle", "lr", "lr-number", "beta1",
        "beta1-number", "beta2", "beta2-number", "eps", "eps-number", "steps", "steps-number",
        "start-x1", "start-x2", "step",
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe_finds_nothing(opened: Opener, language: str, scheme: str) -> None:
    device: dict[str, Any] = {**PHONE, "color_scheme": scheme, "bypass_csp": True}
    page = opened("adam", language=language, device=device, fragment="#adam:objective=beale")
    report = Axe().run(page, options={"preload": False})
    assert report.violations_count == 0, report.generate_report()


def test_the_field_follows_the_theme_at_once(opened: Opener) -> None:
    page = opened("adagrad", device={"color_scheme": "light"})
    light = page.evaluate(CORNER)
    page.emulate_media(color_scheme="dark")
    settle(page)
    dark = page.evaluate(CORNER)
    page.evaluate("() => { document.documentElement.dataset.theme = 'light'; }")
    settle(page)
    again = page.evaluate(CORNER)
    assert light == again
    assert brightness(light) > brightness(LIGHT.field[5])
    assert brightness(dark) < brightness(DARK.field[0])


def brightness(color: str) -> int:
    return sum(int(color[at : at + 2], 16) for at in (1, 3, 5))


def test_canvases_are_as_sharp_as_the_screen(opened: Opener) -> None:
    page = opened("adagrad", device=PHONE)
    sizes = page.locator("canvas").evaluate_all("all => all.map((c) => [c.width, c.clientWidth])")
    assert len(sizes) == 3
    for pixels, width in sizes:
        assert pixels == pytest.approx(3 * width, abs=2)


@pytest.mark.parametrize("name", ["adam", "adadelta", "momentum"])
def test_nothing_is_wider_than_a_phone(opened: Opener, name: str) -> None:
    page = opened(name, device=PHONE, language="zh", fragment=f"#{name}:objective=beale&step=3")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_a_tap_on_the_field_moves_the_start(opened: Opener) -> None:
    page = opened("adagrad", device=PHONE)
    box = page.locator(".playground-stage").bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + 40)
    settle(page)
    assert float(page.locator("#playground-adagrad-start-x2").input_value()) > 1


def test_a_resized_page_is_drawn_anew(opened: Opener) -> None:
    page = opened("adagrad")
    before = page.evaluate("() => window.paints")
    page.set_viewport_size({"width": 500, "height": 800})
    page.wait_for_function("(before) => window.paints > before", arg=before)
    widths = page.locator("canvas").evaluate_all("all => all.map((c) => [c.width, c.clientWidth])")
    assert all(pixels == pytest.approx(width, abs=1) for pixels, width in widths)


def test_a_page_without_playgrounds_or_data_is_left_alone(opened: Opener) -> None:
    page = opened()
    assert page.evaluate("() => typeof window.thalweg.run") == "function"
