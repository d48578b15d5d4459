"""A lesson text in one language: parsed Markdown with its title, summary, tags and math."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it.token import Token

from engine.errors import Mistakes, Place, UserError, nearest
from publish.attached import Attached, attach
from publish.blockmarks import block_mistakes
from publish.comments import placed, without_comments
from publish.dollars import dollar_mistakes
from publish.foreign import foreign_mistakes, front_matter
from publish.inline import children
from publish.markdown import reader
from publish.math import Formula, to_mathml
from publish.mathtext import text_of
from publish.rawhtml import html_mistakes
from publish.tags import Tag
from publish.toml import read_text

TAGS = ("equations", "film", "playground", "listing", "table")


@dataclass(frozen=True)
class Text:
    """What one Markdown file says.

    ``title`` and ``summary`` are the inline tokens of the first heading and the first paragraph,
    ``body`` everything after them; ``mathml[i]`` belongs to the token with ``meta["math"] == i``.
    ``files`` lie beside the text and belong to it.
    """

    path: Path
    language: str
    title: Token
    summary: Token
    body: tuple[Token, ...]
    tags: tuple[Tag, ...]
    mathml: tuple[str, ...]
    files: tuple[Attached, ...] = ()

    def plain(self, token: Token) -> str:
        """The words of an inline token without markup."""
        parts = []
        for child in token.children or []:
            if child.type in ("math_inline", "math_inline_double"):
                parts.append(text_of(self.mathml[child.meta["math"]]))
            elif child.type in ("softbreak", "hardbreak"):
                parts.append(" ")
            elif child.type != "image":
                parts.append(child.content)
        return "".join(parts)

    @property
    def headings(self) -> list[tuple[Token, Token]]:
        """Pairs of an opening heading token and its inline token, from ``##`` down."""
        return [
            (token, self.body[index + 1])
            for index, token in enumerate(self.body)
            if token.type == "heading_open"
        ]


def read_lesson_text(path: Path, language: str, notation: str = "") -> Text:
    """Read, parse and check one Markdown file; ``notation`` as in `publish.math.to_mathml`.

    Raises:
        UserError: no title or summary, an unknown tag or container, a skipped heading level, markup
            that is not read here, a file that is missing, or math that is not valid; with file and
            line.
    """
    mistakes = Mistakes()
    text = sound_text(path, language, notation, mistakes)
    mistakes.close()
    if text is None:
        raise UserError(f"{path}: cannot be read")
    return text


def sound_text(path: Path, language: str, notation: str, mistakes: Mistakes) -> Text | None:
    """What of a Markdown file is sound, so that its tags and links can be checked; mistakes are
    gathered.

    Raises:
        UserError: the file cannot be read.
    """
    content = read_text(path)
    markup = Mistakes()
    tokens = parsed(content, path, markup)
    mistakes.found += markup.found
    if tokens is None:
        return None
    if not markup.found:
        mistakes.of(check_callouts, tokens, content.split("\n"), path)
    formulas = number_formulas(tokens)
    tags = tuple(token.meta["tag"] for token in tokens if token.type == "tag")
    for tag in tags:
        mistakes.of(check_tags, [tag], path)
    mistakes.of(check_blocks, tokens[6:], path)
    math = Mistakes()
    mathml = math.of(all_mathml, formulas, path, notation)
    # What is wrong with the markup of a line is wrong with its formulas, too.
    lines = {error.place for error in markup.found}
    mistakes.found += [error for error in math.found if error.place not in lines]
    files = mistakes.of(attach, tokens, path) or ()
    nothing = Token("inline", "", 0), Token("inline", "", 0), tuple(tokens)
    opening = Mistakes() if Place(str(path), 1) in lines else mistakes
    title, summary, body = opening.of(split_opening, tokens, path) or nothing
    shown = mathml or ("<math></math>",) * len(formulas)
    return Text(path, language, title, summary, body, tags, shown, files)


def all_mathml(formulas: Sequence[Formula], path: Path, notation: str) -> tuple[str, ...]:
    """The MathML of all formulas of a text.

    Raises:
        UserError: what is wrong with each formula that cannot be shown.
    """
    try:
        return to_mathml(formulas, path, notation)
    except UserError:
        mistakes = Mistakes()
        for formula in formulas:
            mistakes.of(to_mathml, [formula], path, notation)
        mistakes.close()
        raise


