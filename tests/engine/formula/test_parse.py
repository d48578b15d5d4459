"""What is a formula, what is not, and what the error says."""

import ast
import math
import re
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.formula import (
    FormulaError,
    numpy_function,
    numpy_source,
    parse_expression,
    parse_program,
)
from engine.formula.hints import FUNCTION_HINTS
from engine.formula.nodes import Binary, Call, Name, Number, Unary
from engine.formula.parse import MAX_DEPTH, MAX_LENGTH, MAX_NODES
from engine.formula.vocabulary import FUNCTIONS
from tests.engine.formula.strategies import EXPRESSIONS, NAMES


def test_precedence_is_pythons() -> None:
    tree = parse_expression("-x1**2 + 2*x2/x1", NAMES)
    x1, x2 = Name("x1"), Name("x2")
    square = Binary("**", x1, Number(2.0, "2"))
    quotient = Binary("/", Binary("*", Number(2.0, "2"), x2), x1)
    assert tree == Binary("+", Unary(square), quotient)


def test_powers_group_to_the_right() -> None:
    assert parse_expression("x1**x2**2", NAMES) == parse_expression("x1**(x2**2)", NAMES)


def test_parentheses_alone_weigh_nothing() -> None:
    assert parse_expression("(" * 150 + "x1" + ")" * 150, NAMES) == Name("x1")


def test_a_formula_may_run_over_several_lines() -> None:
    assert parse_expression("x1**2\n  + x2**2\n", NAMES) == parse_expression("x1**2+x2**2", NAMES)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_can_be_called(name: str) -> None:
    arguments = ("x1", "x2")[: FUNCTIONS[name].arity]
    tree = parse_expression(f"{name}({', '.join(arguments)})", NAMES)
    assert tree == Call(name, tuple(map(Name, arguments)))


# text, the caret's column from 1, words of the message
MISTAKES = [
    ("", 1, "nothing was found"),
    ("   ", 1, "nothing was found"),
    ("x1 +", 5, "an operand or an operator is missing"),
    ("x1 x2", 4, "an operand or an operator is missing"),
    ("x1 + * x2", 6, "an operand or an operator is missing"),
    ("2*(x1 + 1", 3, "never closed"),
    ("x1 + 1)", 7, "never opened"),
    ("  x3 * 2", 3, "unknown name 'x3' (did you mean 'x2'?)"),
    ("x1 + foo", 6, "unknown name 'foo'; readable here: x1, x2, pi"),
    ("x1^2", 3, "a power is written **"),
    ("x1 // 2", 4, "a quotient is written /"),
    ("2 × x1", 3, "write *"),
    ("x1 − 2", 4, "write -"),
    ("x1 % 2", 4, "'%' is not part of the formula language"),
    ("x1[0]", 3, "'[' is not part"),
    ("x1 < 2", 4, "'<' is not part"),
    ("'a' * x1", 1, "is not part"),
    ("lambda: x1", 7, "is not part"),
    ("x1.real", 1, "only numbers, names"),
    ("1 + x1 if x2 else 2", 1, "only numbers, names"),
    ("not x1", 1, "only numbers, names"),
    ("(x1, x2)", 1, "only numbers, names"),
    ("x1 + None", 6, "'None' is not a number"),
    ("True * x1", 1, "'True' is not a number"),
    ("2j * x1", 1, "'2j' is not a number"),
    ("1_000 * x1", 1, "'1_000' is not a number"),
    ("0x1f * x1", 1, "'0x1f' is not a number"),
    ("2 * sqrt", 5, "write sqrt(...)"),
    ("sqroot(x1)", 1, "unknown function 'sqroot' (did you mean 'sqrt'?)"),
    ("x1 + sqrt(x1, x2)", 6, "sqrt takes one argument, 2 found"),
    ("maximum(x1)", 1, "maximum takes 2 arguments, 1 found"),
    ("sqrt()", 1, "sqrt takes one argument, 0 found"),
    ("sin(*x1)", 5, "only numbers, names"),
    ("sin(x=x1)", 6, "'=' is not part"),
    ("2(x1)", 1, "a product is written *"),
    ("x1(x2 + 1)", 1, "'x1' is not a function"),
    ("grad(x1)", 1, "unknown function 'grad'"),
    ("x1 + 1/0", 6, "not a finite number"),
    ("x1 * 1e999", 6, "not a finite number"),
    ("9**9**9", 1, "not a finite number"),
    ("log(0) * x1", 1, "not a finite number"),
    ("x1**100", 5, "an exponent beyond 64"),
    ("x1**-(8*9)", 5, "an exponent beyond 64"),
]


