"""Typst math of a lesson text as MathML, all formulas of a text in one compilation."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import typst

from engine.errors import UserError

TEMPLATE = (
    "#let formula(display, source) = "
    'html.elem("p", math.equation(block: display, eval(source, mode: "math")))\n'
)
CODE = re.compile(r"(?<!\\)#")
TALL = {"mfrac", "msqrt", "mroot", "mtable", "munder", "mover", "munderover"}
FENCES = set("()[]{}|‖⌊⌋⌈⌉⟨⟩")
SCRIPTS = {"msub", "msup", "msubsup"}
ACCENTS = {"\u0302": "^", "\u0304": "¯", "\u0303": "~"}
MATH = re.compile(r"<p>(<math.*?</math>)</p>", re.DOTALL)


@dataclass(frozen=True)
class Formula:
    """Math between dollar signs; ``line`` counts from 1 in the text's file."""

    source: str
    display: bool
    line: int


def to_mathml(formulas: Sequence[Formula], path: Path) -> tuple[str, ...]:
    """One ``<math>`` element for each formula.

    Letters that Typst writes with the italic code points become plain letters, which MathML draws
    italic by itself and which screen readers and searches know.

    Raises:
        UserError: a formula is not valid, with file and line.
    """
    for formula in formulas:
        if not formula.source.strip():
            raise UserError(f"{path}, line {formula.line}: the math between the dollars is empty")
        if CODE.search(formula.source):
            raise UserError(
                f"{path}, line {formula.line}: math cannot hold code; write \\# for a plain '#'"
            )
    if not formulas:
        return ()
    try:
        found = compile_all(formulas)
    except typst.TypstError:
        raise UserError(first_mistake(formulas, path)) from None
    if len(found) != len(formulas):
        raise UserError(f"{path}: a formula gives no MathML; is a comment sign (//, /*) in it?")
    return tuple(mended(math) for math in found)


def compile_all(formulas: Sequence[Formula]) -> list[str]:
    """Typst's MathML of the formulas; its own code points are kept."""
    calls = "\n".join(
        f"#formula({'true' if item.display else 'false'}, {quoted(item.source)})"
        for item in formulas
    )
    with tempfile.TemporaryDirectory() as empty:
        source = Path(empty) / "formulas.typ"
        source.write_text(TEMPLATE + calls, encoding="utf-8")
        output = typst.compile(source, format="html", root=Path(empty), ignore_system_fonts=True)
    return MATH.findall(output.decode())


def first_mistake(formulas: Sequence[Formula], path: Path) -> str:
    """The message for the first formula that does not compile by itself."""
    for formula in formulas:
        try:
            compile_all([formula])
        except typst.TypstError as error:
            hints = "".join(f"; {hint.replace(chr(10), ' ')}" for hint in error.hints[:1])
            source = " ".join(formula.source.split())
            return f"{path}, line {formula.line}: {error.message} in ${source}$ (Typst math){hints}"
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
        if element.tag == "mi" and element.text:
            element.text = plain(element.text)
        if element.tag == "mrow" and not any(part.tag in TALL for part in element.iter()):
            for part in element:
                if part.tag == "mo" and part.text in FENCES:
                    part.set("stretchy", "false")
        if element.tag in SCRIPTS:
            for sign in (sign for script in element[1:] for sign in script.iter("mo")):
                sign.attrib.update(lspace="0", rspace="0")
        if element.tag == "mover" and element[1].text in ACCENTS:
            element[1].text = ACCENTS[element[1].text]
            element[1].set("stretchy", "false")
    return ElementTree.tostring(math, encoding="unicode")


def plain(letter: str) -> str:
    """A letter in place of its italic code point; any other text as it is."""
    name = unicodedata.name(letter, "") if len(letter) == 1 else ""
    if name.startswith("MATHEMATICAL ITALIC") or name == "PLANCK CONSTANT":
        return unicodedata.normalize("NFKC", letter)
    return letter


def text_of(mathml: str) -> str:
    """The characters of a ``<math>`` element, for titles and descriptions."""
    return re.sub(r"<[^>]+>", "", mathml)
