"""A formula as a line of text, for titles, descriptions and lists."""

from __future__ import annotations

import re
import unicodedata
from xml.etree import ElementTree

MARKS = {"^": "\u0302", "¯": "\u0304", "~": "\u0303", "˙": "\u0307", "¨": "\u0308", "ˇ": "\u030c"}
PRIMES = set("′″‴⁗")
JOINED = {"msub": "_", "munder": "_", "msup": "^", "mover": "^", "mfrac": "/"}


def text_of(mathml: str) -> str:
    """The words of a ``<math>`` element: ``x_(t-1)``, ``10^(−8)``, ``a/b``, ``√x``."""
    return said(ElementTree.fromstring(mathml)).strip()  # noqa: S314  our own formulas


def said(element: ElementTree.Element) -> str:
    """The text of one element with what is in it."""
    if element.tag == "mspace":
        return " " if element.get("width", "").startswith(("1", "2", "0.5")) else ""
    parts = [said(child) for child in element]
    if element.get("accent") == "true" and len(parts) == 2:
        return accented(*parts)
    if element.tag in ("msup", "mover") and set(parts[1]) <= PRIMES:
        return parts[0] + parts[1]
    if element.tag == "mfrac":
        parts[0] = grouped(parts[0])
    if element.tag in JOINED:
        return f"{parts[0]}{JOINED[element.tag]}{grouped(parts[1])}"
    if element.tag in ("msubsup", "munderover"):
        prime = set(parts[2]) <= PRIMES
        above = parts[2] if prime else f"^{grouped(parts[2])}"
        return f"{parts[0]}_{grouped(parts[1])}{above}"
    if element.tag == "msqrt":
        return f"√{grouped(''.join(parts))}"
    if element.tag == "mroot":
        return f"{grouped(parts[1])}√{grouped(parts[0])}"
    between = {"mtable": "; ", "mtr": ", "}.get(element.tag, "")
    return (element.text or "") + between.join(parts)


def accented(base: str, sign: str) -> str:
    """A letter with its accent; a longer text has the sign behind it."""
    if len(base) == 1 and sign in MARKS:
        return unicodedata.normalize("NFC", base + MARKS[sign])
    return grouped(base) + sign


def grouped(text: str) -> str:
    """A text in brackets, but for a word, a number, one sign or what has brackets already."""
    single = len(text) == 1 or re.fullmatch(r"\w+|[\d.]+|\([^()]*\)", text)
    return text if single else f"({text})"
