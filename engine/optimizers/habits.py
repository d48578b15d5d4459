"""What settings are called elsewhere: in papers, in other libraries, and written out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from engine.errors import nearest
from engine.formula.symbols import GREEK

_LETTERS = {letter: name for name, letter in GREEK.items()}
_RATES = ("lr",)
_DECAYS = ("rho", "gamma", "beta", "beta2", "beta1")
_MOMENTA = ("momentum", "beta1", "mu", "beta", "gamma")
_WEIGHTS = ("weight_decay", "wd", "lam", "decay")

ELSEWHERE = {
    "learningrate": _RATES,
    "learnrate": _RATES,
    "lrate": _RATES,
    "lr0": _RATES,
    "rate": _RATES,
    "initlr": _RATES,
    "initiallearningrate": _RATES,
    "eta": _RATES,
    "eta0": _RATES,
    "stepsize": _RATES,
    "steplength": _RATES,
    "step": _RATES,
    "alpha": (*_RATES, *_DECAYS),
    "epsilon": ("eps",),
    "varepsilon": ("eps",),
    "delta": ("eps",),
    "beta": ("beta1", "momentum", *_DECAYS),
    "betas": ("beta1", "beta2", "beta"),
    "b1": ("beta1",),
    "b2": ("beta2",),
    "momentum": _MOMENTA,
    "mu": _MOMENTA,
    "gamma": (*_MOMENTA, *_DECAYS),
    "nesterov": _MOMENTA,
    "smoothing": _DECAYS,
    "decay": (*_DECAYS, *_WEIGHTS),
    "decayrate": _DECAYS,
    "rho": _DECAYS,
    "weightdecay": _WEIGHTS,
    "wd": _WEIGHTS,
    "l2": _WEIGHTS,
    "lambda": _WEIGHTS,
    "lam": _WEIGHTS,
    "lambd": _WEIGHTS,
}
"""Settings by the names that they have elsewhere, without hyphens and underscores."""


def meant(word: str, settings: Collection[str]) -> str | None:
    """The setting that ``word`` calls by another name; None where none of them is."""
    plain = unicodedata.normalize("NFKC", word)
    plain = "".join(_LETTERS.get(letter, letter) for letter in plain)
    plain = re.sub(r"[\W_]", "", plain).lower()
    for name in settings:
        if plain == re.sub("_", "", name).lower():
            return name
    return next((name for name in ELSEWHERE.get(plain, ()) if name in settings), None)


def setting_hint(word: str, settings: Collection[str]) -> str:
    """A hint such as ``" (did you mean 'lr'?)"`` at a name that no setting has, or ""."""
    if word.lower() == "betas" and {"beta1", "beta2"} <= set(settings):
        return " (write beta1 and beta2, each with its number)"
    name = meant(word, settings)
    return f" (did you mean '{name}'?)" if name else nearest(word, settings)
