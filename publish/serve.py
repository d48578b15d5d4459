"""A preview server for the built site.

The standard library's file handler ignores ``Range`` requests, and without them a browser cannot
seek in a film; this one answers them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from engine.errors import UserError

RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class SiteHandler(SimpleHTTPRequestHandler):
    """Serves one folder, with single byte ranges (RFC 9110, section 14)."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 - the base class declares it as a plain dict
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript; charset=utf-8",
        ".mp4": "video/mp4",
        ".vtt": "text/vtt; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".woff2": "font/woff2",
    }

    def __init__(self, *arguments: Any, quiet: bool = False, **options: Any) -> None:
        self.quiet = quiet
        super().__init__(*arguments, **options)

    def end_headers(self) -> None:
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def send_head(self) -> BytesIO | BinaryIO | None:
        asked = RANGE.fullmatch(self.headers.get("Range", ""))
        place = self.translate_path(self.path)
        if "\0" in place:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        path = Path(place)
        if asked is None or not any(asked.groups()) or not path.is_file():
            return super().send_head()
        return self._send_part(path, *asked.groups())

    def _send_part(self, path: Path, first: str, last: str) -> BytesIO | None:
        size = path.stat().st_size
        begin = int(first) if first else max(0, size - int(last))
        end = min(int(last), size - 1) if first and last else size - 1
        if begin > end:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        with path.open("rb") as file:
            file.seek(begin)
            part = file.read(end - begin + 1)
        self.send_response(HTTPStatus.PARTIAL_CONTENT)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Range", f"bytes {begin}-{end}/{size}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        return BytesIO(part)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        try:
            super().copyfile(source, outputfile)
        except ConnectionError:
            # A browser that seeks drops the connection; that is not a fault.
            self.close_connection = True

    def log_message(self, format: str, *arguments: Any) -> None:
        if not self.quiet:
            super().log_message(format, *arguments)


def make_server(folder: Path, port: int = 8000, *, quiet: bool = False) -> ThreadingHTTPServer:
    """A server of ``folder`` on the loopback address; port 0 takes any free one.

    Raises:
        UserError: the folder holds no built site, or the port is taken.
    """
    if not (folder / "index.html").is_file():
        raise UserError(f"{folder}: no site is built there; run 'thalweg build' first")
    handler: Callable[..., SiteHandler] = partial(SiteHandler, directory=str(folder), quiet=quiet)
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise UserError(f"port {port}: {error.strerror}; choose another one with --port") from error
