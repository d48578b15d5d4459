"""The ``thalweg`` command: every line of it calls something that a program could call too."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publish.film_command import film
from publish.options import Command, course_option, output_option, quality_option

if TYPE_CHECKING:
    from publish.course import Course


@click.group(
    cls=Command,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: thalweg run adagrad --set lr=0.4, then: thalweg build --quality draft",
)
@click.version_option(package_name="thalweg", prog_name="thalweg")
def main() -> None:
    """Animated lessons about optimization algorithms.

    A lesson is a folder with lesson.toml, en.md and zh.md. From it come films, an offline site
    with live sliders, and data files. Every update rule is written once, as a formula.
    """


def load(course_folder: Path) -> Course:
    """The validated course; the import waits, so that ``--help`` answers at once."""
    from publish.course import load_course

    return load_course(course_folder)


@main.command()
@course_option
@output_option
@quality_option
@click.option(
    "--only",
    multiple=True,
    metavar="LESSON",
    help="Build this lesson alone and keep the rest of the site; may be repeated.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Films rendered at the same time; one a processor core where not given.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Render on the Dask cluster of this scheduler, tcp://HOST:8786, instead of here.",
)
def build(
    course_folder: Path,
    output: Path,
    quality: str,
    only: tuple[str, ...],
    jobs: int | None,
    scheduler: str | None,
) -> None:
    """Render the films and write the site to DIR/site.

    Films that were rendered before are taken from the store. Nothing is replaced before everything
    is made: when a lesson has a mistake or the build is interrupted, the site that was there stays.
    """
    from publish.seal import is_current, take_inputs

    if jobs and scheduler:
        raise click.UsageError("--jobs is for this machine; a --scheduler has workers of its own")
    inputs = take_inputs(course_folder, output)
    page = output / "site" / "index.html"
    if is_current(inputs, output, quality, only):
        click.echo(f"nothing to do: {page} is up to date")
        return
    from publish.build import build_folder
    from publish.cluster import cluster_farm
    from publish.farm import render_films
    from publish.progress import Progress

    farm = cluster_farm(scheduler) if scheduler else partial(render_films, jobs=jobs)
    with Progress() as progress:
        build_folder(course_folder, output, quality, only, progress, farm, click.echo, inputs)
    click.echo(f"built {page}")


@main.command()
@course_option
@output_option
@click.option("--prune", is_flag=True, help="Remove the films that no lesson uses.")
def cache(course_folder: Path, output: Path, prune: bool) -> None:
    """Show the size of the store of rendered films, DIR/.store.

    A film is in use when the course, as it is now, shows it in any quality.
    """
    from publish.cache import describe
    from publish.cache import prune as prune_store

    course = load(course_folder)
    for line in (prune_store if prune else describe)(course, output):
        click.echo(line)


@main.command()
@course_option
def check(course_folder: Path) -> None:
    """Validate the lessons without rendering anything."""
    from publish.catalog import notes
    from publish.check import checked_course

    course = checked_course(course_folder)
    count = len(course.lessons)
    for note in notes(course.catalogs):
        click.echo(note)
    click.echo(f"{course_folder}: {count} lesson{'s' * (count != 1)}, no mistakes")


main.add_command(film)


@main.command(name="list")
@click.argument(
    "what",
    type=click.Choice(["optimizers", "objectives", "lessons"]),
    required=False,
)
@course_option
def list_command(what: str | None, course_folder: Path) -> None:
    """List what there is to choose from."""
    from publish.listings import lines

    for line in lines(what, course_folder):
        click.echo(line)


@main.command()
@click.argument("optimizer")
@click.option(
    "--objective",
    default="valley",
    show_default=True,
    metavar="NAME_OR_FORMULA",
    help="A name from 'thalweg list objectives', or any formula in x1 and x2.",
)
@click.option("--start", metavar="X1,X2", help="Where the run starts; --start=-5,-2 for instance.")
@click.option("--steps", type=int, default=50, show_default=True)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A hyper-parameter; may be repeated.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="table for reading; csv and json in full precision.",
)
@course_option
def run(
    optimizer: str,
    objective: str,
    start: str | None,
    steps: int,
    settings: tuple[str, ...],
    form: str,
    course_folder: Path,
) -> None:
    """Run OPTIMIZER and print its path."""
    from publish.runs import run_text

    click.echo(
        run_text(optimizer, objective, start, steps, settings, form, course_folder), nl=False
    )


@main.command()
@output_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="0 takes any free port.",
)
def serve(output: Path, port: int) -> None:
    """Show the built site at http://127.0.0.1:PORT until Ctrl-C."""
    from publish.serve import make_server

    with make_server(output / "site", port) as server:
        click.echo(f"serving {output / 'site'} at http://127.0.0.1:{server.server_port}")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped")


if __name__ == "__main__":
    sys.exit(main())
