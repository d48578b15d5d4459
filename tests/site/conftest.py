"""The whole course, built once by the real command, and its pages opened as a student would."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from publish.serve import make_server

ROOT = Path(__file__).parents[2]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One build serves all tests of this folder, so one worker takes them."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("site"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a draft build of the three lessons; see `tests.site.small_build`."""
    output = tmp_path_factory.mktemp("course")
    command = [sys.executable, "-m", "tests.site.small_build", "build", "--quality", "draft"]
    command += ["--output", str(output)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "a build without a terminal is quiet"
    return output / "site"


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the preview server on that folder."""
    with make_server(site, 0, quiet=True) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(params=["http", "disk"])
def base(request: pytest.FixtureRequest, site: Path) -> str:
    """Where the site is opened from: the preview server, or the disk with the network off."""
    address: str = request.getfixturevalue("served") if request.param == "http" else site.as_uri()
    return address


Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, base: str) -> Iterator[Opener]:
    """Opens a page; an outside request, a failed one or a console error fails the test."""
    context = browser.new_context(
        offline=base.startswith("file:"), viewport={"width": 1280, "height": 900}
    )
    faults: list[str] = []

    def watch(page: Page) -> None:
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda r: None if r.url.startswith((base, "data:", "blob:")) else faults.append(r.url),
        )

    def open_page(path: str, **media: str) -> Page:
        page = context.new_page()
        watch(page)
        if media:
            page.emulate_media(**media)  # type: ignore[arg-type]
        page.goto(f"{base}/{path}")
        page.wait_for_load_state("load")
        return page

    yield open_page
    context.close()
    assert faults == []
