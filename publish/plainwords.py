"""Words that are shown without markup: titles in settings, labels, captions of films."""

from __future__ import annotations

from markdown_it.token import Token

from engine.errors import UserError, shown
from publish.foreign import in_words
from publish.inline import BREAKS, visible
from publish.markdown import reader
from publish.rawhtml import html_mistake

MARKS = {
    "em_open": "emphasis",
    "strong_open": "bold",
    "s_open": "a strike-out",
    "code_inline": "code",
    "link_open": "a link",
    "image": "a picture",
    "math_inline": "a formula",
    "math_inline_double": "a formula",
    "stray": "half a formula",
    "footnote_ref": "a footnote",
    "html_inline": "HTML",
}


def plain_words(words: str) -> str:
    """The words as they are shown: signs that were escaped lose their backslash.

    Raises:
        UserError: there is markup in them, which would be shown as it stands.
    """
    children: list[Token] = []
    reader().inline.parse(words, reader(), {}, children)
    for child in children:
        what = MARKS.get(child.type)
        if what and not (child.type == "html_inline" and not html_mistake(child.content, set())):
            raise UserError(
                f"{what} in '{shown(words)}'; these words are shown without markup: leave the "
                "marks out, or put a backslash before them for the plain characters"
            )
    token = Token("inline", "", 0, children=children)
    for found in in_words(visible(token)):
        raise UserError(
            f"'{found.shown}' is {found.what}; these words are shown without markup: leave it out, "
            "or put a backslash before it for the plain characters"
        )
    return "".join(" " if child.type in BREAKS else child.content for child in children)


def plain_setting(words: str) -> str:
    """`plain_words` of a setting; a ValueError tells what should be otherwise."""
    try:
        return plain_words(words)
    except UserError as error:
        raise ValueError(f"should be plain words: {error}") from None
