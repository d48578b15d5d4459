"""Mistakes in films of shots: one line with file, place and nearest name."""

import pytest

from engine import UserError
from publish.plan import films
from tests.publish.filming import film

MISTAKES = {
    "unknown key of a film": (film('optimizer = "sgd"', "pase = 1"), 4, "did you mean 'pace'"),
    "unknown kind": (film('kind = "rase"', 'optimizer = "sgd"'), 3, "'descent', 'anatomy'"),
    "unknown theme": (film('optimizer = "sgd"', 'theme = "drak"'), 4, "'dark' or 'light'"),
    "pace": (film('optimizer = "sgd"', "pace = 9"), 4, "at most 4.0, found 9"),
    "no optimizer": (film(), 1, "'optimizer' is missing"),
    "no optimizer in a shot": (film("shots = [", '{ kind = "sweep" }]'), 4, "'optimizer' is miss"),
    "explaned": (film('optimizer = "sgd"', "explaned = 1"), 4, "did you mean 'explained'"),
    "dwel": (film('optimizer = "sgd"', "dwel = [1]"), 4, "did you mean 'dwell'"),
    "highlite": (film('optimizer = "sgd"', "highlite = []"), 4, "did you mean 'highlight'"),
    "stop": (film('optimizer = "sgd"', 'kind = "sweep"', "stop = 1"), 5, "did you mean 'stops'"),
    "only the keys of the kind are told": (
        film('kind = "sweep"', 'optimizer = "sgd"', "stepss = 9"),
        5,
        "(did you mean 'steps'?); the keys are optimizer, objective, start, steps, hyper, name, "
        "kind, title, sweep, stops, log, shots, pace, theme, form",
    ),
    "only the keys of a film of shots are told": (
        film('optimizer = "sgd"', "explainde = 9", "shots = [{}]"),
        4,
        "the keys are optimizer, objective, start, steps, hyper, name, title, racers, best_of, "
        "trials, tolerance, shots, pace, theme, form",
    ),
    "key of another kind": (
        film('optimizer = "sgd"', 'kind = "descent"', "stops = [1, 2]"),
        5,
        "'stops' is a key of the kind sweep, but this is of the kind descent",
    ),
    "key of a kind beside shots": (
        film('optimizer = "sgd"', "explained = 1", "shots = [{}]"),
        4,
        "'explained' belongs into one of the film's shots",
    ),
    "racers for no race": (
        film('optimizer = "sgd"', "best_of = [1, 2]", "shots = [{}]"),
        4,
        "'best_of' is a key of races, but none of the film's shots is one",
    ),
    "two shots of a name": (
        film('optimizer = "sgd"', "shots = [", "{ },", "{ },", "]"),
        6,
        "two shots are called 'descent'",
    ),
    "unknown key in a shot": (
        film('optimizer = "sgd"', "shots = [", "{ },", '{ kind = "sweep", lgo = true },', "]"),
        6,
        "unknown key 'lgo' in films[1].shots[2] (did you mean 'log'?)",
    ),
    "unknown key in a table of shots": (
        film('optimizer = "sgd"', "[[films.shots]]", "[[films.shots]]", "kinde = 'sweep'"),
        6,
        "unknown key 'kinde' in films[1].shots[2] (did you mean 'kind'?)",
    ),
    "unknown optimizer of a shot": (
        film('optimizer = "sgd"', "shots = [{},", '{ name = "b", optimizer = "adm" }]'),
        5,
        "did you mean 'adam'",
    ),
    "unknown optimizer of the film": (
        film('optimizer = "adm"', "shots = [", "{}]"),
        3,
        "did you mean 'adam'",
    ),
    "unknown racer": (
        film('kind = "race"', "racers = [", '{ optimizer = "sgd" },', '{ optimizer = "adm" }]'),
        6,
        "unknown optimizer 'adm' (did you mean 'adam'?)",
    ),
    "unknown key of a racer": (
        film('kind = "race"', "racers = [", '{ optimizer = "sgd" },', "{ lr = 1, lable = 'x' }]"),
        6,
        "unknown key 'lable' in films[1].racers[2] (did you mean 'label'?)",
    ),
    "unknown key of a choice": (
        film('kind = "race"', 'optimizer = "sgd"', "racers = [{},", "{ lr = { best = [1] } }]"),
        6,
        "unknown key 'best' in films[1].racers[2].lr (did you mean 'best_of'?)",
    ),
    "a word for a rate": (
        film('kind = "race"', 'optimizer = "sgd"', "racers = [{},", '{ lr = "best" }]'),
        6,
        "'films[1].racers[2].lr' should be a number, found \"best\"",
    ),
    "no racers": (film('kind = "race"', 'optimizer = "sgd"'), 1, "a race needs 'racers'"),
    "one racer": (
        film('kind = "race"', 'racers = [{ optimizer = "sgd" }]'),
        4,
        "at least 2 entries",
    ),
    "fewer trials than the grids of a racer": (
        film(
            'kind = "race"',
            'optimizer = "adam"',
            "trials = 3",
            "racers = [{},",
            "{ lr = { best_of = [1, 2] }, hyper = { eps = { best_of = [1, 2] } } }]",
        ),
        7,
        "trials: expected from 4, the values of its grid (2 x 2), to 1000, found 3",
    ),
    "trials of nobody": (
        film('kind = "race"', 'optimizer = "adam"', "trials = 3", "racers = [{}, { lr = 1 }]"),
        5,
        "'trials' has no effect: no racer has a setting to be tuned",
    ),
    "a tolerance without a known minimum": (
        film(
            'kind = "race"',
            'optimizer = "adam"',
            'objective = "x1 + x2"',
            "tolerance = 0.1",
            "racers = [{}, { lr = 1 }]",
        ),
        6,
        "'tolerance' has no effect: no minimum of 'x1 + x2' is known",
    ),
    "a tolerance that is no share": (
        film('kind = "race"', 'optimizer = "adam"', "tolerance = 1", "racers = [{}, { lr = 1 }]"),
        5,
        "tolerance",
    ),
    "a grid beyond a bound": (
        film(
            'kind = "race"',
            'optimizer = "momentum"',
            "racers = [{},",
            "{ hyper = { momentum = { best_of = [0.9, 1] } } }]",
        ),
        6,
        "expected values from 0 to below 1",
    ),
    "a rate twice": (
        film('kind = "race"', 'optimizer = "sgd"', "racers = [{},", "{ lr = 1, hyper.lr = 2 }]"),
        6,
        "'lr' is given twice",
    ),
    "a grid that all breaks off": (
        film(
            'kind = "race"',
            'optimizer = "sgd"',
            "steps = 1000",
            "trials = 2",
            "racers = [{},",
            "{ lr = { best_of = [2, 3] } }]",
        ),
        8,
        "every one of 2 trials diverges",
    ),
    "racers of the film": (
        film(
            'racers = [{ optimizer = "sgd" },',
            '  { optimizer = "adma" }]',
            "[[films.shots]]",
            'kind = "race"',
        ),
        4,
        "did you mean 'adam'",
    ),
    "a grid for all": (
        film(
            'kind = "race"',
            "steps = 1000",
            'racers = [{ optimizer = "sgd" }, { optimizer = "adam" }]',
            "best_of = [2, 3]",
            "trials = 2",
        ),
        6,
        "every one of 2 trials diverges",
    ),
    "a grid without a race": (
        film('optimizer = "sgd"', "best_of = [2, 3]"),
        4,
        "'best_of' is a key of the kind race",
    ),
    "racers of one name": (
        film(
            'kind = "race"',
            'racers = [{ optimizer = "sgd", name = "a" },',
            '{ optimizer = "adam", name = "a" }]',
        ),
        5,
        "two racers have the name 'a'",
    ),
    "racers that look the same": (
        film('kind = "race"', 'optimizer = "sgd"', "racers = [{},", "{}]"),
        6,
        "two racers have the label 'SGD'",
    ),
    "label without a translation": (
        film('kind = "race"', 'optimizer = "sgd"', 'racers = [{ label = { en = "a" } }, {}]'),
        5,
        "the words in 'zh' are missing",
    ),
    "title without a translation": (
        film('optimizer = "sgd"', 'title = { en = "a" }'),
        4,
        "the words in 'zh' are missing",
    ),
    "an empty title": (film('optimizer = "sgd"', 'title = ""'), 4, "should not be empty"),
    "settings as a number": (
        film('optimizer = "sgd"', "hyper = 3"),
        4,
        "should be a table in braces, found 3; write hyper = { lr = 0.4 }",
    ),
    "unknown setting of a sweep": (
        film('kind = "sweep"', 'optimizer = "adam"', 'sweep = "beta"'),
        5,
        "did you mean 'beta1'",
    ),
    "one stop": (film('kind = "sweep"', 'optimizer = "sgd"', "stops = [1]"), 5, "at least 2"),
    "stops at nought in decades": (
        film('kind = "sweep"', 'optimizer = "sgd"', "stops = [0, 1]", "log = true"),
        6,
        "above 0, found 0",
    ),
    "unknown rule beside": (
        film('kind = "anatomy"', 'optimizer = "adam"', 'without = "row"'),
        5,
        "did you mean 'raw'",
    ),
    "unknown rule beside, with a name": (
        film('kind = "anatomy"', 'optimizer = "adam"', 'without = { optimizer = "row" }'),
        5,
        "did you mean 'raw'",
    ),
    "unknown term": (
        film('kind = "anatomy"', 'optimizer = "adam"', "highlight = [", '"g",', '"m_hut"]'),
        7,
        "there is no term 'm_hut' (did you mean 'm_hat'?)",
    ),
    "step beyond the run": (
        film('kind = "anatomy"', 'optimizer = "adam"', "dwell = [1, 60]"),
        5,
        "step 60, but the run ends at step 50",
    ),
    "steps that fall": (
        film('optimizer = "adam"', "dwell = [3, 2]"),
        4,
        "step 2 cannot follow step 3",
    ),
    "three panes": (film('optimizer = "adam"', "panes = [{}, {}, {}]"), 4, "at most 2"),
    "unknown objective of a pane": (
        film('optimizer = "adam"', "panes = [{},", '{ objective = "bawl" }]'),
        5,
        "did you mean 'bowl'",
    ),
    "unknown setting of the film": (
        film('optimizer = "adam"', "shots = [{}]", "[films.hyper]", "beta = 1"),
        6,
        "no hyper-parameter 'beta'",
    ),
    "start without a loss": (
        film('optimizer = "sgd"', 'objective = "log(x1) + x2**2"', "start = [-1, 0]"),
        5,
        "no finite value at the start",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake(write, mistake):
    toml, line, part = MISTAKES[mistake]
    with pytest.raises(UserError) as caught:
        films(write(toml))
    told = str(caught.value)
    assert part in told
    assert "\n" not in told
    if line:
        assert f"lesson.toml, line {line}" in told
