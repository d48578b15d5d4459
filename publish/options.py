"""What the commands share: common options, and how mistakes and interruptions are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from engine.errors import UserError

COURSE = Path("lessons")
OUTPUT = Path("output")
INTERRUPTED = 130

course_option = click.option(
    "--course",
    "course_folder",
    type=click.Path(path_type=Path),
    default=COURSE,
    show_default=True,
    metavar="DIR",
    help="The folder that holds course.toml and the lessons.",
)
output_option = click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=OUTPUT,
    show_default=True,
    metavar="DIR",
    help="Where the site is built, in DIR/site.",
)
quality_option = click.option(
    "--quality",
    type=click.Choice(["draft", "standard", "high", "4k"]),
    default="standard",
    show_default=True,
    help="Size and frame rate of the films.",
)


class Command(click.Group):
    """Turns a user's mistake into one clear message and exit code 2, without a traceback."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except UserError as error:
            click.echo(f"thalweg: {error}", err=True)
            context.exit(2)
        except KeyboardInterrupt:
            click.echo("\nthalweg: interrupted; what was there before is unchanged", err=True)
            context.exit(INTERRUPTED)
