"""A tiny course for trying the bench: two short films, measured like the real ones."""

from __future__ import annotations

from pathlib import Path

COURSE = """lessons = ["first", "second"]
title = { en = "Quick", zh = "Quick" }
summary = { en = "Two short films.", zh = "Two short films." }
"""
LESSON = """[[films]]
name = "descent"
optimizer = "{optimizer}"
objective = "valley"
start = [-5, -2]
steps = 5
explained = 1
"""
PAGE = """# {optimizer}

A short film.

@film descent Five steps
"""


def write_quick_course(folder: Path) -> None:
    """Write the course to ``folder``, which must not exist."""
    folder.mkdir(parents=True)
    (folder / "course.toml").write_text(COURSE, encoding="utf-8")
    for name, optimizer in (("first", "adagrad"), ("second", "adam")):
        lesson = folder / name
        lesson.mkdir()
        (lesson / "lesson.toml").write_text(LESSON.format(optimizer=optimizer), encoding="utf-8")
        for language in ("en", "zh"):
            text = PAGE.format(optimizer=optimizer)
            (lesson / f"{language}.md").write_text(text, encoding="utf-8")
