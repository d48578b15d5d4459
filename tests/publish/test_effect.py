"""Keys that would change nothing, and values that a key cannot take: one line each."""

import re

import pytest

from engine import UserError
from publish.catalog import load_catalogs
from publish.plan import films
from tests.publish.filming import film

SGD, ADAM = 'optimizer = "sgd"', 'optimizer = "adam"'
SWEEP, RACE, PARTS = 'kind = "sweep"', 'kind = "race"', 'kind = "anatomy"'
OWN = 'racers = [{ optimizer = "sgd", lr = 0.1 }, { optimizer = "adam", lr = 0.3 }]'

USELESS = {
    "a negative stop": (
        film(SWEEP, SGD, "stops = [", "0.2,", "-0.1]"),
        7,
        "lr of SGD cannot be negative, found -0.1; its slider goes from 0 to 0.6",
    ),
    "a stop twice": (
        film(SWEEP, SGD, "stops = [0.1, 0.2, 0.1]"),
        5,
        "the stop 0.1 is named twice",
    ),
    "the moving setting": (
        film(SWEEP, SGD, "hyper = { lr = 0.3 }"),
        5,
        "'lr' moves in this sweep: its values are the 'stops'",
    ),
    "equal panes": (film(ADAM, "panes = [{}, {}]"), 4, "the two panes show the same run"),
    "equal panes, spelled otherwise": (
        film(ADAM, "panes = [{ label = 'a' },", "{ start = [-5, -2], hyper.lr = 0.1 }]"),
        5,
        "the two panes show the same run",
    ),
    "panes of one label": (
        film(ADAM, "panes = [{ label = 'a' },", "{ label = 'a', start = [1, 1] }]"),
        5,
        "two panes have the label 'a'",
    ),
    "a start that no pane takes": (
        film(ADAM, "start = [1, 1]", "panes = [{ start = [1, 2] }, { start = [2, 1] }]"),
        4,
        "'start' has no effect, for each of the panes has its own",
    ),
    "the same rule beside": (
        film(PARTS, ADAM, "without = 'adam'"),
        5,
        "'adam' is the anatomy's own optimizer; name another one to set against it",
    ),
    "the same rule beside, with a name": (
        film(PARTS, ADAM, "without = { label = 'x', optimizer = 'adam' }"),
        5,
        "'adam' is the anatomy's own optimizer",
    ),
    "a grid that no racer takes": (
        film(RACE, OWN, "best_of = [0.1, 1]"),
        5,
        "has no effect: every",
    ),
    "a grid of the film that no racer takes": (
        film("best_of = [0.1, 1]", "[[films.shots]]", RACE, OWN),
        3,
        "'best_of' has no effect: every racer has an 'lr' of its own",
    ),
    "a grid of one value": (
        film(RACE, ADAM, "racers = [{},", "{ lr = { best_of = [1] } }]"),
        6,
        "lr.best_of' should have at least 2 entries, found [1]",
    ),
    "an empty grid": (
        film(RACE, ADAM, "racers = [{},", "{ lr = { best_of = [] } }]"),
        6,
        "'films[1].racers[2].lr.best_of' should have at least 2 entries, found []",
    ),
    "a grid below 0": (
        film(RACE, ADAM, "racers = [{},", "{ lr = { best_of = [-1, 1] } }]"),
        6,
        "lr of Adam cannot be negative, found -1",
    ),
    "racers that no race takes": (
        film(
            'racers = [{ optimizer = "sgd" }, { optimizer = "adam" }]', "[[films.shots]]", RACE, OWN
        ),
        3,
        "'racers' has no effect: every race of the film has its own",
    ),
    "an optimizer that no racer takes": (film(RACE, ADAM, OWN), 4, "'optimizer' has no effect"),
    "settings of no optimizer": (
        film(RACE, "hyper = { lr = 0.1 }", OWN),
        4,
        "'hyper' needs the key 'optimizer' beside it",
    ),
    "settings that no racer takes": (
        film(RACE, ADAM, "hyper = { lr = 0.1 }", "racers = [{ lr = 1 }, { optimizer = 'sgd' }]"),
        5,
        "'hyper.lr' has no effect: each of the racers has its own, the best of a grid, or another",
    ),
    "settings that a grid takes the place of": (
        film(
            *(RACE, ADAM, "hyper = { lr = 0.7 }", "best_of = [0.1, 0.2]"),
            "racers = [{}, { optimizer = 'sgd' }]",
        ),
        5,
        "'hyper.lr' has no effect: each of the racers has its own, the best of a grid, or another",
    ),
    "an objective that no shot takes": (
        film(ADAM, "objective = 'valey'", "shots = [{ objective = 'bowl' }]"),
        4,
        "'objective' has no effect, for each of the shots has its own; leave it out",
    ),
    "steps that no shot takes": (
        film(ADAM, "steps = 33", "shots = [{ steps = 5 }, { kind = 'sweep', steps = 7 }]"),
        4,
        "'steps' has no effect, for each of the shots has its own; leave it out",
    ),
    "a setting below its slider": (
        film(ADAM, "hyper = { lr = -1.0 }"),
        4,
        "lr of Adam cannot be negative, found -1; its slider goes from 0 to",
    ),
    "more explained than there is": (
        film(ADAM, "steps = 5", "explained = 6"),
        5,
        "the first 6 steps are to be explained, but the run ends at step 5",
    ),
    "a step that is slow already": (
        film(ADAM, "dwell = [", "2]"),
        5,
        "step 2 is slow already, with explained = 3",
    ),
    "a term twice": (film(ADAM, "highlight = ['m',", "'m']"), 5, "'m' is named twice"),
    "words of no language": (
        film(ADAM, "title = { en = 'a', zh = 'b', fr = 'c' }"),
        4,
        "unknown language 'fr'; the languages are en, zh",
    ),
    "a name without a rule": (
        film(PARTS, ADAM, "without = { label = 'x' }"),
        5,
        "the key 'optimizer' is missing in films[1].without",
    ),
    "a constant": (
        film(SGD, "objective = '3'"),
        4,
        "objective '3' depends on neither x1 nor x2: nothing descends",
    ),
    "a formula": (film(SGD, "objective = 'x1**2 + * x2'"), 4, "this is not a formula"),
    "a setting among the keys": (film(ADAM, "lr = 1"), 4, "a setting, write hyper = { lr = ... }"),
    "a film's key in a shot": (
        film(ADAM, "[[films.shots]]", "pace = 2"),
        5,
        "'pace' in films[1].shots[1]: one for the whole film, write it beside 'shots'",
    ),
    "steps of one pane": (
        film(ADAM, "panes = [{ steps = 3 }, {}]"),
        4,
        "one for both panes, write it beside 'panes'",
    ),
    "an objective of one racer": (
        film(RACE, ADAM, "racers = [{ objective = 'bowl' }, {}]"),
        5,
        "one for all racers, write it beside 'racers'",
    ),
    "one bracket": (
        film(ADAM, "[films.shots]", "kind = 'sweep'"),
        4,
        "write [[films.shots]] with two brackets",
    ),
    "two films of a name": (film(ADAM) + film(SGD), 5, "two films are called 'one'"),
}


