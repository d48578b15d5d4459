"""The store and the seal: what is made again after a change, and what is not even touched."""

import dataclasses
import os
import signal
import sys

import pytest
from click.testing import CliRunner

from engine import UserError
from publish import store as store_module
from publish.build import build_folder
from publish.cli import main
from publish.course import load_course
from publish.plan import films
from publish.seal import is_current, take_inputs
from publish.store import Store, plain
from scenes.spec import QUALITIES
from tests.publish.conftest import fake_farm
from tests.publish.test_build import snapshot
from tests.scenes.films import changed


@pytest.fixture
def output(folder, tmp_path):
    """The output of a whole build of the small course."""
    build_folder(folder, tmp_path / "output", farm=fake_farm)
    return tmp_path / "output"


class Asking:
    """The fake farm, which remembers what it was asked for."""

    def __init__(self):
        self.stems = []

    def __call__(self, planned, scratch, progress):
        self.stems += [film.stem for film in planned]
        return fake_farm(planned, scratch, progress)


def again(folder, output):
    """Build again: the films asked for, and the files of the site that are not the same files."""
    before, farm = states(output / "site"), Asking()
    build_folder(folder, output, farm=farm)
    after = states(output / "site")
    return farm.stems, {name for name in before | after if before.get(name) != after.get(name)}


def states(folder):
    found = {path: path.stat() for path in folder.rglob("*") if path.is_file()}
    return {
        str(path.relative_to(folder)): (state.st_ino, state.st_mtime_ns, state.st_size)
        for path, state in found.items()
    }


def test_nothing_to_do_touches_nothing(folder, output):
    before = {path: path.stat() for path in output.rglob("*")}
    said = CliRunner().invoke(main, ["build", "--course", str(folder), "--output", str(output)])
    assert (said.exit_code, "nothing to do" in said.stdout) == (0, True)
    for path, state in before.items():
        now = path.stat()
        assert (now.st_ino, now.st_mtime_ns, now.st_ctime_ns) == (
            state.st_ino,
            state.st_mtime_ns,
            state.st_ctime_ns,
        )
    assert before.keys() == set(output.rglob("*"))


def test_an_edit_of_prose_rewrites_that_page(folder, output, edit):
    edit("first/en.md", "the root of a sum.\n\n##", "the root of a sum.\n\nMore.\n\n##")
    assert again(folder, output) == ([], {"en/first.html"})
    assert again(folder, output) == ([], set())


def test_an_edit_of_a_run_renders_its_films(folder, output, edit):
    edit("second/lesson.toml", "lr = 0.9", "lr = 0.8")
    stems, changed = again(folder, output)
    assert stems == ["second-run-en", "second-run-zh"]
    assert not [name for name in changed if "first" in name]
    edit("second/lesson.toml", "lr = 0.8", "lr = 0.9")
    assert again(folder, output)[0] == []


def test_another_quality_is_not_current(folder, output):
    inputs = take_inputs(folder, output)
    assert is_current(inputs, output, "standard", ["first"])
    assert not is_current(inputs, output, "draft", [])
    assert not is_current(inputs, output, "standard", ["frist"])


def test_a_course_with_a_byte_order_mark_is_read_like_the_others(folder, output):
    path = folder / "course.toml"
    plain = take_inputs(folder, output)
    path.write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")
    marked = take_inputs(folder, output)
    assert marked.lessons == plain.lessons
    assert marked.course.keys() == plain.course.keys()


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)


def cut_short(path):
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize(
    ("harm", "name"),
    [
        (cut_short, "film.mp4"),
        (flip, "film.json"),
        (flip, "poster.png"),
        (cut_short, "preview.mp4"),
    ],
)
def test_a_damaged_film_is_made_again(folder, output, harm, name):
    whole = snapshot(output / "site")
    damaged = store_key(folder, "first-descent-zh", output)
    harm(output / ".store/films" / damaged / name)
    (output / "site/index.html").unlink()
    assert again(folder, output)[0] == ["first-descent-zh"]
    assert snapshot(output / "site") == whole


def test_damage_to_the_site_alone_is_noticed(folder, output):
    whole = snapshot(output / "site")
    flip(output / "site/films/first-descent-en.mp4")
    flip(output / "site/en/second.html")
    assert again(folder, output)[0] == ["first-descent-en"]
    assert snapshot(output / "site") == whole


def store_key(folder, stem, output):
    inputs = take_inputs(folder, output)
    planned = {film.stem: film for film in films(load_course(folder))}
    return Store(output, inputs.fonts).key(planned[stem].spec)


