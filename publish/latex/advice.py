"""What to write in place of LaTeX that is not converted."""

from __future__ import annotations

import re

from engine.errors import nearest
from publish.latex.symbols import (
    ACCENTS,
    FUNCTIONS,
    GREEK,
    LARGE,
    LIMITS,
    SPACES,
    STRETCHED,
    STYLES,
    SYMBOLS,
    TEXTS,
    names,
)

STRUCTURES = names("""frac tfrac dfrac cfrac binom tbinom dbinom sqrt left right middle operatorname
underset overset stackrel underbrace overbrace xrightarrow xleftarrow substack phantom hphantom
vphantom mathstrut displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits mathop
mathbin mathrel mathord mathopen mathclose mathpunct mathinner begin end bmod pmod mod not colon
nonumber notag hspace allowbreak big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm
Biggl Biggr Biggm over choose operatornamewithlimits boxed ensuremath""")
"""Commands that take arguments or change what follows."""

KNOWN = sorted(
    {
        *SYMBOLS,
        *LARGE,
        *FUNCTIONS,
        *LIMITS,
        *ACCENTS,
        *STRETCHED,
        *STYLES,
        *TEXTS,
        *STRUCTURES,
        *(name for name in SPACES if name.isalpha()),
    }
)

_COLOR = "colors are not set in formulas; leave it out"
_NUMBER = "formulas have no numbers here; leave it out"
_MACRO = "commands cannot be defined; write out what it stands for"
_RULE = "lines in tables are not set; leave it out"
_SIZE = "sizes of type cannot be changed; leave it out"

REFUSED = {
    **dict.fromkeys(("color", "textcolor", "colorbox", "fcolorbox", "definecolor"), _COLOR),
    **dict.fromkeys(("label", "tag", "numberwithin"), _NUMBER),
    **dict.fromkeys(
        ("ref", "eqref", "cref", "autoref", "cite", "citep", "citet"),
        "name what you mean in words, or link to it outside of the formula",
    ),
    **dict.fromkeys(
        ("newcommand", "renewcommand", "providecommand", "def", "let", "DeclareMathOperator"),
        _MACRO,
    ),
    **dict.fromkeys(("hline", "cline", "toprule", "midrule", "bottomrule"), _RULE),
    **dict.fromkeys(("tiny", "small", "normalsize", "large", "Large", "huge", "Huge"), _SIZE),
    **dict.fromkeys(("cancel", "bcancel", "xcancel", "sout", "cancelto"), "nothing is struck out"),
    "atop": r"write \substack{a \\ b} for {a \atop b}",
    "cal": r"write \mathcal{...}",
    "frak": r"write \mathfrak{...}",
    "bold": r"write \mathbf{...} or \boldsymbol{...}",
    "norm": r"write \lVert x \rVert",
    "abs": r"write \lvert x \rvert",
    "R": r"write \mathbb{R}",
    "N": r"write \mathbb{N}",
    "Z": r"write \mathbb{Z}",
    "Q": r"write \mathbb{Q}",
    "C": r"write \mathbb{C}",
    "E": r"write \mathbb{E}",
    "bbR": r"write \mathbb{R}",
    "RR": r"write \mathbb{R}",
    "EE": r"write \mathbb{E}",
    "ind": r"write \mathbf{1}",
    "dd": r"write \mathrm{d}",
    "dv": r"write \frac{\mathrm{d} f}{\mathrm{d} x}",
    "pdv": r"write \frac{\partial f}{\partial x}",
    "grad": r"write \nabla",
    "eps": r"write \varepsilon or \epsilon",
    "T": r"write \top",
    "rule": "nothing of it is set; leave it out",
    "hfill": r"write \quad or \qquad",
    "vspace": "leave it out",
    "hskip": r"write \hspace{1em}",
    "kern": r"write \hspace{1em}",
    "mkern": r"write \hspace{1em}",
    "smash": "leave it out",
    "newline": r"write \begin{aligned} ... \\ ... \end{aligned}",
    "nicefrac": r"write a/b or \tfrac{a}{b}",
    "sfrac": r"write a/b or \tfrac{a}{b}",
    "mathbbold": r"write \mathbb{...}",
    "intertext": r"write the words between two formulas",
    "includegraphics": "pictures stand outside of formulas",
    "href": "links stand outside of formulas",
    "url": "links stand outside of formulas",
    "mathbfit": r"write \boldsymbol{x}",
    "mathbold": r"write \boldsymbol{x}",
    "sideset": r"write {\sum}' or \sum with scripts",
    "varlimsup": r"write \limsup",
    "varliminf": r"write \liminf",
    "given": r"write \mid",
    "eqdef": r"write \coloneqq or \triangleq",
    "defeq": r"write \coloneqq or \triangleq",
    "vcentcolon": "write :",
    "diff": r"write \mathrm{d}",
    "dif": r"write \mathrm{d}",
    "half": r"write \tfrac{1}{2}",
    "set": r"write \{ x \}",
    "inner": r"write \langle x, y \rangle",
    "ip": r"write \langle x, y \rangle",
    "floor": r"write \lfloor x \rfloor",
    "ceil": r"write \lceil x \rceil",
    "vect": r"write \mathbf{x}",
    "mat": r"write \mathbf{A} or \begin{pmatrix} ... \end{pmatrix}",
    "bra": r"write \langle x \rvert",
    "ket": r"write \lvert x \rangle",
}
"""Commands that are not converted, with what to do."""

