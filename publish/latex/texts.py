r"""Words in formulas: ``\text{...}`` and the names of operators."""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.latex.pieces import Piece, joined, styled, words
from publish.latex.reader import Reader
from publish.latex.symbols import ESCAPED, SPACES, TEXTS
from publish.latex.tokens import TOKEN, Token

MARKS = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("`", "‘"), ("'", "’"))
UPRIGHT = re.compile(r'^(?:upright|#math\.upright)\("?([A-Za-z0-9 \u00a0-]+)"?\)$')


def spelled(pieces: Sequence[Piece]) -> str | None:
    """The word that pieces of letters, hyphens and thin spaces spell; None where they do not."""
    name = ""
    for piece in pieces:
        source = UPRIGHT.sub(r'"\1"', piece.source)
        match = re.fullmatch(r'"([\w \u00a0-]+)"|([A-Za-z0-9]+)|(#h\(0\.\d+em\))|(−)', source)
        if not match:
            return None
        name += match[1] or match[2] or (" " if match[3] else "-")
    return name or None


def text(reader: Reader, token: Token, template: str) -> Piece:
    r"""``\text{if $x$}``, in the style of ``template``."""
    opening = reader.token
    if not reader.take("{") or opening is None:
        raise reader.mistake(f"'{token.text}' needs braces, as in {token.text}{{if}}")
    depth = 1
    while depth:
        if reader.token is None:
            raise reader.mistake("a '{' without its '}'", opening.at)
        found = reader.next()
        depth += (found.text == "{") - (found.text == "}")
        end = found.at
    return Piece(joined(parts(reader, opening.end, end, template)))


def parts(reader: Reader, start: int, end: int, template: str) -> list[Piece]:
    """The words between two indices of the source, with the formulas in them."""
    pieces: list[Piece] = []
    plain, at = "", start
    while at < end:
        match = TOKEN.match(reader.source, at)
        if not match:
            break
        found, at = match[0], match.end()
        if found == "$":
            close = reader.source.find("$", at, end)
            if close < 0:
                raise reader.mistake(r"a dollar without its other half; write \$ for a plain one")
            pieces += shown(plain, template)
            plain = ""
            pieces.append(Piece(reader.inner(reader.source[at:close], at)))
            at = close + 1
        elif found[0] == "\\" and found[1:] in TEXTS:
            opening = reader.source.find("{", at, end)
            close = closing(reader.source, opening, end)
            if opening < 0 or reader.source[at:opening].strip() or close < 0:
                raise reader.mistake(f"'{found}' needs braces, as in {found}{{if}}")
            pieces += shown(plain, template)
            plain = ""
            pieces += parts(reader, opening + 1, close, TEXTS[found[1:]])
            at = close + 1
        else:
            plain += character(reader, found)
    return pieces + shown(plain, template)


def closing(source: str, opening: int, end: int) -> int:
    """The index of the brace that closes the one at ``opening``, or -1."""
    depth = 0
    for match in TOKEN.finditer(source, max(opening, 0), end):
        depth += (match[0] == "{") - (match[0] == "}")
        if not depth:
            return match.start()
    return -1


def character(reader: Reader, found: str) -> str:
    """What a token of a text stands for."""
    if found.isspace() or found == "~":
        return " "
    if (found[0] == "%" and len(found) > 1) or found in "{}":
        return ""
    if found[0] != "\\":
        if found in "#&%":
            raise reader.mistake(rf"write \{found} for the sign itself")
        if found in "_^":
            raise reader.mistake(
                rf"'{found}' in a text; write \{found} for the sign itself, or a formula beside it"
                if found == "_"
                else "'^' in a text; write the formula beside it"
            )
        return found
    name = found[1:]
    if name in ESCAPED and name != "|":
        return ESCAPED[name]
    if name in SPACES and SPACES[name] > 0:
        return " "
    if name in ("dots", "ldots", "textellipsis"):
        return "…"
    if name == "textbackslash":
        return "\\"
    raise reader.mistake(
        f"'{found}' in a text of a formula is not set; write the character itself, or the formula "
        "beside the text"
    )


def shown(plain: str, template: str) -> list[Piece]:
    """Words in a style; several blanks are one."""
    if not plain:
        return []
    for source, mark in MARKS:
        plain = plain.replace(source, mark)
    plain = re.sub(r" +", " ", plain)
    return [styled(template, words(plain))]
