"""What README, CHANGELOG, Makefile, pyproject and the lock files say of each other is true."""

import re
import subprocess
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from engine import OBJECTIVES, OPTIMIZERS
from publish.build import build as build_site
from publish.catalog import load_catalogs
from publish.cli import main
from publish.course import load_course
from publish.film_command import BELONGS
from publish.plan import films
from scenes import KINDS
from tests.house.tree import ROOT, SCRIPTS
from tests.publish.conftest import fake_farm

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
RUN_LOCK, DEV_LOCK = "requirements.lock", "requirements-dev.lock"


def names(requirements: list[str]) -> set[str]:
    """The bare names of requirement lines, normalized."""
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in requirements)
    return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match}


def locked(lock: str) -> dict[str, set[str]]:
    """The locked versions of each package; a package may have one per Python version."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9.-]+)==(\S+)", text(lock), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code_lines() -> list[str]:
    """The lines of the README's code blocks."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_readme_commands_are_make_targets() -> None:
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    told = set(re.findall(r"`make ([a-z-]+)`", README))
    told |= {match[1] for line in code_lines() if (match := re.match(r"make ([a-z-]+)", line))}
    assert {"all", "test", "draft", "serve", "lint", "clean", "help"} <= told
    assert told <= targets


def test_the_two_commands_stand_near_the_top() -> None:
    head = README.splitlines()[:40]
    assert "make all" in head
    assert "make test" in head


def test_make_help_lists_every_target_of_the_readme() -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    told = set(re.findall(r"`make ([a-z-]+)`", README))
    assert told <= set(re.findall(r"^make ([a-z-]+)", shown, re.MULTILINE))


def test_readme_names_every_command_and_only_real_options() -> None:
    lines = [line for line in code_lines() if re.match(r"(\.venv/bin/)?thalweg ", line)]
    told = set()
    for line in lines:
        words = line.split("#")[0].split()
        command = main.commands[words[1]]
        told.add(words[1])
        options = {name for parameter in command.params for name in parameter.opts}
        options |= set(main.context_settings["help_option_names"])
        used = {word.split("=")[0] for word in words[2:] if re.match(r"--?[a-z]", word)}
        assert used <= options, line
    assert told == set(main.commands)


def test_every_command_helps() -> None:
    for name, command in main.commands.items():
        with click.Context(command, info_name=name) as context:
            help_text = command.get_help(context)
        assert all(
            option.help for option in command.params if isinstance(option, click.Option)
        ) or name in {"run"}, name
        assert len(help_text.splitlines()) > 3


def test_the_tour_makes_a_course_without_mistakes(tmp_path: Path) -> None:
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    lesson = tmp_path / "adagrad"
    lesson.mkdir()
    settings, captions, text = "", "", ""
    for _, block in blocks:
        kind = re.match(r"\[\[(\w+)", block)
        if kind and kind[1] == "films":
            settings += block
        elif kind:
            (tmp_path / f"{kind[1]}.toml").write_text(block, encoding="utf-8")
        elif block.startswith("@film"):
            captions += f"\n{block}"
        elif block.startswith("# "):
            text = block
    (lesson / "lesson.toml").write_text(settings, encoding="utf-8")
    for name in ("en.md", "zh.md"):
        (lesson / name).write_text(text + captions, encoding="utf-8")
    (tmp_path / "course.toml").write_text(
        'lessons = ["adagrad"]\ntitle = {en = "T", zh = "T"}\nsummary = {en = "S", zh = "S"}\n'
    )
    course = load_course(tmp_path)
    assert [lesson.name for lesson in course.lessons] == ["adagrad"]
    kinds = {type(shot) for film in films(course) for shot in film.spec.shots}
    assert kinds == set(KINDS.values())
    catalogs = load_catalogs(tmp_path)
    assert {"signum"} == set(catalogs.optimizers) - set(OPTIMIZERS)
    assert {"canyon"} == set(catalogs.objectives) - set(OBJECTIVES)


@pytest.mark.parametrize("extra", ["run", *EXTRAS])
def test_every_dependency_is_in_the_readme_with_a_reason(extra: str) -> None:
    wanted = names(PROJECT["dependencies"] if extra == "run" else EXTRAS[extra])
    rows = dict(re.findall(r"^\| `([\w.-]+)`[^|]*\| (.{15,}) \|$", README, re.MULTILINE))
    assert wanted - names(list(rows)) == set()