def parsed(content: str, path: Path, mistakes: Mistakes) -> list[Token] | None:
    """The tokens of a text, with their lines in the file; None where a comment has no end.

    What would not be shown as its author means it is gathered.
    """
    found = list(front_matter(content))
    try:
        source = without_comments(content)
    except UserError as error:
        mistakes.found.append(UserError(f"{path}, {error}"))
        return None
    environment: dict[str, Any] = {}
    tokens = reader().parse(source.text, environment)
    found += block_mistakes(tokens, source, environment)
    placed(tokens, source.lines)
    found += [*html_mistakes(tokens), *dollar_mistakes(tokens), *foreign_mistakes(tokens)]
    mistakes.found += [UserError(f"{path}, line {line}: {message}") for line, message in found]
    return tokens


def number_formulas(tokens: Sequence[Token]) -> list[Formula]:
    """Every formula in reading order; its token gets the index in ``meta["math"]``."""
    formulas: list[Formula] = []

    def note(token: Token, display: bool, line: int) -> None:
        token.meta["math"] = len(formulas)
        formulas.append(Formula(token.content, display, line))

    for token in tokens:
        if token.type == "math_block":
            note(token, True, token.map[0] + 1 if token.map else 0)
        for child, line in children(token):
            if child.type in ("math_inline", "math_inline_double"):
                note(child, child.type == "math_inline_double", line)
    return formulas


def split_opening(tokens: Sequence[Token], path: Path) -> tuple[Token, Token, tuple[Token, ...]]:
    """The title, the summary and the rest."""
    kinds = [token.type for token in tokens[:6]]
    if kinds[:1] != ["heading_open"] or tokens[0].tag != "h1":
        raise UserError(f"{path}, line 1: expected the lesson's title, as in '# AdaGrad'")
    if kinds[3:4] != ["paragraph_open"]:
        raise UserError(f"{path}: expected a paragraph after the title; it is the lesson's summary")
    return tokens[1], tokens[4], tuple(tokens[6:])


def check_tags(tags: Sequence[Tag], path: Path) -> None:
    """Every tag is known and names what it places; only films take rows."""
    for tag in tags:
        place = f"{path}, line {tag.line}"
        if tag.name not in TAGS:
            raise UserError(
                f"{place}: unknown tag '@{tag.name}'{nearest(tag.name, TAGS)}; the tags are "
                f"{', '.join('@' + name for name in TAGS)}; write \\@ for a plain @"
            )
        if not tag.target:
            raise UserError(f"{place}: @{tag.name} needs a name, as in '@{tag.name} descent'")
        if tag.rows and tag.name != "film":
            raise UserError(f"{place}: only @film takes indented captions, @{tag.name} does not")


def check_blocks(body: Sequence[Token], path: Path) -> None:
    """Headings go down one level at a time."""
    level = 1
    for token in body:
        line = token.map[0] + 1 if token.map else 0
        if token.type == "heading_open":
            depth = int(token.tag[1])
            if depth == 1 or depth > level + 1:
                raise UserError(
                    f"{path}, line {line}: a heading of level {depth} cannot follow one of level "
                    f"{level}; sections begin with '##', theirs with '###'"
                )
            level = depth


def check_callouts(tokens: Sequence[Token], lines: Sequence[str], path: Path) -> None:
    """Every callout has an end of its own; the parser would end it where the text does."""
    ends: dict[int, int] = {}
    for token in tokens:
        if not token.type.startswith("container_") or token.nesting != 1 or not token.map:
            continue
        begin, end = token.map
        closed = end < len(lines) and lines[end].lstrip(" \t>").startswith(":::")
        if not closed or end in ends:
            raise UserError(
                f"{path}, line {ends.get(end, begin) + 1}: this callout has no end; write ':::' on "
                f"a line of its own after it"
            )
        ends[end] = begin


def set_anchors(texts: Mapping[str, Text], taken: Sequence[str]) -> None:
    """Give every heading an id, the same in each language where the headings correspond.

    The first language's words name the section; so a link to a section holds when the reader
    changes the language. Where the outlines differ, each text names its own sections.
    """
    outlines = {language: outline(text) for language, text in texts.items()}
    first = next(iter(texts))
    for language, text in texts.items():
        same = outlines[language] == outlines[first]
        source = texts[first] if same else text
        for (token, _), anchor in zip(text.headings, anchors(source, taken), strict=True):
            token.attrSet("id", anchor)


def outline(text: Text) -> list[str]:
    """The levels of the headings."""
    return [token.tag for token, _ in text.headings]


def anchors(text: Text, taken: Sequence[str]) -> list[str]:
    """An id for each heading; none is repeated and none is of ``taken``."""
    used = set(taken)
    result = []
    for _, inline in text.headings:
        words = re.sub(r"[^\w]+", "-", text.plain(inline).lower()).strip("-_")
        base = words or "section"
        anchor, number = base, 1
        while anchor in used:
            number += 1
            anchor = f"{base}-{number}"
        used.add(anchor)
        result.append(anchor)
    return result
