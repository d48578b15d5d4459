"""Builds by the command line, timed as a user sees them."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def build_seconds(course: Path, output: Path, quality: str, *options: str) -> float:
    """Wall seconds of ``thalweg build``; raises CalledProcessError where it fails."""
    command = [sys.executable, "-m", "publish", "build", "--course", str(course)]
    command += ["--output", str(output), "--quality", quality, *options]
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own words
    return time.perf_counter() - start


def edit_prose(course: Path) -> None:
    """Add a sentence to one English lesson."""
    page = sorted(course.glob("*/en.md"))[0]
    page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")


def videos(output: Path) -> dict[str, Path]:
    """The films of a built site by their stems."""
    return {path.stem: path for path in sorted((output / "site" / "films").glob("*.mp4"))}


@contextmanager
def local_cluster() -> Iterator[str]:
    """The address of a Dask cluster on this machine, one worker process a core."""
    from distributed import LocalCluster

    logging.getLogger("distributed").setLevel(logging.ERROR)
    workers = os.cpu_count() or 1
    with LocalCluster(workers, threads_per_worker=1, dashboard_address=":0") as cluster:
        yield cluster.scheduler_address
