"""What is wrong in a formula, and where."""

from __future__ import annotations


class LatexError(Exception):
    """Something in a formula that is not understood; ``at`` is its index in the source."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at
