"""A page with playgrounds, made from the parts alone and opened from disk under a strict policy."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from engine import OBJECTIVES, OPTIMIZERS
from publish.pagedata import objective_data, optimizer_data
from publish.scripts import PLAYGROUND, script
from publish.words import PLAYGROUND_WORDS
from scenes.palette import DARK, LIGHT, Theme

VALLEY = {"objective": "valley", "start": [-5, -2], "steps": 50, "hyper": {}}
Opener = Callable[..., Page]
POLICY = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src data:"


def variables(theme: Theme) -> str:
    """The palette as the custom properties that the playground reads."""
    names = ("background", "surface", "text", "muted", "line", "accent")
    values = {name: getattr(theme, name) for name in names}
    values |= {f"role-{role}": color for role, color in theme.roles.items()}
    values |= {f"field-{index}": color for index, color in enumerate(theme.field)}
    return "".join(f"--{name}: {value}; " for name, value in values.items())


@cache
def style() -> str:
    """The harness's style sheet: the palette in both themes, then the playground's own."""
    own = (PLAYGROUND.parent / "playground.css").read_text("utf-8")
    dark = variables(DARK)
    return (
        f":root {{ {variables(LIGHT)} }}\n:root[data-theme=dark] {{ {dark} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{ {dark} }} }}\n"
        "body { margin: 0 auto; max-width: 70rem; padding: 0.5rem; "
        "font-family: 'Noto Sans', 'Noto Sans CJK SC', sans-serif; "
        "background: var(--background); color: var(--text) }\n"
        f"* {{ box-sizing: border-box }}\n{own}"
    )


@cache
def site_script() -> str:
    """The pages' script for the built-in catalogs."""
    return script(OPTIMIZERS, OBJECTIVES)


@cache
def page_data(language: str) -> dict[str, Any]:
    """What a lesson page tells its script."""
    return {
        "language": language,
        "words": dict(PLAYGROUND_WORDS[language]),
        "optimizers": {name: optimizer_data(rule) for name, rule in OPTIMIZERS.items()},
        "objectives": {name: objective_data(field) for name, field in OBJECTIVES.items()},
    }


def write_page(folder: Path, language: str, playgrounds: dict[str, dict[str, Any]]) -> Path:
    """Write page, style and script into ``folder``; the page's path."""
    (folder / "thalweg.js").write_text(site_script(), "utf-8")
    (folder / "style.css").write_text(style(), "utf-8")
    places = "".join(
        f"<h2 id='about-{name}'>{name}</h2><div class='playground' id='playground-{name}' "
        f"data-config='{json.dumps(config)}'></div>"
        for name, config in playgrounds.items()
    )
    data = json.dumps(page_data(language))
    path = folder / f"{language}.html"
    path.write_text(
        f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'><title>Harness</title>"
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        "<link rel='icon' href='data:,'><link rel='stylesheet' href='style.css'></head>"
        f"<body><main><h1>Harness</h1>{places}</main>"
        f"<script type='application/json' id='thalweg-data'>{data}</script>"
        "<script src='thalweg.js'></script></body></html>",
        "utf-8",
    )
    return path


def settle(page: Page) -> None:
    """Wait until two frames have been painted."""
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
