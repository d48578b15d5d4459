"""Long paths in few strokes look like whole ones."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.brush import Brush
from scenes.kit import within
from scenes.parts.strokes import pieces, trace
from scenes.stage import Box


def painted(paint):
    """What ``paint`` does to an empty picture, as gray values."""
    pixels = np.zeros((120, 160, 4), np.uint8)
    paint(Brush(pixels, 1.0))
    return pixels[..., :3].astype(int).mean(axis=2)


@given(st.integers(0, 1000), st.sampled_from(["walk", "zigzag", "leaving"]))
@settings(max_examples=20)
def test_a_path_in_few_strokes_looks_like_the_whole_path(seed, way):
    steps, turns = np.arange(300.0), (-1.0) ** np.arange(300)
    if way == "walk":
        random = np.random.default_rng(seed)
        points = 60 + random.normal(0, 9, (300, 2)).cumsum(axis=0)
    elif way == "zigzag":
        points = np.column_stack([80 - 60 * 0.9**steps, 60 + 40 * turns])
    else:
        points = np.column_stack([20 + 0.4 * steps, 60 + turns * 1.05**steps])
    box = Box(10, 10, 150, 110)
    lines = pieces(points, box)

    def few(brush):
        with within(brush, box):
            trace(brush, lines, 3.0, "#ffffff")

    def whole(brush):
        with within(brush, box):
            brush.line(points, 3.0, "#ffffff")

    apart = np.abs(painted(few) - painted(whole))
    assert apart.max() < 110
    assert apart.mean() < 1.5
    if way == "zigzag":
        assert sum(len(line) for line in lines) < 150
