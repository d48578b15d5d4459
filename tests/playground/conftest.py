"""A page with playgrounds, made from the parts alone and opened from disk under a strict policy."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from engine import OBJECTIVES, OPTIMIZERS
from engine.field import shade_of
from playwright.sync_api import Browser, Page
from publish.scripts import PLAYGROUND, modules, rules, script
from publish.words import PLAYGROUND_WORDS
from scenes.palette import DARK, LIGHT, Theme

VALLEY = {"objective": "valley", "start": [-5, -2], "steps": 50, "hyper": {}}
POLICY = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src data:"


def variables(theme: Theme) -> str:
    """The palette as the custom properties that the playground reads."""
    names = ("background", "surface", "text", "muted", "line", "accent")
    values = {name: getattr(theme, name) for name in names}
    values |= {f"role-{role}": color for role, color in theme.roles.items()}
    values |= {f"field-{index}": color for index, color in enumerate(theme.field)}
    return "".join(f"--{name}: {value}; " for name, value in values.items())


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


def page_data(language: str) -> dict[str, Any]:
    """What a lesson page tells its script."""
    optimizers = {
        name: {
            "title": rule.title,
            "hyper": [dataclasses.asdict(hyper) for hyper in rule.hyper],
            "equations": [{"target": e.target, "mathml": e.mathml} for e in rule.equations],
            "roles": dict(rule.roles),
        }
        for name, rule in OPTIMIZERS.items()
    }
    objectives = {
        name: {
            "title": field.title,
            "mathml": field.mathml,
            "view": field.view,
            "start": field.start,
            "minima": field.minima,
            "shade": dataclasses.asdict(shade_of(field)),
        }
        for name, field in OBJECTIVES.items()
    }
    words = dict(PLAYGROUND_WORDS[language])
    return {
        "language": language,
        "words": words,
        "optimizers": optimizers,
        "objectives": objectives,
    }


def write_page(folder: Path, language: str, playgrounds: dict[str, dict[str, Any]]) -> Path:
    """Write page, style and script into ``folder``; the page's path."""
    (folder / "thalweg.js").write_text(script(OPTIMIZERS, OBJECTIVES), "utf-8")
    (folder / "style.css").write_text(style(), "utf-8")
    places = "".join(
        f"<h2 id='about-{name}'>{name}</h2><div class='playground' id='playground-{name}' "
        f"data-config='{json.dumps(config)}'></div>"
        for name, config in playgrounds.items()
    )
    path = folder / f"{language}.html"
    path.write_text(
        f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'><title>Harness</title>"
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        "<link rel='icon' href='data:,'><link rel='stylesheet' href='style.css'></head>"
        f"<body><main><h1>Harness</h1>{places}</main>"
        f"<script type='application/json' id='thalweg-data'>{json.dumps(page_data(language))}</script>"
        "<script src='thalweg.js'></script></body></html>",
        "utf-8",
    )
    return path


Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """A function that opens the harness; a console error or an outside request fails the test."""
    context = browser.new_context(offline=True, viewport={"width": 1200, "height": 900})
    faults: list[str] = []

    def open_page(
        *optimizers: str, fragment: str = "", language: str = "en", **changes: Any
    ) -> Page:
        configs = {name: {**VALLEY, "optimizer": name, **changes} for name in optimizers}
        path = write_page(tmp_path, language, configs)
        page = context.new_page()
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda r: None if r.url.startswith(("file:", "data:")) else faults.append(r.url),
        )
        page.goto(path.as_uri() + fragment)
        settle(page)
        return page

    yield open_page
    context.close()
    assert faults == []


def settle(page: Page) -> None:
    """Wait until two frames have been painted."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.fixture
def inner(browser: Browser) -> Iterator[Page]:
    """A page in whose global scope the playground's modules stand, to test their functions alone."""
    page = browser.new_page()
    page.goto("about:blank")
    page.add_script_tag(content=rules(OPTIMIZERS, OBJECTIVES) + "\n".join(modules()))
    yield page
    page.close()
