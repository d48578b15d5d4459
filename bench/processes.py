"""Work in fresh processes, as many at once as there are cores."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

CORES = os.cpu_count() or 1


def in_processes(work: Callable[..., Any], arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
    """``work`` of each tuple of arguments, in fresh processes on all cores."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(CORES, len(arguments)), context) as pool:
        return [job.result() for job in [pool.submit(work, *each) for each in arguments]]
