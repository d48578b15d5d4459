"""The tokens of a LaTeX formula."""

from __future__ import annotations

import re
from dataclasses import dataclass

from publish.latex.errors import LatexError

TOKEN = re.compile(
    r"(?P<comment>(?<!\\)%[^\n]*(?:\n|$))"
    r"|(?P<blank>\s+)"
    r"|(?P<command>\\(?:[A-Za-z]+|.|$))"
    r"|(?P<char>.)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """A command with its backslash, or one character; ``at`` is its index in the source."""

    text: str
    at: int

    @property
    def end(self) -> int:
        """The index behind it."""
        return self.at + len(self.text)

    @property
    def name(self) -> str:
        """The name of a command of letters, else ""."""
        return self.text[1:] if self.text[0] == "\\" and self.text[1:].isalpha() else ""


def tokens(source: str) -> list[Token]:
    """All tokens but blanks and comments, which LaTeX does not set in math.

    Raises:
        LatexError: a ``%`` would swallow the rest of the formula.
    """
    for match in TOKEN.finditer(source):
        if match.lastgroup == "comment" and match.end() == len(source) and match[0][1:].strip():
            raise LatexError(r"'%' begins a comment; write \% for the sign itself", match.start())
    return [
        Token("\\ " if match[0] == "\\\n" else match[0], match.start())
        for match in TOKEN.finditer(source)
        if match.lastgroup in ("command", "char")
    ]
