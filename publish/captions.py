"""Captions as WebVTT: a file to download and a ``data:`` address for the page.

Browsers load no caption file beside a page that is opened from disk, so pages carry theirs inline.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from html import escape
from typing import Protocol

from publish.numbers import stamp
from publish.unbroken import unbroken


class Caption(Protocol):
    """Words with the seconds of a film during which they are shown."""

    @property
    def start(self) -> float: ...

    @property
    def end(self) -> float: ...

    @property
    def text(self) -> str: ...


def to_vtt(captions: Iterable[Caption]) -> str:
    """The captions as one WebVTT text, whose lines end nowhere within a number."""
    blocks = [
        f"{stamp(item.start)} --> {stamp(item.end)}\n{escape(unbroken(item.text), quote=False)}"
        for item in captions
    ]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def to_address(vtt: str) -> str:
    """The text as a ``data:`` address."""
    return "data:text/vtt;base64," + base64.b64encode(vtt.encode()).decode("ascii")
