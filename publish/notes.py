"""Footnotes on a page: the numbers in the text, and the notes at its end with the ways back."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

Tokens = Sequence[Token]
Environment = dict[str, Any]


def note_id(token: Token) -> str:
    """The id of a note."""
    return f"note-{token.meta['id'] + 1}"


def reference_id(token: Token) -> str:
    """The id of a place that refers to a note; one note may have several."""
    again = token.meta.get("subId", 0)
    return f"{note_id(token)}-from" + (f"-{again + 1}" if again else "")


def note_ids(tokens: Tokens) -> list[str]:
    """Every id that the notes of a text take."""
    found = []
    for token in tokens:
        if token.type == "footnote_open":
            found.append(note_id(token))
        elif token.type == "footnote_anchor":
            found.append(reference_id(token))
    return found


def reference(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """The number that leads to a note."""
    token = tokens[index]
    number = token.meta["id"] + 1
    label = escape(env["words"]["footnote"].format(number=number))
    return (
        f'<sup class="note-number"><a href="#{note_id(token)}" id="{reference_id(token)}" '
        f'role="doc-noteref" aria-label="{label}">{number}</a></sup>'
    )


def back(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """The way back from a note to the place that refers to it."""
    token = tokens[index]
    again = token.meta.get("subId", 0)
    label = escape(env["words"]["footnote_back"].format(number=token.meta["id"] + 1))
    mark = "↑" + (f"<sup>{again + 1}</sup>" if again else "")
    return (
        f' <a class="note-back" href="#{reference_id(token)}" role="doc-backlink" '
        f'aria-label="{label}{f" ({again + 1})" if again else ""}">{mark}</a>'
    )


def block_open(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """The beginning of all notes."""
    label = escape(env["words"]["footnotes"])
    return f'<section class="notes" role="doc-endnotes" aria-label="{label}">\n<ol>\n'


def block_close(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """The end of all notes."""
    return "</ol>\n</section>\n"


def note_open(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """The beginning of a note."""
    return f'<li id="{note_id(tokens[index])}">'


def note_close(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """The end of a note."""
    return "</li>\n"


NOTE_RULES = {
    "footnote_ref": reference,
    "footnote_anchor": back,
    "footnote_block_open": block_open,
    "footnote_block_close": block_close,
    "footnote_open": note_open,
    "footnote_close": note_close,
}
"""How the tokens of footnotes are shown."""
