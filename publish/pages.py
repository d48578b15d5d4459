"""The HTML of the site's pages, from templates; films are already rendered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it.token import Token
from markupsafe import Markup

from publish.blocks import Block, lesson_blocks
from publish.captions import to_address, to_vtt
from publish.course import Course
from publish.lesson import Lesson
from publish.markdown import render
from publish.numbers import clock
from publish.pagedata import page_data
from publish.tags import Tag
from publish.text import Text
from publish.words_page import WORDS

TEMPLATES = Path(__file__).parent.parent / "templates"
POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; "
    "img-src 'self' file: data:; media-src 'self' file: data:; font-src 'self' file:; "
    "base-uri 'none'; form-action 'none'"
)


DATA = '<script type="application/json" id="thalweg-data">'


@dataclass(frozen=True)
class Card:
    """A lesson as the start page and its neighbors show it."""

    name: str
    title: str
    summary: str
    poster: str
    width: int
    height: int
    preview: str = ""


@dataclass(frozen=True)
class Link:
    """The same page in another language."""

    language: str
    tag: str
    name: str
    path: str


@dataclass(frozen=True)
class Kept:
    """What is a lesson's own on its page: the HTML from its title on, and the data of scripts."""

    name: str
    words: str
    data: str


@cache
def environment() -> Environment:
    """Jinja2 with escaping; a name that a template does not know is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(clock=clock)
    return made


def frame(course: Course, language: str, file: str, root: str) -> dict[str, Any]:
    """What every page needs: words, links to its other languages, the way to the site's root."""
    return {
        "words": WORDS[language],
        "language": language,
        "policy": POLICY,
        "course": course.title[language],
        "root": root,
        "home": f"{root}{language}/index.html",
        "links": [
            Link(other, WORDS[other]["tag"], WORDS[other]["name"], f"{root}{other}/{file}")
            for other in course.languages
        ],
    }


def start_page(course: Course, language: str, cards: Sequence[Card], root: str = "../") -> str:
    """The start page: every lesson with its poster, title and summary."""
    return (
        environment()
        .get_template("start.html.j2")
        .render(
            **frame(course, language, "index.html", root),
            summary=course.summary[language],
            cards=cards,
        )
    )


def lesson_page(
    course: Course,
    lesson: Lesson,
    language: str,
    films: Mapping[str, Any],
    order: Sequence[Card],
) -> str:
    """One lesson in one language.

    ``films`` holds the rendered films by name, ``order`` the lessons of the site, of which the
    neighbors are linked.
    """
    text = lesson.texts[language]
    words = WORDS[language]
    blocks = lesson_blocks(course, lesson, language)
    at = [card.name for card in order].index(lesson.name)

    def place(tag: Tag) -> str:
        return block_html(course, lesson, language, blocks[tag.name, tag.target], films)

    return (
        environment()
        .get_template("lesson.html.j2")
        .render(
            **frame(course, language, f"{lesson.name}.html", "../"),
            title=text.plain(text.title),
            title_html=inline(text, text.title, words),
            summary=text.plain(text.summary),
            summary_html=inline(text, text.summary, words),
            contents=contents(text, words),
            body=Markup(render(text.body, text.mathml, words, place)),  # noqa: S704  our own HTML
            number=at + 1,
            count=len(order),
            previous=order[at - 1] if at else None,
            following=order[at + 1] if at + 1 < len(order) else None,
            data=Markup(page_data(course, language)),  # noqa: S704  escaped for a script element
            scripted=bool(lesson.playgrounds),
            kept=None,
        )
    )


def framed_again(course: Course, language: str, content: Kept, order: Sequence[Card]) -> str:
    """A page as it was built before, among the lessons that the site has now.

    ``order`` are the lessons of the site; all outside the lesson's own words is written anew.
    """
    at = [card.name for card in order].index(content.name)
    return (
        environment()
        .get_template("lesson.html.j2")
        .render(
            **frame(course, language, f"{content.name}.html", "../"),
            title=order[at].title,
            summary=order[at].summary,
            kept=Markup(content.words),  # noqa: S704  our own HTML
            number=at + 1,
            count=len(order),
            previous=order[at - 1] if at else None,
            following=order[at + 1] if at + 1 < len(order) else None,
            data=Markup(content.data),  # noqa: S704  escaped for a script element
            scripted=bool(content.data),
        )
    )


def kept_page(name: str, html: str) -> Kept:
    """What is a lesson's own in the HTML of its page."""
    start, end = html.index("<h1>"), html.index("</main>")
    data = html.partition(DATA)[2].partition("</script>")[0]
    return Kept(name, html[start:end].removesuffix("\n"), data)


def inline(text: Text, token: Any, words: Mapping[str, str]) -> Markup:
    """HTML of an inline token."""
    return Markup(render([token], text.mathml, words, lambda tag: ""))  # noqa: S704  our own HTML


def contents(text: Text, words: Mapping[str, str]) -> list[tuple[str, Markup]]:
    """The sections of the first level: anchor and heading."""
    return [
        (str(opening.attrGet("id")), inline(text, without_links(heading), words))
        for opening, heading in text.headings
        if opening.tag == "h2"
    ]


def without_links(heading: Token) -> Token:
    """A heading's words for a list of links: no links in a link, and no footnote twice."""
    left_out = ("link_open", "link_close", "footnote_ref")
    kept = [child for child in heading.children or [] if child.type not in left_out]
    return Token("inline", "", 0, content=heading.content, children=kept)


def block_html(
    course: Course, lesson: Lesson, language: str, block: Block, films: Mapping[str, Any]
) -> str:
    """What a tag places, from the template of its name."""
    values: dict[str, Any] = {"tag": block.tag, "title": block.title, **block.values}
    if block.tag.name == "film":
        film = films[block.tag.target]
        stem = f"{lesson.name}-{block.tag.target}-{language}"
        values.update(
            film=film,
            stem=stem,
            captions=to_address(to_vtt(film.cues)),
            poster=f"{stem}{film.poster.suffix}",
        )
    return (
        environment()
        .get_template(f"parts/{block.tag.name}.html.j2")
        .render(words=WORDS[language], root="../", language=language, lesson=lesson.name, **values)
    )
