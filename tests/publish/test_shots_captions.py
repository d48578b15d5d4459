"""Captions of films of shots: each finds its shot, and its numbers are those of the runs."""

import math

import pytest

from engine import UserError, run
from tests.publish.filming import LECTURE, RACE, film, on_valley


def said(spec) -> list[str]:
    return [cue.text for shot in spec.shots for cue in shot.cues]


def test_captions_find_their_shots(specs):
    rows = """\
  0: A.
  5: B.
  descent 0: C.
     It goes on.
  12: D.
  sweep 2：E。
  3: F.
"""
    [spec] = specs(LECTURE, rows)
    assert [[(cue.at, cue.text) for cue in shot.cues] for shot in spec.shots] == [
        [(0, "A."), (5, "B.")],
        [(0, "C. It goes on."), (12, "D.")],
        [(2, "E。"), (3, "F.")],
    ]


@pytest.mark.parametrize(
    ("rows", "line", "part"),
    [
        ("  decent 0: A.", 6, "the film has no shot 'decent' (did you mean 'descent'?)"),
        ("  race 0: A.", 6, "the shots are anatomy, descent, sweep"),
        ("  sweep 1: A.\n  descent 0: B.", 7, "'descent' cannot follow one of 'sweep'"),
        ("  6: A.", 6, "the steps taken apart are 2, 5"),
        ("  descent 13: A.", 6, "a caption at step 13, but the run ends at step 12"),
        ("  sweep 4: A.", 6, "a caption at stop 4, but the sweep ends at stop 3"),
        ("  sweep 2: A.\n  2: B.", 7, "stop 2 cannot follow one at stop 2"),
        ("  0: A.\n  sweep 1: {lr[1]}.", 7, "'lr' is one number"),
        ("  sweep 1: {beta1}.", 6, "'beta1' needs a number"),
        ("  sweep 1: {loss[4]}.", 6, "'loss' goes from 1 to 3"),
        ("  sweep 1: {stop4.loss[1]}.", 6, "there is no run 'stop4' in this shot"),
        ("  descent 0: {without.x1[1]}.", 6, "there is no run 'without'"),
        ("  0: {without.m_hat1[1]}.", 6, "the run 'without' has no 'm_hat1'"),
        ("  sweep 1: {outcome[1]:.3f}.", 6, "takes no number format"),
    ],
)
def test_wrong_captions(write, rows, line, part):
    with pytest.raises(UserError) as caught:
        write(LECTURE, rows)
    assert part in str(caught.value)
    assert f"en.md, line {line}" in str(caught.value)


def test_numbers_of_an_anatomy(specs):
    # The first corrected step of Adam is the rate times the sign of the gradient, (−1, −8).
    [spec] = specs(
        LECTURE, "  0: {m1[1]:.2f} {m_hat2[1]:.0f} {x1[1]:.3f} {without.x1[1]:.3f} {without.lr}"
    )
    assert said(spec) == ["−0.10 −8 −4.500 −3.419 0.5"]


def test_numbers_of_a_sweep(specs):
    toml = film('kind = "sweep"', 'optimizer = "sgd"', "steps = 10", "stops = [0.4, 0.1, 0.6]")
    rows = """\
  0: {first_loss} {stops} {outcome[3]}
  2: {lr[2]} {loss[2]:.6f} {x2[2]:.6f} {distance[2]:.6f} {steps[2]}
  3: {loss[3]:.6f} {loss[-1]:.6f} {stop3.loss[1]:.6f} {stop3.lr} {stop1.x1[-1]:.6f}
"""
    [spec] = specs(toml, rows)
    x1, x2, loss = on_valley(0.1, 10)
    rising, first = on_valley(0.6, 10)[2], on_valley(0.6, 1)[2]
    expected = [
        "10.5 3 diverges",
        f"0.1 {loss:.6f} {x2:.6f} {math.hypot(x1, x2):.6f} 10",
        f"{rising:.6f} {rising:.6f} {first:.6f} 0.6 {on_valley(0.4, 10)[0]:.6f}",
    ]
    assert said(spec) == [text.replace("-", "−") for text in expected]


