"""Stored texts that the printers must make again; `pytest --refresh` rewrites them."""

from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def check(name: str, text: str, refresh: bool) -> None:
    """Compare a text with the stored one, or store it."""
    path = FOLDER / name
    if refresh:
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text
