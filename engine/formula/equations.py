"""The lines of an update rule as finished equations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.formula.latex import latex
from engine.formula.mathml import mathml
from engine.formula.nodes import Program
from engine.formula.typeset import equation
from engine.formula.typst import typst


@dataclass(frozen=True, slots=True)
class Equation:
    """One line of an update rule in print.

    Attributes:
        target: The name that the line assigns.
        source: The line as written.
        typst: Typst math with labelled groups, for Manim's ``MathTypst``.
        mathml: A ``math`` element with a class for each term and its role.
        latex: LaTeX math, for copying.
    """

    target: str
    source: str
    typst: str
    mathml: str
    latex: str


def equations(program: Program, roles: Mapping[str, str]) -> tuple[Equation, ...]:
    """An update rule line by line; ``roles`` gives terms their roles in the MathML."""
    return tuple(
        Equation(line.target.id, line.source, typst(tree), mathml(tree, roles), latex(tree))
        for line, tree in ((line, equation(line)) for line in program.lines)
    )
