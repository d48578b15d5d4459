"""What lesson texts read beyond CommonMark, as rules of the parser; how they look is elsewhere.

Task lists, definition lists, footnotes, figures with captions, sizes of pictures, titles of
containers, bare web addresses, and the marks that comments leave.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from publish.comments import SEPARATOR
from publish.inline import visible

CALLOUTS = ("note", "try", "warning")
FOLDED = ("answer", "details")
CONTAINERS = (*CALLOUTS, *FOLDED)

TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
SIZE = re.compile(r"\{[ \t]*width[ \t]*=[ \t]*(\"?)(\d{1,4})(%|px|)\1[ \t]*\}")
ADDRESS = re.compile(r"https?://[^\s<>\"`\[\]{}|\\^，。；：！？、（）「」『』【】《》“”‘’…]+")


def constructs_plugin(md: MarkdownIt) -> None:
    """Add all of it to a parser of CommonMark."""
    md.use(footnote_plugin)
    md.block.ruler.before(
        "heading", "separator", separator, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    add_definition_lists(md)
    for name in CONTAINERS:
        md.use(container_plugin, name)
    md.inline.ruler.before("autolink", "bare_address", bare_address)
    md.core.ruler.after("block", "titles", titles)
    md.core.ruler.before("footnote_tail", "footnote_lines", footnote_lines)
    for name, rule in (("tasks", tasks), ("sizes", sizes), ("figures", figures)):
        md.core.ruler.before("linkify", name, rule)
    md.core.ruler.before("linkify", "visible", keep_visible)


def separator(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """The mark that a comment leaves between paragraphs: nothing, but it ends a list."""
    begin, end = state.bMarks[first] + state.tShift[first], state.eMarks[first]
    if state.is_code_block(first) or state.src[begin:end].strip() != SEPARATOR:
        return False
    if not silent:
        state.line = first + 1
    return True


def add_definition_lists(md: MarkdownIt) -> None:
    """Definition lists with a colon; a tilde at the beginning of a line is text here."""
    scratch = MarkdownIt("zero").use(deflist_plugin)
    names, rules = scratch.block.ruler.get_active_rules(), scratch.block.ruler.getRules("")
    read = dict(zip(names, rules, strict=True))["deflist"]

    def definition_list(state: StateBlock, first: int, last: int, silent: bool) -> bool:
        line = first if silent else first + 1
        if not silent and line < last and state.isEmpty(line):
            line += 1
        begin = state.bMarks[line] + state.tShift[line]
        return (
            line < last and state.src[begin : begin + 1] == ":" and read(state, first, last, silent)
        )

    md.block.ruler.before(
        "paragraph", "deflist", definition_list, {"alt": ["paragraph", "reference", "blockquote"]}
    )


def bare_address(state: StateInline, silent: bool) -> bool:
    """A web address in the text is a link; marks behind it are not part of it."""
    if silent or state.src[state.pos] != ":" or state.linkLevel:
        return False
    scheme = re.search(r"(?<![\w/])https?$", state.pending)
    found = scheme and ADDRESS.match(state.src, state.pos - len(scheme[0]), state.posMax)
    if not scheme or not found:
        return False
    address = trimmed(found[0])
    href = state.md.normalizeLink(address)
    if len(address) <= len(scheme[0]) + 3 or not state.md.validateLink(href):
        return False
    state.pending = state.pending[: -len(scheme[0])]
    opening = state.push("link_open", "a", 1)
    opening.attrs, opening.info = {"href": href, "class": "address"}, "auto"
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)
    state.pos += len(address) - len(scheme[0])
    return True


def trimmed(address: str) -> str:
    """The address without the marks of the sentence around it."""
    while address and (
        address[-1] in ".,:;!?*_~'\"]"
        or (address[-1] == ")" and address.count(")") > address.count("("))
    ):
        address = address[:-1]
    return address


def titles(state: StateCore) -> None:
    """What stands behind a container's name is its title, in Markdown."""
    result: list[Token] = []
    for token in state.tokens:
        result.append(token)
        name = token.type.removeprefix("container_").removesuffix("_open")
        if token.type == f"container_{name}_open" and token.map:
            content = Token("inline", "", 0, map=[token.map[0], token.map[0] + 1], children=[])
            content.content = token.info.strip().removeprefix(name).strip()
            opening, closing = Token("title_open", "p", 1), Token("title_close", "p", -1)
            opening.info = closing.info = name
            result += [opening, content, closing]
    state.tokens = result


def footnote_lines(state: StateCore) -> None:
    """Keep where each footnote is defined, by label; the parser forgets those without a use."""
    state.env["notes"] = [
        (token.meta["label"], token.map[0])
        for token in state.tokens
        if token.type == "footnote_reference_open" and token.map
    ]


def tasks(state: StateCore) -> None:
    """Items of lists that begin with ``[ ]`` or ``[x]`` get a box."""
    for index in range(2, len(state.tokens)):
        item, paragraph, inline = state.tokens[index - 2 : index + 1]
        found = TASK.match(inline.content) if inline.type == "inline" else None
        if (item.type, paragraph.type) != ("list_item_open", "paragraph_open") or not found:
            continue
        first = (inline.children or [])[0]
        if first.type == "text" and first.content.startswith(found[0].rstrip()):
            first.content = first.content[len(found[0].rstrip()) :].lstrip()
            box = Token("task", "input", 0)
            box.meta["done"] = found[1] != " "
            inline.children = [box, *(inline.children or [])]
            item.attrSet("class", "task")


def sizes(state: StateCore) -> None:
    """``{width=50%}`` behind a picture, or in pixels: ``{width=300}``."""
    for token in state.tokens:
        kept: list[Token] = []
        for child in token.children or []:
            found = SIZE.match(child.content) if child.type == "text" else None
            if found and kept and kept[-1].type == "image":
                kept[-1].meta["width"] = (int(found[2]), found[3] or "px")
                child.content = child.content[found.end() :]
            if child.type != "text" or child.content or not found:
                kept.append(child)
        if token.children:
            token.children = kept


def figures(state: StateCore) -> None:
    """A picture in a paragraph of its own is a figure; its title is the caption, in Markdown."""
    result: list[Token] = []
    figure = False
    for index, token in enumerate(state.tokens):
        if token.type == "paragraph_open":
            parts = state.tokens[index + 1].children or []
            figure = [
                child.type for child in parts if child.content.strip() or child.type != "text"
            ] == ["image"]
        if figure and token.type in ("paragraph_open", "paragraph_close"):
            token.type = token.type.replace("paragraph", "figure")
            token.tag, token.hidden = "figure", False
        result.append(token)
        if figure and token.type == "inline":
            result += caption(state, token)
        figure = figure and token.type != "figure_close"
    state.tokens = result


def caption(state: StateCore, inline: Token) -> list[Token]:
    """The caption of a figure, from the title of its picture."""
    image = next(child for child in inline.children or [] if child.type == "image")
    title = str(image.attrs.pop("title", ""))
    if not title:
        return []
    children: list[Token] = []
    state.md.inline.parse(title, state.md, state.env, children)
    content = Token("inline", "", 0, map=inline.map, content=title, children=children)
    return [
        Token("caption_open", "figcaption", 1),
        content,
        Token("caption_close", "figcaption", -1),
    ]


def keep_visible(state: StateCore) -> None:
    """Keep the plain text of each inline token, in which escaped signs can still be told apart."""
    for token in state.tokens:
        if token.type == "inline":
            token.meta["visible"] = visible(token)
