"""Notation as Typst math, with the labelled groups of Manim's ``MathTypst``."""

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

_SYMBOLS = {
    "letter": "{}",
    "number": "{}",
    "operator": "{}",
    "word": '"{}"',
    "function": 'op("{}")',
}
_FENCES = {"parentheses": "", "bars": "abs", "floor": "floor"}
_ACCENTS = {"bar": "macron"}
_SIGNS = {MINUS: "-", HIDDEN: "", APPLY: "", THIN: "thin", DOT: "dot.op", ",": "comma"}


def typst(tree: Notation) -> str:
    """Typst math of a notation tree, without dollar signs.

    Each term stands in ``{{ ... : label }}``, so that ``MathTypst(typst(tree)).select(label)``
    finds its glyphs.
    """
    match tree:
        case Symbol(text, kind):
            return _SYMBOLS[kind].format(_SIGNS.get(text, text))
        case Row(items):
            return " ".join(filter(None, (typst(item) for item in items)))
        case Fraction(above, below):
            return f"frac({typst(above)}, {typst(below)})"
        case Root(body):
            return f"sqrt({typst(body)})"
        case Fence(body, kind):
            return f"{_FENCES[kind]}({typst(body)})"
        case Accent(body, accent):
            return f"{_ACCENTS.get(accent, accent)}({typst(body)})"
        case Script(base, lower, upper):
            return typst(base) + _script("_", lower) + _script("^", upper)
        case Term(_, body):
            return f"{{{{ {typst(body)} : {tree.label} }}}}"


def _script(mark: str, tree: Notation | None) -> str:
    if tree is None:
        return ""
    return f"{mark}{typst(tree)}" if _is_short(tree) else f"{mark}({typst(tree)})"


def _is_short(tree: Notation) -> bool:
    return isinstance(tree, Symbol) and len(tree.text) == 1
