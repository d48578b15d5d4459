"""Names of lessons, films and settings: which work everywhere, and what is told of others."""

import pytest

from engine import UserError, optimizer, run
from engine.optimizers.habits import meant, setting_hint
from publish.build import build
from publish.cli import main
from publish.course import load_course
from publish.folder_names import fault_of
from tests.publish.conftest import fake_farm

GOOD = ["01-intro", "1", "Lesson_2", "lesson.3", "A", "week-1_part-2", "2024.11", "a" * 60, "Z_"]
BAD = {
    "con": "device on Windows",
    "NUL": "device on Windows",
    "com1.x": "device on Windows",
    "index": "start page",
    "Index": "start page",
    ".hidden": "call it hidden",
    "a.": "call it a",
    "a..b": "letters from a to z",
    "two words": "call it two-words",
    "été": "call it ete",
    "第一课": "letters from a to z",
    "../up": "letters from a to z",
    "a/b": "call it a-b",
    "-x": "call it x",
    "": "letters from a to z",
    "a" * 61: "at most 60",
    "<b>": "call it b",
}


@pytest.mark.parametrize("name", GOOD)
def test_a_name_that_files_and_addresses_can_have(name):
    assert fault_of(name) == ""


@pytest.mark.parametrize("name", BAD)
def test_a_name_that_they_cannot(name):
    assert BAD[name] in fault_of(name)


def rename(folder, name):
    (folder / "second").rename(folder / name)
    settings = folder / "course.toml"
    settings.write_text(settings.read_text().replace('"second"', f'"{name}"'))
    for path in folder.glob("first/*.md"):
        path.write_text(path.read_text().replace("second.html", f"{name}.html"))


@pytest.mark.parametrize("name", ["01-intro", "Lesson_2", "lesson.3"])
def test_such_a_lesson_is_built(folder, tmp_path, name):
    rename(folder, name)
    path = folder / name / "lesson.toml"
    path.write_text(path.read_text().replace('"run"', '"01_Run"'))
    for language in ("en", "zh"):
        text = folder / name / f"{language}.md"
        text.write_text(text.read_text().replace(" run", " 01_Run"))
    site = build(load_course(folder), tmp_path / "output", farm=fake_farm)
    page = (site / "en" / f"{name}.html").read_text()
    assert f'{name}-01_Run-en.mp4"' in page
    assert 'id="film-01_Run"' in page
    assert f'href="{name}.html#the-end"' in (site / "en/first.html").read_text()
    assert {path.name for path in (site / "films").glob(f"{name}-01_Run-*.mp4")} >= {
        f"{name}-01_Run-en.mp4"
    }


def test_names_that_differ_in_capitals_alone_are_told(folder, edit):
    edit("course.toml", '"first"', '"first", "First"')
    with pytest.raises(UserError, match=r"line 1: lessons\[2\]: 'First' and 'first' differ in"):
        load_course(folder)


def test_so_are_those_of_films(folder):
    path = folder / "second/lesson.toml"
    path.write_text(path.read_text() + '\n[[films]]\nname = "Run"\noptimizer = "sgd"\n')
    with pytest.raises(UserError, match="line 9: the films 'run' and 'Run' differ in capitals"):
        load_course(folder)


@pytest.mark.parametrize(
    ("word", "settings", "name"),
    [
        ("learning_rate", ("lr", "eps"), "lr"),
        ("learning-rate", ("lr",), "lr"),
        ("LearningRate", ("lr",), "lr"),
        ("alpha", ("lr", "eps"), "lr"),
        ("η", ("lr",), "lr"),
        ("step_size", ("lr",), "lr"),
        ("epsilon", ("lr", "eps"), "eps"),
        ("beta_1", ("lr", "beta1", "beta2"), "beta1"),
        ("β₂", ("lr", "beta1", "beta2"), "beta2"),
        ("momentum", ("lr", "beta1", "beta2"), "beta1"),
        ("mu", ("lr", "momentum"), "momentum"),
        ("decay", ("lr", "gamma", "eps"), "gamma"),
        ("weight-decay", ("lr", "weight_decay"), "weight_decay"),
        ("lambda", ("lr", "lam"), "lam"),
        ("weight-decay", ("lr",), None),
        ("warmup", ("lr",), None),
    ],
)
def test_a_setting_by_another_name(word, settings, name):
    assert meant(word, settings) == name


def test_two_settings_in_one_word():
    assert "beta1 and beta2" in setting_hint("betas", ("lr", "beta1", "beta2"))


@pytest.mark.parametrize(
    ("file", "old", "new", "part"),
    [
        ("second/lesson.toml", "lr = 0.9", "learning_rate = 0.9", "line 6, [[films]] 'run'"),
        ("second/lesson.toml", "hyper = { lr = 0.9 }", "step_size = 0.9", "hyper = { lr = ... }"),
        (
            "second/lesson.toml",
            'optimizer = "sgd"',
            'optimizer = "sgd"\nkind = "sweep"\nsweep = "eta"\nstops = [0.1, 0.2]',
            "did you mean 'lr'",
        ),
        (
            "second/lesson.toml",
            'optimizer = "sgd"',
            'kind = "race"\nracers = [{ optimizer = "sgd", alpha = { best_of = [0.1, 1] } }, {}]',
            "write lr = ...",
        ),
        ("second/en.md", "0: Off.", "0: At {learning_rate}.", "did you mean 'lr'"),
    ],
)
def test_wherever_settings_are_given_the_right_name_is_told(folder, edit, file, old, new, part):
    edit(file, old, new)
    with pytest.raises(UserError) as caught:
        load_course(folder)
    assert part in str(caught.value)
    assert "lr" in str(caught.value)


def test_on_the_command_line_too(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["run", "adam", "--set", "learning_rate=0.1"])
    assert ended.value.code == 2
    assert "did you mean 'lr'" in capsys.readouterr().err
    with pytest.raises(UserError, match="did you mean 'eps'"):
        run(optimizer("adam"), "bowl", epsilon=1e-8)
