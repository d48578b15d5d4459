"""The inline tokens of a text: their lines, and their words as recognizers see them."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

OTHER = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in `visible` for what is not plain text: code, a formula, a picture, an escaped sign."""

BREAKS = ("softbreak", "hardbreak")


def children(token: Token) -> Iterator[tuple[Token, int]]:
    """The children of an inline token, each with its line in the file, from 1."""
    first = token.map[0] + 1 if token.map else 0
    passed = 0
    for child in token.children or []:
        yield child, line_of(token, passed, first)
        passed += 1 if child.type in BREAKS else child.content.count("\n")


def line_of(token: Token, passed: int, first: int = 0) -> int:
    """The line of an inline token's text after so many ends of lines."""
    lines = token.meta.get("lines") or [first + passed]
    return int(lines[min(passed, len(lines) - 1)])


def text_token(content: str) -> Token:
    """A token of plain text."""
    token = Token("text", "", 0)
    token.content = content
    return token


def unescaped(token: Token) -> bool:
    """Whether a backslash stands before a character that needs none, and so is shown itself."""
    return token.type == "text_special" and token.info == "escape" and token.content == token.markup


def visible(token: Token) -> str:
    """The plain text of an inline token in its lines, with `OTHER` in place of all else.

    What an address that is its own link says is no plain text either.
    """
    parts, automatic = [], False
    for child in token.children or []:
        automatic = (automatic or child.info == "auto") and child.type != "link_close"
        if child.type in BREAKS:
            parts.append("\n")
        elif (child.type == "text" or unescaped(child)) and not automatic:
            parts.append(child.content)
        elif child.content.count("\n") and child.type != "code_inline":
            parts.append(OTHER + "\n" * child.content.count("\n"))
        else:
            parts.append(OTHER)
    return "".join(parts)
