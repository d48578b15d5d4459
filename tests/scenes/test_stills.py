"""Stills of all films against stored small pictures; `pytest --refresh` stores new ones."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scenes import timeline
from scenes.layout import faults, layers_of
from scenes.picture import reel_of
from scenes.stage import HEIGHT, WIDE
from tests.scenes.films import FILMS

STORED = Path(__file__).parent / "stills"
BLOCK = 10
MOVED = 14


def moments(clock):
    """Frames in which a line acts, the point runs, and all is over."""
    states = [clock.state(frame).state for frame in range(clock.frames)]
    acting = max(
        (index for index, s in enumerate(states) if s.kind in ("line", "intro") and s.step == 0)
    )
    return {"line": acting, "run": int(clock.frames * 0.6), "end": clock.frames - 1}


def blocks(picture):
    """Mean colors of squares of pixels: what remains where letters are drawn a little otherwise."""
    height, width, _ = picture.shape
    cut = picture[: height - height % BLOCK, : width - width % BLOCK].astype(float)
    return cut.reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK, 3).mean(axis=(1, 3))


@pytest.mark.parametrize("spec", FILMS.values(), ids=FILMS)
def test_stills(spec, refresh):
    clock = timeline(spec)
    with reel_of(spec) as reel:
        for moment, frame in moments(clock).items():
            state = clock.state(frame)
            reel.show(state)
            picture = reel.pixels[..., 2::-1]
            path = STORED / f"{spec.name}-{spec.language}-{moment}.png"
            if refresh:
                path.parent.mkdir(exist_ok=True)
                Image.fromarray(np.ascontiguousarray(picture)).save(path, optimize=True)
            stored = np.asarray(Image.open(path).convert("RGB"))
            assert stored.shape == picture.shape
            difference = np.abs(blocks(picture) - blocks(stored))
            assert difference.max() < MOVED, f"{path.name}: refresh it if the change is meant"
            assert not faults(reel.canvas, layers_of(reel.canvas, state.state), WIDE)


def test_a_moved_element_is_noticed():
    picture = np.asarray(Image.open(STORED / "adagrad-zh-end.png").convert("RGB"))
    scale = picture.shape[0] / HEIGHT
    left, top = round(WIDE.field.right * scale) + 20, round(WIDE.safe.top * scale) - 4
    moved = picture.copy()
    moved[top : top + 30, left + 6 :] = picture[top : top + 30, left:-6]
    assert picture.shape[1] == round(WIDE.width * scale)
    assert np.abs(blocks(picture) - blocks(moved)).max() > 2 * MOVED
