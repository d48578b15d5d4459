"""Notation as LaTeX, for copying."""

from __future__ import annotations

from engine.formula.notation import (
    APPLY,
    DOT,
    HIDDEN,
    MINUS,
    THIN,
    Accent,
    Fence,
    Fraction,
    Notation,
    Root,
    Row,
    Script,
    Symbol,
    Term,
)
from engine.formula.symbols import GREEK
from engine.formula.vocabulary import FUNCTIONS, Named

_SYMBOLS = {letter: rf"\{name}" for name, letter in GREEK.items()}
_SYMBOLS |= {"ε": r"\varepsilon", "φ": r"\varphi", "∇": r"\nabla"}
_SYMBOLS |= {MINUS: "-", HIDDEN: "", APPLY: "", THIN: r"\,", DOT: r"\cdot"}
_NAMES = {
    row.look.symbol: row.look.latex for row in FUNCTIONS.values() if isinstance(row.look, Named)
}
_FENCES = {
    "parentheses": ("(", ")"),
    "bars": ("|", "|"),
    "floor": (r"\lfloor ", r" \rfloor"),
}


def latex(tree: Notation) -> str:
    """LaTeX math of a notation tree, without dollar signs; it needs amsmath at most."""
    match tree:
        case Symbol(text, "word"):
            return rf"\mathrm{{{text}}}"
        case Symbol(text, "function"):
            return _NAMES[text]
        case Symbol(text):
            return _SYMBOLS.get(text, text)
        case Row(items):
            return " ".join(filter(None, (latex(item) for item in items)))
        case Fraction(above, below):
            return rf"\frac{{{latex(above)}}}{{{latex(below)}}}"
        case Root(body):
            return rf"\sqrt{{{latex(body)}}}"
        case Fence(body, kind):
            left, right = (r"\left", r"\right") if tree.tall else ("", "")
            opening, closing = _FENCES[kind]
            return f"{left}{opening}{latex(body)}{right}{closing}"
        case Accent(body, accent):
            return rf"\{accent}{{{latex(body)}}}"
        case Script(base, lower, upper):
            return latex(base) + _script("_", lower) + _script("^", upper)
        case Term(_, body):
            return latex(body)


def _script(mark: str, tree: Notation | None) -> str:
    return "" if tree is None else f"{mark}{{{latex(tree)}}}"
