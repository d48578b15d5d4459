"""The lines of places in TOML texts."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.lines import line_of, lines_of

LESSONS = Path(__file__).parents[2] / "lessons"

TEXT = '''\
# [[films]] in a comment
title = "a # [x]"
[films_of."b.c"]
d.e = 3.5  # no
[[films]]
name = 'x = "]'
shots = [
  { kind = "race", racers = [
      { optimizer = "sgd", lr = 0.4 }, # }
      { lr = { best_of = [0.01,
        0.1] } },
  ] },
  { kind = """
[[films]]
name = 1
""" },
]
[[films]]
[[films.shots]]
kind = 1979-05-27T07:32:00
[films.shots.hyper]
lr = -1e-3
[[films.shots]]
kind = "y"
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("title",), 2),
        (("films_of", "b.c", "d", "e"), 4),
        (("films", 0), 5),
        (("films", 0, "name"), 6),
        (("films", 0, "shots", 0, "racers", 1, "lr", "best_of", 1), 11),
        (("films", 0, "shots", 1, "kind"), 13),
        (("films", 1), 18),
        (("films", 1, "shots", 0, "hyper", "lr"), 22),
        (("films", 1, "shots", 1, "kind"), 24),
        (("films", 1, "shots", 1, "missing"), 23),
        (("films", 0, "shots", 0, "racers", 0, "missing", "below"), 9),
        (("nowhere",), None),
    ],
)
def test_lines(place, line):
    assert line_of(TEXT, place) == line


def found(content: Any, place: tuple[int | str, ...]) -> Any:
    for part in place:
        content = content[part]
    return content


@pytest.mark.parametrize("path", sorted(LESSONS.rglob("*.toml")), ids=lambda path: path.parent.name)
def test_every_place_is_there(path):
    text = path.read_text("utf-8")
    content, rows = tomllib.loads(text), text.splitlines()
    places = lines_of(text)
    assert len(places) > 1
    for place, line in places.items():
        found(content, place)
        if isinstance(place[-1], str):
            assert place[-1] in rows[line - 1]


WORDS = st.sampled_from(["a", "b2", "c-d", '"e f"', "'g.h'"])
ATOMS = st.sampled_from(["1", '"x # ]"', "'}'", "true", "1.5e3", '"""\n[[a]]\n"""', '"\\""'])
VALUES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(inner, max_size=3).map(
            lambda items: "[ # c\n" + "".join(f"{i},\n" for i in items) + "]"
        ),
        st.dictionaries(WORDS, inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"{key} = {value}" for key, value in items.items()) + "}"
        ),
    ),
    max_leaves=8,
)


def leaves(content: Any, place: tuple[int | str, ...] = ()) -> list[tuple[int | str, ...]]:
    inner = (
        content.items()
        if isinstance(content, dict)
        else enumerate(content)
        if isinstance(content, list)
        else ()
    )
    return [place, *(leaf for key, item in inner for leaf in leaves(item, (*place, key)))]


@given(
    st.dictionaries(WORDS, VALUES, max_size=3),
    st.lists(st.dictionaries(WORDS, VALUES, max_size=3), max_size=3),
)
def test_the_places_are_those_of_the_standard_reader(top, entries):
    lines = [f"{key} = {value}" for key, value in top.items()]
    for entry in entries:
        lines += ["", "[[list]]", *(f"{key} = {value}" for key, value in entry.items())]
    text = "\n".join(lines) + "\n"
    assert set(lines_of(text)) == set(leaves(tomllib.loads(text))[1:])
