"""The preview server answers the ranges that a browser asks for when it seeks."""

import threading
import urllib.error
import urllib.request

import pytest
from click.testing import CliRunner

from engine.errors import UserError
from publish.cli import main
from publish.serve import make_server


@pytest.fixture
def address(tmp_path):
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "film.mp4").write_bytes(bytes(range(100)))
    with make_server(tmp_path, 0, quiet=True) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def fetch(address, range_=None):
    request = urllib.request.Request(address, headers={"Range": range_} if range_ else {})
    with urllib.request.urlopen(request) as answer:
        return answer.status, answer.headers, answer.read()


@pytest.mark.parametrize(
    ("asked", "expected", "span"),
    [
        ("bytes=10-19", range(10, 20), "bytes 10-19/100"),
        ("bytes=90-", range(90, 100), "bytes 90-99/100"),
        ("bytes=-5", range(95, 100), "bytes 95-99/100"),
        ("bytes=95-500", range(95, 100), "bytes 95-99/100"),
    ],
)
def test_a_range_is_answered_with_that_part(address, asked, expected, span):
    status, headers, body = fetch(f"{address}/film.mp4", asked)
    assert (status, body) == (206, bytes(expected))
    assert headers["Content-Range"] == span
    assert headers["Content-Type"] == "video/mp4"


def test_the_whole_file_and_a_part_behind_its_end(address):
    status, headers, body = fetch(f"{address}/film.mp4")
    assert (status, body) == (200, bytes(range(100)))
    assert headers["Accept-Ranges"] == "bytes"
    with pytest.raises(urllib.error.HTTPError) as error:
        fetch(f"{address}/film.mp4", "bytes=100-")
    assert error.value.code == 416


def test_an_address_that_no_file_can_have_is_not_found(address):
    for range_ in (None, "bytes=0-3"):
        with pytest.raises(urllib.error.HTTPError) as error:
            fetch(f"{address}/%00", range_)
        assert error.value.code == 404


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_a_port_that_cannot_be_is_told(tmp_path, port):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("")
    result = CliRunner().invoke(main, ["serve", "--output", str(tmp_path), "--port", port])
    assert result.exit_code == 2
    assert "65535" in result.stderr


def test_no_site_and_a_taken_port_are_told(tmp_path):
    with pytest.raises(UserError, match="run 'thalweg build' first"):
        make_server(tmp_path)
    (tmp_path / "index.html").write_text("")
    with make_server(tmp_path, 0) as server, pytest.raises(UserError, match="--port"):
        make_server(tmp_path, server.server_port)
