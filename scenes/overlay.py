"""Films without a ground, to be laid over other pictures in an editor: ProRes 4444 or VP9."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import cast

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream

from scenes.brush import Pixels
from scenes.canvas import Rect
from scenes.encoder import FilmFile
from scenes.film_scene import FilmScene
from scenes.picture import reel_of
from scenes.spec import FilmSpec
from scenes.timeline import timeline


@dataclass(frozen=True)
class Wrapping:
    """A file format that carries alpha: container, codec, format of pixels, settings."""

    container: str
    codec: str
    pixels: str
    options: Mapping[str, str]


WRAPPINGS: Mapping[str, Wrapping] = MappingProxyType(
    {
        ".mov": Wrapping(
            "mov",
            "prores_ks",
            "yuva444p10le",
            {"profile": "4444", "alpha_bits": "16", "vendor": "apl0"},
        ),
        ".webm": Wrapping(
            "webm",
            "libvpx-vp9",
            "yuva420p",
            {"crf": "24", "b": "0", "deadline": "good", "cpu-used": "5", "auto-alt-ref": "0"},
        ),
    }
)
"""The formats by the ending of the file."""


def render_overlay(
    spec: FilmSpec, path: Path, progress: Callable[[int, int], None] | None = None
) -> None:
    """Encode the film of ``spec`` without a ground to ``path``, .mov or .webm.

    ``progress`` is called with the frames done and their total.
    """
    spec = replace(spec, overlay=True)
    clock, done = timeline(spec), 0

    def shown() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, clock.frames)

    with (
        reel_of(spec, path.parent) as reel,
        OverlayEncoder(path, spec.quality.fps, spec.size) as encoder,
    ):
        FilmScene.show(reel, clock, encoder, range(clock.frames), shown)


class OverlayEncoder(FilmFile):
    """Writes one film with alpha; use as a context manager."""

    def __init__(self, path: Path, fps: int, size: tuple[int, int]) -> None:
        wrapping = WRAPPINGS[path.suffix]
        self._format = wrapping.pixels
        container = av.open(str(path), "w", format=wrapping.container)
        stream = cast(VideoStream, container.add_stream(wrapping.codec, rate=fps))
        (stream.width, stream.height), stream.pix_fmt = size, wrapping.pixels
        stream.options = dict(wrapping.options)
        super().__init__(container, stream, fps)
        width, height = size
        self._straight = np.zeros((height, width, 4), np.uint8)
        self._reformatter = VideoReformatter()

    def add(self, pixels: Pixels, changed: Iterable[Rect]) -> None:
        """Append ``pixels`` (H, W, 4, BGRA, premultiplied), of which only ``changed`` is new."""
        for left, top, right, bottom in changed:
            self._straight[top:bottom, left:right] = straight(pixels[top:bottom, left:right])
        frame = self._reformatter.reformat(
            VideoFrame.from_numpy_buffer(self._straight, format="bgra"),
            format=self._format,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.AREA,
        )
        self.put(frame)


def straight(pixels: Pixels) -> Pixels:
    """Colors that were multiplied by their alpha, as they were before; (H, W, 4)."""
    alpha = pixels[..., 3:].astype(np.uint16)
    if (alpha == 255).all():
        return pixels
    colors = (pixels[..., :3].astype(np.uint16) * 255 + alpha // 2) // np.maximum(alpha, 1)
    return np.concatenate([np.minimum(colors, 255), alpha], axis=2).astype(np.uint8)
