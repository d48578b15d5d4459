"""Films on a local cluster of worker processes: lost workers, mistakes, cancelling."""

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from click.testing import CliRunner
from distributed import Client, LocalCluster

import scenes
from engine import UserError
from publish import cluster
from publish.cli import main
from publish.cluster import cluster_farm
from publish.cluster_job import kit
from publish.farm import quiet
from publish.plan import films
from scenes import Quality
from tests.publish.conftest import fake_farm
from tests.scenes.films import changed

OTHER = {**kit(), "manim": "0.1"}
TOLD = r"the worker tcp://\S+ has manim [\d.]+, this machine 0\.1;"
TINY = Quality("tiny", 90, 5, 30, "ultrafast")


@pytest.fixture(autouse=True)
def collected() -> None:
    """A client that could not connect must be gone before another one starts.

    Where it is collected in the midst of that, distributed waits for a lock that it holds itself.
    """
    gc.collect()


@pytest.fixture(scope="module")
def running() -> Iterator[LocalCluster]:
    """Two worker processes of one thread each."""
    with local_cluster(2) as running:
        yield running


@pytest.fixture(scope="module")
def planned(small_course):
    """One short film in both languages."""
    return tiny(small_course, steps=3)


def tiny(course, steps):
    return [
        replace(film, spec=changed(film.spec, quality=TINY, steps=steps, explained=1, cues=()))
        for film in films(course)[:2]
    ]


def local_cluster(workers, **settings):
    settings = {"threads_per_worker": 1, "processes": True, **settings}
    return LocalCluster(n_workers=workers, dashboard_address=":0", silence_logs="ERROR", **settings)


class Killer:
    """A progress callback that kills the worker of a film, once, in the midst of it."""

    def __init__(self, address: str, stem: str) -> None:
        self.address, self.stem = address, stem
        self.killed = 0
        self.reports: list[int] = []

    def __call__(self, name: str, done: int, total: int) -> None:
        if name != self.stem:
            return
        self.reports.append(done)
        if self.killed:
            return
        with Client(self.address, set_as_default=False) as client:
            busy = [
                worker
                for worker, keys in client.processing().items()
                if any(str(key).endswith(name) for key in keys)
            ]
            [self.killed] = client.run(os.getpid, workers=busy).values()
            os.kill(self.killed, signal.SIGKILL)


def test_a_lost_worker_is_replaced_and_the_bytes_are_those_of_one_machine(
    running, planned, tmp_path
):
    killer = Killer(running.scheduler_address, planned[0].stem)
    made = cluster_farm(running.scheduler_address)(planned, tmp_path / "there", killer)
    assert killer.killed
    assert killer.reports.count(10) == 2
    assert killer.reports[-1] == made[0].frames
    for film, one in zip(planned, made, strict=True):
        here = scenes.render(film.spec, tmp_path / "here")
        assert one.video.parent == tmp_path / "there" / film.stem
        assert one.video.read_bytes() == here.video.read_bytes()
        assert one.poster.read_bytes() == here.poster.read_bytes()
        assert one.preview.read_bytes() == here.preview.read_bytes()
        assert replace(one, video=here.video, poster=here.poster, preview=here.preview) == here


def test_a_film_that_ends_every_worker_is_told_and_the_others_are_made(
    running, planned, tmp_path, monkeypatch
):
    monkeypatch.setattr(running.scheduler, "allowed_failures", 0)
    killer = Killer(running.scheduler_address, planned[0].stem)
    with pytest.raises(UserError, match="first-descent-en could not be rendered: its worker"):
        cluster_farm(running.scheduler_address)(planned, tmp_path, killer)
    assert (tmp_path / planned[1].stem / f"{planned[1].stem}.mp4").stat().st_size > 0
    assert not (tmp_path / planned[0].stem).exists()


def test_a_mistake_of_one_film_is_told_after_the_others_are_made(running, planned, tmp_path):
    [shot] = planned[0].spec.shots
    shot = replace(shot, panes=(replace(shot.panes[0], optimizer="adagrda"),))
    spec = copy(planned[0].spec)
    object.__setattr__(spec, "shots", (shot,))  # a spec that is checked when it is made is right
    wrong = replace(planned[0], spec=spec)
    with pytest.raises(UserError, match="did you mean 'adagrad'"):
        cluster_farm(running.scheduler_address)([wrong, planned[1]], tmp_path, quiet)
    assert (tmp_path / planned[1].stem / f"{planned[1].stem}.mp4").exists()


def test_an_interrupted_build_frees_the_workers(running, small_course, tmp_path):
    def interrupt(name, done, total):
        raise KeyboardInterrupt

    def executing(dask_worker):
        return dask_worker.state.executing_count

    long = tiny(small_course, steps=5000)
    with pytest.raises(KeyboardInterrupt):
        cluster_farm(running.scheduler_address)(long, tmp_path, interrupt)
    with Client(running.scheduler_address, set_as_default=False) as client:
        while any(client.run(executing).values()):
            time.sleep(0.2)
        assert not any(client.processing().values())


