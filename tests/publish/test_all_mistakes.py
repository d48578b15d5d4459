"""All mistakes of a course at once: in order, each once, none that follows from another."""

from typing import Any

import pytest
from click.testing import CliRunner

from engine import UserError
from engine.errors import CollectedError, FollowingError, Mistakes, Place
from publish.check import checked_course
from publish.cli import main
from publish.course import load_course

RULE = """\
[[optimizers]]
name = "own"
formula = "v = beta * v + g\\nx = x - lr * v"
hyper.lr = { default = 0.1, low = 0, high = 1, step = 0.01 }
hyper.beta = { default = 0.9, low = 0, high = 0.99, step = 0.01 }

[[optimizers]]
name = "greek"
title = { en = "Greek" }
formula = "x = x - lambda * g"
hyper.lambda = { default = "0.1", low = 0, high = 1, step = 0.01 }
"""
HILL = '[[objectives]]\nname = "hill"\nformula = "x1**2 - x2**2"\nminima = [[0, 0]]\n'


def told(folder) -> Any:
    """Every mistake as file below the course, line and words."""
    with pytest.raises(UserError) as caught:
        checked_course(folder)
    errors: Any = getattr(caught.value, "errors", (caught.value,))
    assert [str(error) for error in errors] == [
        str(error) for error in sorted(errors, key=lambda error: (error.place, str(error)))
    ]
    return [
        (
            error.place.file.removeprefix(f"{folder}/"),
            error.place.line,
            str(error).split("\n")[0],
        )
        for error in errors
    ]


def spoil(folder, edit):
    """Mistakes of every sort in one course; where they are, in order."""
    (folder / "optimizers.toml").write_text(RULE)
    (folder / "objectives.toml").write_text(HILL)
    edit("course.toml", 'zh = "一门短课。"\n', "")
    edit("first/lesson.toml", "steps = 20", 'steps = "20"')
    edit("first/lesson.toml", '"adagrad"\nobjective = "x1', '"greek"\nobjective = "x1')
    edit("first/en.md", "sqrt(s)", "sqrtt(s)")
    edit("first/en.md", "x_1^2", "x_1^")
    edit("first/en.md", "@equations adagrad", "@equations greek\n\n@fillm x")
    edit("second/lesson.toml", '"sgd"', '"own"')
    (folder / "second/lesson.toml").open("a").write(
        '\n[[films]]\nname = "b"\noptimizer = "adm"\n'
        '\n[[films]]\nname = "c"\noptimizer = "adam"\nhyper = { learning_rate = 0.1 }\n'
        '\n[[films]]\nname = "d"\noptimizer = "adam"\nobjective = "hill"\n'
        '\n[[films]]\nname = "e"\noptimizer = "adam"\nsteps = 9\n'
    )
    for language in ("en", "zh"):
        (folder / f"second/{language}.md").open("a").write(
            "\n@film b B\n\n@film c C\n\n@film d D\n  0: {los[1]}\n\n"
            "@film e E, {lrr}\n  0: {loss[1]} {los[2]}\n  12: Late.\n"
        )
    return [
        ("course.toml", 5, "[summary] lacks the language 'zh'"),
        ("first/en.md", 3, "sqrtt"),
        ("first/en.md", 9, "@fillm"),
        ("first/en.md", 11, "x_1^"),
        ("first/lesson.toml", 6, "write steps = 20"),
        ("objectives.toml", 4, "is no minimum"),
        ("optimizers.toml", 3, "add it to state: state = { v = 0 }"),
        ("optimizers.toml", 9, 'write title = "Greek"'),
        ("optimizers.toml", 11, "write default = 0.1"),
        *(("second/en.md", line, part) for line, part in LATE),
        ("second/lesson.toml", 10, "did you mean 'adam'"),
        ("second/lesson.toml", 15, "did you mean 'lr'"),
        *(("second/zh.md", line, part) for line, part in LATE),
    ]


LATE = [(19, "no 'lrr' (did you mean 'lr'?)"), (20, "no 'los'"), (21, "ends at step 9")]


def test_all_mistakes_are_told_in_order(folder, edit):
    expected = spoil(folder, edit)
    found = told(folder)
    assert [(file, line) for file, line, _ in found] == [(f, line) for f, line, _ in expected]
    for (_, _, words), (_, _, part) in zip(found, expected, strict=True):
        assert part in words


@pytest.mark.parametrize("command", ["check", "build", "film"])
def test_each_command_prints_the_same_lines_and_makes_nothing(folder, edit, tmp_path, command):
    count = len(spoil(folder, edit))
    arguments = [command, "--course", str(folder)]
    arguments += ["--output", str(tmp_path / "out")] * (command == "build")
    arguments += ["first", "descent", "-o", str(tmp_path / "a.mp4")] * (command == "film")
    result = CliRunner().invoke(main, arguments)
    lines = result.stderr.splitlines()
    assert result.exit_code == 2
    assert lines[-1] == f"thalweg: {count} mistakes"
    assert len(lines) == count + 1
    assert all(line.startswith(f"thalweg: {folder}/") for line in lines[:-1])
    assert [path.name for path in tmp_path.iterdir()] == ["course"]


def test_a_catalog_that_cannot_be_read_makes_no_noise(folder, edit):
    (folder / "optimizers.toml").write_text('[[optimizers]]\nname = "own\n')
    edit("second/lesson.toml", '"sgd"', '"own"')
    edit("first/en.md", "@equations adagrad", "@equations own")
    [(file, line, _)] = told(folder)
    assert (file, line) == ("optimizers.toml", 2)


def test_a_lesson_that_cannot_be_read_makes_no_noise(folder, edit):
    edit("first/lesson.toml", "[[films]]", "[films")
    [(file, line, _)] = told(folder)
    assert (file, line) == ("first/lesson.toml", 1)


def test_a_missing_text_makes_no_noise(folder):
    (folder / "second/en.md").unlink()
    [(file, _, words)] = told(folder)
    assert (file, "translation is missing" in words) == ("second/en.md", True)


def test_a_name_that_is_mistyped_in_the_text_is_told_once(folder, edit):
    edit("first/en.md", "@playground own", "@playground won")
    edit("first/zh.md", "@film descent", "@flim descent")
    assert [(file, line) for file, line, _ in told(folder)] == [
        ("first/en.md", 32),
        ("first/zh.md", 18),
    ]


def test_one_mistake_is_told_as_it_is(folder, edit):
    edit("second/lesson.toml", '"sgd"', '"sdg"')
    result = CliRunner().invoke(main, ["check", "--course", str(folder)])
    assert len(result.stderr.splitlines()) == 1
    assert "mistakes" not in result.stderr


def test_mistakes_are_sorted_and_told_once():
    mistakes = Mistakes()
    for line in (20, 3, 3):
        with mistakes.noted():
            raise UserError(f"b.toml, line {line}: wrong")
    with mistakes.noted():
        raise CollectedError([UserError("wrong here", Place("a.md", 7))])
    with mistakes.noted():
        raise FollowingError("never told")
    with pytest.raises(CollectedError) as caught:
        mistakes.close()
    assert str(caught.value).split("\n") == [
        "wrong here",
        "b.toml, line 3: wrong",
        "b.toml, line 20: wrong",
    ]


def test_what_follows_is_told_where_nothing_else_is():
    mistakes = Mistakes()
    with mistakes.noted():
        raise FollowingError("a.md: odd")
    with pytest.raises(UserError, match="odd"):
        mistakes.close()


def test_a_sound_course_loads_as_ever(folder):
    assert [lesson.name for lesson in load_course(folder).lessons] == ["first", "second"]
