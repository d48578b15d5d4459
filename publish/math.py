"""Math of a lesson text, Typst or LaTeX, as MathML; all formulas of a text in one compilation."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

import typst

from engine.errors import UserError
from publish.latex import LatexError, is_latex, parse, typst_hint
from publish.typstmath import typst_mistake

TEMPLATE = """
#let elem(tag, ..content) = html.elem(tag, attrs: content.named(), content.pos().join())
#let both = (
  overline: elem.with("mrow", class: "overline"),
  underline: elem.with("mrow", class: "underline"),
  hide: elem.with("mphantom"),
)
#let formula(display, latex, source) = {
  let scope = if latex { both + (elem: elem) } else { both }
  html.elem("p", math.equation(block: display, eval(source, mode: "math", scope: scope)))
}
"""
"""Typst's MathML lacks lines over and under a formula; LaTeX asks for more that Typst lacks."""
TALL = {"mfrac", "msqrt", "mroot", "mtable", "munder", "mover", "munderover"}
FENCES = set("()[]{}|‖⌊⌋⌈⌉⟨⟩")
SCRIPTS = {"msub", "msup", "msubsup"}
LONGEST = 120
"""So many characters of a formula are told in a mistake."""

TEXT = re.compile(r"\\[A-Za-z]+\*?\s*\{[^{}]*\}|\\[A-Za-z]+")
WORDS = re.compile(
    r"\b[A-Za-z]{2,}\s+[A-Za-z]{2,}\s+[A-Za-z]{2,}\b|^\s*\d[\d.,]*\s+[a-z]{2,}\s+[A-Za-z\d]{2,}"
)
"""What no product of letters looks like."""

CALLED = re.compile(r"<code[^>]*>(.*?)</code>", re.DOTALL)
ACCENTS = dict(
    zip(
        "\u0302\u0304\u0303\u0307\u0308\u030c\u0306\u0301\u0300\u030a\u20db",
        "^¯~˙¨ˇ˘´`˚⋯",
        strict=True,
    )
)
VARIANTS = "\ufe00\ufe01"
"""What Typst adds to script letters; the pages' font has one form of them."""

MATH = re.compile(r"<p>(<math.*?</math>)</p>", re.DOTALL)


@dataclass(frozen=True)
class Formula:
    """Math between dollar signs; ``line`` counts from 1 in the text's file."""

    source: str
    display: bool
    line: int
    latex: bool = False


def to_mathml(formulas: Sequence[Formula], path: Path, notation: str = "") -> tuple[str, ...]:
    """One ``<math>`` element for each formula.

    ``notation`` is ``"latex"`` or ``"typst"`` where the course has one, else each formula tells it
    by itself. Letters that Typst writes with the italic code points become plain letters, which
    MathML draws italic by itself and which screen readers and searches know.

    Raises:
        UserError: a formula is not valid, with file and line.
    """
    ready = [in_typst(formula, path, notation) for formula in formulas]
    if not ready:
        return ()
    try:
        found = compile_all(ready)
    except typst.TypstError:
        raise UserError(first_mistake(formulas, ready, path)) from None
    if len(found) != len(ready):
        raise UserError(f"{path}: a formula gives no MathML; is a comment sign (//, /*) in it?")
    for formula, math in zip(formulas, found, strict=True):
        called = CALLED.search(math)
        if called:
            name = called[1] if called[1].isalpha() else "overline"
            raise UserError(
                f"{place(formula, path)}: a function of Typst such as {name} needs its arguments, "
                f"as in {name}(x), in {shown(formula)}"
            )
    return tuple(mended(math) for math in found)


def in_typst(formula: Formula, path: Path, notation: str) -> Formula:
    """The formula as Typst math.

    Raises:
        UserError: it holds what cannot be set, with file and line.
    """
    source = formula.source
    if not source.strip():
        raise UserError(f"{place(formula, path)}: the math between the dollars is empty")
    latex = is_latex(source)
    if latex and notation == "typst":
        raise UserError(
            f"{place(formula, path)}: LaTeX in {shown(formula)}, but this course's math is Typst: "
            f"{typst_hint(source)}; or leave out 'math = \"typst\"' in course.toml"
        )
    if notation == "latex" or latex:
        if WORDS.search(TEXT.sub("", source)):
            raise UserError(
                f"{place(formula, path)}: words in {shown(formula)} (LaTeX math); write "
                "\\text{...} around them, or \\$ for a dollar that is no math"
            )
        try:
            return replace(formula, source=parse(source), latex=True)
        except LatexError as error:
            line = formula.line + source[: error.at].count("\n")
            raise UserError(
                f"{path}, line {line}: {error} in {shown(formula)} (LaTeX math)"
            ) from None
    found = typst_mistake(source, decided=bool(notation))
    if found:
        raise UserError(f"{place(formula, path)}: {found}, in {shown(formula)}")
    return formula


