"""The files beside a lesson text that it shows or links: pictures, data, papers, notebooks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from markdown_it.token import Token

from engine.errors import UserError, nearest, shown
from publish.inline import children
from publish.pictures import read_picture

FOLDER = "files"
"""Where a site keeps them, in a folder for each lesson."""

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
WEB = ("http", "https", "mailto", "tel")
PAGE = (".html", ".htm")
SHOWN = (".pdf", ".txt", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", *PAGE)
"""Files that a browser shows; others are saved."""

PERCENT = 100


@dataclass(frozen=True, order=True)
class Attached:
    """A file of a lesson's folder: where it lies, and its path there with slashes."""

    name: str
    path: Path

    def site_path(self, lesson: str) -> str:
        """The path in a site, from its root."""
        return f"{FOLDER}/{lesson}/{self.name}"


def attach(tokens: Sequence[Token], path: Path) -> tuple[Attached, ...]:
    """Find the files that a text needs and set the addresses of its pictures and links.

    A picture's token gets its size, a link's ``meta["file"]`` says kind and size of the file.

    Raises:
        UserError: a file is missing, lies elsewhere or is not what it should be; with file, line
            and what to write.
    """
    found: set[Attached] = set()
    for child, line in everything(tokens):
        try:
            if child.type == "image":
                found.add(set_picture(child, path))
            elif child.type == "link_open":
                found.update(set_link(child, path))
        except UserError as error:
            raise UserError(f"{path}, line {line}: {error}") from None
    return tuple(sorted(found))


def everything(tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """The parts of all inline tokens."""
    for token in tokens:
        yield from children(token)


def set_picture(token: Token, text: Path) -> Attached:
    """Find a picture, and set its address, size and words."""
    address = str(token.attrs.get("src", ""))
    scheme = SCHEME.match(address)
    if scheme or address.startswith("//"):
        raise UserError(
            f"the picture '{shown(unquote(address))}' is not in the lesson's folder; pages load "
            "nothing from elsewhere, so save it beside the text and write its name"
        )
    if not token.content.strip():
        raise UserError(
            f"the picture '{shown(unquote(address))}' has no words for those who do not see it; "
            "write ![what it shows](address)"
        )
    file = find(unquote(address), text, "picture")
    try:
        picture = read_picture(file.path)
    except UserError as error:
        raise UserError(f"the picture '{file.name}': {error}") from None
    width, height = picture.width, picture.height
    asked, unit = token.meta.get("width", (0, ""))
    if unit == "%" and not 1 <= asked <= PERCENT:
        raise UserError(f"the picture '{file.name}' has width={asked}%; expected 1% to 100%")
    if unit == "px":
        if asked < 1:
            raise UserError(f"the picture '{file.name}' has width={asked}; expected at least 1")
        width, height = asked, max(1, round(picture.height * asked / picture.width))
    token.attrs.update(src=file_address(file, text), width=width, height=height)
    names = [f"width-{asked}"] if unit == "%" else []
    names += ["clear"] if picture.clear else []
    if names:
        token.attrSet("class", " ".join(names))
    return file


def set_link(token: Token, text: Path) -> Iterator[Attached]:
    """Find the file that a link leads to, and set its address; other links are only looked at."""
    address = str(token.attrs.get("href", ""))
    scheme = SCHEME.match(address)
    if scheme and scheme[1].lower() not in WEB:
        raise UserError(
            f"a link to '{shown(unquote(address))}'; links lead to web addresses (https, mailto), "
            "to lessons, and to files beside the text"
        )
    if address.startswith("//"):
        raise UserError(f"a link to '{shown(address)}'; write https: before it")
    if not address:
        raise UserError("a link without an address; write [words](address)")
    path, _, section = address.partition("#")
    if scheme or not path:
        return
    name = unquote(path)
    if name.lower().endswith(PAGE) and not (text.parent / name).is_file():
        return
    file = find(name, text, "file")
    token.attrs["href"] = file_address(file, text) + (f"#{section}" if section else "")
    token.meta["file"] = kind_and_size(file.path)
    if file.path.suffix.lower() not in SHOWN:
        token.attrs["download"] = ""
    yield file


def find(name: str, text: Path, kind: str) -> Attached:
    """The file of that name in the text's folder, or deeper.

    Raises:
        UserError: it is not there under just this name, or the name leads out of the folder.
    """
    if "\\" in name:
        raise UserError(f"the {kind} '{shown(name)}' is not found; write / in place of \\")
    if name.startswith("/") or ".." in name.split("/"):
        raise UserError(
            f"the {kind} '{shown(name)}' is not in the lesson's folder; put it there and write its "
            "name"
        )
    folder, parts = text.parent, [part for part in name.split("/") if part not in ("", ".")]
    path = folder
    for part in parts:
        path = entry(path, part, name, text, kind)
    if not path.is_file():
        raise UserError(f"the {kind} '{shown(name)}' is a folder; name a file in it")
    if folder.resolve() not in path.resolve().parents:
        raise UserError(
            f"the {kind} '{shown(name)}' is a link out of the lesson's folder; put the file itself "
            "there"
        )
    return Attached(unicodedata.normalize("NFC", "/".join(parts)), path)


def entry(folder: Path, part: str, name: str, text: Path, kind: str) -> Path:
    """What a folder has under a name that is spelled just so; systems differ about case."""
    names = sorted(item.name for item in folder.iterdir()) if folder.is_dir() else []
    same = {unicodedata.normalize("NFC", item): item for item in names}
    wanted = unicodedata.normalize("NFC", part)
    if wanted.startswith("."):
        raise UserError(
            f"the {kind} '{shown(name)}' is hidden; give it a name without a dot before it"
        )
    if wanted in same:
        return folder / same[wanted]
    lesson = Path(name).with_suffix("").name
    if lesson in ("en", "zh") or Path(name).suffix.lower() == ".md":
        lesson = Path(name).parent.name or lesson
    if (text.parent.parent / lesson / "lesson.toml").is_file():
        raise UserError(f"a link to '{shown(name)}'; the page of that lesson is '{lesson}.html'")
    like = [item for item in same if item.casefold() == wanted.casefold()]
    hint = (
        f"; it is called '{like[0]}'" if like else nearest(part, [i for i in same if i[0] != "."])
    )
    raise UserError(
        f"the {kind} '{shown(name)}' is not in {folder}{hint}; put it there or mend its name"
    )


def file_address(file: Attached, text: Path) -> str:
    """The address of a file from the lesson's page; the folder is called as the lesson is."""
    return f"../{quote(file.site_path(text.parent.name))}"


def kind_and_size(path: Path) -> tuple[str, str]:
    """What a reader is told of a file: its kind and how large it is."""
    size = float(path.stat().st_size)
    unit = "B"
    for larger in ("kB", "MB", "GB"):
        if size >= 1000:
            size, unit = size / 1000, larger
    digits = f"{size:.1f}" if unit != "B" and size < 10 else f"{size:.0f}"
    return path.suffix.lstrip(".").upper(), f"{digits}\N{NO-BREAK SPACE}{unit}"
