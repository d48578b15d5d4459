"""Progress: bars in a terminal, a plain line for each finished film elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars

ALL = "films"
"""The name under which a build tells how many of its films are there."""


class Progress:
    """A callable ``progress(name, done, total)``: one bar for the build, one a running film.

    Without a terminal each finished film is a line on the standard output.
    """

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not self._live,
        )
        self._tasks: dict[str, TaskID] = {}
        self._finished: set[str] = set()
        self._found = self._total = 0

    def __enter__(self) -> Progress:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def __call__(self, name: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` parts of ``name`` are finished."""
        if name == ALL:
            self._found, self._total = done, total
            self._show(ALL, done, total)
        elif name in self._finished:
            return
        elif done < total:
            self._show(name, done, total)
        else:
            self._finish(name)

    def _show(self, name: str, done: int, total: int) -> None:
        """Move a bar, which is new the first time."""
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=total)
        self._bars.update(self._tasks[name], completed=done, total=total)

    def _finish(self, name: str) -> None:
        """A film is finished: its bar goes, the build's moves on."""
        self._finished.add(name)
        if name in self._tasks:
            self._bars.remove_task(self._tasks.pop(name))
        count = self._found + len(self._finished)
        if ALL in self._tasks:
            self._show(ALL, count, self._total)
        if not self._live:
            order = f" ({count} of {self._total})" if self._total else ""
            sys.stdout.write(f"rendered {name}{order}\n")
            sys.stdout.flush()
