"""What a user's mistakes raise: one error for each, or all of them together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ParamSpec, TypeVar

_WRITTEN = re.compile(r"(?P<file>[^\n:]*\.(?:toml|md))(?:, line (?P<line>\d+))?")

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A file and a line of it, from 1; 0 where no line is known."""

    file: str
    line: int = 0


class UserError(Exception):
    """A mistake in what the user wrote: the text says where, what was expected and what to do.

    ``place`` is the file and line, None where the mistake is in no file.
    """

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self._place = place

    @property
    def place(self) -> Place | None:
        """Where the mistake is: as it was given, else as the text begins."""
        if self._place is None and (written := _WRITTEN.match(str(self))):
            return Place(written["file"], int(written["line"] or 0))
        return self._place


class FollowingError(UserError):
    """A mistake that is none once another one, which is told, is mended."""


class CollectedError(UserError):
    """Several mistakes, each once, in the order of files and lines; its text has one line each."""

    def __init__(self, errors: Iterable[UserError]) -> None:
        found = {summary(error): error for error in errors}
        self.errors = tuple(sorted(found.values(), key=_order))
        super().__init__("\n".join(map(summary, self.errors)))

    def __reduce__(self) -> tuple[type[CollectedError], tuple[tuple[UserError, ...]]]:
        return CollectedError, (self.errors,)


def summary(error: UserError) -> str:
    """The first line of an error's text; a formula's error shows the formula below it."""
    return str(error).split("\n", 1)[0]


def _order(error: UserError) -> tuple[Place, str]:
    return error.place or Place(""), summary(error)


class Mistakes:
    """Gathers mistakes, so that the next one is looked for although one was found."""

    def __init__(self) -> None:
        self.found: list[UserError] = []
        self._following: list[UserError] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Keep the mistakes that the block raises, which ends there."""
        try:
            yield
        except CollectedError as several:
            self.found += several.errors
        except FollowingError as error:
            self._following.append(error)
        except UserError as error:
            self.found.append(error)

    def of(
        self,
        function: Callable[Arguments, Result],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result | None:
        """What a function returns; None where it raises a mistake, which is kept."""
        with self.noted():
            return function(*arguments, **named)
        return None

    def close(self) -> None:
        """Raise what was found: one mistake as it is, several together."""
        found = CollectedError(self.found or self._following).errors
        if len(found) == 1:
            raise found[0]
        if found:
            raise CollectedError(found)


def shown(text: str, limit: int = 40) -> str:
    """The text as a message shows it: cut where it is long, control characters escaped."""
    cut = text if len(text) <= limit else f"{text[: limit - 1]}…"
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in cut)


def nearest(word: str, names: Iterable[str]) -> str:
    """A hint such as ``" (did you mean 'adam'?)"``, or an empty text where no name is close."""
    matches = get_close_matches(word.lower(), list(names), n=1, cutoff=0.5)
    return f" (did you mean '{matches[0]}'?)" if matches else ""
