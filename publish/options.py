"""What the commands share: common options, and how mistakes and interruptions are told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from engine.errors import CollectedError, UserError, nearest, shown, summary

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


class UsageMistake(click.ClickException):
    """A wrong command line, told in one line."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"thalweg: {self.message}", err=True)


def usage_mistake(error: click.UsageError) -> UsageMistake:
    """The error in one line, with the nearest name where a choice or a command is wrong."""
    names: list[str] = []
    if isinstance(error, click.BadParameter) and error.param is not None:
        names = [str(name) for name in getattr(error.param.type, "choices", ())]
    elif error.message.startswith("No such command") and error.ctx is not None:
        names = list(getattr(error.ctx.command, "commands", ()))
    word = re.search(r"'([^']*)'", error.message)
    line = " ".join(error.format_message().split()).rstrip(".")
    hint = nearest(word[1], names) if word and "mean" not in line else ""
    return UsageMistake(shown(f"{line}{hint}", 300))


class Command(click.Group):
    """Turns a user's mistake into one clear message and exit code 2, without a traceback."""

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        try:
            return super().make_context(*arguments, **options)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise usage_mistake(error) from None

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise usage_mistake(error) from None
        except CollectedError as error:
            for each in error.errors:
                click.echo(f"thalweg: {summary(each)}", err=True)
            click.echo(f"thalweg: {len(error.errors)} mistakes", err=True)
            context.exit(2)
        except UserError as error:
            click.echo(f"thalweg: {error}", err=True)
            context.exit(2)
        except KeyboardInterrupt:
            click.echo("\nthalweg: interrupted; what was there before is unchanged", err=True)
            context.exit(INTERRUPTED)
