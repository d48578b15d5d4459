r"""The formula language: text is parsed once; everything else is computed or printed from it.

>>> program = parse_program("x = x - lr * g", state=(), hyper=("lr",))
>>> latex(equation(program.lines[0]))
'x_{t} = x_{t - 1} - \\eta g_{t}'
"""

from engine.formula.coefficient import STEP_OVER_GRADIENT, Multiple, coefficient, multiple
from engine.formula.derivative import derivative
from engine.formula.equations import Equation, equations
from engine.formula.errors import FormulaError
from engine.formula.evaluate import numpy_function
from engine.formula.javascript import javascript, javascript_gradients, javascript_step, nested
from engine.formula.latex import latex
from engine.formula.mathml import mathml
from engine.formula.nodes import Assignment, Call, Expression, Name, Program
from engine.formula.notation import Notation
from engine.formula.parse import parse_expression
from engine.formula.program import parse_program
from engine.formula.source import numpy_helpers, numpy_source
from engine.formula.stable import stable
from engine.formula.substitution import Substitution, substitution
from engine.formula.typeset import equation, notation
from engine.formula.typst import typst
from engine.formula.vocabulary import FUNCTIONS

__all__ = [
    "FUNCTIONS",
    "STEP_OVER_GRADIENT",
    "Assignment",
    "Call",
    "Equation",
    "Expression",
    "FormulaError",
    "Multiple",
    "Name",
    "Notation",
    "Program",
    "Substitution",
    "coefficient",
    "derivative",
    "equation",
    "equations",
    "javascript",
    "javascript_gradients",
    "javascript_step",
    "latex",
    "mathml",
    "multiple",
    "nested",
    "notation",
    "numpy_function",
    "numpy_helpers",
    "numpy_source",
    "parse_expression",
    "parse_program",
    "stable",
    "substitution",
    "typst",
]
