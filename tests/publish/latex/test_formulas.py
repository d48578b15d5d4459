"""LaTeX formulas come out as another converter sets them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.latex.symbols import names
from publish.math import Formula, to_mathml
from tests.publish.latex.mathml import ours, theirs

HERE = Path("lesson.md")
LIST = Path(__file__).with_name("formulas.txt").read_text(encoding="utf-8").splitlines()

# Where latex2mathml itself is wrong.
CORRECTED = {
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}": "table(tr(td(a)/td(=b))/tr(td(c)/td(=d)))",
    r"\not= b": "≠b",
    r"\arg z": "argz",
}


def all_of(sources, notation="latex"):
    formulas = [Formula(source, True, 1) for source in sources]
    return [ours(math) for math in to_mathml(formulas, HERE, notation)]


@pytest.fixture(scope="module")
def converted():
    return dict(zip(LIST, all_of(LIST), strict=True))


@pytest.mark.parametrize("source", LIST)
def test_usual_formulas(converted, source):
    assert converted[source] == (CORRECTED.get(source) or theirs(source))


ATOMS = st.sampled_from(
    names(
        r"x y n A 0 7 12 3.5 \alpha \beta \epsilon \varepsilon \phi \varphi \theta \Gamma \infty "
        r"\nabla \partial \ell \mathbb{R} \mathcal{L} \mathbf{w} \boldsymbol{\theta} \mathrm{ReLU} "
        r"\hat{m} \bar{x} \tilde{g} \text{if} x' \log \exp \cdots"
    )
)
SIGNS = st.sampled_from(
    names(r"+ - = < > , / \cdot \times \leq \geq \ne \in \to \pm \odot \approx \subseteq")
)


BASES = st.sampled_from(["x", r"\beta", "A", r"\sum", r"\hat{v}", r"\theta"])
SHAPES = (
    "{0} {s} {1}",
    r"\frac{{{0}}}{{{1}}}",
    r"\sqrt{{{0}}}",
    r"\sqrt[3]{{{0}}}",
    "{b}_{{{0}}}",
    "{b}^{{{0}}}",
    "{b}_{{{0}}}^{{{1}}}",
    r"\left( {0} \right]",
    r"\left\{{ {0} \right.",
    r"\lVert {0} \rVert_2",
    "( {0} )",
    r"\overline{{{0}}}",
    r"\underbrace{{{0}}}_{{{1}}}",
    r"\begin{{pmatrix}} {0} & 0 \\ 1 & {1} \end{{pmatrix}}",
)


@st.composite
def composed(draw, depth=3):
    """A formula of what is admitted, with others in it."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(ATOMS)
    parts = [draw(composed(depth=depth - 1)) for _ in range(2)]
    shape = draw(st.sampled_from(SHAPES))
    return shape.format(*parts, s=draw(SIGNS), b=draw(BASES))


@settings(max_examples=15, deadline=None)
@given(st.lists(composed(), min_size=8, max_size=12))
def test_formulas_put_together(sources):
    assert all_of(sources) == [theirs(source) for source in sources]
