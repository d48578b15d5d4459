"""``python -m bench``: measures, writes ``output/bench.json``, prints the table."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("edits", "jobs", "dask", "floor", "picture", "memory", "films")
AFTER_JOBS = {"dask", "floor", "picture"}


@click.command()
@click.option("--quick", is_flag=True, help="Two short draft films, to try the bench itself.")
@click.option("--only", multiple=True, metavar="LESSON", help="Compare the films of this lesson.")
@click.option("--part", "parts", multiple=True, type=click.Choice(PARTS), help="Measure this only.")
@click.option(
    "--whole", is_flag=True, help="With parts, too: all descents beside plain Manim, no sample."
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    default=ROOT / "output" / "bench.json",
    help="Where the figures are written.",
)
def main(
    quick: bool, only: tuple[str, ...], parts: tuple[str, ...], whole: bool, report: Path
) -> None:
    """Measure what the films cost, beside plain Manim.

    With --part films only a sample of the descents is compared, which takes five minutes.
    """
    # Processes that are spawned read this module again, and none of them needs all of these.
    from bench.measure import Bench
    from bench.quick import write_quick_course
    from bench.report import write_report

    chosen = [part for part in PARTS if not parts or part in parts]
    if AFTER_JOBS & set(chosen) and "jobs" not in chosen:
        chosen.insert(0, "jobs")
    scratch = Path(tempfile.mkdtemp(prefix="thalweg-bench-"))
    course = scratch / "lessons"
    if quick:
        write_quick_course(course)
    else:
        shutil.copytree(ROOT / "lessons", course)
    quality = "draft" if quick else "standard"
    sampled = bool(parts) and not whole and not quick
    bench = Bench(course, scratch, quality, only, 3 if quick else 40, sampled, click.echo)
    bench.notes.append(f"{'a quick course' if quick else 'the course'} at {quality}")
    try:
        for part in chosen:
            try:
                getattr(bench, part)()
            except (subprocess.CalledProcessError, ImportError) as error:
                bench.notes.append(f"{part} could not be measured: {error}")
    finally:
        bench.clear()
        write_report(bench.figures, report, bench.notes)


if __name__ == "__main__":
    main()
