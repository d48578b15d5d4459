"""Long rules, formulas, titles and words on phones and on paper."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from publish.build import build
from publish.course import load_course
from tests.publish.awkward import write_awkward
from tests.publish.conftest import fake_farm

PHONES = (320, 335, 360, 390)
BOXES = (
    ".scroll, .formula, pre, .update .line, .scroll-inline, .playground-line, .playground-formula"
)


@pytest.fixture(scope="module")
def long_site(tmp_path_factory):
    """The site of the course of long things."""
    course = load_course(write_awkward(tmp_path_factory.mktemp("long")))
    return build(course, tmp_path_factory.mktemp("output"), farm=fake_farm)


@pytest.fixture
def page(browser):
    """A page of the size of a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def unfolded(page, path: Path):
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready")
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    page.locator(".playground-equations").wait_for()


def resized(page, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.evaluate("() => new Promise((done) => setTimeout(done, 120))")


@pytest.mark.parametrize("name", ["index.html", "en/short.html"])
def test_long_titles_fit_a_phone(page, long_site, name):
    page.goto((long_site / name).as_uri())
    for width in PHONES:
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_wide_scrolls_in_its_box_with_a_cue(page, long_site):
    unfolded(page, long_site / "en/long.html")
    for width in PHONES:
        resized(page, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        boxes = page.eval_on_selector_all(
            BOXES,
            """boxes => boxes.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => {
              const style = getComputedStyle(box);
              const shades = (style.backgroundImage.match(/gradient/g) ?? []).length;
              return [box.className || box.tagName, box.tabIndex, style.overflowX,
                style.backgroundAttachment, shades];
            })""",
        )
        assert len({box[0] for box in boxes}) >= 6
        for name, tab, overflow, attachment, shades in boxes:
            assert (tab, overflow, shades) == (0, "auto", 4), name
            assert attachment == "local, local, scroll, scroll", name


def test_a_cut_edge_is_shaded_until_its_end_is_reached(page, long_site):
    unfolded(page, long_site / "en/long.html")
    box = page.locator(".update .line").last
    box.scroll_into_view_if_needed()
    place = box.bounding_box()
    assert place
    edge = {"x": place["x"] + place["width"] - 4, "y": place["y"], "width": 4, "height": 3}
    cut = page.screenshot(clip=edge)
    box.evaluate("(line) => line.scrollTo(line.scrollWidth, 0)")
    assert page.screenshot(clip=edge) != cut


def test_no_two_numbers_of_a_playground_run_together(page, long_site):
    unfolded(page, long_site / "en/long.html")
    for width in (*PHONES, 700, 1280):
        resized(page, width)
        page.locator("#playground-own-step").fill("7")
        cells = page.eval_on_selector_all(
            ".playground-equations tr",
            """rows => rows.map((row) => [...row.children].filter(
              (cell) => getComputedStyle(cell).position !== 'absolute',
            ).map((cell) => {
              const range = new Range();
              range.selectNodeContents(cell);
              const box = (cell.tagName === 'TH' ? cell : range).getBoundingClientRect();
              return [box.left, box.right, box.top, box.bottom];
            }))""",
        )
        own = page.locator(".playground-equations").bounding_box()
        assert own
        for row in cells:
            for left, right, top, bottom in row:
                assert own["x"] - 1 <= left <= right <= own["x"] + own["width"] + 1
                for other in row:
                    if other != [left, right, top, bottom]:
                        assert (
                            right <= other[0] - 3
                            or other[1] <= left - 3
                            or bottom <= other[2] + 1
                            or other[3] <= top + 1
                        )


def test_the_rows_of_a_race_stay_low_on_a_phone(page, long_site):
    unfolded(page, long_site / "en/long.html")
    for width in PHONES:
        resized(page, width)
        table = page.locator(".protocol table").bounding_box()
        assert table
        assert table["height"] < 740


def printed(page, tmp_path, landscape=False, size="A4"):
    path = tmp_path / "page.pdf"
    page.pdf(path=path, format=size, print_background=True, landscape=landscape)
    return pdfium.PdfDocument(path)


def ink(sheet) -> float:
    """How far down the sheet, as a share of its height, the last ink is."""
    picture = sheet.render(scale=0.3).to_numpy()
    dark = (picture.min(axis=2) < 225).any(axis=1).nonzero()[0]
    return float(dark[-1] + 1) / len(picture) if len(dark) else 0.0


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_on_paper_a_playground_is_whole_and_no_sheet_half_empty(page, long_site, tmp_path, size):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((long_site / "en/long.html").as_uri())
    page.locator(".playground-equations").wait_for()
    sheets = printed(page, tmp_path, size=size)
    texts = [sheet.get_textpage().get_text_bounded() for sheet in sheets]
    (first,) = [at for at, text in enumerate(texts) if "Step 20 of 20" in text]
    assert "Loss at each step" in texts[first]
    assert all(ink(sheet) > 0.6 for sheet in list(sheets)[:-1])
    whole = "\n".join(texts)
    assert "The loss is 820450.1" in whole, "the transcript is printed"
    assert "All begin." in whole
    assert "needs JavaScript" not in whole


def test_dark_pages_are_printed_light(browser, site, tmp_path):
    sheets = []
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
        page.goto((site / "en/first.html").as_uri())
        page.locator(".playground-equations").wait_for()
        page.wait_for_timeout(300)
        at = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        pdf = printed(page, tmp_path)
        sheets.append([sheet.render(scale=0.3).to_numpy().astype(float) for sheet in pdf])
        assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == at
        page.close()
    light, dark = sheets
    assert len(light) == len(dark)
    for one, other in zip(light, dark, strict=True):
        assert abs(one.mean() - other.mean()) < 1


def test_the_start_page_is_printed_on_one_sheet(page, long_site, tmp_path):
    page.goto((long_site / "index.html").as_uri())
    assert len(printed(page, tmp_path)) == 1