def test_the_limits_on_a_slider(specs):
    # Plain descent on 0.1 x1² + 2 x2² passes x2 = 0 from a rate of 1/4 on, still does at the end
    # shortly before 1/2, and leaves from there on.
    toml = film('kind = "sweep"', 'optimizer = "sgd"', "steps = 400", "stops = [0.1, 0.6]")
    rows = "  0: {limit[1]:.2f} {limit[2]:.2f} {limit[-1]:.2f}\n  2: {outcome[1]}, {outcome[2]}\n"
    [spec] = specs(toml, rows)
    assert said(spec) == ["0.25 0.50 0.50", "settles, diverges"]
    with pytest.raises(UserError, match="'limit' goes from 1 to 3, found 4"):
        specs(toml, "  0: {limit[4]}")
    with pytest.raises(UserError, match="'limit' has no numbers here"):
        specs(toml.replace("0.6", "0.11"), "  0: {limit[1]}")


def test_numbers_of_a_race(specs):
    rows = """\
  0: {racers} {steps} {sgd-1.lr} {sgd-1.grid[1]} {sgd-1.tried_loss[3]:.4f} {adam.lr} {trials} {goal}
  10: {sgd-1.loss[10]:.6f} {sgd-2.x2[10]:.4f} {adam.x1[1]:.2f}
  20: {order[1]} {order[-1]} {sgd-1.rank:d} {adam.rank} {sgd-1.distance[20]:.5f} {sgd-2.outcome}
"""
    [spec] = specs(RACE, rows)
    x1, x2, _ = on_valley(0.3, 20)
    expected = [
        f"3 20 0.3 0.1 {on_valley(0.6, 20)[2]:.4f} 0.1 3 0.105",
        f"{on_valley(0.3, 10)[2]:.6f} {on_valley(0.6, 10)[1]:.4f} -4.90",
        f"SGD, η = 0.3 SGD, η = 0.6 1 2 {math.hypot(x1, x2):.5f} diverging",
    ]
    assert said(spec) == [text.replace("-", "−") for text in expected]


def test_numbers_of_racers_and_panes_by_name(specs):
    [race] = specs(
        film(
            'kind = "race"',
            'optimizer = "sgd"',
            'racers = [{ name = "calm", lr = 0.1 }, { label = "Wild", lr = 0.4 }]',
        ),
        "  1: {calm.x1[1]:.2f} {sgd.x1[1]:.2f} {order[2]}",
    )
    assert said(race) == ["−4.90 −4.60 SGD"]
    [panes] = specs(
        film(
            'optimizer = "sgd"',
            'panes = [{ objective = "bowl" }, { name = "flat", hyper = { lr = 0.2 } }]',
        ),
        "  1: {x1[1]:.2f} {first.x1[1]:.2f} {flat.x1[1]:.2f} {lr} {flat.lr}",
    )
    assert said(panes) == ["−4.00 −4.00 −4.80 0.1 0.2"]


def test_who_broke_off_has_no_rank(specs):
    toml = film(
        'kind = "race"',
        "steps = 400",
        'optimizer = "sgd"',
        'racers = [{ lr = 0.1 }, { name = "wild", lr = 3 }]',
    )
    with pytest.raises(UserError, match="the run 'wild' has no 'rank'"):
        specs(toml, "  0: {wild.rank}")
    [spec] = specs(toml, "  0: {wild.outcome}, {wild.steps} steps")
    made = run("sgd", "valley", steps=400, lr=3)
    assert said(spec) == [f"diverged at step {made.stopped}, {made.steps} steps"]


def test_a_number_that_is_none_is_no_caption(write):
    toml = film(
        'kind = "race"',
        "steps = 2000",
        "trials = 2",
        'racers = [{ optimizer = "sgd", lr = { best_of = [0.1, 3] } }, { optimizer = "adam" }]',
    )
    with pytest.raises(UserError, match=r"en\.md, line 6: '\{sgd\.tried_loss\[2\]\}' has no value"):
        write(toml, "  0: {sgd.tried_loss[2]}")