def place(formula: Formula, path: Path) -> str:
    """The file and line of a formula."""
    return f"{path}, line {formula.line}"


def shown(formula: Formula) -> str:
    """A formula as it was written, on one line; a long one is cut."""
    source = " ".join(formula.source.split())
    return f"${source}$" if len(source) <= LONGEST else f"${source[:LONGEST]}...$"


def compile_all(formulas: Sequence[Formula]) -> list[str]:
    """Typst's MathML of the formulas; its own code points are kept."""
    calls = "\n".join(
        f"#formula({flag(item.display)}, {flag(item.latex)}, {quoted(item.source)})"
        for item in formulas
    )
    with tempfile.TemporaryDirectory() as empty:
        source = Path(empty) / "formulas.typ"
        source.write_text(TEMPLATE + calls, encoding="utf-8")
        output = typst.compile(source, format="html", root=Path(empty), ignore_system_fonts=True)
    return MATH.findall(output.decode())


def flag(value: bool) -> str:
    """A truth value in Typst."""
    return "true" if value else "false"


def first_mistake(formulas: Sequence[Formula], ready: Sequence[Formula], path: Path) -> str:
    """The message for the first formula that does not compile by itself."""
    for formula, item in zip(formulas, ready, strict=True):
        try:
            compile_all([item])
        except typst.TypstError as error:
            if item.latex:
                return f"{place(formula, path)}: {shown(formula)} (LaTeX math) cannot be set"
            hints = "".join(f"; {hint.replace(chr(10), ' ')}" for hint in error.hints[:1])
            if re.match(r"\s*\d", formula.source):
                hints += "; write \\$ for a dollar that is no math"
            where = place(formula, path)
            return f"{where}: {error.message} in {shown(formula)} (Typst math){hints}"
    return f"{path}: the math of this text does not compile"


def quoted(text: str) -> str:
    """A Typst string."""
    text = text.strip().replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'


def mended(markup: str) -> str:
    """Typst's MathML with plain letters, tight scripts, and brackets that stretch where they must.

    Chromium sets a bracket that may stretch as wide as its largest form, and MathML keeps the air
    around the signs of a script. A combining accent stands on nothing where it is an operator.
    """
    math = ElementTree.fromstring(markup)  # noqa: S314  printed by Typst a moment ago
    for element in math.iter():
        element.attrib.pop("style", None)  # the pages' policy allows no inline styles
        if element.tag == "mo" and len(element) == 1 and element[0].tag == "mtext":
            element.text = element[0].text
            element.remove(element[0])
        if element.tag == "mtd" and len(element) and element[0].get("form") == "infix":
            element[0].attrib.pop("lspace", None)  # a line may begin with its relation
        if "minsize" in element.attrib:
            element.attrib.update(stretchy="true", maxsize=element.attrib["minsize"])
        if element.tag == "mi" and element.text:
            element.text = plain(element.text)
        if element.tag == "mrow" and not any(part.tag in TALL for part in element.iter()):
            for part in element:
                if part.tag == "mo" and part.text in FENCES and "minsize" not in part.attrib:
                    part.set("stretchy", "false")
        if element.tag in SCRIPTS:
            for sign in (sign for script in element[1:] for sign in script.iter("mo")):
                sign.attrib.update(lspace="0", rspace="0")
        if (
            element.tag == "mover"
            and element[1].text in ACCENTS
            and element[1].get("stretchy") != "true"
        ):
            element[1].text = ACCENTS[element[1].text]
            element[1].set("stretchy", "false")
    return ElementTree.tostring(math, encoding="unicode")


def plain(letter: str) -> str:
    """A letter in place of its italic code point; any other text as it is.

    The two forms of epsilon, phi and others stay apart.
    """
    letter = letter.rstrip(VARIANTS)
    name = unicodedata.name(letter, "") if len(letter) == 1 else ""
    if name.startswith("MATHEMATICAL ITALIC") or name == "PLANCK CONSTANT":
        return chr(int(unicodedata.decomposition(letter).split()[1], 16))
    return letter
