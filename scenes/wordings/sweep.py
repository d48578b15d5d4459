"""The words of the kind ``sweep``."""

from __future__ import annotations

EN: dict[str, str] = {}

ZH: dict[str, str] = {}
