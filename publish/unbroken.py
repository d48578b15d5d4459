"""Sentences whose numbers no line end tears apart: blanks inside them become no-break spaces."""

from __future__ import annotations

import re

SPACE, JOINER = "\N{NO-BREAK SPACE}", "\N{WORD JOINER}"
_NUMBER = r"[+−±-]?(?:\d(?:[\d.,]*\d)?\.?(?:[eE][+−-]?\d+)?|∞)%?(?:\s?[·×]\s?10[⁺⁻]?[⁰¹²³⁴-⁹]*)?"
_BEFORE = (
    "steps?|stops?|epochs?|iterations?|trials?|runs?|ranks?|rows?|lines?|lessons?|chapters?|"
    "sections?|pages?|figures?|factors?|nos?\\.|figs?\\.|eqs?\\.|pp?\\."
)
_BEHIND = (
    r"(?:steps?|stops?|epochs?|iterations?|trials?|times|percent|degrees?|"
    r"[munµk]?s|min|h|Hz|kHz|MHz|GHz|fps|px|pt|em|[munµkc]?m|k?g|dB|[km]?eV|K|[kMG]i?B)\b"
    "|[%‰°℃]|[步次个倍轮步行点度秒分层维种项位名课节页]"
)
_BLANKS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"(?<![\d.,])\d{1,3}(?:[ \u2009]\d{3})+(?!\d)", 0),
        (rf"\((?:\s*{_NUMBER}\s*[,;]){{1,3}}\s*{_NUMBER}\s*\)", 0),
        (r"(?<=\S)\s[=≈≠≤≥<>]\s(?=\S)", 0),
        (r"[≈≤≥<>±~−+-]\s(?=[\d.∞])", 0),
        (r"(?<=[\w)⁰⁴-⁹])\s[·×÷]\s(?=[\w(−+-])", 0),
        (r"(?<=[\d⁰⁴-⁹²³¹])\s[+−/±]\s(?=\d)", 0),
        (rf"(?:(?<!\w)(?:{_BEFORE})|第)\s(?=[+−±-]?\d)", re.IGNORECASE),
        (rf"(?<=[\d⁰¹²³⁴-⁹])\s(?={_BEHIND})", 0),
    )
)
_RANGE = re.compile(r"(?<=\d)[–—](?=[\d−])")
_FACTOR = re.compile(r"(?<=\d)[×·](?=\d)")


def unbroken(text: str) -> str:
    """``text`` with its numbers, their signs, powers, units and what they number kept together.

    ``x₂ = 3.2 · 10⁻⁵``, ``step 12``, ``(−5, −2)``, ``1 000`` and ``40 %`` each stay on one line;
    where no blank is, as in ``3–5`` or ``2×10⁻⁶``, word joiners see to it.
    """
    for pattern in _BLANKS:
        text = pattern.sub(lambda match: re.sub(r"\s", SPACE, match[0]), text)
    text = _RANGE.sub(rf"{JOINER}\g<0>{JOINER}", text)
    return _FACTOR.sub(rf"{JOINER}\g<0>{JOINER}", text)
