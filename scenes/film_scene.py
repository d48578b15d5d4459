"""The film as a Manim scene: one clock, one ``play``, and a camera and a file writer of our own.

Manim drives the frames; what it would do for each of them is replaced at the places it offers for
that. Its camera paints every moving mobject anew and its renderer copies the whole frame, our
camera repaints what changed on a kept picture; its writer encodes segments and joins them, ours
feeds one encoder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import manim
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter

from scenes.canvas import Rect
from scenes.encoder import Taker
from scenes.reel import Reel
from scenes.timeline import Moment, Timeline


class FilmClock(manim.ValueTracker):
    """The one clock: its value is the number of the frame, from which all else follows."""

    def __init__(self, timeline: Timeline, first: int) -> None:
        super().__init__(first)
        self.timeline = timeline

    @property
    def state(self) -> Moment:
        """What the frame shows."""
        return self.timeline.state(round(self.get_value()))


class CanvasCamera(manim.Camera):
    """Shows the clock's state on a picture that is kept from frame to frame."""

    def __init__(self, reel: Reel) -> None:
        super().__init__()
        self.picture = reel
        self.changed: list[Rect] = []

    def reset(self) -> CanvasCamera:
        """Nothing: the picture holds the last frame, and only what changed is repainted."""
        return self

    def capture_mobjects(self, mobjects: Iterable[Any], **_: Any) -> None:
        """Bring the picture to the state of the clock among ``mobjects``."""
        for mobject in mobjects:
            if isinstance(mobject, FilmClock):
                self.changed = self.picture.show(mobject.state)


class FilmWriter(SceneFileWriter):
    """Hands each frame, with what changed in it, to the encoder."""

    def __init__(
        self, settings: Any, camera: CanvasCamera, encoder: Taker, shown: Callable[[], None]
    ) -> None:
        super().__init__(settings)
        self.camera, self.encoder, self.shown = camera, encoder, shown

    def begin_animation(self, *_: Any, **__: Any) -> None:
        """Nothing: the film is one stream, not a segment an animation."""

    def end_animation(self, *_: Any, **__: Any) -> None:
        """Nothing; see `begin_animation`."""

    def write_frame(self, pixels: Any, *, repeat: int = 1) -> None:
        """Encode one frame."""
        for _ in range(repeat):
            self.encoder.add(pixels, self.camera.changed)
            self.shown()

    def finish(self) -> None:
        """Nothing: the encoder closes its file."""


class FilmRenderer(CairoRenderer):
    """Manim's renderer without its copy of every frame."""

    def __init__(self, reel: Reel, encoder: Taker, shown: Callable[[], None]) -> None:
        camera = CanvasCamera(reel)
        super().__init__(camera_class=lambda: camera)  # type: ignore[arg-type]
        self._reel = reel
        self._writer = partial(FilmWriter, camera=camera, encoder=encoder, shown=shown)

    def init_scene(self, scene: manim.Scene, session_spec: Any, file_writer_settings: Any) -> None:
        """Take our writer in place of Manim's."""
        self.file_writer = self._writer(file_writer_settings)

    def get_frame(self) -> Any:
        """The picture itself: the encoder has taken what it needs before the next frame."""
        return self._reel.pixels


class FilmScene(manim.Scene):
    """Plays the clock once, through some frames of a film."""

    def __init__(
        self,
        reel: Reel,
        timeline: Timeline,
        encoder: Taker,
        frames: range,
        shown: Callable[[], None],
    ) -> None:
        self._timeline, self._frames = timeline, frames
        super().__init__(renderer=FilmRenderer(reel, encoder, shown))

    @classmethod
    def show(
        cls,
        reel: Reel,
        timeline: Timeline,
        encoder: Taker,
        frames: range,
        shown: Callable[[], None],
    ) -> None:
        """Play ``frames`` into ``encoder``; ``shown`` is called after each."""
        with manim.tempconfig({"frame_rate": timeline.fps, "progress_bar": "none"}):
            cls(reel, timeline, encoder, frames, shown).render()

    def construct(self) -> None:
        """One play in which the clock counts frames.

        Manim takes a frame at each multiple of 1 / fps below the run time; half a frame less than
        the length keeps their number exact whatever the rounding.
        """
        clock = FilmClock(self._timeline, self._frames.start)
        last = self._frames.stop - 0.5
        self.add(clock)
        self.play(
            clock.animate.set_value(last),
            run_time=(last - self._frames.start) / self._timeline.fps,
            rate_func=manim.linear,
        )
