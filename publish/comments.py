"""HTML comments of a lesson text: they vanish before it is read, and no line loses its number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from engine.errors import UserError
from publish.tags import Tag

OPENING, CLOSING = "<!--", "-->"
SEPARATOR = OPENING + CLOSING
SPAN = re.compile(r"\\.|(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)", re.DOTALL)
"""An escaped character or inline code: what begins in there is no comment."""

LEAD = re.compile(r"[ \t>]*")
UNDERLINE = re.compile(r"[ \t>]*(-+|=+)[ \t]*$")


@dataclass(frozen=True)
class Source:
    """A text without its comments; ``lines[i]`` is where its line ``i`` stands in the file.

    Both count from 0. One more entry, the number of lines in the file, stands for the end.
    """

    text: str
    lines: tuple[int, ...]


def without_comments(text: str) -> Source:
    """The text without ``<!-- comments -->``, but for those in code.

    Lines that hold nothing else are taken out, so that a comment may stand between the lines of a
    paragraph, the rows of a table or the captions of a film. A comment in a paragraph of its own
    leaves the mark ``SEPARATOR``, which parts lists as it does elsewhere; see `separator_plugin`.

    Raises:
        UserError: a comment has no end; the message begins with the line.
    """
    lines = text.split("\n")
    places = list(range(len(lines) + 1))
    row, column = 0, 0
    while (found := next_opening(lines, row, column)) is not None:
        row, column = found
        protected = code_until(lines, row, column)
        if protected is not None:
            row, column = protected
            continue
        end = closing(lines, row, column)
        if end is None:
            raise UserError(
                f"line {places[row] + 1}: this comment has no end; write '{CLOSING}' after it, or "
                f"'\\{OPENING}' for the plain characters"
            )
        row, column = cut(lines, places, (row, column), end)
    return Source("\n".join(lines), tuple(places))


def next_opening(lines: Sequence[str], row: int, column: int) -> tuple[int, int] | None:
    """Where the next comment may begin."""
    for number in range(row, len(lines)):
        at = lines[number].find(OPENING, column if number == row else 0)
        if at >= 0:
            return number, at
    return None


def code_until(lines: Sequence[str], row: int, column: int) -> tuple[int, int] | None:
    """Where the code ends that this place is in, None where it is in none."""
    tokens: list[Token] = []
    plain = MarkdownIt("commonmark", {"html": False}).enable("table")
    plain.block.parse("\n".join(lines), plain, {}, tokens)
    around = [token for token in tokens if token.map and token.map[0] <= row < token.map[1]]
    if any(token.type in ("fence", "code_block") for token in around):
        return row + 1, 0
    begin, end = max((token.map for token in around if token.map), default=[row, row + 1])
    block = "\n".join(lines[begin:end])
    offset = sum(len(line) + 1 for line in lines[begin:row]) + column
    for span in SPAN.finditer(block):
        if span.start() <= offset < span.end():
            before = block[: span.end()]
            return begin + before.count("\n"), len(before) - before.rfind("\n") - 1
    return None


def closing(lines: Sequence[str], row: int, column: int) -> tuple[int, int] | None:
    """Where the comment ends; ``<!-->`` and ``<!--->`` are whole ones."""
    start = column + len(OPENING) - 2
    for number in range(row, len(lines)):
        at = lines[number].find(CLOSING, start if number == row else 0)
        if at >= 0:
            return number, at + len(CLOSING)
    return None


def cut(
    lines: list[str], places: list[int], begin: tuple[int, int], end: tuple[int, int]
) -> tuple[int, int]:
    """Take the comment out of the lines; returns where the text goes on behind it."""
    (row, column), (last, behind) = begin, end
    before, after = lines[row][:column], lines[last][behind:]
    if LEAD.fullmatch(before) and not after.strip():
        return cut_lines(lines, places, row, last)
    if LEAD.fullmatch(before):
        after = after.lstrip()
    if not after.strip():
        before, after = before.rstrip(), ""
    if row == last:
        lines[row] = before + after
    else:
        lines[row], lines[last] = before, after
        gone = slice(row + 1, last + (not after))
        del lines[gone], places[gone]
        if after:
            return row + 1, 0
    return row, len(before)


def cut_lines(lines: list[str], places: list[int], row: int, last: int) -> tuple[int, int]:
    """Take out whole lines; where that would join what they part, a mark stays."""
    above = lines[row - 1] if row else ""
    below = lines[last + 1] if last + 1 < len(lines) else ""
    lead = LEAD.match(lines[row])
    apart = not above.strip(" \t>") and not below.strip(" \t>")
    if apart or UNDERLINE.fullmatch(below):
        lines[row] = (lead[0] if lead else "") + SEPARATOR
        del lines[row + 1 : last + 1], places[row + 1 : last + 1]
        return row, len(lines[row])
    del lines[row : last + 1], places[row : last + 1]
    return row, 0


def placed(tokens: Sequence[Token], lines: Sequence[int]) -> None:
    """Give the tokens of a text without comments their lines in the file.

    An inline token knows the lines of its text in ``meta["lines"]``, counted from 1.
    """
    for token in tokens:
        if token.map:
            first, end = token.map
            token.map = [lines[first], lines[min(end, len(lines) - 1)]]
            if token.type == "inline":
                token.meta["lines"] = [line + 1 for line in lines[first : max(end, first + 1)]]
        if token.type == "tag":
            token.meta["tag"] = placed_tag(token.meta["tag"], lines)


def placed_tag(tag: Tag, lines: Sequence[int]) -> Tag:
    """The tag with the lines of the file."""
    rows = tuple(replace(row, line=lines[row.line - 1] + 1) for row in tag.rows)
    return replace(tag, line=lines[tag.line - 1] + 1, rows=rows)
