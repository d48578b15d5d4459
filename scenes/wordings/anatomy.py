"""The words of the kind ``anatomy``."""

from __future__ import annotations

EN: dict[str, str] = {}

ZH: dict[str, str] = {}