@pytest.mark.parametrize("mistake", USELESS)
def test_what_has_no_effect_is_told(write, mistake):
    toml, line, part = USELESS[mistake]
    with pytest.raises(UserError) as caught:
        films(write(toml))
    told = str(caught.value)
    assert part in told
    assert "\n" not in told
    assert f"lesson.toml, line {line}" in told


@pytest.mark.parametrize(
    "toml",
    [
        film(ADAM, "start = [1, 1]", "panes = [{}, { start = [2, 1] }]"),
        film(ADAM, "explained = 0", "dwell = [2]"),
        film(RACE, OWN.replace(", lr = 0.1", ""), "best_of = [0.1, 1]"),
        film(RACE, ADAM, "hyper = { lr = 0.2 }", "racers = [{}, { optimizer = 'sgd' }]"),
        film("best_of = [0.1, 1]", 'racers = [{ optimizer = "sgd" }, { optimizer = "adam" }]')
        + f'shots = [{{ {RACE} }}, {{ {RACE}, name = "own", {OWN} }}]\n',
        film(SWEEP, ADAM, 'sweep = "eps"', "hyper = { lr = 0.2 }"),
    ],
)
def test_what_serves_something_is_taken(write, toml):
    assert films(write(toml))


@pytest.mark.parametrize(
    ("rows", "tags", "part"),
    [
        ("  5: A.\n  2: B.", "", "line 7: a caption at step 2 cannot follow one at step 5; put"),
        ("  0: {m[1]}.", "", "line 6: the run has no 'm': write m1 or m2, its coordinates"),
        ("  0: {outcome[1]}.", "", "'outcome' is told for the whole run; write {outcome}"),
        ("  0: {loss[1]-loss[0]}.", "", "one stands for one number, and takes no sums"),
        ("", "@table one more", "line 8: '@table one' takes nothing more, found 'more'"),
    ],
)
def test_what_a_text_has_wrong_is_told(write, rows, tags, part):
    with pytest.raises(UserError) as caught:
        write(film(ADAM), rows, tags)
    assert part in str(caught.value)


RULE = """\
[[optimizers]]
name = "signum"
title = "Signum"
formula = \"\"\"
b = beta * b + (1 - beta) * g
d = sign(b)
x = x - lr * d
\"\"\"
direction = "d"
state = { b = 0.0 }
hyper.lr = { default = 0.1, low = 0, high = 1, step = 0.01 }
hyper.beta = { default = 0.9, low = 0, high = 0.99, step = 0.01 }
"""


@pytest.mark.parametrize(
    ("old", "changed", "part"),
    [
        ("lr * d", "d", "hyper.lr: no line of the formula reads it; leave it out"),
        ("default = 0.1", "default = 7", "expected a default from low (0) to high (1), found 7"),
        (
            "beta * b + (1 - beta)",
            "beta",
            "state: no line reads 'b' of the step before; leave it out of 'state'",
        ),
    ],
)
def test_parts_of_a_rule_without_effect_are_told(tmp_path, old, changed, part):
    file = tmp_path / "optimizers.toml"
    file.write_text(RULE)
    assert "signum" in load_catalogs(tmp_path).optimizers
    file.write_text(RULE.replace(old, changed, 1))
    with pytest.raises(UserError) as caught:
        load_catalogs(tmp_path)
    assert re.match(rf"{re.escape(str(file))}, line \d+, \[\[optimizers\]\] 1: ", str(caught.value))
    assert part in str(caught.value)


def test_a_setting_is_not_called_like_a_number_of_the_run(tmp_path):
    file = tmp_path / "optimizers.toml"
    for name in ("distance", "b1"):
        file.write_text(RULE.replace("beta", name))
        with pytest.raises(UserError, match=f"hyper.{name}: captions call something else '{name}'"):
            load_catalogs(tmp_path)


def test_an_objective_that_is_constant_is_told(tmp_path):
    (tmp_path / "objectives.toml").write_text(
        '[[objectives]]\nname = "flat"\ntitle = "Flat"\nformula = "2 * pi"\n'
    )
    with pytest.raises(UserError, match=r"\[\[objectives\]\] 1: .*depends on neither x1 nor x2"):
        load_catalogs(tmp_path)