def test_a_lost_scheduler_is_told_in_one_line(small_course, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECTING", 60.0)  # a busy machine starts the worker slowly
    dask_command = str(Path(sys.executable).with_name("dask"))
    note = tmp_path / "scheduler.json"
    words = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(note)]
    with ExitStack() as stack:
        scheduler = stack.enter_context(process(dask_command, *words, "--no-dashboard"))
        while not note.exists():
            assert scheduler.poll() is None
            time.sleep(0.1)
        address = json.loads(note.read_text())["address"]
        words = ["worker", address, "--nthreads", "1", "--nworkers", "1", "--no-dashboard"]
        stack.enter_context(process(dask_command, *words, "--local-directory", str(tmp_path)))
        with pytest.raises(
            UserError, match=f"the connection to the scheduler at {address} is lost"
        ):
            cluster_farm(address)(
                tiny(small_course, steps=500), tmp_path, lambda *_: scheduler.kill()
            )


@contextmanager
def process(*command):
    """A program that runs meanwhile."""
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=silent, stderr=silent) as started:
        try:
            yield started
        finally:
            started.terminate()


def test_no_films_need_no_cluster(tmp_path):
    assert cluster_farm("tcp://127.0.0.1:1")([], tmp_path, quiet) == []


def test_other_libraries_are_refused(running):
    with (
        Client(running.scheduler_address, set_as_default=False) as client,
        pytest.raises(UserError, match=TOLD),
    ):
        cluster.check_workers(client, running.scheduler_address, OTHER)


def test_a_worker_that_joins_late_is_checked_too(running, planned, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "check_workers", lambda *_: None)
    monkeypatch.setattr(cluster, "kit", lambda: OTHER)
    with pytest.raises(UserError, match=TOLD):
        cluster_farm(running.scheduler_address)(planned[:1], tmp_path, quiet)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (
            [PackageNotFoundError("thalweg")],
            r"w has thalweg \(not installed\), this machine [\d.]+;",
        ),
        (["0.0.1"], r"w has thalweg 0\.0\.1, this machine [\d.]+;"),
        (
            [OTHER["thalweg"], ImportError("no such module")],
            r"w has other code \(no such module\);",
        ),
    ],
)
def test_a_worker_of_another_time_is_told(answers, told):
    class Bare:
        """A client of a worker that cannot import what it is asked."""

        def wait_for_workers(self, count, timeout):
            pass

        def nthreads(self):
            return {"w": 1}

        def run(self, function, *words, on_error):
            return {"w": answers.pop(0)}

    with pytest.raises(UserError, match=told):
        cluster.check_workers(Bare(), "a", OTHER)  # type: ignore[arg-type]


def test_workers_with_threads_are_refused(planned, tmp_path):
    with (
        local_cluster(1, processes=False, threads_per_worker=3, protocol="tcp") as running,
        pytest.raises(UserError, match=r"has 3 threads.*--nthreads 1 --nworkers 3$"),
    ):
        cluster_farm(running.scheduler_address)(planned, tmp_path, quiet)


def test_a_scheduler_without_workers_is_told(planned, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECTING", 1.0)
    with (
        local_cluster(0, processes=False, protocol="tcp") as running,
        pytest.raises(UserError, match="has no workers; start some with: dask worker tcp://"),
    ):
        cluster_farm(running.scheduler_address)(planned, tmp_path, quiet)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{port}", "127.0.0.1", "nowhere://x", ""])
def test_no_scheduler_is_told_in_one_line(address, planned, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECTING", 0.5)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = address.format(port=closed.getsockname()[1])
        with pytest.raises(UserError, match="no Dask scheduler answers at") as told:
            cluster_farm(address)(planned, tmp_path, quiet)
    assert "\n" not in str(told.value)


def test_a_missing_extra_names_the_command(planned, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError, match=r"pip install -e '\.\[cluster\]'$"):
        cluster_farm("tcp://127.0.0.1:1")(planned, tmp_path, quiet)


def test_the_command_builds_on_the_scheduler_named(folder, tmp_path, monkeypatch):
    used = []
    monkeypatch.setattr(cluster, "cluster_farm", {"tcp://a:1": fake_farm}.__getitem__)
    monkeypatch.setattr("publish.build.build_folder", lambda *words: used.extend(words))
    words = ["build", "--course", folder, "--output", tmp_path / "out", "--scheduler", "tcp://a:1"]
    done = CliRunner().invoke(main, list(map(str, words)))
    assert done.exit_code == 0, done.output
    assert used.count(fake_farm) == 1


def test_jobs_and_a_scheduler_exclude_each_other(tmp_path):
    words = ["build", "--output", str(tmp_path), "--jobs", "2", "--scheduler", "tcp://a:1"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert "--jobs is for this machine" in done.output
