"""Lines of text: where they may break, by Unicode's rules, and how a text is broken to a width."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from uniseg.graphemecluster import grapheme_clusters  # type: ignore[import-untyped]
from uniseg.linebreak import line_break_units  # type: ignore[import-untyped]

SIGNS = frozenset("=≈≠<>≤≥±+-−×·*/÷→")
"""Between blanks they hold together what stands on both sides: ``x = 3.2``, ``2 × 10⁻⁶``."""

TOGETHER = 28


@lru_cache(maxsize=512)
def pieces(text: str) -> tuple[str, ...]:
    """What stays together: words with the blank after them, Chinese characters one by one.

    Closing punctuation stays with what it closes, an opening mark with what it opens.
    """
    return tuple(_joined(list(line_break_units(text))))


def _joined(found: list[str]) -> list[str]:
    """Pieces of which a number, its sign and what it is the value of are one, if it is not long."""
    kept = found[:1]
    for piece in found[1:]:
        last = kept[-1].split(" ")
        before, after = (last[-2] if len(last) > 1 else ""), piece.strip()
        signed = before in SIGNS and _numeric(after)
        valued = after in SIGNS and before and before[-1] not in ".,;:!?"
        if kept[-1].endswith(" ") and (signed or valued) and len(kept[-1] + piece) <= TOGETHER:
            kept[-1] += piece
        else:
            kept.append(piece)
    return kept


def _numeric(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


@lru_cache(maxsize=512)
def letters(text: str) -> tuple[str, ...]:
    """What a reader takes for one letter: a character with its marks."""
    return tuple(grapheme_clusters(text))


def wrapped(text: str, fits: Callable[[str], bool]) -> list[str]:
    """``text`` in lines that ``fits`` says are short enough; nothing is left out.

    A word too long for a line is broken between letters; a letter too wide has a line of its own.
    """
    lines = [""]
    for piece in pieces(text):
        if lines[-1].strip() and not fits((lines[-1] + piece).rstrip()):
            lines.append("")
        lines[-1] += piece
        while len(letters(lines[-1].rstrip())) > 1 and not fits(lines[-1].rstrip()):
            begun = fitting(lines[-1], fits)
            lines[-1:] = [begun, lines[-1][len(begun) :]]
    return [line.strip() for line in lines if line.strip()]


def fitting(text: str, fits: Callable[[str], bool]) -> str:
    """The longest beginning of ``text`` that fits, its first letter at least."""
    whole = letters(text)
    low, high = 1, len(whole)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits("".join(whole[:middle]).rstrip()) else (low, middle)
    return "".join(whole[:low])


def balanced(text: str, width: Callable[[str], float], room: float) -> list[str]:
    """``text`` in as few lines as ``room`` asks for, about equally long: none is left one word."""

    def within(least: float) -> list[str]:
        return wrapped(text, lambda line: width(line) <= least)

    longest = max((width(piece.rstrip()) for piece in pieces(text)), default=room)
    lines, low, high = within(room), longest, room
    while high - low > 1:
        middle = (low + high) / 2
        narrower = within(middle)
        if len(narrower) > len(lines):
            low = middle
        else:
            lines, high = narrower, middle
    return lines
