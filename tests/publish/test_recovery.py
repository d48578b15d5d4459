"""Real builds of tiny films that are killed, interrupted, starved and run at the same time."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.publish.test_build import snapshot

ROOT = Path(__file__).parents[2]
COURSE = """\
lessons = ["tiny"]
title = {en = "Tiny"}
summary = {en = "A tiny course."}
"""
FILM = """\
[[films]]
name = "NAME"
optimizer = "sgd"
start = [-5, -2]
steps = STEPS
explained = 0
hyper = { lr = RATE }
"""
NAMES = ("one", "two")


@pytest.fixture
def course(tmp_path):
    """A course of two films of two steps, in one language."""
    folder = tmp_path / "course"
    (folder / "tiny").mkdir(parents=True)
    (folder / "course.toml").write_text(COURSE)
    write_films(folder, 0.1)
    text = "".join(f"@film {name} A film.\n\n" for name in NAMES)
    (folder / "tiny/en.md").write_text(f"# Tiny\n\nTwo films.\n\n{text}")
    return folder


def write_films(folder, rate, steps=2):
    films = (
        FILM.replace("NAME", name)
        .replace("RATE", str(rate + index / 100))
        .replace("STEPS", str(steps))
        for index, name in enumerate(NAMES)
    )
    (folder / "tiny/lesson.toml").write_text("\n".join(films))


def start(course, output, *options, limit=None):
    """Start a build in a session of its own that hears Ctrl-C, also where the tests do not."""

    def prepare():
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if limit:
            limit()

    command = [sys.executable, "-m", "publish", "build", "--quality", "draft"]
    command += ["--course", str(course), "--output", str(output), *options]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=prepare,
    )


def finish(build):
    """A build's exit code and what it said."""
    said, told = build.communicate(timeout=120)
    return build.returncode, said, told


def kept(output):
    """The times at which the kept films were written, by key."""
    return {path.parent.name: path.stat().st_mtime_ns for path in output.glob(".store/films/*/*4")}


def until(condition):
    """Wait for something to become true; what it was."""
    end = time.monotonic() + 60
    while not (found := condition()):
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)
    return found


def workers(build):
    """The processes at films in a build's session, by number."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if int(words[3]) == build.pid and words[0] != "Z" and b"spawn_main" in command:
            found.append(int(folder.name))
    return found


def painting(output):
    """Whether a worker has begun to write a film."""
    return list(output.glob(".building-*/films/*/0000.mp4"))


def test_killed_between_films_the_next_build_goes_on(course, tmp_path):
    output = tmp_path / "output"
    build = start(course, output, "--jobs", "1")
    first = until(lambda: kept(output))
    build.kill()
    finish(build)
    until(lambda: not workers(build))
    assert not (output / "site").exists()
    code, said, told = finish(start(course, output, "--jobs", "2"))
    assert (code, told) == (0, "")
    assert said.count("rendered") == 1
    assert first.items() <= kept(output).items()
    assert {path.name for path in output.iterdir()} == {"site", ".store"}

    films = {name: data for name, data in snapshot(output / "site").items() if "films/" in name}
    other = tmp_path / "other"
    assert finish(start(course, other, "--jobs", "2"))[0] == 0
    assert films == {name: (other / "site" / name).read_bytes() for name in films}


def test_a_killed_worker_is_replaced_and_ctrl_c_is_clean(course, tmp_path):
    output = tmp_path / "output"
    build = start(course, output, "--jobs", "1")
    until(lambda: painting(output))
    os.kill(workers(build)[0], signal.SIGKILL)
    code, said, _ = finish(build)
    assert (code, said.count("rendered")) == (0, 2)

    old = snapshot(output / "site")
    write_films(course, 0.2, steps=60)
    build = start(course, output)
    until(lambda: painting(output))
    os.killpg(build.pid, signal.SIGINT)
    code, _, told = finish(build)
    assert code == 130
    assert told.strip() == "thalweg: interrupted; what was there before is unchanged"
    assert workers(build) == []
    assert snapshot(output / "site") == old
    assert {path.name for path in output.iterdir()} == {"site", ".store"}


def test_a_full_disk_is_told_in_a_line(course, tmp_path):
    output = tmp_path / "output"
    (output / "site").mkdir(parents=True)
    (output / "site/index.html").write_text("the old site")

    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    code, _, told = finish(start(course, output, limit=small_files))
    assert code == 2
    assert "cannot be written: File too large" in told
    assert len(told.splitlines()) == 1
    assert snapshot(output / "site") == {"index.html": b"the old site"}
    assert {path.name for path in output.iterdir()} == {"site", ".store"}


def test_two_builds_at_once_share_the_work(course, tmp_path):
    output = tmp_path / "output"
    first = start(course, output)
    until(lambda: list(output.glob(".building-*")))
    second = start(course, output)
    ends = [finish(first), finish(second)]
    assert [code for code, _, _ in ends] == [0, 0]
    assert [told for _, _, told in ends] == ["", ""]
    assert ends[0][1].count("rendered") == 2
    assert "another build" in ends[1][1]
    assert ends[1][1].count("rendered") == 0
    assert (output / "site/films/tiny-two-en.mp4").is_file()
