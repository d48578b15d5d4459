"""Colored source code, with class names that the stylesheet colors in either theme."""

from __future__ import annotations

from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
from pygments.util import ClassNotFound  # type: ignore[import-untyped]

FORMATTER = HtmlFormatter(nowrap=True)


def highlighted(code: str, language: str, attributes: str = "") -> str:
    """HTML of the code's lines; an empty text where the language is not known.

    The signature is the one that markdown-it asks of a highlighter; an empty text lets it escape
    the code itself.
    """
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return ""
    return str(highlight(code, lexer, FORMATTER))
