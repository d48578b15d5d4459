"""Pictures of lesson texts: what kind of file one is, how large, and whether a page may show it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree

from PIL import Image

from engine.errors import UserError, shown

ENDINGS: Mapping[str, str] = MappingProxyType(
    {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".gif": "GIF", ".svg": "SVG"}
)
KINDS = "PNG, JPEG, SVG, WebP and GIF"
ORIENTATION, TURNED = 0x0112, (5, 6, 7, 8)
"""The tag of a photograph that says how to turn it, and its values that swap width and height."""

UNITS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
LENGTH = re.compile(r"\s*([+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(px|pt|pc|mm|cm|in)?\s*$")
OUTSIDE = re.compile(
    r"url\(\s*['\"]?\s*(?!['\"]?\s*(?:#|data:))[^)]*\)|@import[^;]*", re.IGNORECASE
)
ACTIVE = {"script", "iframe", "object", "embed", "handler", "listener", "audio", "video"}


@dataclass(frozen=True)
class Picture:
    """A picture's size in pixels of a page; ``clear`` where the page's ground may show through."""

    width: int
    height: int
    clear: bool


def read_picture(path: Path) -> Picture:
    """What a page must know of a picture.

    Raises:
        UserError: the file is no picture of a kind that browsers show, is damaged, is of another
            kind than its name says, or is an SVG with scripts or parts elsewhere.
    """
    named = ENDINGS.get(path.suffix.lower())
    if named is None:
        raise UserError(f"pictures are {KINDS}; convert it")
    head = path.read_bytes()[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    drawn = head.startswith((b"<?xml", b"<svg", b"<!")) and b"<svg" in path.read_bytes()
    if named == "SVG" or drawn:
        if named != "SVG":
            raise UserError("this is an SVG file; let its name end with .svg")
        return read_drawing(path)
    return read_raster(path, named)


def read_raster(path: Path, named: str) -> Picture:
    """The size of a picture of pixels, as it is shown; it is decoded to the end."""
    try:
        with Image.open(
            path, formats=sorted({*ENDINGS.values(), "BMP", "TIFF"} - {"SVG"})
        ) as image:
            found = image.format
            width, height = image.size
            clear = image.has_transparency_data
            turned = image.getexif().get(ORIENTATION) in TURNED
            if found == named:
                image.load()
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise UserError(f"this is no whole {named} picture; save it anew") from None
    if found != named:
        write = (
            f"let its name end with .{str(found).lower()}"
            if found in ENDINGS.values()
            else "convert it"
        )
        raise UserError(f"this is a {found} file, not {named}; {write}")
    return Picture(*((height, width) if turned else (width, height)), clear)


def read_drawing(path: Path) -> Picture:
    """The size of an SVG file that has all its parts in itself and does nothing."""
    text = path.read_bytes()
    if b"<!ENTITY" in text or b"<?xml-stylesheet" in text:
        raise UserError(
            "the drawing has entities or a style sheet of its own file; save it as plain SVG"
        )
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  without entities; nothing is fetched
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise UserError(f"this is no SVG drawing ({error}); save it anew") from None
    if local(root.tag) != "svg":
        raise UserError("this is no SVG drawing; save it anew")
    for element in root.iter():
        check_element(element)
    return Picture(*drawing_size(root), True)


def local(name: object) -> str:
    """A name of XML without its namespace; "" for comments."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def check_element(element: ElementTree.Element) -> None:
    """An element has no script, and nothing that lies outside of the file. Raises UserError."""
    name = local(element.tag)
    if name.lower() in ACTIVE:
        raise UserError(
            f"the drawing holds <{name}>; a picture can neither act nor load; save it as plain SVG"
        )
    for key, value in element.attrib.items():
        word = local(key).lower()
        if word.startswith("on"):
            raise UserError(f"the drawing holds the script {word}=…; save it as plain SVG")
        address = value.strip()
        inside = address.startswith("#") or address.lower().startswith("data:image/") or not address
        web = name == "a" and address.startswith(("http:", "https:", "mailto:"))
        if word in ("href", "src") and not inside and not web:
            raise UserError(
                f"the drawing takes '{shown(address)}' from elsewhere, which pages do not load; "
                "embed it"
            )
    styles = [*element.attrib.values(), (element.text or "") if name == "style" else ""]
    for style in styles:
        found = OUTSIDE.search(style)
        if found:
            raise UserError(
                f"the drawing takes '{shown(found[0])}' from elsewhere, which pages do not load; "
                "embed it"
            )


def drawing_size(root: ElementTree.Element) -> tuple[int, int]:
    """Width and height of a drawing, or those of its view box."""
    box = [
        float(part)
        for part in re.findall(
            r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", root.get("viewBox", "")
        )
    ]
    width, height = (length(root.get(name, "")) for name in ("width", "height"))
    ratio = box[3] / box[2] if len(box) == 4 and box[2] > 0 and box[3] > 0 else None
    if ratio and not (width and height):
        width, height = (
            (width, width * ratio)
            if width
            else (height / ratio, height)
            if height
            else (box[2], box[3])
        )
    if not (width and height):
        raise UserError("the drawing says no size; give its <svg> a viewBox, or width and height")
    return max(1, round(width)), max(1, round(height))


def length(text: str) -> float:
    """A length in pixels; 0 where it is none by itself, such as 100%."""
    found = LENGTH.match(text)
    return float(found[1]) * UNITS[found[2] or ""] if found else 0.0
