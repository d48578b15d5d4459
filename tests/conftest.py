"""Fixtures shared by all tests: the switches and a headless browser."""

import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")

BROWSERS = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switches of these tests."""
    parser.addoption(
        "--every",
        action="store_true",
        default=False,
        help="look at every film and page in every language and color scheme, not at samples",
    )
    parser.addoption(
        "--refresh",
        action="store_true",
        default=False,
        help="rewrite the stored goldens and stills from what the code makes now",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests in one process; the site's tests, the longest group, start first."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))
    items.sort(key=lambda item: not item.nodeid.startswith("tests/site/"))


@pytest.fixture(scope="session")
def refresh(pytestconfig: pytest.Config) -> bool:
    """Whether stored goldens and stills are to be rewritten."""
    return bool(pytestconfig.getoption("--refresh"))


@pytest.fixture(scope="session")
def every(pytestconfig: pytest.Config) -> bool:
    """Whether all combinations are wanted where samples would do."""
    return bool(pytestconfig.getoption("--every"))


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Path of the machine's Chromium; a machine without one fails, it does not skip."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("no Chromium found; `make test` installs one on Debian and Ubuntu")
    return found


@pytest.fixture(scope="session")
def browser(browser_path: str) -> Iterator[Browser]:
    """One headless Chromium a test process; open a context or a page of your own in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield browser
        browser.close()
