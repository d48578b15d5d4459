"""Pages from a server that knows no byte ranges, and in a frame without an origin of its own."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from publish.serve import make_server

FILM = "document.querySelector('#film-descent video')"


class Plain(SimpleHTTPRequestHandler):
    """What ``python -m http.server`` answers with."""

    def copyfile(self, source, outputfile):
        try:
            super().copyfile(source, outputfile)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, *_):
        pass


@pytest.fixture
def address(request, site):
    """The site at a server: ``"plain"`` knows no ranges, ``"ranges"`` is the preview server."""
    if request.param == "plain":
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Plain, directory=str(site)))
    else:
        server = make_server(site, 0, quiet=True)
    with server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def page(browser):
    """A page whose complaints in the console fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def ready(page):
    page.wait_for_function(f"() => {FILM}.readyState >= 1")


@pytest.mark.parametrize("address", ["plain", "ranges"], indirect=True)
def test_chapters_and_lines_move_the_film(page, address):
    page.goto(f"{address}/en/first.html")
    ready(page)
    page.get_by_role("link", name="The descent").click()
    page.wait_for_function(f"() => {FILM}.currentTime === 3.5")
    assert page.locator(".film-line-now").inner_text().startswith("The loss is")
    page.get_by_text("Transcript").click()
    page.locator(".transcript a").first.click()
    page.wait_for_function(f"() => {FILM}.currentTime === 1")
    assert page.evaluate(f"{FILM}.paused")
    assert page.locator(".film-notice").inner_text() == ""


@pytest.mark.parametrize(
    ("address", "kind"), [("plain", "blob:"), ("ranges", "http:")], indirect=["address"]
)
def test_only_a_film_that_cannot_be_moved_is_loaded_whole(page, address, kind):
    page.goto(f"{address}/en/first.html")
    ready(page)
    page.evaluate(f"{FILM}.play()")
    page.wait_for_function(
        f"() => {FILM}.currentSrc.startsWith('{kind}') && {FILM}.currentTime > 0.5"
    )
    page.evaluate(f"{FILM}.pause()")


@pytest.mark.parametrize("address", ["plain"], indirect=True)
def test_a_moment_in_the_address_is_reached(page, address):
    page.goto(f"{address}/en/first.html#film-descent&t=4.5")
    page.wait_for_function(f"() => {FILM}.currentTime === 4.5")


@pytest.mark.parametrize("address", ["plain"], indirect=True)
def test_a_film_that_plays_can_be_moved_by_the_bar_too(page, address):
    page.goto(f"{address}/en/first.html")
    ready(page)
    assert page.evaluate(f"{FILM}.seekable.end(0)") == 0
    page.evaluate(f"{FILM}.playbackRate = 0.5, {FILM}.play()")
    page.wait_for_function(f"() => {FILM}.currentSrc.startsWith('blob:') && {FILM}.readyState >= 2")
    assert page.evaluate(f"[{FILM}.paused, {FILM}.playbackRate]") == [False, 0.5]
    page.evaluate(f"{FILM}.pause(), {FILM}.currentTime = 4")
    page.wait_for_function(f"() => {FILM}.currentTime === 4")


def framed(page, address):
    """The lesson in a frame as learning platforms make them."""
    body = f"<iframe sandbox='allow-scripts' width=1200 height=780 src='{address}/en/first.html'>"
    page.route("**/frame", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(f"{address}/frame")
    frame = page.frames[1]
    frame.wait_for_load_state("load")
    frame.wait_for_function(f"() => {FILM}.readyState >= 1")
    return frame


@pytest.mark.parametrize("address", ["ranges"], indirect=True)
def test_in_a_sandboxed_frame_all_works_but_our_fonts(page, address):
    frame = framed(page, address)
    assert frame.evaluate("self.origin") == "null"
    assert frame.evaluate("document.fonts.size") == 0
    frame.get_by_role("link", name="The descent").click()
    frame.wait_for_function(f"() => {FILM}.currentTime === 3.5")
    frame.locator("#playground-own-lr").fill("0.5")
    frame.wait_for_function("() => location.hash.includes('lr=0.5')")
    frame.locator("button.theme").click()
    assert frame.evaluate("document.documentElement.dataset.theme") in ("light", "dark")


@pytest.mark.parametrize("address", ["plain"], indirect=True)
def test_where_a_film_cannot_be_moved_it_says_so(page, address):
    frame = framed(page, address)
    frame.get_by_role("link", name="The descent").click()
    notice = frame.locator(".film-notice")
    notice.wait_for()
    assert "cannot be moved" in notice.inner_text()
    assert notice.get_attribute("role") == "status"
