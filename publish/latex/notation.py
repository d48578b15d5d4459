"""Whether a formula is LaTeX, and how its LaTeX is written in Typst."""

from __future__ import annotations

import re

from publish.latex.symbols import ACCENTS, FUNCTIONS, GREEK, LARGE, LIMITS, SYMBOLS

LATEX = re.compile(r"\\[A-Za-z]|[_^]\s*\{")
TYPST = {
    "frac": "frac(a, b)",
    "tfrac": "frac(a, b)",
    "dfrac": "frac(a, b)",
    "binom": "binom(n, k)",
    "sqrt": "sqrt(x)",
    "mathbb": "bb(E)",
    "mathcal": "cal(L)",
    "mathbf": "bold(upright(x))",
    "boldsymbol": "bold(x)",
    "bm": "bold(x)",
    "mathrm": 'upright("word")',
    "operatorname": 'op("word")',
    "text": '"words"',
    "left": "lr(( ... ))",
    "begin": "mat(a, b; c, d) or cases(...)",
    "lVert": "norm(x)",
    "lvert": "abs(x)",
    "underbrace": "underbrace(a, n)",
    "overline": "overline(x)",
    "quad": "quad",
}
NAMED = {"varepsilon": "epsilon", "epsilon": "epsilon.alt", "varphi": "phi", "phi": "phi.alt"}


def is_latex(source: str) -> bool:
    """Whether there is a backslash before a letter, or a script in braces."""
    return LATEX.search(source) is not None


def typst_hint(source: str) -> str:
    """How the first LaTeX of a formula is written in Typst, in words."""
    found = re.search(r"\\([A-Za-z]+)|([_^])\s*\{", source)
    if not found:
        return ""
    if found[2]:
        return f"'{found[2]}{{...}}' is '{found[2]}(...)'"
    name = found[1]
    if name in NAMED:
        typst = NAMED[name]
    elif name in GREEK or name in FUNCTIONS or name in LIMITS:
        typst = name
    elif name in ACCENTS:
        typst = f"{ACCENTS[name]}(x)"
    else:
        typst = TYPST.get(name) or SYMBOLS.get(name) or LARGE.get(name) or ""
    return f"'\\{name}' is '{typst}'" if typst else f"'\\{name}' is LaTeX"