# The spellings of other languages: text, the caret's column from 1, what to write
SPELLINGS = [
    ("np.sqrt(x1)", 1, "write sqrt(...)"),
    ("2*numpy.exp(x1)", 3, "write exp(...)"),
    ("math.exp(x1)", 1, "write exp(...)"),
    ("torch.tanh(x1)", 1, "write tanh(...)"),
    ("np.maximum(x1, 0)", 1, "write maximum(a, b)"),
    ("np.log10(x1)", 1, "write log(a) / log(10)"),
    ("np.pi*x1", 1, "write pi"),
    ("np.fft(x1)", 1, "name a function without its module"),
    ("(x1 + 1)^2", 9, "a power is written **"),
    ("x1 ^ x2", 4, "a power is written **"),
    ("x1 + 3^-x2", 7, "a power is written **"),
    ("e**x1", 1, "write exp(...) for a power of e"),
    ("2*e**(-x1)", 3, "write exp(...) for a power of e"),
    ("e^x1", 2, "write exp(...) for a power of e"),
    ("max(x1, 0)", 1, "write maximum(a, b)"),
    ("min(x1, x2)", 1, "write minimum(a, b)"),
    ("maximum(x1, x2, 0)", 1, "write maximum(a, maximum(b, c))"),
    ("2x1", 2, "a product is written *"),
    ("x2 + 2.5x1", 9, "a product is written *"),
    ("sqrt(2x1)", 7, "a product is written *"),
    ("3 sin(x1)", 3, "a product is written *"),
    ("2(x1+1)", 1, "a product is written *"),
    ("(x1+1)(x2-1)", 1, "a product is written *"),
    ("(x1+1) x2", 8, "a product is written *"),
    ("pi x1", 4, "a product is written *"),
    ("x1x2", 1, "a product is written *, as in x1*x2"),
    ("x1.*x2", 3, "write * and / without a point"),
    ("ln(x1)", 1, "write log(...)"),
    ("log(x1, 10)", 1, "write log(a) / log(b) for the base b"),
    ("log10(x1)", 1, "write log(a) / log(10)"),
    ("log2(x1)", 1, "write log(a) / log(2)"),
    ("pow(x1, 2)", 1, "write a**b"),
    ("sqr(x1)", 1, "write a**2"),
    ("arctan(x1)", 1, "write atan(...)"),
    ("asin(x1)", 1, "write atan(a / sqrt(1 - a**2))"),
    ("ceil(x1)", 1, "write -floor(-a)"),
    ("relu(x1)", 1, "write maximum(a, 0)"),
    ("sgn(x1)", 1, "write sign(...)"),
    ("Sqrt(x1)", 1, "write sqrt(...)"),
    ("TANH(x1)", 1, "write tanh(...)"),
    ("sin^2(x1)", 4, "as in sin(...)**2"),
    ("sin²(x1)", 4, "as in sin(...)**2"),
    ("sin**2(x1)", 1, "write sin(...)**2"),
    ("sin x1", 5, "write sin(...)"),
    ("ln x1", 4, "write log(...)"),
    ("|x1|", 1, "write abs(...)"),
    ("√x1", 1, "write sqrt(...)"),
    ("x1² + x2", 3, "a power is written **2"),
    ("x₁", 2, "an index is written 1 right behind its name"),
    ("x_1**2", 1, "write x1"),
    ("x[1]**2", 2, "write x1 for x[0] and x2 for x[1]"),
    ("x**2", 1, "the coordinates are called x1 and x2"),
    ("x1 + y**2", 6, "the coordinates are called x1 and x2"),
    ("X1", 1, "write x1"),
    ("π*x1", 1, "write pi"),
    ("x1·x2", 3, "write *"),
    ("x1÷2", 3, "write /"),
    ("½*x1", 1, "write 0.5"),
    ("（x1）", 1, "write ("),
    ("x1＋x2", 3, "write +"),
    ("0,5*x1", 1, "a decimal number is written with a point"),
    ("x1**2 + 0,5*x2", 1, "a decimal number is written with a point"),
    ("sin(0,5*x1)", 1, "a decimal number is written with a point"),
    ("maximum(0,5*x1,2)", 1, "a decimal number is written with a point"),
    ("x1**2, x2**2", 1, "write one formula"),
    ("x1 ⊙ x2", 4, "write *"),
    ("∇f", 1, "the gradient is called g"),
    ("x1 % 2", 4, "a - b * floor(a / b)"),
    ("x1 // 2", 4, "floor(a / b)"),
    ("x1 < x2", 4, "no comparisons"),
    ("x1 == x2", 4, "no comparisons"),
    ("x1 if x2 else 0", 1, "no comparisons and conditions"),
    ("x1 and x2", 1, "no comparisons and conditions"),
    ("lambda x: x**2", 9, "write only the formula that stands behind the colon"),
    ("f = x1**2", 3, "write only what stands on the right"),
    ("\\frac{x1}{2}", 1, "LaTeX is not read"),
    ("σ(x1)", 1, "write sigmoid(...)"),
    ("x1 + inf", 6, "no infinite number"),
    ("sum(x1, x2)", 1, "write a + b"),
]


