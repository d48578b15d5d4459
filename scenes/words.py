"""The words on screen by language, of all kinds of shots together."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scenes.wordings import anatomy, descent, race, sweep

KINDS = (descent, anatomy, race, sweep)

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        language: MappingProxyType(
            {key: words for kind in KINDS for key, words in getattr(kind, table).items()}
        )
        for language, table in (("en", "EN"), ("zh", "ZH"))
    }
)


def steps_made(count: int, language: str) -> str:
    """A number of steps, in words that agree with it: ``1 step``, ``50 steps``."""
    key = "steps_one" if count == 1 else "steps_many"
    return WORDS[language][key].format(count=count)
