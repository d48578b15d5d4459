"""What is wrong in a TOML file, in one line with an example for the key at hand."""

import pytest

from engine import UserError
from engine.errors import Place
from publish.toml import read_text, read_toml

BROKEN = {
    'name = "abc\nsteps = 3': (1, 'never closed; write name = "abc"'),
    "[[films]]\nname = 'abc\n": (2, 'never closed; write name = "abc"'),
    'formula = """\nx = x\n': (1, 'begins with """ has no end'),
    "title = “Hello”": (1, 'not a straight one; write title = "Hello"'),
    "lr = 0,4": (1, "written with a point: lr = 0.4"),
    "steps = 5\nhyper = { eps = 1, lr = 0,4 }": (2, "written with a point: lr = 0.4"),
    "start = [-5, -2\nsteps = 3\n": (1, "write start = [-5, -2]"),
    "hyper = { lr = 0.4\n": (1, "write hyper = { lr = 0.4 }"),
    'label="C:\\users"': (1, "put the text in single quotes: label='C:\\users'"),
    'label = "$\\beta_1$"': (1, "'\\beta' in double quotes"),
    'label = "$\\theta$ and $\\frac{1}{2}$"': (1, "label = '$\\theta$ and $\\frac{1}{2}$'"),
    "steps = 1\nsteps = 2": (2, "'steps' is given a second time"),
    "[a]\nb = 1\n[a]\n": (3, "'[a]' is given a second time"),
    "name = descent": (1, 'in quotes: name = "descent"'),
    "log = True": (1, "lower-case letters: log = true"),
    "start = None": (1, "leave the key 'start' out"),
    "lr = .5": (1, "lr = 0.5"),
    "lr = 5.": (1, "lr = 5.0"),
    "lr: 0.4": (1, "lr = 0.4"),
    "// a comment\nlr = 1": (1, "a comment begins with #"),
    "steps =": (1, "is missing; write steps = 50"),
    "hyper = { lr = 0.4,\n eps = 1 }": (1, "stands on one line"),
    "hyper = { lr = 0.4, }": (1, "no comma after its last value"),
    'steps = 50 name = "a"': (1, "one key stands in a line"),
    "start = (-5, -2)": (1, "square brackets: start = [-5, -2]"),
    '[[films]\nname = "x"': (1, "expected [[films]]"),
}


@pytest.mark.parametrize("text", BROKEN)
def test_broken_toml_is_told_with_line_and_example(tmp_path, text):
    line, part = BROKEN[text]
    file = tmp_path / "lesson.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_toml(file)
    told = str(caught.value)
    assert told.startswith(f"{file}, line {line}: ")
    assert part in told
    assert "\n" not in told
    assert caught.value.place == Place(str(file), line)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_marks_and_ends_of_lines_of_every_system_are_read(tmp_path, end, mark):
    file = tmp_path / "lesson.toml"
    file.write_bytes(f'{mark}a = "\t"{end}b = """{end}c{end}"""{end}'.encode())
    assert read_toml(file) == {"a": "\t", "b": "c\n"}


def test_a_line_break_in_double_quotes_is_one(tmp_path):
    file = tmp_path / "lesson.toml"
    file.write_text(r'formula = "d = sign(g)\nx = x - lr * d"')
    assert read_toml(file) == {"formula": "d = sign(g)\nx = x - lr * d"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_told(tmp_path, encoding):
    file = tmp_path / "en.md"
    file.write_bytes("# Title".encode(encoding))
    with pytest.raises(UserError, match="but UTF-16; save it as UTF-8"):
        read_text(file)
