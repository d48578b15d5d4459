"""Builds of some lessons: the pages of the others follow the course; a linked site stays a link."""

import re
import shutil
import tempfile

import pytest

from engine import UserError
from publish.build import build
from publish.course import load_course
from tests.publish.conftest import fake_farm


def add_lesson(folder, edit, name, before=None):
    """A copy of the second lesson, at the end of the course or before another."""
    shutil.copytree(folder / "second", folder / name)
    for language in ("en", "zh"):
        path = folder / name / f"{language}.md"
        path.write_text(path.read_text().replace("# SGD", f"# New {name}"))
    edit("course.toml", f'"{before}"' if before else '"second"',
         f'"{name}", "{before}"' if before else f'"second", "{name}"')  # fmt: skip


def neighbors(html):
    return re.findall(r'rel="(prev|next)"[^>]*href="([^"]*)"><span>[^<]*</span> ([^<]*)<', html)


def kicker(html):
    return re.search(r'class="kicker">([^<]*)<', html)


@pytest.fixture
def make(folder, tmp_path):
    """``make(only)``: builds and gives a page by its path."""

    def made(*only):
        site = build(load_course(folder), tmp_path / "output", only=only, farm=fake_farm)
        return lambda path: (site / path).read_text(encoding="utf-8")

    return made


def test_a_lesson_that_is_added_changes_the_pages_of_the_others(folder, edit, make):
    make()
    add_lesson(folder, edit, "third")
    page = make("third")
    assert kicker(page("en/first.html"))[1] == "Lesson 1 of 3"
    assert kicker(page("zh/second.html"))[1] == kicker(page("zh/first.html"))[1].replace(
        "1", "2", 1
    )
    assert neighbors(page("en/second.html")) == [
        ("prev", "first.html", "AdaGrad: the first lesson"),
        ("next", "third.html", "New third"),
    ]


def test_from_one_lesson_to_two(folder, edit, make):
    edit("course.toml", ', "second"', "")
    edit(
        "first/en.md",
        "See [the second lesson](second.html) and [its end](second.html#the-end).",
        "",
    )
    page = make()
    assert kicker(page("en/first.html")) is None
    assert neighbors(page("en/first.html")) == []
    edit("course.toml", '"first"', '"first", "second"')
    page = make("second")
    assert kicker(page("en/first.html"))[1] == "Lesson 1 of 2"
    assert neighbors(page("en/first.html")) == [("next", "second.html", "SGD")]


def test_order_titles_and_the_course_itself_are_those_of_now(folder, edit, make):
    make()
    add_lesson(folder, edit, "third", before="first")
    edit("second/en.md", "# SGD", "# Steepest descent")
    edit("course.toml", "Two lessons", "Three & more")
    page = make("third", "second")
    first = page("en/first.html")
    assert kicker(first)[1] == "Lesson 2 of 3"
    assert [name for _, name, _ in neighbors(first)] == ["third.html", "second.html"]
    assert "Steepest descent" in first
    assert "<span>Three &amp; more</span>" in first
    assert "Two lessons" not in first


def test_kept_pages_are_what_a_whole_build_writes(folder, edit, make, tmp_path):
    make()
    add_lesson(folder, edit, "third")
    page = make("third")
    whole = build(load_course(folder), tmp_path / "whole", farm=fake_farm)
    for path in sorted(whole.rglob("*.html")):
        name = path.relative_to(whole).as_posix()
        assert page(name) == path.read_text(encoding="utf-8"), name


def test_a_kept_page_whose_rule_has_changed_is_refused(folder, edit, make):
    objectives = folder / "objectives.toml"
    objectives.write_text('[[objectives]]\nname = "dish"\nformula = "x1**2 + x2**4"\n')
    edit("first/lesson.toml", '"x1**2 + 3*x2**2"', '"dish"')
    make()
    objectives.write_text('[[objectives]]\nname = "dish"\nformula = "x1**2 + x2**6"\n')
    with pytest.raises(UserError, match="build 'first' too"):
        make("second")
    make("second", "first")


def test_a_link_at_the_sites_place_stays_one(folder, edit, make, tmp_path):
    output, elsewhere = tmp_path / "output", tmp_path / "www" / "course"
    output.mkdir()
    elsewhere.mkdir(parents=True)
    (output / "site").symlink_to(elsewhere)
    make()
    first = (elsewhere / "en/second.html").read_text()
    edit("second/en.md", "Plain steps.", "Steps.")
    page = make()
    assert (output / "site").is_symlink()
    assert (output / "site").resolve() == elsewhere
    assert page("en/second.html") == (elsewhere / "en/second.html").read_text() != first
    assert [path.name for path in elsewhere.parent.iterdir()] == ["course"]
    add_lesson(folder, edit, "third")
    assert "New third" in make("third")("en/second.html")


def test_a_link_to_a_folder_that_is_not_there_yet(make, tmp_path):
    (tmp_path / "output").mkdir()
    (tmp_path / "output/site").symlink_to("../www")
    make()
    assert (tmp_path / "www/index.html").is_file()
    assert (tmp_path / "output/site").is_symlink()


def test_where_nothing_can_be_made_beside_it_files_are_replaced_in_it(make, tmp_path, monkeypatch):
    output, elsewhere = tmp_path / "output", tmp_path / "www"
    output.mkdir()
    elsewhere.mkdir()
    (output / "site").symlink_to(elsewhere)
    make()
    (elsewhere / "assets/old.js").write_text("old")
    (elsewhere / "gone").mkdir()
    number = elsewhere.stat().st_ino
    real = tempfile.mkdtemp

    def mkdtemp(suffix=None, prefix=None, dir=None):
        if dir == tmp_path:
            raise PermissionError(13, "denied")
        return real(suffix, prefix, dir)

    monkeypatch.setattr(tempfile, "mkdtemp", mkdtemp)
    make()
    assert elsewhere.stat().st_ino == number
    assert not (elsewhere / "assets/old.js").exists()
    assert not (elsewhere / "gone").exists()
    assert (elsewhere / "index.html").is_file()


@pytest.mark.parametrize(
    ("target", "part"),
    [
        ("file", "is a file; the site is a folder"),
        ("no/such/folder", "is not there; make that folder, or remove the link"),
        ("full", "holds files that no build has made"),
    ],
)
def test_a_link_that_leads_astray_is_refused_before_anything_is_made(
    small_course, tmp_path, target, part
):
    output = tmp_path / "output"
    output.mkdir()
    (tmp_path / "file").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/thesis.tex").write_text("mine")
    (output / "site").symlink_to(tmp_path / target)

    def farm(films, scratch, progress):
        raise AssertionError

    with pytest.raises(UserError, match=part):
        build(small_course, output, farm=farm)
    assert (tmp_path / "full/thesis.tex").read_text() == "mine"


def test_a_file_at_the_sites_place_is_refused(small_course, tmp_path):
    (tmp_path / "site").write_text("mine")
    with pytest.raises(UserError, match="is a file; the site is a folder"):
        build(small_course, tmp_path, farm=fake_farm)
    assert (tmp_path / "site").read_text() == "mine"
