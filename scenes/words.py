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
