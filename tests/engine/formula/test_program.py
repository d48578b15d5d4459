"""The lines of an update rule: times, and the rules of reading and assigning."""

import pytest

from engine.formula import FormulaError, parse_program
from engine.formula.program import MAX_LINES
from engine.formula.rewrite import names

ADADELTA = """
s = rho * s + (1 - rho) * g**2
d = sqrt(u + eps) / sqrt(s + eps) * g

u = rho * u + (1 - rho) * d**2
x = x - lr * d * t**0
"""


def test_the_order_of_lines_gives_the_times() -> None:
    program = parse_program(ADADELTA, state=("s", "u"), hyper=("lr", "rho", "eps"))
    times = [
        {(name.id, name.time) for name in names(line.value) if name.id not in ("rho", "eps")}
        for line in program.lines
    ]
    assert times == [
        {("s", -1), ("g", 0)},
        {("u", -1), ("s", 0), ("g", 0)},
        {("u", -1), ("d", 0)},
        {("x", -1), ("lr", None), ("d", 0), ("t", None)},
    ]
    assert [(line.target.id, line.target.time) for line in program.lines] == [
        ("s", 0),
        ("d", 0),
        ("u", 0),
        ("x", 0),
    ]


def test_x_is_of_this_step_after_its_line() -> None:
    program = parse_program("x = x - lr * g\nb = x", state=("b",), hyper=("lr",))
    assert {(name.id, name.time) for name in names(program.lines[1].value)} == {("x", 0)}


def test_lines_keep_their_source() -> None:
    program = parse_program("  s = s + g**2  \n\nx = x - s", state=("s",), hyper=())
    assert [line.source for line in program.lines] == ["s = s + g**2", "x = x - s"]


# text, state, hyper, words of the message
MISTAKES = [
    ("s = s + g", ("s",), (), "no line assigns 'x'"),
    ("x = x - g", ("s",), (), "no line assigns 's'"),
    ("x = x - g\nx = x - g", (), (), "line 2, column 1: 'x' is already assigned above"),
    ("d = g\n  d = g\nx = x - d", (), (), "line 2, column 3: 'd' is already assigned above"),
    ("g = x\nx = x - g", (), (), "line 1, column 1: 'g' is given and cannot be assigned"),
    ("lr = 1\nx = x - lr*g", (), ("lr",), "'lr' is given"),
    ("sqrt = g\nx = x - g", (), (), "'sqrt' is a function of the formula language"),
    ("tan = g\nx = x - tan", ("tan",), (), "'tan' is a function of the formula language; choose"),
    ("x = x - floor * g", (), ("floor",), "'floor' is a function of the formula language; choose"),
    ("x - g", (), (), "'name = formula' was expected"),
    ("x == x - g", (), (), "'name = formula' was expected"),
    ("x -= g", (), (), "'name = formula' was expected"),
    ("x = y = g", (), (), "'=' is not part of the formula language"),
    ("x = x - m_hat\nm_hat = g", (), (), "line 1, column 9: 'm_hat' is read before the line"),
    ("d = d + g\nx = x - d", (), (), "'d' is read before the line"),
    ("\n\nx = x - leaning*g", (), ("learning",), "line 3, column 9: unknown name 'leaning' (did"),
    ("x = x - grad(g", (), (), "never closed"),
    ("x = x - grad(x, g)", (), (), "grad takes one argument, 2 found"),
    ("x = ", (), (), "line 1, column 4: a formula was expected"),
    ("x = x - g", (), ("x",), "'x' already has a meaning"),
    ("x = x - g", ("s", "s"), (), "'s' already has a meaning"),
    ("x = x - g", (), ("a-b",), "'a-b' is not a name"),
    ("x = x - g", (), ("pi",), "'pi' already has a meaning"),
    ("\n".join(f"a{n} = g" for n in range(MAX_LINES + 1)), (), (), "at most 32 lines"),
]


@pytest.mark.parametrize(("text", "state", "hyper", "words"), MISTAKES)
def test_mistakes(text: str, state: tuple[str, ...], hyper: tuple[str, ...], words: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_program(text, state=state, hyper=hyper, where="optimizer 'mine'")
    assert str(caught.value).startswith("optimizer 'mine'")
    assert words in str(caught.value)
