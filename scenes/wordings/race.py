"""The words of the kind ``race``."""

from __future__ import annotations

EN: dict[str, str] = {}

ZH: dict[str, str] = {}
