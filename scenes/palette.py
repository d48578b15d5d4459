"""The one palette: films, pages and playgrounds take every color from here.

A role names what a color means; the same role has the same hue in both themes. Text colors have
a contrast of at least 4.5 to 1 against the theme's background and surface. The racers' colors
were searched so that any two, and each and the field, stay apart for color-blind eyes too, and
that none is like the color of a role.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

ROLES = ("point", "gradient", "first", "second", "memory", "step")

READABLE = 4.5
"""The least contrast of text, also of a row that waits while another acts."""

LIT = 0.17
"""The accent's share of the ground of the row that acts."""

MARKERS = ("disc", "square", "triangle", "diamond", "wedge", "plus")
DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (17, 9),
    (0.1, 8.5),
    (15, 8, 0.1, 8),
    (7, 9),
    (15, 8, 0.1, 8, 0.1, 8),
)
"""The racers' markers and dashes, in their order; dashes in stage pixels, with round ends."""


@dataclass(frozen=True)
class Theme:
    """Colors of one theme as ``#rrggbb``.

    ``field`` runs from the lowest loss to the highest, with lines of equal loss in ``isoline``;
    ``racers`` are runs side by side, ``setting`` a hyper-parameter that moves.
    """

    background: str
    surface: str
    text: str
    muted: str
    line: str
    accent: str
    setting: str
    field: tuple[str, ...]
    isoline: str
    racers: tuple[str, ...]
    roles: Mapping[str, str]

    @property
    def lit(self) -> str:
        """The ground of the row that acts."""
        return mixed(self.accent, self.background, LIT)


def mixed(color: str, ground: str, share: float) -> str:
    """``share`` of a color over a ground, as films mix them."""
    pairs = zip(_channels(color), _channels(ground), strict=True)
    return "#" + "".join(f"{round(255 * (share * a + (1 - share) * b)):02x}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2 of two colors, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@cache
def faint(color: str, ground: str) -> float:
    """The least alpha in hundredths at which text can be read on ``ground``; 1 where none is."""
    alphas = (number / 100 for number in range(1, 100))
    found = (alpha for alpha in alphas if contrast(mixed(color, ground, alpha), ground) >= READABLE)
    return next(found, 1.0)


@cache
def tint(color: str, ground: str, most: float) -> float:
    """The largest share of a text's color in its ground, up to ``most``, that it can be read on.

    In hundredths; 0 where there is none.
    """
    shares = (number / 100 for number in range(round(100 * most), 0, -1))
    found = (each for each in shares if contrast(color, mixed(color, ground, each)) >= READABLE)
    return next(found, 0.0)


def _channels(color: str) -> tuple[float, ...]:
    return tuple(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _luminance(color: str) -> float:
    """Relative luminance of a color in sRGB."""
    linear = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in _channels(color)
    )
    return sum(part * value for part, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


DARK = Theme(
    background="#0d1117",
    surface="#161d2b",
    text="#edf1f7",
    muted="#9aa5b5",
    line="#364152",
    accent="#79c0ff",
    setting="#ff9ad5",
    field=("#7189c6", "#4a74b8", "#33629f", "#25507f", "#1a3c5e", "#122a40"),
    isoline="#b8c4e2",
    racers=("#66eeee", "#cc8866", "#aaee22", "#eeeeaa", "#888888", "#44aa00"),
    roles=MappingProxyType(
        {
            "point": "#f6c85f",
            "gradient": "#ff8278",
            "first": "#6fe3a4",
            "second": "#7cc4ff",
            "memory": "#d2a8ff",
            "step": "#ff9f4a",
        }
    ),
)

LIGHT = Theme(
    background="#ffffff",
    surface="#f3f6fa",
    text="#1a2230",
    muted="#566173",
    line="#c9d2de",
    accent="#0b5cad",
    setting="#b4237a",
    field=("#fbfcfe", "#eaf1f9", "#d8e5f2", "#c4d8eb", "#b0cae4", "#9bbbdc"),
    isoline="#3a689c",
    racers=("#0044ee", "#660022", "#446600", "#aa00aa", "#440044", "#886688"),
    roles=MappingProxyType(
        {
            "point": "#8a5a00",
            "gradient": "#c8102e",
            "first": "#0a6b3d",
            "second": "#0a55ab",
            "memory": "#7440bf",
            "step": "#6b2e0f",
        }
    ),
)

THEMES: Mapping[str, Theme] = MappingProxyType({"dark": DARK, "light": LIGHT})
