"""Worker processes, each with a pipe of its own, so that a dead one is noticed and known."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from engine.errors import UserError
from publish.schedule import Job

DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
PATIENCE = 5.0
"""Seconds that an idle worker has to end by itself."""

_pipe: Connection[Any, Any] | None = None


@dataclass(frozen=True)
class Report:
    """How far a job has come."""

    name: str
    done: int
    total: int


@dataclass(frozen=True)
class Result:
    """What a job gave back."""

    value: Any


@dataclass(frozen=True)
class Failure:
    """Why a job failed: a user's mistake, a disk that takes no more, or a fault, such as a death.

    Only a fault may pass when the job is tried again.
    """

    kind: Literal["mistake", "disk", "fault"]
    cause: str


Message = Report | Result | Failure


class Worker:
    """One process; ``job`` is what it is at, ``films`` what it has been at, ``film`` the last."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs,), daemon=True)
        with deaf():
            self.process.start()
        theirs.close()
        self.job: Job | None = None
        self.film: int | None = None
        self.films: set[int] = set()

    def give(self, job: Job, work: Callable[..., Any], *arguments: Any) -> None:
        """Start a job; a worker that has died meanwhile is noticed by `news`."""
        self.job = job
        if job.part is not None:
            self.film = job.film
        self.films.add(job.film)
        with suppress(BrokenPipeError):
            self.pipe.send((work, arguments))

    def news(self) -> Iterator[Message]:
        """What has come from the process; its death comes as a Failure, and last."""
        try:
            while self.pipe.poll():
                yield self.pipe.recv()
        except (EOFError, OSError):
            self.process.join()
            yield Failure("fault", f"its process ended abruptly ({ending(self.process.exitcode)})")

    def end(self, *, kill: bool = False) -> None:
        """End the process: when it is idle, or at once."""
        if kill:
            self.process.terminate()
        self.pipe.close()
        self.process.join(PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def ready(workers: list[Worker]) -> list[Worker]:
    """Wait for news and say which workers have some."""
    pipes = {worker.pipe: worker for worker in workers}
    return [pipes[pipe] for pipe in connection.wait(list(pipes)) if isinstance(pipe, Connection)]


def ending(code: int | None) -> str:
    """A process's exit code in words."""
    if code is not None and code < 0:
        with suppress(ValueError):
            return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"


@contextmanager
def deaf() -> Iterator[None]:
    """Processes started in here never hear Ctrl-C: the build tells them when to end."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(pipe: Connection[Any, Any]) -> None:
    """The life of a worker: do what comes, until the pipe or the parent ends."""
    global _pipe  # noqa: PLW0603  a process has one pipe, given when it starts
    _pipe = pipe
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    threading.Thread(target=follow_parent, daemon=True).start()
    while True:
        try:
            work, arguments = pipe.recv()
        except EOFError:
            return
        try:
            answer: Message = Result(work(*arguments))
        except Exception as error:
            answer = failure(error)
        pipe.send(answer)


def follow_parent() -> None:
    """End this process when the one that started it has ended, even by force."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)
        os._exit(1)


def failure(error: Exception) -> Failure:
    """An exception as data that crosses processes."""
    if isinstance(error, UserError):
        return Failure("mistake", str(error))
    number = getattr(error, "errno", None)
    if number in DISK:
        return Failure("disk", os.strerror(number))
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return Failure("fault", f"{type(error).__name__}: {error}{place}")


def report(name: str, done: int, total: int) -> None:
    """Tell the build, from within a job, how far it has come."""
    if _pipe is not None:
        _pipe.send(Report(name, done, total))
