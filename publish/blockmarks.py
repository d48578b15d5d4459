"""Mistakes in the blocks of a lesson text: code, tables, footnotes and containers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from engine.errors import nearest, shown
from publish.comments import Source
from publish.constructs import CALLOUTS, CONTAINERS
from publish.highlight import is_known, languages

DRAWN = ("mermaid", "dot", "graphviz", "plantuml", "tikz", "vega-lite", "abc")
PLAIN = ("text", "txt", "plain", "plaintext", "none", "output", "pseudocode", "algorithm")
ALIKE = 0.8
"""How much a language must resemble a known one to be taken for a slip."""

ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            ("tip", "hint", "info", "important", "seealso", "abstract", "admonition"), "note"
        ),
        **dict.fromkeys(("caution", "danger", "error", "attention", "bug", "failure"), "warning"),
        **dict.fromkeys(("exercise", "question", "example", "todo", "task"), "try"),
        **dict.fromkeys(
            ("solution", "dropdown", "spoiler", "proof", "toggle", "collapse"), "answer"
        ),
    }
)
"""The names that other tools give to containers."""


def block_mistakes(
    tokens: Sequence[Token], source: Source, environment: Mapping[str, Any]
) -> Iterator[tuple[int, str]]:
    """The line and the mistake of each block; the tokens still have the lines of ``source``."""
    lines = source.text.split("\n")

    def at(line: int) -> int:
        return source.lines[line] + 1

    for index, token in enumerate(tokens):
        if not token.map:
            continue
        begin, end = token.map
        if token.type == "fence":
            message = fence_mistake(token, lines[begin:end])
            if message:
                yield at(begin), message
        elif token.type == "tr_open":
            message = row_mistake(tokens[index + 1 :], lines[begin])
            if message:
                yield at(begin), message
        elif token.type == "heading_open" and holds_picture(tokens[index + 1]):
            yield at(begin), "a picture cannot stand in a heading; put it below"
        elif token.type == "paragraph_open" and tokens[index + 1].content.startswith(":::"):
            yield at(begin), container_mistake(tokens[index + 1].content.split("\n")[0])
    for line, message in footnote_mistakes(tokens, environment):
        yield at(line), message


def holds_picture(inline: Token) -> bool:
    """Whether a picture is in a line of text."""
    return any(child.type == "image" for child in inline.children or [])


def fence_mistake(token: Token, lines: Sequence[str]) -> str:
    """What is wrong with a block of code; "" for nothing."""
    last = lines[-1].strip(" \t>")
    if len(lines) < 2 or len(last) < len(token.markup) or set(last) != {token.markup[0]}:
        return f"this code has no end; write {token.markup} on a line of its own after it"
    info = token.info.strip()
    name = re.sub(r"[{}.,: \t].*", "", info.lstrip("{. \t")).lower()
    if name in (*CONTAINERS, *ELSEWHERE) and info.startswith("{"):
        return f"'{shown(info)}' is not read here; {container_hint(name)}"
    if name == "math":
        return f"'{shown(info)}' is not read here; write the formula between $$ and $$"
    if name in DRAWN:
        return (
            f"diagrams are not drawn from '{name}'; save the picture beside the text and write "
            "![what it shows](picture.svg)"
        )
    if name in ("figure", "image"):
        return f"'{shown(info)}' is not read here; write ![what it shows](picture.png)"
    if info != info.split(" ")[0] or info.startswith("{"):
        write = (
            f"'{token.markup}{name}'" if is_known(name) else f"'{token.markup}' and the language"
        )
        return (
            f"code takes a language alone and is shown, not run; write {write}, found "
            f"'{shown(info)}'"
        )
    if not info or is_known(info) or info.lower() in PLAIN:
        return ""
    near = get_close_matches(info.lower(), languages(), n=1, cutoff=ALIKE)
    if near:
        return (
            f"unknown language '{shown(info)}' (did you mean '{near[0]}'?); write 'text' for none"
        )
    return ""


def row_mistake(after: Sequence[Token], line: str) -> str:
    """What is wrong with a row of a table: more cells than the first row has."""
    wanted = 0
    for token in after:
        if token.type == "tr_close":
            break
        wanted += token.type in ("th_open", "td_open")
    cells = escapedSplit(line.strip(" \t>"))
    found = len(cells) - (cells[0].strip() == "") - (len(cells) > 1 and cells[-1].strip() == "")
    if found <= wanted:
        return ""
    return f"a row of {found} cells in a table of {wanted}; write \\| for a bar within a cell"


def container_mistake(line: str) -> str:
    """What is wrong with a line that begins with ``:::`` and opens or closes nothing."""
    name = re.sub(r"^:+[ \t]*\{?[ \t]*\.?(?:callout-)?", "", line)
    name = re.split(r"[\s}\[\"]", name)[0].lower()
    if not name:
        return (
            "this ':::' ends nothing; where one stands in another, the outer one takes more "
            "colons, as in ':::: answer'"
        )
    return f"'{shown(line)}' is not understood; {container_hint(name)}"


def container_hint(name: str) -> str:
    """The way to write a container here."""
    known = ELSEWHERE.get(name, name)
    if known in CONTAINERS:
        return f"write '::: {known} Title', the text, and ':::' on its own line"
    names = ", ".join(CONTAINERS)
    return (
        f"the kinds are {names}{nearest(name, CONTAINERS)}, as in '::: {CALLOUTS[0]}', and ':::' "
        "on its own line ends one"
    )


def footnote_mistakes(
    tokens: Sequence[Token], environment: Mapping[str, Any]
) -> Iterator[tuple[int, str]]:
    """Footnotes that are never referred to, defined twice, or without words."""
    used = environment.get("footnotes", {}).get("refs", {})
    seen: set[str] = set()
    for label, line in environment.get("notes", []):
        if label in seen:
            yield line, f"the footnote '[^{label}]' is defined twice; give one another name"
        elif used.get(f":{label}", -1) < 0:
            yield (
                line,
                f"no place refers to the footnote '[^{label}]'; write [^{label}] in the text",
            )
        seen.add(label)
    for label, entry in environment.get("references", {}).items():
        if label.startswith("//") or re.search(r"[./#:]", entry["href"]):
            continue
        begin = entry["map"][0]
        name = normalizeReference(label).lower()
        yield (
            begin,
            (
                f"'[{shown(name)}]: …' names an address for links and would not be seen; write \\[ "
                "for plain characters"
            ),
        )
