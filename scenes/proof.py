"""Proof that a film's files are whole: they are decoded from their first frame to their last."""

from __future__ import annotations

from pathlib import Path

from scenes.finished import Film


def proven(film: Film) -> Film:
    """The film itself, when all its frames decode, and those of its preview.

    Raises:
        ValueError: the file holds fewer frames than the film has, or one is no film.
    """
    for path, frames in ((film.video, film.frames), (film.preview, None)):
        count, told = frames_in(path)
        if count != (frames or told):
            raise ValueError(f"{path.name} has {count} frames that decode, not {frames or told}")
    return film


def frames_in(path: Path) -> tuple[int, int]:
    """The frames of a file that decode, and those that it claims to have.

    Raises:
        ValueError: it is no film, or breaks off.
    """
    import av

    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            stream.codec_context.options = {"skip_loop_filter": "all"}
            return sum(1 for _ in container.decode(stream)), stream.frames
    except (av.FFmpegError, IndexError) as error:
        raise ValueError(f"{path.name} does not decode: {error}") from None
