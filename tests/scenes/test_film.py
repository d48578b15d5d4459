"""A small film from end to end: what the file holds, and that it never differs."""

import subprocess
import sys
from dataclasses import replace

import av
import numpy as np
import pytest

import scenes
from engine import UserError
from scenes.picture import reel_of
from scenes.proof import proven
from scenes.segments import Studio, joined
from scenes.timeline import segments
from tests.scenes.films import FILMS, TINY


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """The same film made twice."""
    folder = tmp_path_factory.mktemp("films")
    seen = []
    first = scenes.render(TINY, folder / "one", lambda done, total: seen.append((done, total)))
    second = scenes.render(TINY, folder / "two")
    return first, second, seen


def test_the_file_is_what_the_film_says(films):
    film, _, seen = films
    with av.open(str(film.video)) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(stream))
        assert stream.average_rate == film.fps == TINY.quality.fps
        assert stream.codec_context.name == "h264"
    assert len(frames) == film.frames == round(film.duration * film.fps)
    assert {(f.width, f.height, f.format.name) for f in frames} == {(320, 180, "yuv420p")}
    assert [frame.time for frame in frames] == [
        pytest.approx(index / film.fps) for index in range(film.frames)
    ]
    assert seen == [(done, film.frames) for done in range(1, film.frames + 1)]


def test_the_index_stands_first(films):
    data = films[0].video.read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_the_same_spec_gives_the_same_bytes(films):
    first, second, _ = films
    assert first.video.read_bytes() == second.video.read_bytes()
    assert first.poster.read_bytes() == second.poster.read_bytes()
    assert first.preview.read_bytes() == second.preview.read_bytes()


def test_nothing_else_is_left_behind(films):
    film = films[0]
    assert sorted(path.name for path in film.video.parent.iterdir()) == [
        "tiny-zh-preview.mp4",
        "tiny-zh.mp4",
        "tiny-zh.png",
    ]


def test_decoded_frames_are_the_painted_ones(films):
    with av.open(str(films[0].video)) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    for index in (0, len(frames) // 2, len(frames) - 1):
        painted = scenes.still(TINY, frame=index)
        difference = np.abs(frames[index].astype(int) - painted)
        assert difference.mean() < 4


def test_painting_what_changed_equals_painting_all():
    spec = FILMS["adadelta"]
    clock = scenes.timeline(spec)
    with reel_of(spec) as kept, reel_of(spec) as fresh:
        for frame in range(0, clock.frames, 37):
            kept.show(clock.state(frame))
            fresh.show(clock.state(frame))
            fresh.canvas.forget()
            fresh.show(clock.state(frame))
            assert np.abs(kept.pixels.astype(int) - fresh.pixels).max() <= 2, frame


@pytest.mark.parametrize("which", ["video", "preview"])
def test_a_film_that_breaks_off_is_no_film(films, tmp_path, which):
    film = films[0]
    assert proven(film) is film
    content = getattr(film, which).read_bytes()
    broken = tmp_path / "broken.mp4"
    for share in (0.5, 0.97):
        broken.write_bytes(content[: int(len(content) * share)])
        with pytest.raises(ValueError, match=r"broken.mp4"):
            proven(replace(film, **{which: broken}))


def test_a_missing_font_is_said_in_one_line(monkeypatch, tmp_path):
    monkeypatch.setattr("manimpango.list_fonts", lambda: ["Some Other Font"])
    with pytest.raises(UserError, match="Noto Sans CJK") as fault:
        scenes.render(TINY, tmp_path / "films")
    assert "\n" not in str(fault.value)
    assert "install" in str(fault.value)


def test_importing_the_package_does_not_import_manim():
    code = (
        "import sys, scenes, scenes.palette\n"
        "sys.exit('manim' in sys.modules or 'av' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_film_of_several_segments_has_every_frame_once(tmp_path, monkeypatch, films):
    monkeypatch.setattr(sys.modules["scenes.timeline"], "LONGEST", 2)
    clock = scenes.timeline(TINY)
    parts = segments(clock)
    assert len(parts) > 3
    assert [frame for part in parts for frame in part] == list(range(clock.frames))
    film = scenes.render(TINY, tmp_path / "whole")
    with av.open(str(film.video)) as container:
        frames = list(container.decode(video=0))
    assert [frame.time for frame in frames] == [
        pytest.approx(index / film.fps) for index in range(film.frames)
    ]
    with av.open(str(films[0].video)) as container:
        for one, other in zip(frames, container.decode(video=0), strict=True):
            pictures = (frame.to_ndarray(format="gray").astype(int) for frame in (one, other))
            assert np.abs(next(pictures) - next(pictures)).mean() < 3
    backwards = tmp_path / "pieces"
    backwards.mkdir()
    with Studio() as studio:
        for number in reversed(range(len(parts))):
            studio.render(TINY, number, backwards, lambda: None)
    again = joined(TINY, backwards, tmp_path)
    assert again.video.read_bytes() == film.video.read_bytes()
    assert joined(TINY, backwards, tmp_path).poster.read_bytes() == film.poster.read_bytes()
