"""What the processes of a farm do in the tests."""

import errno
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

from publish import farm
from publish.plan import PlannedFilm
from scenes import Film


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


def finish_at_second_try(film: PlannedFilm, scratch: Path) -> Film:
    """Join a film and die by force before that is told; the second time all goes well."""
    made = farm.finish(film, scratch)
    if noted(scratch, "joined"):
        return made
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("this process should be dead")


def no_part(film: PlannedFilm, part: int, scratch: Path) -> None:
    """A part that takes no time."""


def die_after_a_part(film: PlannedFilm, part: int, scratch: Path) -> None:
    """The process at part 0 dies by force while it idles; part 1 takes until then."""
    if part == 0:
        (scratch / "idle").write_text(str(os.getpid()))
        threading.Thread(target=die_when_idle, daemon=True).start()
        return
    while not (scratch / "idle").exists() or alive(int((scratch / "idle").read_text() or 0)):
        time.sleep(0.02)


def die_when_idle() -> None:
    """End this process by force once it has told its result and waits for another job."""
    main = threading.main_thread().ident or 0
    while sys._current_frames()[main].f_code.co_name != "_recv":
        time.sleep(0.02)
    os.kill(os.getpid(), signal.SIGKILL)


def alive(number: int) -> bool:
    """Whether a process runs; one that has died with all its threads and is not yet missed doesn't.

    A process with a thread that is still ending cannot be missed yet.
    """
    process = Path(f"/proc/{number}")
    try:
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z" or len(list((process / "task").iterdir())) > 1
    except FileNotFoundError:
        return number == 0


def noted(scratch: Path, name: str) -> bool:
    """Whether this was noted before; it is from now on."""
    before = (scratch / name).exists()
    (scratch / name).touch()
    return before
