"""``thalweg film`` in all its forms, on a course of one short film of two shots."""

import av
import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

import scenes
from publish.cli import main
from publish.course import load_course
from publish.film import Look, find_film
from publish.store import Store

FILES = {
    "course.toml": """
lessons = ["short"]
title.en = "A course"
summary.en = "One lesson."
""",
    "short/lesson.toml": """
[[films]]
name = "film"
optimizer = "sgd"
start = [-5, -2]
steps = 2
hyper = { lr = 0.2 }

[[films.shots]]
kind = "descent"
name = "first"
explained = 0

[[films.shots]]
kind = "descent"
name = "second"
explained = 0
""",
    "short/en.md": """
# Short

A short lesson.

@film film Two shots.
  first 0: It starts.
""",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.lstrip())
    return folder


@pytest.fixture
def film(course, tmp_path, monkeypatch):
    """Runs the command in an empty folder; gives its result and the files that are there then."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        words = ["film", "short", "film", "--course", str(course), *map(str, arguments)]
        result = CliRunner().invoke(main, words)
        return result, sorted(path.name for path in tmp_path.iterdir())

    return run


def test_a_film_of_another_form_and_rate(film, tmp_path):
    result, files = film(
        *("--quality", "draft", "--form", "tall", "--fps", "4"), "--theme", "light", "-o", "a.mp4"
    )
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "wrote a.mp4")
    assert files == ["a.mp4", "a.png", "a.vtt"]
    with av.open(str(tmp_path / "a.mp4")) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (360, 640)
        assert stream.average_rate == 4
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(stream)]
    assert frames[0][0, 0].min() > 240, "the light theme"
    assert Image.open(tmp_path / "a.png").size == (360, 640)
    assert "It starts." in (tmp_path / "a.vtt").read_text()


def test_stills_of_steps_and_shots(film, tmp_path):
    assert film("--still", 1, "--shot", "second", "--quality", "draft", "-o", "a.png")[1] == [
        "a.png"
    ]
    assert film("--still", 1, "--shot", 2, "--quality", "draft", "-o", "b.png")[0].exit_code == 0
    assert film("--still", 2, "--shot", 2, "--quality", "draft", "-o", "c.png")[0].exit_code == 0
    one, same, other = (np.asarray(Image.open(tmp_path / f"{name}.png")) for name in "abc")
    assert one.shape == (360, 640, 3)
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_a_storyboard_and_a_preview(film, tmp_path):
    _, files = film("--storyboard", "--form", "square", "-o", "sheet.png")
    assert files == ["sheet.png"]
    assert Image.open(tmp_path / "sheet.png").width > 6 * 360
    _, files = film("--preview", "-o", "loop.mp4")
    assert files == ["loop.mp4", "sheet.png"]


def test_an_overlay(film, tmp_path):
    result, files = film("--overlay", "--quality", "draft", "--fps", 1, "-o", "a.mov")
    assert (result.exit_code, files) == (0, ["a.mov"])
    with av.open(str(tmp_path / "a.mov")) as container:
        assert str(container.streams.video[0].codec_context.pix_fmt).startswith("yuva444p")


def test_a_film_that_a_build_has_kept_is_not_rendered(film, course, tmp_path, monkeypatch):
    found = find_film(load_course(course), "short", "film", "en", Look("draft", fps=2))
    output = tmp_path.parent / "output"
    made = scenes.render(found.spec, output / "made")
    Store(output, {}).keep(found.spec, made, output / "scratch")
    monkeypatch.setattr("publish.film.font_digests", lambda known: {})
    monkeypatch.setattr(scenes, "render", None)
    result, files = film("--quality", "draft", "--fps", 2, "--output", output, "-o", "a.mp4")
    assert (result.exit_code, files) == (0, ["a.mp4", "a.png", "a.vtt"])
    assert (tmp_path / "a.mp4").read_bytes() == made.video.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--still", "3", "--shot", "1", "-o", "a.png"], "no step 3; the steps are 0 to 2"),
        (["--still", "1", "-o", "a.png"], "say which, with --shot; 1 first, 2 second"),
        (["--still", "1", "--shot", "frist", "-o", "a.png"], "did you mean 'first'"),
        (["--still", "1", "--shot", "3", "-o", "a.png"], "no shot '3'; the shots are 1 first"),
        (["--still", "-1", "-o", "a.png"], "'--still'"),
        (["--still", "1", "--shot", "1", "-o", "a.mp4"], "a still is a file that ends in .png"),
        (["--still", "1", "--fps", "5", "-o", "a.png"], "--fps does not go with --still"),
        (["--shot", "first", "-o", "a.mp4"], "--shot goes with --still"),
        (["--preview", "--overlay", "-o", "a.mov"], "--preview and --overlay are two forms"),
        (["--preview", "--quality", "4k", "-o", "a.mp4"], "--quality does not go with --preview"),
        (["--preview", "-o", "a.webm"], "ends in .mp4"),
        (["--storyboard", "--output", "b", "-o", "a.png"], "--output does not go with"),
        (["--storyboard", "-o", "no/a.png"], "no/a.png: cannot be written"),
        (["--overlay", "-o", "a.mp4"], "ends in .mov or .webm"),
        (["--form", "tal", "-o", "a.mp4"], "did you mean 'tall'"),
        (["--theme", "bright", "-o", "a.mp4"], "'dark', 'light'"),
        (["--fps", "0", "-o", "a.mp4"], "'--fps'"),
        (["--fps", "121", "-o", "a.mp4"], "'--fps'"),
    ],
)
def test_a_mistake_is_told_in_one_line(film, arguments, expected):
    result, files = film(*arguments)
    assert result.exit_code == 2
    assert expected in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert files == []
