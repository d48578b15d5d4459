"""The racers' colors: told apart by every eye."""

import itertools
import math

import numpy as np
import pytest

from scenes.palette import DASHES, MARKERS, THEMES

DEFECTS = {
    "none": np.eye(3),
    "protanopia": [[0.1523, 1.0526, -0.2049], [0.1145, 0.7863, 0.0992], [-0.0039, -0.0481, 1.052]],
    "deuteranopia": [[0.3673, 0.8606, -0.2280], [0.2801, 0.6725, 0.0474], [-0.0118, 0.0429, 0.969]],
    "tritanopia": [[1.2555, -0.0767, -0.1788], [-0.0784, 0.9308, 0.1476], [0.0047, 0.6914, 0.3039]],
}
"""How eyes without one kind of cone see linear RGB (Machado, Oliveira and Fernandes 2009)."""

TO_XYZ = [[0.4125, 0.3576, 0.1804], [0.2127, 0.7152, 0.0722], [0.0193, 0.1192, 0.9503]]


def lab(color, defect):
    """CIELAB of ``#rrggbb`` as it is seen with ``defect``."""
    channels = np.array([int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(DEFECTS[defect]) @ linear, 0, 1)
    ratios = np.array(TO_XYZ) @ seen / [0.9505, 1.0, 1.0888]
    x, y, z = np.where(ratios > 0.008856, np.cbrt(ratios), 7.787 * ratios + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("defect", DEFECTS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_racers_are_told_apart_by_every_eye(theme, defect):
    seen = [lab(color, defect) for color in theme.racers]
    field = [lab(color, defect) for color in theme.field]
    assert min(math.dist(*pair) for pair in itertools.combinations(seen, 2)) > 20
    assert min(math.dist(*pair) for pair in itertools.product(seen, field)) > 20
    roles = [lab(color, defect) for color in (*theme.roles.values(), theme.setting)]
    if defect == "none":
        assert min(math.dist(*pair) for pair in itertools.product(seen, roles)) > 23
    assert len(theme.racers) == len(set(MARKERS)) == len(set(DASHES)) == 6