@pytest.mark.parametrize(("text", "column", "words"), [*MISTAKES, *SPELLINGS])
def test_a_mistake_is_shown_at_its_place(text: str, column: int, words: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_expression(text, NAMES, where="objectives.toml")
    message, line, caret = str(caught.value).split("\n")
    assert message.startswith(f"objectives.toml, line 1, column {column}: ")
    assert words in message
    assert line == text
    assert caret == " " * (column - 1) + "^"


@pytest.mark.parametrize("name", FUNCTION_HINTS)
def test_what_is_to_be_written_for_a_function_is_a_formula_with_its_value(name: str) -> None:
    formula = FUNCTION_HINTS[name].partition(", where")[0]
    if name == "where":
        return
    known = {"a": 0.3, "b": 0.7, "low": 0.1, "high": 0.2}
    tree = parse_expression(formula, known)
    elsewhere = getattr(math, name, None)
    if elsewhere is None or name in ("prod", "acosh"):
        return
    used = [known[letter] for letter in ("a", "b") if letter in re.findall(r"\b[ab]\b", formula)]
    assert float(numpy_function(tree)(known)) == pytest.approx(elsewhere(*used), rel=1e-12)


def test_a_long_line_is_shown_around_its_mistake() -> None:
    text = "x1 + " * 30 + "foo" + " + x1" * 30
    with pytest.raises(FormulaError) as caught:
        parse_expression(text, NAMES)
    _, line, caret = str(caught.value).split("\n")
    assert len(line) < 130
    assert line[caret.index("^") :].startswith("foo + x1")


@pytest.mark.parametrize(
    "text",
    [
        "x1 + " * MAX_LENGTH + "x1",
        "(" * 900 + "x1" + ")" * 900,
        "-" * (MAX_LENGTH - 2) + "x1",
        "sin(" * (MAX_DEPTH + 1) + "x1" + ")" * (MAX_DEPTH + 1),
        "x1**" * 200 + "x1",
        "(" + "+".join(["x1"] * 1300) + ")*(" + "+".join(["x2"] * 1300) + ")",
        "+".join(["maximum(x1,x2)*maximum(x2,x1)"] * (MAX_NODES // 7 + 1)),
        "9**" * 600 + "9",
        "1e308*" * 30 + "x1*1e308*1e308",
    ],
    ids=lambda text: text[:12],
)
def test_bombs_are_errors(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_expression(text, NAMES)


TOKENS = """x1 x2 x3 g s x lr = == + - * ** / // ( ) , . 1 0.1 1e9 1e-400 _ 9 pi sqrt grad sqrt(
lambda if else not await yield *( := # \\ __import__('os') maximum( [ ] { } − ｘ"""
BLANKS = ["\n", " ", "\t", "\f", "\x00", "\ud800"]
FORMULA_LIKE = st.lists(st.sampled_from([*TOKENS.split(), *BLANKS]), max_size=40).map("".join)
TEXTS = st.one_of(
    FORMULA_LIKE,
    st.text(max_size=80),
    st.text(string.digits + "x12+-*/().,e ", max_size=80),
    st.tuples(
        st.sampled_from(["(", "-", "+", "x1**", "sin(", "9**", "abs(-"]), st.integers(0, 400)
    ).map(lambda pair: pair[0] * pair[1] + "x1"),
)


@given(TEXTS)
@example("x1\\\n+1")
@example("x1 # comment")
@example("\x00")
@settings(max_examples=600)
def test_any_text_is_a_formula_or_a_formula_error(text: str) -> None:
    message = ""
    try:
        parse_expression(text, NAMES)
    except FormulaError as error:
        message = str(error)
    assert message.count("\n") in (0, 2)


@given(TEXTS, st.sampled_from(["", "s = s + g\nx = x - s\n", "x = x - "]))
@settings(max_examples=600)
def test_any_text_is_a_program_or_a_formula_error(text: str, before: str) -> None:
    message = ""
    try:
        parse_program(before + text, state=("s",), hyper=("lr",))
    except FormulaError as error:
        message = str(error)
    assert message.count("\n") in (0, 2)


@given(EXPRESSIONS)
@settings(max_examples=300)
def test_printed_source_reads_back_as_the_same_syntax(tree: object) -> None:
    """Python itself, reading what was printed, sees what our parser sees."""
    source = numpy_source(tree)  # type: ignore[arg-type]
    try:
        again = parse_expression(source.replace("np.", ""), NAMES)
    except FormulaError:
        return  # a constant such as log(0.1 - 0.1), which random trees may hold
    assert ast.dump(ast.parse(numpy_source(again))) == ast.dump(ast.parse(source))
