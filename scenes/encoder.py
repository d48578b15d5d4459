"""Frames to an MP4 file: H.264, yuv420p, BT.709, index first; converts only what changed."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import av
import numpy as np
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from scenes.canvas import Pixels, Rect
from scenes.spec import Quality

BT709 = 1
MOST_REFORMATTERS = 64
CALM = "threads=1:me=dia:subme=1:rc-lookahead=5:cpu-independent=1"
"""A still picture with few moving parts gains nothing from a wider search.

Without ``cpu-independent`` x264's fast code at ``subme=1`` now and then gives other bytes for the
same frames in a process that has encoded before.
"""


class Taker(Protocol):
    """Whatever takes a film's frames."""

    def add(self, pixels: Pixels, changed: Iterable[Rect]) -> None:
        """Take the next frame (H, W, 4), of which only ``changed`` is new."""


class FilmFile:
    """An open film, whose frames are encoded as they come; use as a context manager."""

    def __init__(self, container: OutputContainer, stream: VideoStream, fps: int) -> None:
        self._container, self._stream = container, stream
        self._time_base = stream.time_base = Fraction(1, fps)
        context = stream.codec_context
        context.color_primaries = context.color_trc = context.colorspace = BT709
        context.color_range = ColorRange.MPEG.value
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            for packet in self._stream.encode(None):
                self._container.mux(packet)
        self._container.close()
        # Manim's scenes hold themselves and this in cycles; x264 alone keeps 120 MB at 1080p.
        del self._container, self._stream

    def put(self, frame: VideoFrame) -> None:
        """Append a frame (yuv420p) as it is."""
        frame.pts, frame.time_base = self._count, self._time_base
        self._count += 1
        for packet in self._stream.encode(frame):
            self._container.mux(packet)


class Encoder(FilmFile):
    """Writes one film; use as a context manager. One thread, so that the bytes never differ.

    ``frame`` holds the last picture that was added, as it is encoded.
    """

    def __init__(self, path: Path, quality: Quality, size: tuple[int, int]) -> None:
        container = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        stream = container.add_stream("libx264", rate=quality.fps)
        (stream.width, stream.height), stream.pix_fmt = size, "yuv420p"
        stream.options = {
            "preset": quality.preset,
            "crf": str(quality.crf),
            "threads": "1",
            "x264-params": f"keyint={quality.fps * 10}:{CALM}",
        }
        stream.codec_context.thread_count = 1
        super().__init__(container, stream, quality.fps)
        self.frame = VideoFrame(*size, "yuv420p")
        self._planes = [_view(plane) for plane in self.frame.planes]
        self._reformatters: dict[tuple[int, int], VideoReformatter] = {}

    def add(self, pixels: Pixels, changed: Iterable[Rect]) -> None:
        """Append ``pixels`` (H, W, 4, BGRx), of which only ``changed`` is new."""
        for rect in changed:
            self._convert(pixels, rect)
        self.encode()

    def encode(self) -> None:
        """Append the kept frame as it is."""
        self.put(self.frame)

    def _convert(self, pixels: Pixels, rect: Rect) -> None:
        """Convert one rectangle into the kept frame."""
        left, top, right, bottom = rect
        part = VideoFrame.from_numpy_buffer(pixels[top:bottom, left:right], format="bgra")
        size = (right - left, bottom - top)
        if size not in self._reformatters and len(self._reformatters) >= MOST_REFORMATTERS:
            self._reformatters.pop(next(iter(self._reformatters)))
        reformatter = self._reformatters.setdefault(size, VideoReformatter())
        done = reformatter.reformat(
            part,
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.AREA,
            threads=1,
        )
        for index, plane in enumerate(done.planes):
            half = 1 if index == 0 else 2
            target = self._planes[index]
            source = _view(plane)
            target[top // half : bottom // half, left // half : right // half] = source


def _view(plane: av.video.plane.VideoPlane) -> NDArray[np.uint8]:
    """The pixels of a plane (height, width), shared with it."""
    rows = np.asarray(memoryview(plane)).reshape(-1, plane.line_size)
    return np.asarray(rows[: plane.height, : plane.width], dtype=np.uint8)
