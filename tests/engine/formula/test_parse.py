"""What is a formula, what is not, and what the error says."""

import ast
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.formula import FormulaError, numpy_source, parse_expression, parse_program
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


@pytest.mark.parametrize(("text", "column", "words"), MISTAKES)
def test_a_mistake_is_shown_at_its_place(text: str, column: int, words: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_expression(text, NAMES, where="objectives.toml")
    message, line, caret = str(caught.value).split("\n")
    assert message.startswith(f"objectives.toml, line 1, column {column}: ")
    assert words in message
    assert line == text
    assert caret == " " * (column - 1) + "^"


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
        "(" + "+".join(["x1"] * 60) + ")*(" + "+".join(["x2"] * 200) + ")",
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
