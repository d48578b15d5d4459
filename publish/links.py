"""Links of a lesson text to other pages of the site and to sections."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import unquote

from engine.errors import Mistakes, UserError, nearest
from publish.inline import children
from publish.text import Text


def check_links(text: Text, pages: Mapping[str, Text], unread: Collection[str] = ()) -> None:
    """Links to pages of the site name a lesson and, after ``#``, one of its sections.

    ``pages`` are the lessons' texts in the same language, by the names of their files; ``unread``
    are the names of pages whose texts have mistakes.

    Raises:
        UserError: links lead nowhere; with file, line and nearest name.
    """
    mistakes = Mistakes()
    for token in (text.title, text.summary, *text.body):
        for child, line in children(token):
            place = f"{text.path}, line {line}"
            address = "" if "file" in child.meta else str(child.attrGet("href") or "")
            page, _, section = address.partition("#")
            if not address or ":" in page or "//" in page or address == "index.html":
                continue
            if page in unread:
                continue
            with mistakes.noted():
                if page and page not in pages:
                    raise UserError(
                        f"{place}: a link to '{page}', but the site has no such page"
                        f"{nearest(page, pages)}"
                    )
                check_section(place, pages[page] if page else text, unquote(section))
    mistakes.close()


def check_section(place: str, text: Text, section: str) -> None:
    """A link's section is a heading or a block of the text that it leads to."""
    known = [str(opening.attrGet("id")) for opening, _ in text.headings]
    known += [f"{tag.name}-{tag.target}" for tag in text.tags]
    if section and section not in known:
        raise UserError(
            f"{place}: a link to '#{section}', but {text.path} has no such section"
            f"{nearest(section, known)}"
        )
