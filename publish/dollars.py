r"""Dollars in texts: which enclose math, which are money, and which are a mistake.

A formula begins with a dollar before a character that is no blank and ends with one behind such a
character and before no digit, as in Pandoc. What looks like neither a formula nor money is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from publish.inline import children

ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
"""An odd number of backslashes before a place."""

PRICE = re.compile(
    r"\$\s?(?:\d[\d.,]*+|\.\d++)(?:bn|USD|US|[kKmMbB])?+"
    r"(?!\s*[\^_\\={}+*<>]|[A-Za-z(\[])"
)
BARE = re.compile(r"(?:(?<=[\s(（/])|^)\$(?=[\s.,;:!?)\]}’”\"'/%–—-]|$|[\u2e80-\uffff])")
"""A dollar as a word."""

UNIT = re.compile(
    r"(?:(?<![A-Za-z])[A-Z]{1,3}|(?<![A-Za-z\d^_.{(])\d[\d.,]*)\$(?=[\s.,;:!?)\]}’”\"'/%–—-]|$|[\u2e80-\uffff])"
)
"""A dollar that ends a word: US$, 100$."""

AMOUNT = re.compile(
    r"\s*\d[\d.,]*\s*(?:(?:and|or|to|per|for|the|is|at|by|of|a|an|each|million|billion)\b"
    r"|in\b.*[A-Z]{2,3}$|[-–—]\s*$)"
)
"""How a text between two prices begins: "5 and " of "$5 and 10$"."""

SENTENCE = re.compile(r"\d[^\"{]*[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]|[,.;:!?]\s")
"""How a text begins that only looks like a formula, between two prices or behind US$."""

PAIRS = {"(": ")", "[": "]"}


def dollar_plugin(md: MarkdownIt) -> None:
    """Math between dollars, by the rules of this module."""
    md.use(dollarmath_plugin, allow_labels=False, allow_blank_lines=False, double_inline=True)
    md.inline.ruler.at("math_inline", dollar)
    md.inline.ruler.before("escape", "latex_outside", backslash)


def dollar(state: StateInline, silent: bool) -> bool:
    """The inline rule: a formula, or a token ``stray`` for a dollar that is a mistake."""
    source, start = state.src, state.pos
    if source[start] != "$" or ESCAPED.search(source[:start]):
        return False
    marks = "$$" if source.startswith("$$", start) else "$"
    end = closing(source, start + len(marks), marks)
    if end >= 0:
        kind = "math_inline_double" if marks == "$$" else "math_inline"
        return push(state, silent, kind, source[start + len(marks) : end], end + len(marks), marks)
    if marks == "$" and is_money(source, start):
        return False
    rest = source[start:].split("\n")[0]
    return push(state, silent, "stray", rest, start + len(marks), marks)


def closing(source: str, start: int, marks: str) -> int:
    """The index of the dollars that end the formula which begins at ``start``, or -1."""
    if marks == "$" and not source[start : start + 1].strip():
        return -1
    end = source.find(marks, start)
    while end >= 0 and ESCAPED.search(source[:end]):
        end = source.find(marks, end + 1)
    if end < 0 or not source[start:end].strip():
        return -1
    if marks == "$$":
        return end
    digit = source[end + 1 : end + 2].isdigit()
    return -1 if source[end - 1].isspace() or digit or SENTENCE.match(source[start:end]) else end


def is_money(source: str, at: int) -> bool:
    """Whether a dollar that begins no formula is a price, or a word by itself.

    A dollar between blanks is a word only where no other dollar could be its half.
    """
    if any(match.end() - 1 == at for match in UNIT.finditer(source)):
        return True
    prices = {match.start() for match in PRICE.finditer(source)}
    bare = {match.start() for match in BARE.finditer(source)}
    spaced = source[at + 1 : at + 2].isspace()
    if at in prices:
        return not (bare - prices)
    return at in bare and bare == {at} and not (prices and not spaced)


def backslash(state: StateInline, silent: bool) -> bool:
    r"""The inline rule for ``\( ... \)`` and ``\[ ... \]``."""
    source, start = state.src, state.pos
    if source[start] != "\\":
        return False
    opening = source[start + 1 : start + 2]
    if opening not in PAIRS:
        return False
    alone = re.compile(r"(?<![^\n])\\[\[\]]\s*(?=\n|$)").match(source, start)
    if f"\\{PAIRS[opening]}" not in source[start + 2 :] and not alone:
        return False
    content = source[start:].split("\n")[0]
    return push(state, silent, "stray", content, start + 2, f"\\{opening}")


def push(state: StateInline, silent: bool, kind: str, content: str, end: int, markup: str) -> bool:
    """Add a token and go on behind it."""
    if not silent:
        token = state.push(kind, "math" if kind.startswith("math") else "", 0)
        token.content = content
        token.markup = markup
    state.pos = end
    return True


def dollar_mistakes(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Every dollar that neither is money nor encloses math, with its line in the file."""
    for token in tokens:
        for child, line in children(token):
            if child.type == "stray":
                yield line, stray(child)
            elif child.type == "math_inline" and AMOUNT.match(child.content):
                yield (
                    line,
                    f"is '${child.content}$' math or two prices? Write \\$ for a dollar that is no "
                    "math",
                )
            elif child.type == "image" and any(
                part.type.startswith("math") for part in child.children or []
            ):
                yield (
                    line,
                    "the description of a picture is plain text; write its math in words",
                )


def stray(token: Token) -> str:
    """What to say about a token that is neither math nor words."""
    words = token.content if len(token.content) <= 40 else f"{token.content[:40]}..."
    if token.markup == "$":
        return (
            f"a dollar without its other half, '{words}'; math stands between dollars without "
            r"blanks inside them, as in $x + y$; write \$ for a dollar that is no math"
        )
    if token.markup == "$$":
        return (
            f"two dollars without their other half, '{words}'; a formula by itself stands between "
            r"$$ and $$, with no empty line in it; write \$ for a dollar that is no math"
        )
    if token.markup == "\\(":
        return rf"math stands between dollars here: write $x$ for \(x\), found '{words}'"
    return rf"math stands between dollars here: write $$ x $$ for \[ x \], found '{words}'"
