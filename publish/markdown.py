"""The Markdown of lesson texts: how it is read and how its tokens become HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_cjk_friendly import cjk_friendly, is_cjk  # type: ignore[import-untyped]
from mdit_py_plugins.container import container_plugin

from publish.dollars import dollar_plugin
from publish.highlight import highlighted
from publish.tags import Tag, tag_plugin

CALLOUTS = ("note", "try", "warning")
STRANDED = re.compile(
    r"(<math>(?:(?!</math>).)*</math>)([，。；：、！？）」』”’,.;:!?)]+)", re.DOTALL
)
"""A formula in a line of text and the marks behind it, before which browsers may break the line."""

Tokens = Sequence[Token]
Environment = dict[str, Any]


@cache
def reader() -> MarkdownIt:
    """The parser: CommonMark without raw HTML, with tables, math, callouts and tags."""
    md = MarkdownIt("commonmark", {"html": False, "typographer": True, "highlight": highlighted})
    md.enable(["table", "strikethrough", "smartquotes"])
    md.use(cjk_friendly)
    md.use(dollar_plugin)
    for kind in CALLOUTS:
        md.use(container_plugin, kind)
    md.use(tag_plugin)
    for kind in CALLOUTS:
        md.add_render_rule(f"container_{kind}_open", callout_open)
        md.add_render_rule(f"container_{kind}_close", callout_close)
    md.add_render_rule("math_inline", math)
    md.add_render_rule("math_inline_double", math)
    md.add_render_rule("math_block", math)
    md.add_render_rule("tag", tag)
    md.add_render_rule("th_open", cell_open)
    md.add_render_rule("td_open", cell_open)
    md.add_render_rule("th_close", cell_close)
    md.add_render_rule("em_open", em_open)
    md.add_render_rule("softbreak", softbreak)
    md.add_render_rule("table_open", table_open)
    md.add_render_rule("table_close", table_close)
    return md


def render(tokens: Tokens, mathml: Sequence[str], words: Any, place: Callable[[Tag], str]) -> str:
    """HTML of tokens; ``place`` gives what stands where a tag is, ``words`` the page's words."""
    md = reader()
    environment = {"mathml": mathml, "words": words, "place": place}
    html = str(md.renderer.render(tokens, md.options, environment))
    return STRANDED.sub(r'<span class="kept">\1\2</span>', html)


def math(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """A formula's ``<math>``; a display formula gets a box that can be scrolled."""
    markup = env["mathml"][tokens[index].meta["math"]]
    if tokens[index].type == "math_block":
        return f'<div class="formula">{markup}</div>\n'
    return str(markup)


def tag(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """What a tag places."""
    return str(env["place"](tokens[index].meta["tag"]))


def callout_open(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """A callout with the title its author gave or its kind's own."""
    kind = tokens[index].type.split("_")[1]
    title = tokens[index].info.strip().removeprefix(kind).strip() or env["words"][kind]
    return (
        f'<div class="callout callout-{kind}" role="note">\n'
        f'<p class="callout-title">{escape(title)}</p>\n'
    )


def callout_close(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """The end of a callout."""
    return "</div>\n"


def table_open(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """A table in a box that can be scrolled with the keyboard too."""
    label = escape(env["words"]["table"])
    return f'<div class="scroll" role="group" aria-label="{label}" tabindex="0"><table>\n'


def table_close(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """The end of a table and its box."""
    return "</table></div>\n"


def cell_open(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """A cell of a table; how it is aligned is said by a class, for pages allow no inline styles.

    An empty heading is no heading.
    """
    token, content = tokens[index], tokens[index + 1]
    side = str(token.attrGet("style") or "").removeprefix("text-align:")
    tag = token.tag if content.content.strip() else "td"
    return f'<{tag} class="align-{side}">' if side else f"<{tag}>"


def cell_close(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """The end of a heading, which is an ordinary cell where it is empty.

    Checkers of accessibility count no MathML as text: a space of no width keeps a heading that is
    a formula alone from looking empty to them.
    """
    content = tokens[index - 1]
    if not content.content.strip():
        return "</td>\n"
    formula = all(child.type == "math_inline" for child in content.children or [])
    return f"{'&#8203;' if formula else ''}</th>\n"


def em_open(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """Emphasis; Chinese words are marked, for they are emphasized with dots and not slanted."""
    words = ""
    for token in tokens[index + 1 :]:
        if token.type == "em_close":
            break
        words += token.content
    return '<em class="han">' if any(map(is_cjk, words)) else "<em>"


def softbreak(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """The end of a line in the source; between Chinese words it is no space."""
    before = next((token.content for token in reversed(tokens[:index]) if token.content), "")
    after = next((token.content for token in tokens[index + 1 :] if token.content), "")
    joined = before and after and is_cjk(before[-1]) and is_cjk(after[0])
    return "" if joined else "\n"
