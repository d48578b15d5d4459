"""Proof that a film's file is whole: it is decoded from its first frame to its last."""

from __future__ import annotations

from scenes.finished import Film


def proven(film: Film) -> Film:
    """The film itself, when all its frames decode.

    Raises:
        ValueError: the file holds fewer frames than the film has, or is no film.
    """
    import av

    count = 0
    try:
        with av.open(str(film.video)) as container:
            stream = container.streams.video[0]
            stream.codec_context.options = {"skip_loop_filter": "all"}
            count = sum(1 for _ in container.decode(stream))
    except (av.FFmpegError, IndexError) as error:
        raise ValueError(f"{film.video.name} does not decode: {error}") from None
    if count != film.frames:
        raise ValueError(f"{film.video.name} has {count} frames that decode, not {film.frames}")
    return film
