"""Where the keys of a TOML text stand; the reader of the standard library keeps no positions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

Location = tuple[int | str, ...]

TOKEN = re.compile(
    r"""(?P<skip>[ \t]+|\#[^\n]*)
    |(?P<end>\r?\n)
    |(?P<long>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5})
    |(?P<text>"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    |(?P<mark>[\[\]{},=.])
    |(?P<bare>[^\s\[\]{},=.\#"']+)""",
    re.VERBOSE | re.DOTALL,
)


class Reader:
    """Reads a valid TOML text token by token and notes the line (from 1) of every place in it."""

    def __init__(self, text: str) -> None:
        self.tokens = list(tokens(text))
        self.at = 0
        self.found: dict[Location, int] = {}
        self.counts: dict[Location, int] = {}

    @property
    def word(self) -> str:
        """The token that comes next, "" at the end."""
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """The token that comes next; goes on behind it."""
        self.at += 1
        return self.tokens[self.at - 1][0]

    def note(self, place: Location) -> None:
        """The place stands where the next token does."""
        self.found.setdefault(place, self.tokens[min(self.at, len(self.tokens) - 1)][1])

    def read(self) -> Mapping[Location, int]:
        """The lines of all places."""
        table: Location = ()
        while self.at < len(self.tokens):
            if self.word == "\n":
                self.take()
            elif self.word == "[":
                table = self.header()
            else:
                self.pair(table)
        return self.found

    def header(self) -> Location:
        """``[a.b]`` or ``[[a.b]]``: the table that it opens."""
        start = self.at
        several = self.tokens[self.at + 1][0] == "["
        self.at += 1 + several
        *outer, last = self.names("]")
        self.at += 1 + several
        end, self.at = self.at, start
        table: Location = ()
        for name in outer:
            table = self.latest((*table, name))
        table = (*table, last)
        self.note(table)
        if several:
            self.counts[table] = self.counts.get(table, 0) + 1
            table = self.latest(table)
            self.note(table)
        self.at = end
        return table

    def latest(self, table: Location) -> Location:
        """The last entry of an array of tables, or the table itself."""
        return (*table, self.counts[table] - 1) if table in self.counts else table

    def names(self, until: str) -> list[str]:
        """The parts of a dotted key."""
        parts = []
        while self.word != until:
            word = self.take()
            if word != ".":
                parts.append(word[1:-1] if word[0] in "\"'" else word)
        return parts

    def pair(self, table: Location) -> None:
        """``key = value``."""
        start = self.at
        names = self.names("=")
        end, self.at = self.at, start
        for count in range(1, len(names) + 1):
            self.note((*table, *names[:count]))
        self.at = end + 1
        self.value((*table, *names))

    def value(self, place: Location) -> None:
        """A value, with all that is in it."""
        if self.word not in ("[", "{"):
            while self.word not in (",", "]", "}", "\n", ""):
                self.take()
            return
        close = {"[": "]", "{": "}"}[self.take()]
        index = 0
        while self.word != close:
            if self.word in (",", "\n"):
                self.take()
            elif close == "]":
                self.note((*place, index))
                self.value((*place, index))
                index += 1
            else:
                self.pair(place)
        self.take()


def tokens(text: str) -> Iterator[tuple[str, int]]:
    """The tokens with their lines, without spaces and comments; an end of line is a token."""
    line = 1
    for match in TOKEN.finditer(text):
        if match.lastgroup == "end":
            yield "\n", line
        elif match.lastgroup != "skip":
            yield match[0], line
        line += match[0].count("\n")


def lines_of(text: str) -> Mapping[Location, int]:
    """The line (from 1) of every table, key and entry of a valid TOML text."""
    return Reader(text).read()


def line_of(text: str, location: Location) -> int | None:
    """The line of a place, or of the innermost table or entry around it that stands in the text.

    A key that is missing is told at the table that lacks it; None where nothing of it is there.
    """
    lines = lines_of(text)
    for length in range(len(location), 0, -1):
        if location[:length] in lines:
            return lines[location[:length]]
    return None
