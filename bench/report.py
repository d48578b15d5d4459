"""The figures as a file for programs and a table for people."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

Figures = dict[str, float | None]

ROWS = (
    ("expert_ratio", "time of an expert's Manim scenes at once over ours", ">= 2", "{:.2f}"),
    ("parallel_ratio", "time of tutorial scenes at once over ours", ">= 4", "{:.2f}"),
    ("size_ratio", "our bytes over those of tutorial scenes", "<= 0.2", "{:.3f}"),
    ("ssim", "SSIM against the lossless frames, worst film", ">= 0.98", "{:.4f}"),
    ("floor_ratio", "our time over encoding finished frames", "<= 1.25", "{:.2f}"),
    ("jobs2_ratio", "one job's time over two jobs'", ">= 1.7", "{:.2f}"),
    ("dask_ratio", "local Dask's time over the process pool's", "<= 1.1", "{:.2f}"),
    ("noop_s", "unchanged rebuild, seconds", "< 1", "{:.2f}"),
    ("noop_ratio", "unchanged rebuild over a cold draft build", "<= 0.02", "{:.4f}"),
    ("prose_edit_s", "rebuild after an edit of prose, seconds", "< 2", "{:.2f}"),
    ("worker_mb_1080p", "a worker's memory at 1080p, MB", "< 600", "{:.0f}"),
    ("worker_mb_4k", "a worker's memory at 4K, MB", "< 1536", "{:.0f}"),
)


def write_report(figures: Figures, path: Path, notes: list[str]) -> None:
    """Write ``figures`` as JSON, all keys and no others, and print them with ``notes``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {key: figures.get(key) for key, *_ in ROWS}
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    table = Table("figure", "what", "goal", "measured")
    for key, what, goal, form in ROWS:
        value = figures.get(key)
        table.add_row(key, what, goal, "not measured" if value is None else form.format(value))
    console = Console()
    console.print(table)
    for note in notes:
        console.print(note, highlight=False)
