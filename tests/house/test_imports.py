"""Imports go one way, and each library stays in the package it serves."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import MODULES, PACKAGES, ROOT, imported, label

MAY_USE = {
    "engine": {"engine"},
    "scenes": {"scenes", "engine"},
    "publish": {"publish", "scenes", "engine"},
}
HOME_OF = {
    "manim": "scenes",
    "manimpango": "scenes",
    "av": "scenes",
    "jinja2": "publish",
    "click": "publish",
    "pydantic": "publish",
    "rich": "publish",
    "markdown_it": "publish",
    "mdit_py_plugins": "publish",
    "pygments": "publish",
    "fontTools": "scenes publish",
    "uniseg": "scenes",
    "distributed": "publish",
    "sympy": "engine",
    "contourpy": "engine",
}
ENGINE_LIBRARIES = {"numpy", "sympy", "contourpy"}


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_imports_go_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    wrong = [
        f"{label(path)}:{line}: {name}"
        for name, line in imported(path)
        if (top := name.split(".")[0]) in {*PACKAGES, "tests"} and top not in MAY_USE[package]
    ]
    assert not wrong


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_libraries_stay_in_their_package(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    wrong = [
        f"{label(path)}:{line}: {name} belongs to {home}"
        for name, line in imported(path)
        if package not in (home := HOME_OF.get(name.split(".")[0], package)).split()
    ]
    assert not wrong


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_parts_of_a_picture_know_no_kinds(path: Path) -> None:
    if path.parent == ROOT / "scenes" / "parts":
        assert not [name for name, _ in imported(path) if name.startswith("scenes.kinds")]


def test_the_engine_needs_little() -> None:
    used = {
        name.split(".")[0]
        for path in MODULES
        if path.is_relative_to(ROOT / "engine")
        for name, _ in imported(path)
    }
    assert used - sys.stdlib_module_names <= ENGINE_LIBRARIES | {"engine"}


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("engine", ("sympy", "manim", "pydantic", "jinja2")),
        ("scenes", ("manim",)),
        ("scenes.spec", ("manim",)),
        ("scenes.timeline", ("manim",)),
        ("publish.cli", ("manim", "sympy", "jinja2", "distributed")),
    ],
)
def test_importing_is_light(module: str, absent: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(*(name for name in {absent!r} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
