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

_LETTERS = {letter: rf"\{name}" for name, letter in GREEK.items()}
_LETTERS |= {"ε": r"\varepsilon", "φ": r"\varphi", "υ": r"\upsilon", "∇": r"\nabla"}
_SIGNS = {MINUS: "-", HIDDEN: "", APPLY: "", THIN: r"\,", DOT: r"\cdot"}
_FENCES = {"parentheses": "()", "bars": "||"}
_NAMED = {"exp", "log", "sin", "cos", "max", "min"}


def latex(tree: Notation) -> str:
    """LaTeX math of a notation tree, without dollar signs; it needs amsmath at most."""
    match tree:
        case Symbol(text, "operator"):
            return _SIGNS.get(text, text)
        case Symbol(text, "word"):
            return rf"\mathrm{{{text}}}"
        case Symbol(text, "function"):
            return rf"\{text}" if text in _NAMED else rf"\operatorname{{{text}}}"
        case Symbol(text):
            return _LETTERS.get(text, text)
        case Row(items):
            return " ".join(filter(None, (latex(item) for item in items)))
        case Fraction(above, below):
            return rf"\frac{{{latex(above)}}}{{{latex(below)}}}"
        case Root(body):
            return rf"\sqrt{{{latex(body)}}}"
        case Fence(body, kind):
            opening, closing = _FENCES[kind]
            if tree.tall:
                opening, closing = rf"\left{opening}", rf"\right{closing}"
            return f"{opening}{latex(body)}{closing}"
        case Accent(body, accent):
            return rf"\{accent}{{{latex(body)}}}"
        case Script(base, lower, upper):
            return latex(base) + _script("_", lower) + _script("^", upper)
        case Term(_, body):
            return latex(body)


def _script(mark: str, tree: Notation | None) -> str:
    return "" if tree is None else f"{mark}{{{latex(tree)}}}"
