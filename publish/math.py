"""Typst math of a lesson text as MathML, all formulas of a text in one compilation."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typst
from engine.errors import UserError

TEMPLATE = (
    "#let formula(display, source) = "
    'html.elem("p", math.equation(block: display, eval(source, mode: "math")))\n'
)
CODE = re.compile(r"(?<!\\)#")
LONE_LETTER = re.compile(r"<mi>(.)</mi>")
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
    return tuple(LONE_LETTER.sub(plain_letter, math) for math in found)


def compile_all(formulas: Sequence[Formula]) -> list[str]:
    """Typst's MathML of the formulas; its own code points are kept."""
    calls = "\n".join(
        f"#formula({'true' if item.display else 'false'}, {quoted(item.source)})"
        for item in formulas
    )
    with tempfile.TemporaryDirectory() as empty:
        output = typst.compile((TEMPLATE + calls).encode(), format="html", root=empty)
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


def plain_letter(match: re.Match[str]) -> str:
    """``<mi>`` with an ordinary letter in place of an italic code point."""
    letter = match[1]
    name = unicodedata.name(letter, "")
    if name.startswith("MATHEMATICAL ITALIC") or name == "PLANCK CONSTANT":
        return f"<mi>{unicodedata.normalize('NFKC', letter)}</mi>"
    return match[0]


def text_of(mathml: str) -> str:
    """The characters of a ``<math>`` element, for titles and descriptions."""
    return re.sub(r"<[^>]+>", "", mathml)
