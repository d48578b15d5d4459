"""HTML in lesson texts: what to write in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from markdown_it.token import Token

from engine.errors import shown
from publish.inline import children, text_token

NAME = re.compile(r"</?([A-Za-z][\w:-]*)")
BARE = re.compile(r"<[A-Za-z][\w-]*>")

_WRITE = {
    "b strong": "write **bold**",
    "i em dfn cite var": "write *italic*",
    "code tt kbd samp": "write `code`",
    "s del strike": "write ~~struck out~~",
    "mark u ins big": "write **bold**",
    "sub sup": "write a formula such as $x_1$ or $x^2$, or the characters ₁ and ²",
    "br wbr": "end the line with a backslash",
    "hr": "write --- on a line of its own",
    "a": "write [words](address)",
    "img picture figure figcaption source": 'write ![what it shows](picture.png "its caption")',
    "details summary": "write '::: answer Title', the text, and ':::'",
    "aside": "write '::: note Title', the text, and ':::'",
    "h1 h2 h3 h4 h5 h6": "write '## The heading'",
    "ul ol li menu": "write '- item' or '1. item'",
    "dl dt dd": "write the term, and ': what it means' on the next line",
    "table thead tbody tfoot tr th td caption colgroup col": "write a table of | cells |",
    "blockquote q": "write '> ' before each line",
    "pre": "write the lines between ```",
    "p div span center font small section article header footer main nav abbr": (
        "leave it out; an empty line begins a new paragraph"
    ),
    "math": "write a formula between dollar signs",
    "svg canvas": "save the picture beside the text and write ![what it shows](picture.svg)",
    "video audio track iframe embed object": "write [words](address); films are placed by @film",
    "input label": "write '- [ ] task' in a list",
    "script style link meta button form select option textarea noscript template html head body "
    "title base address hgroup ruby rt rp bdi bdo time data output progress meter fieldset legend "
    "datalist optgroup area map param slot dialog search frame frameset noframes applet marquee "
    "blink acronym basefont dir nobr plaintext xmp": "leave it out",
}
WRITE: Mapping[str, str] = MappingProxyType(
    {name: write for names, write in _WRITE.items() for name in names.split()}
)
"""For each element of HTML what a lesson text has instead."""


def html_mistakes(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The line and the mistake of every piece of HTML.

    A name in angle brackets that is no element of HTML and has no end, as in ``list<int>``, is
    text and becomes so.
    """
    ended = {
        match[1]
        for token in tokens
        for child in token.children or []
        if child.type == "html_inline" and (match := re.match(r"</([\w:-]+)", child.content))
    }
    for token in tokens:
        for index, (child, line) in enumerate(children(token)):
            if child.type == "html_inline" and token.children:
                message = html_mistake(child.content, ended)
                if message:
                    yield line, message
                else:
                    token.children[index] = text_token(child.content)
            for inner in child.children or []:
                if inner.type == "html_inline" and (message := html_mistake(inner.content, ended)):
                    yield line, message


def html_mistake(markup: str, ended: set[str]) -> str:
    """What is wrong with a piece of HTML; "" where it is text."""
    found = NAME.match(markup)
    name = found[1] if found else ""
    if name and name.lower() not in WRITE and BARE.fullmatch(markup) and name not in ended:
        return ""
    write = WRITE.get(name.lower(), "leave it out")
    return (
        f"'{shown(markup)}' is HTML, which lesson texts do not take; {write}, or \\< for a plain <"
    )
