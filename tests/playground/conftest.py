"""Fixtures of the playground's tests: its page in a browser, and its functions alone."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from engine import OBJECTIVES, OPTIMIZERS
from publish.scripts import modules, rules
from tests.playground.harness import VALLEY, Opener, settle, write_page

WIDE = {"viewport": {"width": 1200, "height": 900}}
COUNT_PAINTS = """
window.paints = 0;
const put = CanvasRenderingContext2D.prototype.putImageData;
CanvasRenderingContext2D.prototype.putImageData = function (...values) {
  window.paints += 1;
  return put.apply(this, values);
};
"""


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """A function that opens the harness; a console error or an outside request fails the test."""
    contexts = []
    faults: list[str] = []

    def open_page(
        *optimizers: str,
        fragment: str = "",
        language: str = "en",
        device: Mapping[str, Any] = WIDE,
        **changes: Any,
    ) -> Page:
        configs = {name: {**VALLEY, "optimizer": name, **changes} for name in optimizers}
        path = write_page(tmp_path, language, configs)
        contexts.append(browser.new_context(offline=True, **device))
        page = contexts[-1].new_page()
        page.add_init_script(COUNT_PAINTS)
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda r: None if r.url.startswith(("file:", "data:")) else faults.append(r.url),
        )
        page.goto(path.as_uri() + fragment)
        settle(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def inner(browser: Browser) -> Iterator[Page]:
    """A page with the playground's modules in its global scope, to test their functions alone."""
    page = browser.new_page()
    page.goto("about:blank")
    page.add_script_tag(content=rules(OPTIMIZERS, OBJECTIVES) + "\n".join(modules()))
    yield page
    page.close()
