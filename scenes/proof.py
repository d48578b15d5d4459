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
            for _ in container.decode(video=0):
                count += 1
    except (av.FFmpegError, IndexError) as error:
        raise ValueError(f"{film.video.name} does not decode: {error}") from None
    if count != film.frames:
        raise ValueError(f"{film.video.name} has {count} frames that decode, not {film.frames}")
    return film
