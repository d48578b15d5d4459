"""Lines of text: where they may break, and how a text is broken to a width."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

ELLIPSIS = "\u2026"
SIGNS = frozenset("=≈≠<>≤≥±+-−×·*/÷→")
"""Between blanks they hold together what stands on both sides: ``x = 3.2``, ``2 × 10⁻⁶``."""

FIGURES = frozenset("0123456789.,−+×⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹\u00a0")
TOGETHER = 28
OPENING = ("Ps", "Pi")


def _wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def pieces(text: str) -> list[str]:
    """What stays together: words with the blank after them, Chinese characters one by one.

    Closing punctuation stays with what it closes, an opening mark with what it opens.
    """
    found = [""]
    for letter in text:
        kind, last = unicodedata.category(letter), found[-1][-1:]
        mark = kind[0] == "P" and kind not in OPENING
        opened = last != "" and unicodedata.category(last) in OPENING
        between = last == " " or (last != "" and (_wide(last) or _wide(letter)))
        if between and not opened and letter != " " and not (mark and last != " "):
            found.append("")
        found[-1] += letter
    return _joined([piece for piece in found if piece])


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


def wrapped(text: str, fits: Callable[[str], bool], most: int | None = None) -> list[str]:
    """``text`` in lines that ``fits`` says are short enough, at most ``most`` of them.

    A word too long for a line is broken; what is left out leaves an ellipsis.
    """
    lines = [""]
    for piece in pieces(text):
        if lines[-1] and not fits((lines[-1] + piece).rstrip()):
            lines.append("")
        lines[-1] += piece
        while len(lines[-1].rstrip()) > 1 and not fits(lines[-1].rstrip()):
            kept = next((n for n in range(len(lines[-1]) - 1, 1, -1) if fits(lines[-1][:n])), 1)
            lines[-1:] = [lines[-1][:kept], lines[-1][kept:]]
    lines = [line.strip() for line in lines if line.strip()]
    if most is not None and len(lines) > most:
        lines[most - 1 :] = [cut(lines[most - 1] + ELLIPSIS, fits)]
    return lines


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


def cut(text: str, fits: Callable[[str], bool]) -> str:
    """``text``, its end left out for an ellipsis where it does not fit."""
    if fits(text):
        return text
    text = text.removesuffix(ELLIPSIS)
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(text[:middle] + ELLIPSIS) else (low, middle)
    if text[low] in FIGURES:
        low = len(text[:low].rstrip("".join(FIGURES))) or low
    return text[: max(low, 1)].rstrip(" \u3001\uff0c\u3002,;") + ELLIPSIS
