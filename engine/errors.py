"""The one error that a user's mistake raises."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class UserError(Exception):
    """A mistake in what the user wrote: the text says where, what was expected and what to do."""


def shown(text: str, limit: int = 40) -> str:
    """The text as a message shows it: cut where it is long, control characters escaped."""
    cut = text if len(text) <= limit else f"{text[: limit - 1]}…"
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in cut)


def nearest(word: str, names: Iterable[str]) -> str:
    """A hint such as ``" (did you mean 'adam'?)"``, or an empty text where no name is close."""
    matches = get_close_matches(word.lower(), list(names), n=1, cutoff=0.5)
    return f" (did you mean '{matches[0]}'?)" if matches else ""
