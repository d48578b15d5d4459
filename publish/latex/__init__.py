"""LaTeX formulas as Typst math: what is known is converted, all else is a mistake with its mend."""

from publish.latex.errors import LatexError
from publish.latex.notation import is_latex, typst_hint
from publish.latex.parser import parse

__all__ = ["LatexError", "is_latex", "parse", "typst_hint"]
