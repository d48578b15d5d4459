"""Formulas printed: stored texts, and the printed text read by those it is meant for."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import typst as compiler
from hypothesis import given, settings
from manim import MathTypst, tempconfig
from playwright.sync_api import Browser

from engine import OPTIMIZERS, Optimizer, run
from engine.formula import (
    equation,
    javascript,
    javascript_step,
    latex,
    mathml,
    notation,
    numpy_function,
    numpy_source,
    parse_expression,
    parse_program,
    typst,
)
from engine.formula.nodes import Expression
from tests.engine.formula import golden
from tests.engine.formula.strategies import EXPRESSIONS, NAMES

ELEMENTS = {"math", "mrow", "mi", "mn", "mo", "mfrac", "msqrt", "msub", "msup", "msubsup", "mover"}

FORMULAS = """
0.1*x1**2 + 2*x2**2
(1 - x1)**2 + 100*(x2 - x1**2)**2
-20*exp(-0.2*sqrt((x1**2 + x2**2)/2)) - exp((cos(2*pi*x1) + cos(2*pi*x2))/2) + 20
x1 - (x2 - 1)
x1 - (x2 + 1) - -x1
x1/(x2/2)/3
(x1/x2)**2
(-x1)**2 - x1**-2
-x1*x2/3
2*3*x1*2
1e-6 + 2.5e-3*x1 + 1e5
abs(x1)**3*sign(x2)**2
maximum(x1, minimum(x2, 0)) + log(abs(x1))
x1*-x2*(x1 + 1)
sqrt(x1)*x2 + x2*sqrt(x1)*sin(x1)
x1**x2**2
x1/2*3
""".strip().splitlines()

RULE = """
m2_hat = maximum(g, abs(x))**3 * 2 / -x
nu_bar = 2.5e-3 * grad(x - lr * g) * decay_rate
x = -m2_hat * sign(g)**2 * big_step - nu_bar * sigma_max
"""
RULE_HYPER = ("lr", "decay_rate", "big_step", "sigma_max")


def section(title: str, *lines: str) -> str:
    return "\n".join([f"== {title}", *lines, ""])


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizers_texts(name: str, refresh: bool) -> None:
    rule = OPTIMIZERS[name]
    text = "\n".join(
        [
            section("formula", *(line.source for line in rule.equations)),
            section("typst", *(line.typst for line in rule.equations)),
            section("latex", *(line.latex for line in rule.equations)),
            section("mathml", *(readable(line.mathml) for line in rule.equations)),
            section("numpy", numpy_source(rule.program)),
            section("javascript", javascript_step(rule.program, [s.name for s in rule.state])),
            section("effective", latex(notation(rule.effective))),
        ]
    )
    golden.check(f"{name}.txt", text, refresh)


def readable(text: str) -> str:
    """MathML with one element a line, so that a change can be read."""
    tree = ET.fromstring(text)
    ET.indent(tree, " ")
    return ET.tostring(tree, encoding="unicode").replace("\u2062", "&#x2062;")


def test_the_notation_of_formulas(refresh: bool) -> None:
    shown = [(text, notation(parse_expression(text, NAMES))) for text in FORMULAS]
    rule = parse_program(RULE, state=(), hyper=RULE_HYPER)
    shown += [(line.source, equation(line)) for line in rule.lines]
    lines = [section(text, typst(tree), latex(tree)) for text, tree in shown]
    golden.check("formulas.txt", "\n".join(lines), refresh)


@pytest.mark.parametrize("rule", OPTIMIZERS.values(), ids=lambda rule: rule.name)
def test_manim_finds_every_label(rule: Optimizer, tmp_path: Path) -> None:
    with tempconfig({"media_dir": str(tmp_path), "verbosity": "WARNING"}):
        for line in rule.equations:
            labels = re.findall(r": ([a-z-]+) }}", line.typst)
            assert line.target.replace("_", "-") in labels
            picture = MathTypst(line.typst)
            for label in labels:
                assert len(picture.select(label)) >= labels.count(label), (label, line.typst)


@given(EXPRESSIONS)
@settings(max_examples=150)
def test_mathml_is_core_and_well_formed(tree: Expression) -> None:
    root = ET.fromstring(mathml(notation(tree), {}, display="inline"))
    assert {element.tag for element in root.iter()} <= ELEMENTS
    children = {"mfrac": 2, "msub": 2, "msup": 2, "mover": 2, "msubsup": 3, "msqrt": 1}
    for element in root.iter():
        assert len(element) == children.get(element.tag, len(element))


def test_mathml_tells_the_roles() -> None:
    line = parse_program("s_hat = s_hat + g\nx = x - s_hat", state=("s_hat",), hyper=()).lines[0]
    classes = [
        element.get("class")
        for element in ET.fromstring(mathml(equation(line), {"s_hat": "second"})).iter()
        if element.get("class")
    ]
    assert classes == ["term term-s-hat role-second"] * 2 + ["term term-g role-gradient"]


SAMPLES: list[Expression] = []


@given(EXPRESSIONS)
@settings(max_examples=150)
def collect(tree: Expression) -> None:
    SAMPLES.append(tree)


@pytest.fixture(scope="module")
def samples() -> list[Expression]:
    """Random formulas, the same at every run."""
    collect()
    return SAMPLES


def test_typst_compiles_what_is_printed(samples: list[Expression]) -> None:
    program = parse_program(RULE, state=(), hyper=RULE_HYPER)
    trees = [*map(notation, samples), *map(equation, program.lines)]
    page = "\n\n".join(f"$ {typst(tree)} $" for tree in trees)
    page = re.sub(r"{{ (.*?) : [\w-]+ }}", r"\1", page)  # Manim's marks are not Typst's
    assert compiler.compile(page.encode(), format="svg")


def test_javascript_computes_what_numpy_computes(
    samples: list[Expression], browser: Browser
) -> None:
    points = [(0.5, -1.25), (2.0, 3.5), (-0.75, 0.125)]
    functions = ",".join(f"(x1, x2) => {javascript(tree)}" for tree in samples)
    script = f"points => [{functions}].map(f => points.map(p => String(f(...p))))"
    page = browser.new_page()
    answers = page.evaluate(script, points)
    page.close()
    x1, x2 = np.array(points).T
    with np.errstate(all="ignore"):
        expected = [
            np.broadcast_to(numpy_function(tree)({"x1": x1, "x2": x2}), 3) for tree in samples
        ]
    measured = np.array([[float(value) for value in row] for row in answers])
    np.testing.assert_allclose(measured, np.array(expected), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_javascript_step_is_numpys_step(name: str, browser: Browser) -> None:
    rule = OPTIMIZERS[name]
    path = run(name, "valley", start=(-5, -2), steps=1)
    step = javascript_step(rule.program, [state.name for state in rule.state])
    state = {state.name: [state.initial] * 2 for state in rule.state}
    page = browser.new_page()
    answer = page.evaluate(
        f"([x, state, g, hyper]) => ({step})(x, state, g, 1, hyper, null)",
        [[-5, -2], state, path.gradients[0].tolist(), dict(path.hyper)],
    )
    page.close()
    assert answer["x"] == path.points[1].tolist()
    assert set(answer["state"]) == set(state)
    assert answer["terms"] == {term: path.terms[term][0].tolist() for term in rule.terms}
