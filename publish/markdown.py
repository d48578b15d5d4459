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

from publish.constructs import CALLOUTS, FOLDED, constructs_plugin
from publish.dollars import dollar_plugin
from publish.highlight import highlighted
from publish.inline import BREAKS
from publish.notes import NOTE_RULES
from publish.tags import Tag, tag_plugin

STRANDED = re.compile(
    r"(<math>(?:(?!</math>).)*</math>)([，。；：、！？）」』”’,.;:!?)]+)", re.DOTALL
)
"""A formula in a line of text and the marks behind it, before which browsers may break the line."""

Tokens = Sequence[Token]
Environment = dict[str, Any]
Rule = Callable[[Any, Tokens, int, OptionsDict, Environment], str]


@cache
def reader() -> MarkdownIt:
    """The parser: CommonMark and what `publish.constructs` adds, with math and tags.

    HTML is read, as tokens of its own, so that it can be told; see `publish.rawhtml`.
    """
    md = MarkdownIt("commonmark", {"html": True, "typographer": True, "highlight": highlighted})
    md.disable("html_block")
    md.enable(["table", "strikethrough", "smartquotes"])
    md.use(cjk_friendly)
    md.use(dollar_plugin)
    md.use(constructs_plugin)
    md.use(tag_plugin)
    for name, rule in (RULES | NOTE_RULES).items():
        md.add_render_rule(name, rule)
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
    """A callout."""
    kind = tokens[index].type.split("_")[1]
    return f'<div class="callout callout-{kind}" role="note">\n'


def folded_open(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """What is folded away until a reader opens it."""
    return '<details class="folded">\n'


def closing(markup: str) -> Rule:
    """The end of something, whatever was in it."""
    return lambda self, tokens, index, options, env: markup


def title_open(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """A container's title: what its author wrote, else its kind's own."""
    kind = tokens[index].info
    words = "" if tokens[index + 1].content else escape(env["words"][kind])
    return f"<summary>{words}" if kind in FOLDED else f'<p class="callout-title">{words}'


def title_close(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """The end of a container's title."""
    return "</summary>\n" if tokens[index].info in FOLDED else "</p>\n"


def code_block(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """Code, in a box that can be scrolled with the keyboard too."""
    token = tokens[index]
    language = token.info.strip().lower()
    lines = highlighted(token.content, language) or escape(token.content, quote=False)
    name = f' class="language-{escape(language)}"' if language else ""
    return f'<pre tabindex="0"><code{name}>{lines}</code></pre>\n'


def image(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """A picture, with its words for those who do not see it."""
    token = tokens[index]
    attributes = {**token.attrs, "alt": words_of(token)}
    names = ("src", "alt", "width", "height", "title", "class")
    values = [f'{name}="{escape(str(attributes[name]))}"' for name in names if name in attributes]
    return f"<img {' '.join(values)}>"


def link_open(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """A link; files are saved, unless browsers show them."""
    names = ("href", "class", "title", "download")
    values = [
        name if value == "" and name == "download" else f'{name}="{escape(str(value))}"'
        for name in names
        if (value := tokens[index].attrs.get(name)) is not None
    ]
    env.setdefault("open", []).append(tokens[index].meta.get("file"))
    return f"<a {' '.join(values)}>"


def link_close(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """The end of a link, and what kind of file it leads to."""
    file = env["open"].pop()
    if not file:
        return "</a>"
    told = escape(env["words"]["comma"].join(part for part in file if part))
    return f'</a><span class="file">{env["words"]["number"].format(number=told)}</span>'


def task(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """The box of a task, which pages cannot tick."""
    done = tokens[index].meta["done"]
    word = escape(env["words"]["task_done" if done else "task_open"])
    checked = " checked" if done else ""
    return f'<input type="checkbox" disabled{checked} aria-label="{word}"> '


def words_of(token: Token) -> str:
    """The words in the brackets of a picture, without markup."""
    parts = [" " if child.type in BREAKS else child.content for child in token.children or []]
    return "".join(parts).strip()


def table_open(
    self: RendererHTML, tokens: Tokens, index: int, options: OptionsDict, env: Environment
) -> str:
    """A table in a box that can be scrolled with the keyboard too."""
    label = escape(env["words"]["table"])
    return f'<div class="scroll" role="group" aria-label="{label}" tabindex="0"><table>\n'


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


RULES: dict[str, Rule] = {
    **{f"container_{kind}_open": callout_open for kind in CALLOUTS},
    **{f"container_{kind}_close": closing("</div>\n") for kind in CALLOUTS},
    **{f"container_{kind}_open": folded_open for kind in FOLDED},
    **{f"container_{kind}_close": closing("</details>\n") for kind in FOLDED},
    "title_open": title_open,
    "title_close": title_close,
    "figure_open": closing('<figure class="picture">'),
    "figure_close": closing("</figure>\n"),
    "caption_open": closing("<figcaption>"),
    "caption_close": closing("</figcaption>"),
    "fence": code_block,
    "code_block": code_block,
    "image": image,
    "link_open": link_open,
    "link_close": link_close,
    "task": task,
    "math_inline": math,
    "math_inline_double": math,
    "math_block": math,
    "tag": tag,
    "th_open": cell_open,
    "td_open": cell_open,
    "th_close": cell_close,
    "em_open": em_open,
    "softbreak": softbreak,
    "table_open": table_open,
    "table_close": closing("</table></div>\n"),
}
"""How tokens are shown where the parser's own way is not ours."""
