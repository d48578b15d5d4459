"""``thalweg film``: one film of a lesson in any of its forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from publish.options import course_option

QUALITIES = ("draft", "standard", "high", "4k")
BELONGS = {
    "film": {"quality", "fps", "output"},
    "overlay": {"quality", "fps"},
    "still": {"quality", "shot"},
    "preview": set(),
    "storyboard": set(),
}
"""The options that go with each form of a film."""


@click.command()
@click.argument("lesson")
@click.argument("film")
@click.option("--language", default="en", show_default=True, help="The film's language.")
@click.option(
    "-o",
    "--output-file",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help="The file to write. Beside a film (.mp4) come captions (.vtt) and a poster (.png).",
)
@course_option
@click.option(
    "--quality", type=click.Choice(QUALITIES), help="Size and rate; standard if not given."
)
@click.option("--fps", type=click.IntRange(1, 120), metavar="N", help="Frames a second, 1 to 120.")
@click.option("--form", type=click.Choice(["wide", "square", "tall"]), help="16:9, square or 9:16.")
@click.option("--theme", type=click.Choice(["dark", "light"]), help="The colors.")
@click.option(
    "--still",
    type=click.IntRange(min=0),
    metavar="STEP",
    help="Write the picture (.png) at a step, or a sweep's stop, of a shot instead.",
)
@click.option("--shot", metavar="NAME|N", help="The shot of the still, by name or number.")
@click.option("--storyboard", is_flag=True, help="Write samples on one sheet (.png) instead.")
@click.option("--preview", is_flag=True, help="Write a few small looping seconds (.mp4) instead.")
@click.option(
    "--overlay",
    is_flag=True,
    help="Leave out the ground, for editors: ProRes 4444 (.mov) or VP9 (.webm).",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Take the film from this build, if it has been rendered there.",
)
def film(
    lesson: str,
    film: str,
    language: str,
    output_file: Path,
    course_folder: Path,
    form: str | None,
    theme: str | None,
    **options: Any,
) -> None:
    """Render one FILM of one LESSON."""
    kind = kind_of(options)
    from publish import film as films
    from publish.check import checked_course
    from publish.progress import Progress

    look = films.Look(options["quality"] or "standard", options["fps"], form, theme)
    course = checked_course(course_folder, lambda made: (made.lesson, made.film) == (lesson, film))
    found = films.find_film(course, lesson, film, language, look)
    with Progress() as progress:
        if kind == "still":
            films.write_still(found, output_file, options["still"], options["shot"])
        elif kind == "storyboard":
            films.write_storyboard(found, output_file)
        elif kind == "preview":
            films.write_preview(found, output_file)
        elif kind == "overlay":
            films.write_overlay(found, output_file, progress)
        else:
            films.write_film(found, output_file, progress, options["output"])
    click.echo(f"wrote {output_file}")


def kind_of(options: dict[str, Any]) -> str:
    """The one form that is asked for; every other option must go with it."""
    given = [name for name, value in options.items() if value is not None and value is not False]
    kinds = [name for name in given if name in BELONGS]
    if len(kinds) > 1:
        raise click.UsageError(
            f"--{kinds[0]} and --{kinds[1]} are two forms of a film: ask for one"
        )
    kind = kinds[0] if kinds else "film"
    for name in given:
        if name not in kinds and name not in BELONGS[kind]:
            if kind == "film":
                raise click.UsageError(f"--{name} goes with --still")
            raise click.UsageError(f"--{name} does not go with --{kind}; leave it out")
    return kind
