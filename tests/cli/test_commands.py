"""The other commands: lists, checks, help, and mistakes in a course."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from publish.cli import main

LESSONS = Path(__file__).parents[2] / "lessons"


def thalweg(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def course(tmp_path):
    return Path(shutil.copytree(LESSONS, tmp_path / "course"))


def test_lists_name_what_exists():
    assert "adadelta" in thalweg("list", "optimizers", "--course", LESSONS).stdout
    assert "0.1*x1**2 + 2*x2**2" in thalweg("list", "objectives", "--course", LESSONS).stdout
    lessons = thalweg("list", "lessons", "--course", LESSONS).stdout.splitlines()
    assert [line.split()[0] for line in lessons] == ["adagrad", "adadelta", "adam"]


@pytest.mark.parametrize("command", ["build", "check", "film", "list", "run", "serve"])
def test_every_command_explains_itself(command):
    result = thalweg(command, "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) >= 5


def test_check_passes_the_course_and_writes_nothing(course):
    before = sorted(course.rglob("*"))
    result = thalweg("check", "--course", course)
    assert (result.exit_code, "no mistakes" in result.stdout) == (0, True)
    assert sorted(course.rglob("*")) == before


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


MISTAKES = {
    "unknown key": ("adagrad/lesson.toml", "steps = 50", "stpes = 50", "'steps'"),
    "unknown optimizer": (
        "adagrad/lesson.toml", 'optimizer = "adagrad"', 'optimizer = "adagrda"', "'adagrad'",
    ),
    "bad TOML": ("adagrad/lesson.toml", "start = [-5, -2]", "start = [-5, -2", "line 6"),
    "formula outside the language": (
        "adagrad/lesson.toml", 'objective = "valley"', 'objective = "x1**2 + y"', "'y'",
    ),
    "lr not a number": ("adagrad/lesson.toml", "lr = 0.4", 'lr = "fast"', "lr"),
    "lr not finite": ("adagrad/lesson.toml", "lr = 0.4", "lr = nan", "finite"),
    "start not finite": ("adagrad/lesson.toml", "start = [-5, -2]", "start = [inf, -2]", "start"),
    "placeholder": ("adagrad/en.md", "{loss[3]", "{los[3]", "'loss'"),
    "tag": ("adagrad/zh.md", "@listing descent", "@listing decent", "'descent'"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_lesson_names_file_and_place(course, tmp_path, mistake):
    name, old, new, expected = MISTAKES[mistake]
    replace(course / name, old, new)
    output = tmp_path / "output"
    (output / "site").mkdir(parents=True)
    (output / "site" / "index.html").write_text("the old site")
    result = thalweg("build", "--course", course, "--output", output)
    assert result.exit_code == 2
    assert name in result.stderr
    assert expected in result.stderr
    assert "Traceback" not in result.stderr
    assert [path.name for path in output.rglob("*")] == ["site", "index.html"]
    assert (output / "site" / "index.html").read_text() == "the old site"


def test_a_missing_translation_is_told(course):
    (course / "adam" / "zh.md").unlink()
    result = thalweg("check", "--course", course)
    assert result.exit_code == 2
    assert "adam/zh.md" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["film", "adagard", "descent", "-o", "a.mp4"], "'adagrad'"),
        (["film", "adagrad", "decent", "-o", "a.mp4"], "'descent'"),
        (["film", "adagrad", "descent", "--language", "fr", "-o", "a.mp4"], "en, zh"),
        (["film", "adagrad", "descent", "-o", "a.avi"], ".mp4"),
        (
            ["film", "adagrad", "descent", "-o", "no/such/folder/a.mp4"],
            "thalweg: no/such/folder/a.mp4: cannot be written",
        ),
        (["build", "--only", "adma"], "'adam'"),
        (["check", "--course", "nowhere"], "nowhere"),
    ],
)
def test_a_wrong_name_on_the_command_line_is_told(arguments, expected, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if "--course" not in arguments:
        arguments = [*arguments, "--course", LESSONS]
    result = thalweg(*arguments)
    assert result.exit_code == 2
    assert expected in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["build", "--quality", "drft"], "(did you mean 'draft'?)"),
        (["list", "optimisers"], "(did you mean 'optimizers'?)"),
        (["biuld"], "id you mean 'build'?"),
        (["build", "--qualty", "draft"], "--quality"),
        (["--colour"], "--colour"),
        (["film", "adagrad"], "FILM"),
    ],
)
def test_a_wrong_command_line_is_told_in_one_line(arguments, expected):
    result = thalweg(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("thalweg: ")
    assert expected in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_an_output_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    result = thalweg("build", "--course", LESSONS, "--output", tmp_path / "file" / "output")
    assert result.exit_code == 2
    assert "file" in result.stderr
