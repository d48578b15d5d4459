"""Films on a cluster: the same jobs on the workers of a Dask scheduler, back as data."""

from __future__ import annotations

import logging
import uuid
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

import scenes
from engine.errors import UserError
from publish.cluster_job import Kit, SentFilm, check_kit, check_threads, kit, kit_for, render_there
from publish.farm import Farm, Progress, hand_over
from publish.plan import PlannedFilm
from scenes import Film

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECTING = 10.0
WAITING = 30.0
"""Seconds to reach a scheduler with a worker, and of silence after which workers are counted."""


def cluster_farm(address: str) -> Farm:
    """A farm for `publish.build.build` that renders on the Dask cluster at ``address``.

    Workers share no disk with this machine; each has one thread, since Manim's settings belong to
    a process. A film whose worker is lost is rendered by another one.

    The farm raises:
        UserError: the package distributed is missing here, the scheduler or its workers cannot be
            reached or do not fit, or films cannot be rendered (one line each).
    """

    def farm(films: Sequence[PlannedFilm], scratch: Path, progress: Progress) -> list[Film]:
        if not films:
            return []
        with connected(address) as client:
            check_workers(client, address, kit())
            order = Order(client, address, scratch, progress)
            return order.run(films, kit())

    return farm


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the scheduler; leaving it cancels what is still to be done.

    Raises:
        UserError: distributed is not installed, or nothing answers there.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UserError(
            "a cluster needs the package distributed; "
            "install it with: .venv/bin/python -m pip install -e '.[cluster]'"
        ) from None
    try:
        client = Client(address, timeout=CONNECTING, set_as_default=False, name="thalweg")
    except (OSError, ValueError, TypeError) as error:
        raise UserError(
            f"no Dask scheduler answers at {address!r} ({str(error) or type(error).__name__}); "
            "start one with 'dask scheduler' and name the address that it prints, "
            "such as tcp://192.168.1.10:8786"
        ) from None
    log = logging.getLogger("distributed.client")
    level = log.level
    # It logs a lost connection with a traceback; here that is an error, told in one line.
    log.setLevel(logging.CRITICAL)
    try:
        with client:
            yield client
    finally:
        log.setLevel(level)


def check_workers(client: Client, address: str, ours: Kit) -> None:
    """Refuse a cluster without workers, and workers whose films would differ or fail.

    Raises:
        UserError: there are none, or one does not fit.
    """
    try:
        client.wait_for_workers(1, timeout=CONNECTING)
    except TimeoutError:
        raise UserError(
            f"the scheduler at {address} has no workers; "
            f"start some with: dask worker {address} --nthreads 1 --nworkers 2"
        ) from None
    for worker, threads in client.nthreads().items():
        check_threads(worker, threads)
    # Python's own function first: a worker that lacks Thalweg can still answer it.
    for worker, version in client.run(metadata.version, "thalweg", on_error="return").items():
        if isinstance(version, metadata.PackageNotFoundError):
            check_kit(worker, {"thalweg": ""}, ours)
        elif isinstance(version, str):
            check_kit(worker, {"thalweg": version}, ours)
    for worker, theirs in client.run(kit, on_error="return").items():
        if isinstance(theirs, dict):
            check_kit(worker, theirs, ours)
        elif isinstance(theirs, ImportError | AttributeError):
            raise UserError(
                f"the worker {worker} has other code ({theirs}); set up both machines from the "
                "same checkout, and start the worker again"
            )


class ConnectionLostError(UserError):
    """The scheduler is gone, and with it all jobs."""


class Order:
    """The films of one build, from the first job to the last file.

    No more jobs are out than there are workers: with a worker that dies, the scheduler blames all
    the films that it was given, also those that it had not begun. The longest films come first, so
    that at the end no worker is long alone at one.
    """

    def __init__(self, client: Client, address: str, scratch: Path, progress: Progress) -> None:
        self.client, self.address = client, address
        self.scratch, self.progress = scratch, progress
        self.topic = f"thalweg-{uuid.uuid4().hex}"
        self._news: SimpleQueue[Any] = SimpleQueue()
        self._out: dict[Future[SentFilm], PlannedFilm] = {}

    def run(self, films: Sequence[PlannedFilm], ours: Kit) -> list[Film]:
        """Hand out the films, fetch each as soon as it is finished, return them in order.

        Raises:
            UserError: films could not be rendered; told when the others are finished.
        """
        self.client.subscribe_topic(self.topic, lambda event: self._news.put(event[1]))
        left = deque(sorted(films, key=frames, reverse=True))
        done: dict[str, Film] = {}
        failed: list[str] = []
        while left or self._out:
            while left and len(self._out) < max(1, self._workers()):
                self._hand_out(left.popleft(), ours)
            future = self._finished()
            planned = self._out.pop(future)
            try:
                sent = self._fetch(future, planned)
            except ConnectionLostError:
                raise
            except UserError as error:
                failed.append(str(error))
                continue
            done[planned.stem] = write(sent, self.scratch / planned.stem)
            hand_over(self.progress, planned, done[planned.stem])
        if failed:
            raise UserError("\n".join(dict.fromkeys(failed)))
        return [done[film.stem] for film in films]

    def _hand_out(self, planned: PlannedFilm, ours: Kit) -> None:
        future = self.client.submit(
            render_there,
            planned,
            self.topic,
            kit_for(planned, ours),
            key=f"{self.topic}-{planned.stem}",
        )
        self._out[future] = planned
        future.add_done_callback(self._news.put)

    def _finished(self) -> Future[SentFilm]:
        """The next job that has ended; what is reported meanwhile is passed on."""
        while True:
            try:
                message = self._news.get(timeout=WAITING)
            except Empty:
                if not self._workers():
                    raise UserError(
                        f"the scheduler at {self.address} has lost all its workers; "
                        "start some and build again"
                    ) from None
                continue
            if not isinstance(message, tuple | list):
                finished: Future[SentFilm] = message
                return finished
            self.progress(*message)

    def _fetch(self, future: Future[SentFilm], planned: PlannedFilm) -> SentFilm:
        """What a worker made.

        Raises:
            UserError: it failed.
            ConnectionLostError: so did the scheduler.
        """
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        where = f"the film {planned.stem} could not be rendered"
        try:
            sent: SentFilm = future.result()
        except UserError:
            raise
        except FutureCancelledError:
            raise self._lost() from None
        except KilledWorker:
            raise UserError(
                f"{where}: its worker ended abruptly each time; is there enough memory?"
            ) from None
        except Exception as error:
            raise UserError(f"{where} on the cluster: {type(error).__name__}: {error}") from error
        return sent

    def _workers(self) -> int:
        try:
            return len(self.client.nthreads())
        except OSError:
            raise self._lost() from None

    def _lost(self) -> ConnectionLostError:
        return ConnectionLostError(
            f"the connection to the scheduler at {self.address} is lost; "
            "the films that have arrived are kept, so build again when it runs"
        )


def frames(planned: PlannedFilm) -> int:
    """How many frames a film has; 0 where it has a mistake, which its worker tells."""
    try:
        return scenes.timeline(planned.spec).frames
    except UserError:
        return 0


def write(sent: SentFilm, folder: Path) -> Film:
    """Write the files of a film that has arrived into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    film = sent.film
    video, poster = folder / film.video.name, folder / film.poster.name
    preview = folder / film.preview.name
    video.write_bytes(sent.video)
    poster.write_bytes(sent.poster)
    preview.write_bytes(sent.preview)
    return replace(film, video=video, poster=poster, preview=preview)