def test_the_key_knows_all_that_decides_the_bytes(small_course, tmp_path, monkeypatch):
    fonts = {"/fonts/NotoSansCJK-Regular.ttc": (1, 2, "ab")}
    english, chinese, other, _ = (film.spec for film in films(small_course))
    base = Store(tmp_path, fonts).key(english)
    assert Store(tmp_path, fonts).key(dataclasses.replace(english, name="other")) == base
    others = [
        chinese,
        other,
        dataclasses.replace(english, quality=QUALITIES["draft"]),
        changed(english, hyper=(("lr", 0.4000000001),)),
        changed(english, cues=()),
        changed(english, start=(-5.0, -2.5)),
    ]
    keys = {Store(tmp_path, fonts).key(spec) for spec in others}
    keys.add(Store(tmp_path, {"/fonts/NotoSansCJK-Regular.ttc": (1, 2, "cd")}).key(english))
    for name, value in (("versions", {"manim": "0.23"}), ("code_digest", "other")):
        with monkeypatch.context() as patch:
            patch.setattr(store_module, name, lambda _, value=value: value)
            keys.add(Store(tmp_path, fonts).key(english))
    assert len(keys - {base}) == len(others) + 3


def test_what_has_no_place_in_a_key_is_refused():
    with pytest.raises(TypeError, match="set has no place"):
        plain({"a": {1, 2}})


def test_a_film_that_does_not_decode_is_refused(folder, output, edit):
    whole = snapshot(output)
    edit("second/lesson.toml", "lr = 0.9", "lr = 0.8")

    def careless(planned, scratch, progress):
        made = fake_farm(planned, scratch, progress)
        cut_short(made[-1].video)
        return made

    with pytest.raises(ValueError, match=r"second-run-zh\.mp4"):
        build_folder(folder, output, farm=careless)
    assert snapshot(output / "site") == {
        name.removeprefix("site/"): content
        for name, content in whole.items()
        if name.startswith("site/")
    }
    assert again(folder, output)[0] == ["second-run-zh"]


def test_prune_keeps_what_lessons_use(folder, output, edit):
    edit("second/lesson.toml", "lr = 0.9", "lr = 0.8")
    build_folder(folder, output, "draft", farm=fake_farm)
    arguments = ["cache", "--course", str(folder), "--output", str(output)]
    assert "6 films in use" in CliRunner().invoke(main, arguments).stdout
    pruned = CliRunner().invoke(main, [*arguments, "--prune"])
    assert "removed 2 films" in pruned.stdout
    assert "0 films that no lesson uses" in CliRunner().invoke(main, arguments).stdout
    assert len(list((output / ".store/films").iterdir())) == 6


def test_an_output_whose_store_cannot_be_made(folder, tmp_path):
    (tmp_path / "output").mkdir()
    (tmp_path / "output/.store").write_text("in the way")
    with pytest.raises(UserError, match="cannot be written"):
        build_folder(folder, tmp_path / "output", farm=fake_farm)


CHANGES = {"open", "os.rename", "os.link", "os.mkdir", "os.rmdir", "os.remove", "ctypes.dlsym"}


def build_and_die(folder, output, moment):
    """Build in a process that is killed when it makes its ``moment``-th change of a file.

    Returns:
        Whether the build lived long enough to end.
    """
    child = os.fork()
    if child == 0:
        left = moment

        def count(event, arguments):
            nonlocal left
            if event in CHANGES and not (event == "open" and arguments[1] in ("r", "rb")):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        build_folder(folder, output, farm=fake_farm)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def apart(one, other):
    """The names of the files in which two snapshots differ."""
    return ", ".join(sorted(name for name, _ in set(one.items()) ^ set(other.items())))


def test_killed_at_any_moment_the_site_is_old_or_new(folder, output, edit, tmp_path):
    old = snapshot(output / "site")
    edit("second/lesson.toml", "lr = 0.9", "lr = 0.8")
    new = snapshot(build_folder(folder, tmp_path / "other", farm=fake_farm))
    assert old != new
    seen, moment = [], 1
    while not build_and_die(folder, output, moment):
        seen.append(snapshot(output / "site"))
        assert "" in (apart(seen[-1], old), apart(seen[-1], new)), (
            f"at change {moment} the site differs from the old one in {apart(seen[-1], old)} "
            f"and from the new one in {apart(seen[-1], new)}"
        )
        moment += 31
    assert len(seen) > 6
    assert again(folder, output)[0] == []
    assert snapshot(output / "site") == new
    assert {path.name for path in output.iterdir()} == {"site", ".store"}
