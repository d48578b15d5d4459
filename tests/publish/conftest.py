"""A small course of two lessons, and a farm that makes films without drawing them."""

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from publish.build import build
from publish.course import Course, load_course
from publish.markdown import render
from publish.plan import films
from publish.text import read_lesson_text
from publish.words_page import WORDS
from scenes import FilmSpec
from tests.publish.filming import RAW

COURSE = """\
lessons = ["first", "second"]
[title]
en = "Two lessons"
zh = "两节课"
[summary]
en = "A short course."
zh = "一门短课。"
"""

FIRST_SETTINGS = """\
[[films]]
name = "descent"
optimizer = "adagrad"
objective = "valley"
start = [-5, -2]
steps = 20
hyper = { lr = 0.4 }

[[playgrounds]]
name = "own"
optimizer = "adagrad"
objective = "x1**2 + 3*x2**2"
start = [-5, -2]
steps = 20
"""

FIRST_EN = """\
# AdaGrad: the *first* lesson

It divides by $sqrt(s)$, the root of a sum.

## The update

@equations adagrad

Inline $x_1^2$ and a display:

$$ x_1 <- (1 - 0.2 eta) x_1 $$

::: note Why
A callout with **weight**.
:::

## The film

@film descent The valley, descended & watched.
  0: We start at ({x1[0]:g}, {x2[0]:g}).
  1: The loss is {loss[1]:.2f}; s is {s1[1]:.1f}.
     It goes on.

| Setting | Loss |
|---|---:|
| `lr` | 3 |

@table descent

## Try it

@playground own

@listing descent

See [the second lesson](second.html) and [its end](second.html#the-end).
"""

FIRST_ZH = """\
# AdaGrad：第一课

它除以 $sqrt(s)$，即一个和的平方根。

## 更新

@equations adagrad

行内公式 $x_1^2$ 与独立公式：

$$ x_1 <- (1 - 0.2 eta) x_1 $$

这是*强调*的
词，**“粗体”**也行。

## 影片

@film descent 看它走下山谷。
  0：起点是 ({x1[0]:g}, {x2[0]:g})。
  1：损失为 {loss[1]:.2f}。

@table descent

## 动手

@playground own

@listing descent
"""

SECOND_SETTINGS = """\
[[films]]
name = "run"
optimizer = "sgd"
start = [-5, -2]
steps = 30
hyper = { lr = 0.9 }
"""

SECOND = {
    "en": "# SGD\n\nPlain steps.\n\n## The end\n\n@film run It leaves.\n  0: Off.\n\n@table run\n",
    "zh": "# SGD\n\n普通的步子。\n\n## 结尾\n\n@film run 它走了。\n  0: 出发。\n\n@table run\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the small course, to be changed by a test as it likes."""
    return write_course(tmp_path / "course")


def write_course(root: Path) -> Path:
    """Write the small course."""
    files = {
        "course.toml": COURSE,
        "first/lesson.toml": FIRST_SETTINGS,
        "first/en.md": FIRST_EN,
        "first/zh.md": FIRST_ZH,
        "second/lesson.toml": SECOND_SETTINGS,
        "second/en.md": SECOND["en"],
        "second/zh.md": SECOND["zh"],
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str, str], None]:
    """``edit(file, old, new)`` changes a file of the course; ``old`` must be in it."""

    def change(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


@dataclass(frozen=True)
class Shown:
    """A caption with its time."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Chapter:
    """A chapter with its time."""

    start: float
    title: str


@dataclass(frozen=True)
class FakeFilm:
    """What a renderer gives back."""

    video: Path
    poster: Path
    preview: Path
    cues: tuple[Shown, ...]
    chapters: tuple[Chapter, ...]
    width: int = 64
    height: int = 36
    fps: int = 5
    frames: int = 30
    duration: float = 6.0


@cache
def clip() -> bytes:
    """Six seconds of a moving edge, in a form that browsers play and seek; encoded once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
            stream = container.add_stream("h264", rate=5, options={"g": "5"})
            stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
            for frame in range(30):
                picture = np.zeros((36, 64, 3), np.uint8)
                picture[:, : 2 * frame] = 200
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
            container.mux(stream.encode())
        return path.read_bytes()


def fake_farm(films, scratch, progress):
    """Films with the captions asked for and a picture that is the same in all."""
    made = []
    for film in films:
        folder = scratch / film.stem
        folder.mkdir(parents=True)
        video, poster, preview = (
            folder / f"{film.stem}{ending}" for ending in (".mp4", ".png", "-preview.mp4")
        )
        video.write_bytes(clip())
        preview.write_bytes(clip())
        Image.new("RGB", (64, 36), "#123456").save(poster)
        cues = tuple(
            Shown(1.0 + 2 * index, 3.0 + 2 * index, cue.text)
            for index, cue in enumerate(cue for shot in film.spec.shots for cue in shot.cues)
        )
        chapters = (Chapter(0.0, "Start & settings"), Chapter(3.5, "The descent"))
        made.append(FakeFilm(video, poster, preview, cues, chapters))
        progress(film.stem, 1, 1)
    return made


@pytest.fixture
def shown(tmp_path: Path) -> Callable[..., str]:
    """``shown(markdown)`` is the HTML of a lesson's body; tags are shown as [name target].

    The text is ``en.md`` in a lesson's folder, ``tmp_path / "lesson"``; the body begins at line 5.
    """

    def show(body: str, language: str = "en") -> str:
        path = tmp_path / "lesson" / f"{language}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# T\n\nS.\n\n{body}\n", encoding="utf-8")
        text = read_lesson_text(path, language)
        return render(
            text.body, text.mathml, WORDS[language], lambda tag: f"[{tag.name} {tag.target}]"
        )

    return show


@pytest.fixture(scope="session")
def small_course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The small course, loaded."""
    return load_course(write_course(tmp_path_factory.mktemp("course")))


@pytest.fixture(scope="session")
def site(small_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course's site, built once."""
    return build(small_course, tmp_path_factory.mktemp("output"), farm=fake_farm)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Course]:
    """``write(toml, rows, tags)``: a course of one lesson with these films and captions."""

    def made(toml: str, rows: str = "", tags: str = "") -> Course:
        names = re.findall(r'^\[\[films\]\]\nname = "([a-z-]+)"', toml, re.MULTILINE)
        places = "\n\n".join(f"@film {name} A caption.\n{rows}" for name in names)
        text = f"# Title\n\nSummary.\n\n{places}\n\n{tags}\n"
        (tmp_path / "only").mkdir(exist_ok=True)
        (tmp_path / "course.toml").write_text(COURSE.replace('"first", "second"', '"only"'))
        (tmp_path / "optimizers.toml").write_text(RAW)
        (tmp_path / "only/lesson.toml").write_text(toml)
        for language in ("en", "zh"):
            (tmp_path / f"only/{language}.md").write_text(text)
        return load_course(tmp_path)

    return made


@pytest.fixture
def specs(write: Callable[..., Course]) -> Callable[..., list[FilmSpec]]:
    """``specs(toml, rows)``: the specs of the films in English."""

    def made(toml: str, rows: str = "") -> list[FilmSpec]:
        return [film.spec for film in films(write(toml, rows)) if film.language == "en"]

    return made
