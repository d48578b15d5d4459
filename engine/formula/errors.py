"""The error of a formula, shown with its source line and a caret."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import UserError

_SHOWN = 60  # characters of a long line that are shown on either side of the caret


class FormulaError(UserError):
    """A formula outside the language: the text names the place and shows the line with a caret."""


@dataclass(frozen=True, slots=True)
class Source:
    """One line of formula text and where it comes from; ``line`` counts from 1."""

    where: str
    text: str
    line: int = 1

    def error(self, message: str, column: int) -> FormulaError:
        """The error at a column of this line, counted from 0."""
        start, end = max(0, column - _SHOWN), column + _SHOWN
        shown = "".join(c if c.isprintable() else " " for c in self.text[start:end])
        place = f"{self.where}, line {self.line}, column {column + 1}"
        caret = " " * (column - start) + "^"
        return FormulaError(f"{place}: {message}\n{shown}\n{caret}")
