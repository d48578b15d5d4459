"""MathML as a line of text that tells its signs and its structure, whoever wrote it."""

import unicodedata
from xml.etree import ElementTree

import latex2mathml.converter

SCRIPTS = {"munder": "msub", "mover": "msup", "munderover": "msubsup"}
STRUCTURE = {"mfrac", "msub", "msup", "msubsup", "msqrt", "mroot", "mtable", "mtr", "mtd"}
SAME = str.maketrans(
    dict(zip("−ˆ\u0302¯―\u0304˜~\u0303¨∗∣\u20d7′∼·", "-^^‾‾‾∼∼∼\u0308*|→'∼⋅", strict=True))
    | {"\u2061": None}
)
"""Signs that converters choose differently, and blanks."""

STYLED = ("MATHEMATICAL", "DOUBLE-STRUCK", "SCRIPT", "BLACK-LETTER", "PLANCK")


def ours(mathml: str) -> str:
    return told(ElementTree.fromstring(mathml))


def theirs(source: str) -> str:
    """What latex2mathml makes of a LaTeX formula."""
    return told(ElementTree.fromstring(latex2mathml.converter.convert(source, display="block")))


def told(element: ElementTree.Element) -> str:
    tag = element.tag.split("}")[-1]
    if tag == "mspace":
        return ""
    if tag in ("mi", "mo", "mn", "mtext"):
        return signs(element.text or "")
    parts = [told(child) for child in element]
    tag = SCRIPTS.get(tag, tag)
    line = element.get("class", "")
    if line in ("overline", "underline"):
        return f"{'sup' if line == 'overline' else 'sub'}({''.join(parts)}/‾)"
    if tag in STRUCTURE:
        between = "" if tag in ("msqrt", "mtd") else "/"
        return f"{tag[1:]}({between.join(parts)})"
    return "".join(parts)


def signs(text: str) -> str:
    """The characters of a leaf; letters of another style count as the plain ones."""
    plain = (
        unicodedata.normalize("NFKC", letter)
        if unicodedata.name(letter, "").startswith(STYLED)
        else letter
        for letter in text
    )
    kept = "".join(letter for letter in plain if unicodedata.category(letter) != "Zs")
    return kept.replace("″", "''").replace("‴", "'''").translate(SAME)
