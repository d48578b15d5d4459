"""Own formulas, long rules, far views and shifted losses are laid out as well as the course."""

import re

import numpy as np
import pytest

from engine import Objective
from scenes import QUALITIES, AnatomyShot, DescentShot, FilmSpec, RunSpec, timeline
from scenes.kit import Kit
from scenes.layout import faults, layers_of
from scenes.parts.charts import LossAxes, Scale
from scenes.parts.formula import formula_of, most_height
from scenes.parts.places import LED, lead, place
from scenes.parts.quantities import Quantity
from scenes.picture import reel_of
from scenes.stage import STAGES, TEXT_LEAST, Box
from scenes.together import apart
from scenes.truth import wrong_numbers
from tests.scenes.awkward_films import AWKWARD, FIT, GOLDSTEIN_PRICE, MANY, film, run


def looked_at(spec):
    """The layers of two pictures of a film, with what is wrong with them."""
    clock = timeline(spec)
    with reel_of(spec) as reel:
        for frame in (clock.frames // 3, clock.frames - 1):
            moment = clock.state(frame)
            reel.show(moment)
            layers = layers_of(reel.canvas, moment.state)
            wrong = faults(reel.canvas, layers, STAGES[spec.form])
            yield layers, wrong + wrong_numbers(layers, moment.state) + apart(layers, moment.state)


@pytest.mark.parametrize("spec", AWKWARD, ids=lambda spec: spec.name)
def test_awkward_films_are_laid_out_well(spec):
    for layers, wrong in looked_at(spec):
        assert not wrong
        assert not [text for text in layers.texts if text.word.text.endswith("…")]


def kit_of(form, objective="valley"):
    shot = DescentShot(panes=(RunSpec("sgd", objective, (-1.0, -1.0), 3),))
    return Kit.of(FilmSpec("x", "en", (shot,), quality=QUALITIES["draft"], form=form), shot)


@pytest.mark.parametrize(
    ("form", "formula", "title"),
    [
        ("wide", GOLDSTEIN_PRICE, ""),
        ("square", FIT, ""),
        ("tall", "x1/(1 + 1/(2 + 1/(3 + x2**2)))", "Named"),
        ("square", MANY, ""),
        ("wide", MANY, "Named"),
    ],
)
def test_an_objective_is_readable_and_in_its_place(form, formula, title):
    """Also a sum of thirty squares, of which a note tells that it is shortened."""
    kit = kit_of(form)
    width, height = kit.stage.formula.width, most_height(kit.stage)
    name = "named" if title else formula
    found = formula_of(kit, Objective(name, formula, title=title), width, height)
    assert found.sprite.size >= TEXT_LEAST
    assert found.sprite.width <= width
    assert found.height <= height
    whole = len(re.findall("x_", found.sprite.text)) == len(re.findall("x[12]", formula))
    assert whole is (found.note is None)
    assert found.note is None or "on the page" in found.note.text
    assert whole is (formula != MANY)


def test_losses_far_from_zero_use_their_chart():
    """The curve of a loss of ...+1000 takes most of its plot, and no two ticks read the same."""
    for more in (1000.0, 1e6, 1e9, -1e6, 20.0):
        losses = run("sgd", "bowl", 50, lr=0.1).trajectory.losses + more
        axes = LossAxes(kit_of("wide"), Box(0, 0, 500, 300), Scale(losses), 50)
        heights = axes.points(losses)[:, 1]
        assert np.ptp(heights) >= 0.59 * axes.plot.height
        ticks = axes._heights()
        assert len({label for _, label in ticks}) == len(ticks) >= 2
        assert all(len(label) <= 7 for _, label in ticks)


@pytest.mark.parametrize("losses", [[3.0, 3.0], [-2.0, -2.0], [0.0, 0.0], [1e300, 1e300], [5.0]])
def test_losses_that_stay_have_an_axis(losses):
    scale = Scale(np.array(losses))
    assert 0 <= scale(losses[0]) <= 1
    assert scale.low < scale.high


def test_the_letters_of_quantities_are_joined_to_their_drawings():
    """The signs of v and m stand near their drawings or have lines to them, on the square too."""
    shot = AnatomyShot(run=run("adam", "valley", lr=0.3), steps=(1,))
    spec = film("letters", "square", shot)
    clock = timeline(spec)
    with reel_of(spec) as reel:
        reel.show(clock.state(clock.frames // 2))
        [signs, *_] = [each.signs for each in map(inner, reel.canvas.elements) if is_drawing(each)]
        tail = signs._tail(0)
        for row, tip in signs._tips(0).items():
            sign = signs.quantity(0, row)
            line = np.linspace(tail, tip, 33)
            gap = min(distance(sign.box, spot) for spot in line)
            if sign.line is None:
                assert gap <= LED
            else:
                assert np.hypot(*(line - sign.line[1]).T).min() <= 12
                assert distance(sign.box, sign.line[0]) == 0


def inner(element):
    return getattr(element, "element", element)


def is_drawing(element):
    return isinstance(element, Quantity)


def distance(box, spot):
    x, y = spot
    return np.hypot(max(box.left - x, 0, x - box.right), max(box.top - y, 0, y - box.bottom))


def test_a_name_finds_free_ground_and_has_a_line_to_its_mark():
    """Around the mark lines swirl: the name stands beyond them, and the line leads to the mark."""
    turns = np.linspace(0, 40, 4000)
    swirl = np.column_stack([300 + 2.6 * turns * np.cos(turns), 300 + 2.6 * turns * np.sin(turns)])
    field, mark = Box(0, 0, 600, 600), (300.0, 300.0)
    box = place((100.0, 40.0), [mark], 22, field, [Box(*mark, *mark).grown(17)], swirl, far=True)
    x, y = swirl.T
    assert not ((x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)).any()
    line = lead(box, [mark], 19.0)
    assert line is not None
    start, end = line
    assert distance(box, start) == 0
    assert np.hypot(end[0] - 300, end[1] - 300) == pytest.approx(19)
    assert lead(Box(320, 280, 420, 320), [mark]) is None
