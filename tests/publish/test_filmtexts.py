"""What films cannot show is told before one is rendered: file, line, key and character."""

import dataclasses

import pytest
from click.testing import CliRunner

from engine import UserError
from publish import store
from publish.build import build_folder
from publish.check import check
from publish.cli import main
from publish.course import load_course
from publish.filmtexts import text_mistakes
from publish.plan import films
from publish.seal import take_inputs
from publish.store import Store
from scenes.typefaces import faces
from tests.publish.conftest import fake_farm

NOWHERE = "\U0001680f"
"""A letter of Bamum's first phase, of which fonts are rare."""

needs_gap = pytest.mark.skipif(
    any(face.has(NOWHERE) for face in faces()), reason="a font here has the letter"
)


def told(folder):
    course = load_course(folder)
    found = (str(mistake) for film in films(course) for mistake in text_mistakes(course, film))
    return list(dict.fromkeys(found))


@needs_gap
def test_check_names_file_line_key_and_character(folder, edit):
    edit("first/lesson.toml", "steps = 20", f'steps = 20\ntitle = {{ en = "A", zh = "{NOWHERE}" }}')
    done = CliRunner().invoke(main, ["check", "--course", str(folder)])
    assert done.exit_code == 2
    assert "lesson.toml, line 7: 'films[1].title.zh': no font on this computer" in done.stderr
    assert f"'{NOWHERE}' (U+1680F BAMUM LETTER PHASE-A" in done.stderr
    assert "apt-get install fonts-noto" in done.stderr


@needs_gap
def test_each_text_has_its_own_mistake_once(folder, edit):
    pane = f'{{ label = "a {NOWHERE}" }}, {{ hyper = {{ lr = 0.1 }}, label = "{NOWHERE} b" }}'
    edit("second/lesson.toml", 'name = "run"', f'name = "run"\npanes = [{pane}]\ntitle = "Two"')
    found = told(folder)
    assert ["panes[1].label" in found[0], "panes[2].label" in found[1]] == [True, True]
    assert len(found) == 2
    with pytest.raises(UserError, match=r"line 3: 'films\[1\]\.panes\[1\]\.label'"):
        build_folder(folder, folder / "out", farm=fake_farm)


@needs_gap
def test_the_title_of_a_rule_is_told_in_its_own_file(folder, edit):
    (folder / "optimizers.toml").write_text(
        f"""[[optimizers]]
name = "own"
title = "Méthode {NOWHERE}"
formula = "x = x - lr * g"
hyper.lr = {{ default = 0.1, low = 0.0, high = 1.0, step = 0.1 }}
""",
        encoding="utf-8",
    )
    assert told(folder) == []
    edit("second/lesson.toml", '"sgd"', '"own"')
    assert ["optimizers.toml, line 3: 'optimizers[1].title'" in each for each in told(folder)] == [
        True
    ]


@needs_gap
def test_what_only_pages_and_captions_show_is_not_refused(folder, edit):
    for file in ("course.toml", "first/en.md"):
        edit(file, "T" if file == "course.toml" else "AdaGrad", f"{NOWHERE}ไทย 😀 हिन्दी مرحبا")
    check(load_course(folder))
    build_folder(folder, folder.parent / "out", farm=fake_farm)


@pytest.mark.parametrize(
    ("key", "text"),
    [("title", "w" * 200), ("title", "Words and " * 30), ("title", "学习率" * 60)],
)
def test_a_text_that_cannot_be_read_is_refused_with_its_place(folder, edit, key, text):
    edit("first/lesson.toml", "steps = 20", f'steps = 20\n{key} = "{text}"')
    (found,) = told(folder)
    assert f"lesson.toml, line 7: 'films[1].{key}': the text '{text[:20]}" in found
    assert "letters have room where they can be read; shorten it" in found


def test_titles_that_fit_are_no_mistake(folder, edit):
    edit("first/lesson.toml", "steps = 20", f'steps = 20\ntitle = "{"w" * 60}"')
    edit("second/lesson.toml", "lr = 0.9", 'lr = 0.9 }\ntitle = { en = "e\u0301", zh = "Пять"')
    assert told(folder) == []
    titles = {film.spec.title for film in films(load_course(folder))}
    assert titles == {"w" * 60, "é", "Пять"}


def test_words_that_cannot_be_seen_are_none(folder, edit):
    edit("first/lesson.toml", "steps = 20", 'steps = 20\ntitle = "\u200b\u00ad"')
    with pytest.raises(UserError, match=r"line 7: 'films\[1\]\.title' should not be empty"):
        load_course(folder)


def test_a_usual_film_is_not_laid_out_twice(folder, monkeypatch):
    def refuse(spec):
        raise AssertionError(spec.name)

    monkeypatch.setattr("scenes.tryout.try_out", refuse)
    assert told(folder) == []
    assert films(load_course(folder))


def test_the_key_of_a_film_knows_the_fonts_of_its_own_words_only(
    small_course, tmp_path, monkeypatch
):
    spec = films(small_course)[0].spec
    foreign = dataclasses.replace(spec, title="Příliš مرحبا")
    if not all(any(face.has(letter) for face in faces()) for letter in foreign.title):
        pytest.skip("no font here has it")
    before = [Store(tmp_path, {}).key(each) for each in (spec, foreign)]
    assert store.other_digests(spec) == []
    assert store.other_digests(foreign)
    monkeypatch.setattr(store, "_digest_of", lambda path, size, changed: "newer")
    after = [Store(tmp_path, {}).key(each) for each in (spec, foreign)]
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, False]


def test_a_font_that_is_installed_is_noticed(folder, tmp_path, monkeypatch):
    before = take_inputs(folder, tmp_path)
    monkeypatch.setattr("publish.seal.font_listing", lambda: "one more")
    assert take_inputs(folder, tmp_path).key != before.key
