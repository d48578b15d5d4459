"""Colored source code, with class names that the stylesheet colors in either theme."""

from __future__ import annotations

from functools import cache

from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers import get_all_lexers, get_lexer_by_name  # type: ignore[import-untyped]
from pygments.util import ClassNotFound  # type: ignore[import-untyped]

FORMATTER = HtmlFormatter(nowrap=True)


def highlighted(code: str, language: str, attributes: str = "") -> str:
    """HTML of the code's lines; an empty text where the language is not known.

    The signature is the one that markdown-it asks of a highlighter; an empty text lets it escape
    the code itself.
    """
    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return ""
    return str(highlight(code, lexer, FORMATTER))


def is_known(language: str) -> bool:
    """Whether there are colors for a language."""
    return language.lower() in languages()


@cache
def languages() -> tuple[str, ...]:
    """The names of all languages with colors."""
    return tuple(sorted({alias.lower() for _, names, _, _ in get_all_lexers() for alias in names}))