def test_readme_names_no_dependency_that_is_gone() -> None:
    table = README.split("## Dependencies")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([\w.-]+)`", table, re.MULTILINE)
    everything = names(
        PROJECT["dependencies"] + [line for lines in EXTRAS.values() for line in lines]
    )
    assert names(rows) == everything


def test_every_dependency_is_locked() -> None:
    run, dev = locked(RUN_LOCK), locked(DEV_LOCK)
    assert names(PROJECT["dependencies"] + EXTRAS["build"]) <= set(run)
    assert names(EXTRAS["dev"]) <= set(dev)
    assert run.items() <= dev.items()


@pytest.mark.parametrize("lock", [RUN_LOCK, DEV_LOCK])
def test_locks_hold_names_markers_and_hashes_alone(lock: str) -> None:
    line = re.compile(
        r"[a-z0-9.-]+==[\w.+!]+( ; [\w .<>=!'()]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?"
    )
    odd = [row for row in text(lock).splitlines() if not line.fullmatch(row)]
    assert not odd


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## {PROJECT['version']}" in text("CHANGELOG.md")


@pytest.mark.parametrize("name", [*OPTIMIZERS, *OBJECTIVES])
def test_every_optimizer_and_objective_is_told_of(name: str) -> None:
    pages = [README, *(path.read_text(encoding="utf-8") for path in ROOT.glob("lessons/*/*.*"))]
    assert any(re.search(rf"\b{name}\b", page) for page in pages)


def test_readme_links_and_pictures_exist() -> None:
    words = re.sub(r"`[^`\n]+`", "", README)  # what stands in code is an example
    targets = re.findall(r"\]\(([^)#]+)\)", words) + re.findall(r'src="([^"]+)"', README)
    local = [target for target in targets if "://" not in target]
    assert local
    assert [target for target in local if not (ROOT / target).exists()] == []


def source_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_nothing_is_left_for_later() -> None:
    mark = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    code = [path for path in source_files() if path.suffix in {".py", ".js", ".css", ".sh", ".j2"}]
    assert set(SCRIPTS) <= {*code, *SCRIPTS}
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in code
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if mark.search(line)
    ]
    assert not found


def test_the_readme_tells_the_terms_and_settings_of_every_optimizer() -> None:
    rows = dict(
        re.findall(r"^\| `(\w+)` (\| (?:`\w+` ?)+\| (?:`\w+` ?)+)\|$", README, re.MULTILINE)
    )
    told = {
        name: [re.findall(r"\w+", cell) for cell in row.split("|")] for name, row in rows.items()
    }
    assert told == {
        name: [[], list(rule.terms), list(rule.defaults)] for name, rule in OPTIMIZERS.items()
    }


def test_the_readme_tells_which_options_go_together() -> None:
    table = README[README.index("| option | what it makes | file | goes with |") :].split("\n\n")[0]
    rows = [line.strip("|").split("|") for line in table.splitlines()[2:]]
    told = {
        re.sub(r"\W+STEP|[`-]", "", row[0]).strip().replace("none", "film"): {
            *re.findall(r"--(\w+)", row[-1])
        }
        for row in rows
    }
    assert told == BELONGS


def smallest_course(folder: Path) -> list[str]:
    """Write the README's smallest course as it stands there; the commands that go with it."""
    section = README.split("### A whole course in three files\n")[1].split("\n### ")[0]
    for name, content in re.findall(r"^`(small/\S+)`:\n\n```\w+\n(.*?)^```", section, re.M | re.S):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return re.findall(r"^\.venv/bin/thalweg (.+)$", section, re.MULTILINE)


def test_the_smallest_course_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check, build = smallest_course(tmp_path)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 3
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, check.split())
    assert (result.exit_code, result.output) == (0, "small: 1 lesson, no mistakes\n")
    command, *options = build.split()
    assert command == "build"
    assert main.commands[command].make_context("build", options).params["output"].name


def test_one_lesson_in_one_language_has_no_word_about_others(tmp_path: Path) -> None:
    smallest_course(tmp_path)
    course = load_course(tmp_path / "small")
    site = build_site(course, tmp_path / "output", farm=fake_farm)
    pages = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    assert sorted(pages) == ["en/01-first-steps.html", "en/index.html", "index.html"]
    for path in pages.values():
        html = path.read_text(encoding="utf-8")
        for part in ("data-language", "hreflang", "neighbors", "Lesson 1", 'rel="next"'):
            assert part not in html, path
