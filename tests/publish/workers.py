"""What the processes of a farm do in the tests."""

import errno
import os
import signal
from pathlib import Path
from typing import Any


def name_it(film, scratch: Path) -> Any:
    """The film's name, as if it were a film."""
    return str(film.stem)


def die_once(film, scratch: Path) -> Any:
    """End the process the first time that the English film is asked for."""
    marker = scratch / film.stem
    if film.language == "en" and not marker.exists():
        marker.touch()
        os._exit(1)
    return str(film.stem)


def die(film, scratch: Path) -> Any:
    """End the process each time."""
    os._exit(1)


def refuse(film, scratch: Path) -> Any:
    """A mistake of the user."""
    from engine import UserError

    raise UserError(f"{film.stem}: no")


def fail(film, scratch: Path) -> Any:
    """A fault in the English film; the others are whole."""
    if film.language == "en":
        raise ValueError("a fault of the program")
    return str(film.stem)


def fill(film, scratch: Path) -> Any:
    """A disk that takes no more."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def killed(film, scratch: Path) -> Any:
    """End the process by force each time that the English film is asked for."""
    if film.language == "en":
        os.kill(os.getpid(), signal.SIGKILL)
    return str(film.stem)


def process(film, scratch: Path) -> Any:
    """The number of the process at work."""
    return os.getpid()
