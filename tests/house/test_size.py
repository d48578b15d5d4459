"""Modules and functions stay small enough to read in one sitting, and say what they are."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import MODULES, SCRIPTS, label, parse

MODULE_LINES = 400
FUNCTION_LINES = 40

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=label)
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_functions_are_short(path: Path) -> None:
    long = [
        f"{label(path)}:{node.lineno}: {node.name} has {length} lines"
        for node in ast.walk(parse(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := body_lines(node)) > FUNCTION_LINES
    ]
    assert not long


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_public_names_have_docstrings(path: Path) -> None:
    module = parse(path)
    bare = [] if ast.get_docstring(module) else [label(path)]
    bare += [
        f"{label(path)}:{node.lineno}: {node.name}"
        for node in public(module.body)
        if not ast.get_docstring(node)
    ]
    assert not bare


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first statement after the docstring to the end."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


def public(body: list[ast.stmt]) -> Iterator[Definition]:
    """Public functions and classes, and the methods of classes that inherit no docstrings."""
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef) and not node.bases:
                yield from public(node.body)
