"""A film's picture as an expert of Manim would write it: what can be done once is done once.

The field and all that stays are one background picture. Letters and digits are outlines, no text
is set or copied while the film plays, and where things are in each frame is worked out beforehand.
The steps line by line, the quick ones and the end are a play each, driven by one tracker; in each
of them what changes comes last, so that nothing else is drawn again, and where nothing changes any
more the scene waits. Encoders may overlap; all else is as Manim has it, its camera, its writer and
its settings for x264 too.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from manim import (
    Mobject,
    Scene,
    Star,
    ValueTracker,
    linear,
    tempconfig,
)
from numpy.typing import NDArray

from bench.expert_parts import (
    LINE,
    UNIT,
    Digits,
    Drawn,
    Equation,
    Head,
    Length,
    Light,
    Line,
    Part,
    Pointer,
    Said,
    disc,
    letters,
    line,
    panel,
    spot,
)
from bench.picture import Picture

ENCODERS, LEAST_WAIT = 4, 10


class Expert(Scene):
    """The film of one descent."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        super().__init__()

    def construct(self) -> None:
        """Make one background of all that stays, then play beat after beat."""
        camera: Any = self.camera
        camera.set_background(background(self.picture))
        camera.reset().capture_mobjects(still(self.picture))
        camera.set_background(camera.pixel_array)
        self.layers = layers(self.picture)
        self.parts = [part for layer in self.layers for part in layer]
        for first, stop in pairwise([*self.picture.cuts, self.picture.frames]):
            self.beat(first, stop)

    def beat(self, first: int, stop: int) -> None:
        """Play as long as something changes, then wait."""
        for part in self.parts:
            part.bring(first)
        changes = [frame for part in self.parts for frame in part.changes(first, stop)]
        end = max(changes, default=first) + 1
        if stop - end < LEAST_WAIT:
            end = stop
        self.arrange(first, end)
        self.run(first, end)
        if stop > end:
            self.wait((stop - end + 0.5) / self.picture.fps)

    def arrange(self, first: int, stop: int) -> None:
        """Add what stays in these frames first; what changes, and what lies over it, comes last."""
        moving = []
        for layer in self.layers:
            changing = (at for at, part in enumerate(layer) if part.changes(first, stop))
            moving += layer[next(changing, len(layer)) :]
        moving = moving or self.parts[-1:]
        for part in self.parts:
            part.clear_updaters()
        self.remove(*self.parts)
        self.add(*(part for part in self.parts if part not in moving))
        self.add(*moving)
        self.moving = moving

    def run(self, first: int, stop: int) -> None:
        """Play frames by one tracker; half a frame less than its length keeps their number."""
        clock = ValueTracker(first)
        for part in self.moving:
            part.add_updater(lambda part: part.bring(int(clock.get_value() + 0.25)))
        self.play(
            clock.animate.set_value(stop - 0.5),
            run_time=max(stop - 0.5 - first, 1) / self.picture.fps,
            rate_func=linear,
        )


def background(picture: Picture) -> NDArray[np.uint8]:
    """The field on its ground, (H, W, 4) RGBA."""
    width, height = picture.size
    ground = picture.colors["background"]
    made = np.full((height, width, 4), 255, np.uint8)
    made[..., :3] = [int(ground[at : at + 2], 16) for at in (1, 3, 5)]
    left, top = (round(side * height / 1080) for side in picture.frame[:2])
    rows, columns = picture.field.shape[:2]
    made[top : top + rows, left : left + columns] = picture.field
    return made


def still(picture: Picture) -> list[Mobject]:
    """What stays: frame, axes, texts, tracks of the bars, names on the field."""
    colors = picture.colors
    made: list[Mobject] = [panel(bar.track, 5, colors["surface"]) for bar in picture.bars]
    made += [line(*each) for each in picture.lines]
    for radius, color, alpha in (
        (14, "background", 0.7),
        (11.5, "text", 1),
        (6.5, "background", 1),
    ):
        made.append(disc(picture.start, radius, colors[color], alpha))
    for place in picture.minima:
        star = Star(5, outer_radius=17 / UNIT, inner_radius=7.1 / UNIT, fill_opacity=1)
        star.set_color(colors["text"]).set_stroke(colors["background"], 5 / LINE, background=True)
        made.append(star.set_stroke(width=0).move_to(spot(*place)))
    for words in picture.still:
        if words.plate:
            made.append(panel(words.plate[0], 8, words.plate[1], 0.8))
        made.append(letters(words))
    return made


def layers(picture: Picture) -> list[list[Part]]:
    """What moves: parts that lie over each other, from the bottom up."""
    colors = picture.colors
    point, under = colors["point"], colors["background"]
    runner = ((15, under, 0.75), (11, point, 1.0), (4.2, under, 1.0))
    sentence, *sayings = (Said(saying) for saying in picture.sayings)
    over: dict[str, list[Part]] = {}
    for drawing in picture.drawings:
        over.setdefault(drawing.over, []).append(Drawn(drawing))
    return [
        [
            Line(picture.path, point, under),
            *(Pointer(arrow, under) for arrow in picture.arrows),
            *over.get("arrows", ()),
            Head(picture.path, *runner),
            *over.get("point", ()),
            *sayings,
        ],
        [
            Light(picture),
            *over.get("light", ()),
            *(Equation(row) for row in picture.rows),
            *(Digits(number) for number in picture.numbers),
        ],
        [*(Length(bar, colors["step"]) for bar in picture.bars), *over.get("bars", ())],
        [
            Line(picture.curve, point),
            Head(picture.curve, (8, point, 1.0)),
            *over.get("curve", ()),
        ],
        [sentence],
    ]


def render(picture: Picture, folder: Path) -> Path:
    """Render the film into ``folder`` with Manim's own settings for the encoder."""
    width, height = picture.size
    settings = {
        "pixel_width": width,
        "pixel_height": height,
        "frame_rate": picture.fps,
        "media_dir": str(folder),
        "disable_caching": True,
        "max_inflight_encoders": ENCODERS,
        "progress_bar": "none",
        "verbosity": "WARNING",
        "output_file": str(folder / "expert.mp4"),
    }
    with tempconfig(settings):
        Expert(picture).render()
    return folder / "expert.mp4"
