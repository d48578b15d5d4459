"""The block tags of a lesson text: ``@film descent A caption`` and the rows below it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

OPENING = re.compile(r"@([A-Za-z][\w-]*)[ \t]*(.*)$")


@dataclass(frozen=True)
class Row:
    """An indented line below a tag, with its line number in the file (from 1)."""

    text: str
    line: int


@dataclass(frozen=True)
class Tag:
    """One tag; ``target`` is its first word, ``caption`` the rest of its line."""

    name: str
    target: str
    caption: str
    rows: tuple[Row, ...]
    line: int


def tag_plugin(md: MarkdownIt) -> None:
    """Reads a line that begins with ``@name`` as a block of its own.

    The token is of type ``tag`` and holds the :class:`Tag` in ``meta["tag"]``. A backslash before
    the ``@`` makes it an ordinary character.
    """
    md.block.ruler.before(
        "paragraph", "tag", read_tag, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def read_tag(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """The block rule: one opening line and the indented lines that follow it."""
    if state.is_code_block(first):
        return False
    opening = OPENING.match(line_at(state, first))
    if not opening:
        return False
    if silent:
        return True
    rows, line = [], first + 1
    while line < last and not state.isEmpty(line) and indent_at(state, line) >= 1:
        rows.append(Row(line_at(state, line).strip(), line + 1))
        line += 1
    target, _, caption = opening[2].strip().partition(" ")
    tag = Tag(opening[1], target, caption.strip(), tuple(rows), first + 1)
    state.line = line
    token = state.push("tag", "", 0)
    token.block = True
    token.map = [first, line]
    token.meta = {"tag": tag}
    return True


def line_at(state: StateBlock, line: int) -> str:
    """The text of a line without its indentation."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def indent_at(state: StateBlock, line: int) -> int:
    """How far a line is indented within the current block, in columns."""
    return state.sCount[line] - state.blkIndent
