"""The site's style sheet, scripts and icon, put together from templates and the palette."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from publish.course import Course
from publish.fonts import write_fonts
from publish.pagedata import objectives_of
from publish.scripts import script
from scenes.palette import DARK, LIGHT, Theme

SOURCES = Path(__file__).parent.parent / "templates" / "assets"


def variables(theme: Theme) -> str:
    """A theme's colors as CSS declarations."""
    colors = {
        name: getattr(theme, name)
        for name in ("background", "surface", "text", "muted", "line", "accent")
    }
    colors |= {f"role-{role}": color for role, color in theme.roles.items()}
    colors |= {f"field-{index}": color for index, color in enumerate(theme.field)}
    return " ".join(f"--{name}: {color};" for name, color in colors.items())


def palette_css() -> str:
    """Light colors, and dark ones where the system or the reader asks for them."""
    light, dark = variables(LIGHT), variables(DARK)
    return (
        f":root {{ color-scheme: light; {light} }}\n"
        "@media screen and (prefers-color-scheme: dark) {\n"
        f":root:not([data-theme=light]) {{ color-scheme: dark; {dark} }}\n}}\n"
        f"@media screen {{ :root[data-theme=dark] {{ color-scheme: dark; {dark} }} }}\n"
    )


def stylesheet() -> str:
    """Palette, pages and playgrounds as one style sheet."""
    sheets = ("site.css", "playground.css")
    texts = [(SOURCES / name).read_text(encoding="utf-8") for name in sheets]
    return "\n".join([palette_css(), *texts, width_css()])


def width_css() -> str:
    """The widths that a picture may be given, in percent; pages allow no inline styles."""
    return "".join(f".width-{share}{{width:{share}%}}\n" for share in range(1, 101))


def page_script(course: Course) -> str:
    """The one script of the pages: their own parts first, then the playgrounds.

    Each part of the pages has a scope of its own.
    """
    parts = [
        f"(() => {{\n{path.read_text(encoding='utf-8')}}})();\n"
        for path in sorted((SOURCES / "page").glob("*.js"))
    ]
    playground = script(course.catalogs.optimizers, objectives_of(course))
    return '"use strict";\n' + "\n".join([*parts, playground])


def write_assets(course: Course, site: Path, pages: Iterable[str], cuts: Path) -> None:
    """Write ``site/assets``; the fonts hold the characters that ``pages`` use.

    Fonts once cut are kept in the folder ``cuts``.
    """
    folder = site / "assets"
    folder.mkdir(parents=True, exist_ok=True)
    faces = write_fonts(folder, list(pages), cuts)
    (folder / "site.css").write_text(faces + stylesheet(), encoding="utf-8")
    (folder / "thalweg.js").write_text(page_script(course), encoding="utf-8")
    for name in ("theme.js", "icon.svg"):
        (folder / name).write_text((SOURCES / name).read_text(encoding="utf-8"), encoding="utf-8")