OPERATORS = names("""tr Tr trace rank diag sgn sign Var Cov cov var Corr span prox proj dom epi conv
softmax sigmoid ReLU relu vec_ KL Lip Id id Tr erf supp lcm argsort clip median mean std""")
"""Names that papers define as operators."""

ENVIRONMENTS = names("""matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array cases
dcases rcases aligned align align* split gathered gather gather* equation equation* alignedat
alignat alignat* eqnarray eqnarray* multline multline* subarray""")

TYPST_WORDS = {
    *GREEK,
    *FUNCTIONS,
    *LIMITS,
    *names("""sqrt frac binom sum prod product int integral infinity oo partial nabla grad dot hat
    tilde bar vec overline underline underbrace overbrace norm abs floor ceil mat cases bold upright
    cal bb times plus minus approx prop forall exists quad dots arrow text infty cdot leq geq neq
    to in root mathbb mathcal mathbf mathrm left right begin end"""),
} - {"in", "to", "deg", "arg", "Pi", "Xi", "lg", "dim"}
"""Words that are a command without its backslash, or Typst."""


def unknown(command: str) -> str:
    """What to say about a command that is not converted, with its backslash."""
    name = command[1:]
    if name in REFUSED:
        return f"'{command}' is not set here: {REFUSED[name]}"
    if name in OPERATORS:
        return rf"'{command}' is not a command of LaTeX; write \operatorname{{{name}}}"
    hint = nearest(name, KNOWN).replace("'", "'\\", 1)
    if not hint:
        hint = (
            r"; for an upright word write \operatorname{word} or \text{word}, else write the "
            "formula in Typst"
        )
    return f"'{command}' is not known{hint}"


def environment(name: str) -> str:
    """What to say about an environment that is not converted."""
    return (
        rf"'\begin{{{name}}}' is not known{nearest(name, ENVIRONMENTS)}; there are "
        "aligned, cases, matrix, pmatrix, bmatrix, vmatrix, array and their kin"
    )


def bare_word(word: str) -> str:
    """What to write for a word that lacks its backslash."""
    others = {"oo": "infty", "infinity": "infty", "product": "prod", "integral": "int"}
    others |= {"prop": "propto", "grad": "nabla", "root": "sqrt", "bb": "mathbb", "cal": "mathcal"}
    others |= {"upright": "mathrm", "bold": "mathbf", "arrow": "to", "mat": "begin{pmatrix}"}
    name = others.get(word, word)
    if name == "frac":
        name += "{a}{b}"
    elif name in ACCENTS or name in STRETCHED or name in STYLES or name in TEXTS or name == "sqrt":
        name += "{x}"
    apart = " ".join(word)
    if word in ("norm", "abs", "floor", "ceil"):
        left = {"norm": "lVert", "abs": "lvert", "floor": "lfloor", "ceil": "lceil"}[word]
        right = left.replace("l", "r", 1)
        return (
            rf"LaTeX sets '{word}' as a product of letters; write \{left} x \{right}, or '{apart}'"
        )
    return rf"LaTeX sets '{word}' as a product of letters; write \{name}, or '{apart}'"


HABITS = (
    (re.compile(r"<=>"), r"\iff"),
    (re.compile(r"<="), r"\le"),
    (re.compile(r">="), r"\ge"),
    (re.compile(r"!=(?!=)"), r"\ne, or '! =' after a factorial"),
    (re.compile(r"->"), r"\to"),
    (re.compile(r"=>"), r"\Rightarrow"),
    (re.compile(r"\.\.\."), r"\dots"),
    (re.compile(r"<<"), r"\ll"),
    (re.compile(r">>"), r"\gg"),
    (re.compile(r"=="), r"= or \equiv"),
    (re.compile(r"\*\*(?=[\w({])"), r"^{...} for a power"),
)
"""Signs of several characters, which LaTeX sets one by one."""
