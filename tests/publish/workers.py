"""What the processes of a farm do in the tests."""

import os
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
