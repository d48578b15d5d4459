"""Every page, over http and from disk with the network off."""

import re

import pytest

from tests.site.pages import LANGUAGES, LESSON_PAGES, LESSONS, PAGES


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_whole_and_in_its_language(opened, path):
    page = opened(path)
    language = "zh" if path.startswith("zh/") else "en"
    assert page.locator("html").get_attribute("lang").startswith(language)
    assert page.locator("h1").count() == 1
    broken = page.eval_on_selector_all(
        "img",
        "images => images.filter(i => i.loading !== 'lazy' && !i.naturalWidth).map(i => i.src)",
    )
    assert broken == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", LESSON_PAGES)
def test_films_play_seek_and_show_captions(opened, path):
    page = opened(path)
    assert page.locator("video").count() >= 1
    for video in page.locator("video").all():
        assert video.evaluate("v => v.paused && !v.autoplay && v.currentTime === 0")
        cues = video.evaluate(
            """v => new Promise((done, fail) => {
                const track = v.textTracks[0];
                track.mode = "showing";
                const tell = () => done([...track.cues].map(c => [c.startTime, c.endTime, c.text]));
                if (track.cues && track.cues.length) return tell();
                v.querySelector("track").addEventListener("load", tell);
                v.querySelector("track").addEventListener("error", () => fail("no captions"));
            })"""
        )
        assert len(cues) >= 5
        assert all(start < end for start, end, _ in cues)
        reached = video.evaluate(
            """async v => {
                v.muted = true;
                v.currentTime = 4.5;
                await new Promise(done => v.addEventListener("seeked", done, {once: true}));
                const sought = v.currentTime;
                await v.play();
                await new Promise(done => v.addEventListener("timeupdate", done, {once: true}));
                await new Promise(done => setTimeout(done, 300));
                v.pause();
                return [sought, v.currentTime, v.duration, v.error && v.error.message];
            }"""
        )
        sought, played, duration, error = reached
        assert error is None
        assert sought == pytest.approx(4.5, abs=0.1)
        assert sought < played < duration
        assert cues[-1][1] <= duration + 0.05


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_language_switch_stays_on_the_lesson(opened, lesson):
    page = opened(f"en/{lesson}.html")
    page.locator(".languages a[hreflang^=zh]").click()
    page.wait_for_load_state("load")
    assert f"/zh/{lesson}.html" in page.url
    assert page.locator("html").get_attribute("lang").startswith("zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lessons_can_be_read_one_after_the_other(opened, language):
    page = opened(f"{language}/index.html")
    page.locator(f"main a[href$='{LESSONS[0]}.html']").first.click()
    for lesson in LESSONS[1:]:
        page.wait_for_load_state("load")
        page.locator("a[rel=next]").click()
        page.wait_for_url(f"**/{language}/{lesson}.html")
    assert page.locator("a[rel=next]").count() == 0
    page.locator("a[rel=prev]").click()
    page.wait_for_url(f"**/{language}/{LESSONS[-2]}.html")


def test_the_theme_button_turns_light_to_dark_and_remembers(opened):
    page = opened("en/adam.html", color_scheme="light")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.locator("button.theme").click()
    dark = page.evaluate(background)
    assert light != dark
    page.reload()
    assert page.evaluate(background) == dark


def test_at_phone_width_nothing_is_cut_off(opened):
    for path in ("en/adam.html", "zh/adadelta.html", "en/index.html"):
        page = opened(path)
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_listing_on_the_page_runs_as_it_stands(opened, tmp_path):
    import subprocess
    import sys

    code = opened("en/adam.html").locator(".listing code").first.inner_text()
    (tmp_path / "listing.py").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, tmp_path / "listing.py"], capture_output=True, text=True, check=True
    )
    assert re.search(r"\d", done.stdout)
