"""How the names of formulas look in print: letters, subscripts and accents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

GREEK: Mapping[str, str] = MappingProxyType(
    {
        "alpha": "α",
        "beta": "β",
        "gamma": "γ",
        "delta": "δ",
        "epsilon": "ε",
        "zeta": "ζ",
        "eta": "η",
        "theta": "θ",
        "iota": "ι",
        "kappa": "κ",
        "lambda": "λ",
        "mu": "μ",
        "nu": "ν",
        "xi": "ξ",
        "pi": "π",
        "rho": "ρ",
        "sigma": "σ",
        "tau": "τ",
        "upsilon": "υ",
        "phi": "φ",
        "chi": "χ",
        "psi": "ψ",
        "omega": "ω",
    }
)

_CUSTOMARY = {"lr": "η", "eps": "ε", "momentum": "μ", "weight_decay": "λ", "lam": "λ"}

_COMBINING = {
    "hat": "\N{COMBINING CIRCUMFLEX ACCENT}",
    "bar": "\N{COMBINING MACRON}",
    "tilde": "\N{COMBINING TILDE}",
}

ACCENTS: Mapping[str, str] = MappingProxyType({"hat": "^", "bar": "¯", "tilde": "~"})
"""The accents that a name asks for with its last part, as in ``m_hat``."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name in print.

    Attributes:
        letter: One letter, or an upright word.
        accent: A key of ``ACCENTS``, or an empty text.
        subscripts: Digits and words at its foot, before the time.
    """

    letter: str
    accent: str = ""
    subscripts: tuple[str, ...] = ()


def spelling(name: str) -> Spelling:
    """How a name looks: ``lr`` is η, ``beta1`` is β with a 1, ``m_hat`` an m with a hat."""
    if name in _CUSTOMARY:
        return Spelling(_CUSTOMARY[name])
    stem, *parts = [part for part in name.split("_") if part]
    accent = parts.pop() if parts and parts[-1] in ACCENTS else ""
    word = stem.rstrip("0123456789")
    digits = stem.removeprefix(word)
    subscripts = [digits, *parts] if digits else parts
    letter = _CUSTOMARY.get(word) or GREEK.get(word) or word
    return Spelling(letter, accent, tuple(subscripts))


def in_text(name: str) -> str:
    """A name in running text: ``lr`` is η, ``beta1`` is β1, ``m_hat`` an m with a hat."""
    look = spelling(name)
    return "".join([look.letter, _COMBINING.get(look.accent, ""), *look.subscripts])
