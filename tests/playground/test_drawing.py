"""What is drawn: isolines, view, scales, and the texts of numbers."""

import math
import re
from collections.abc import Iterator
from copy import copy
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

import engine
from engine import Objective
from engine.field import shade_of
from publish.numbers import against
from publish.scripts import modules, rules
from tests.fields import FLAT, HARD, fields

LINES = """([name, view, columns, rows]) => {
  const field = RULES.objectives[name];
  const shade = shadeOver(field, view, []);
  return marchingSquares(sampleShades(field, shade, view, columns, rows), columns, rows, 14);
}"""
SHADES = """([name, view, minima, losses]) => {
  const shade = shadeOver(RULES.objectives[name], view, minima);
  return [shade, losses.map((loss) => shadeAt(shade, loss))];
}"""
FIELDS = {**engine.OBJECTIVES, **fields({**HARD, **FLAT})}


@pytest.fixture(scope="module")
def with_fields(browser: Browser) -> Iterator[Page]:
    """A page with the playground's modules that knows the fields that are hard to draw."""
    page = browser.new_page()
    page.goto("about:blank")
    page.add_script_tag(content=rules({}, FIELDS) + "\n".join(modules()))
    yield page
    page.close()


@pytest.mark.parametrize("wide", [1, 3])
@pytest.mark.parametrize("name", FIELDS)
def test_shades_are_the_engines(with_fields: Page, name: str, wide: int) -> None:
    field = FIELDS[name]
    view = tuple((wide * low, wide * high) for low, high in field.view)
    shade = shade_of(field, view)
    losses = field.value(np.random.default_rng(1).uniform(-8, 8, (400, 2)))
    losses = losses[np.isfinite(losses)]
    found, shades = with_fields.evaluate(SHADES, [name, view, field.minima, losses.tolist()])
    np.testing.assert_allclose(found["shades"], shade.shades, atol=1e-9)
    np.testing.assert_allclose(shades, shade(losses), rtol=1e-9, atol=1e-9)


def unknown(field: Objective) -> Objective:
    """The field without its minima, of which a quadratic knows its own."""
    made = copy(field)
    object.__setattr__(made, "minima", ())
    return made


@pytest.mark.parametrize(
    "name", ["valley", "rosenbrock", "himmelblau", "saddle", "hill", "barrier"]
)
def test_isolines_run_between_grid_points_above_and_below(with_fields: Page, name: str) -> None:
    field, columns, rows = FIELDS[name], 181, 121
    shade = shade_of(unknown(field))
    lines = with_fields.evaluate(LINES, [name, field.view, columns, rows])
    assert len({line["level"] for line in lines}) >= 13
    (left, right), (bottom, top) = field.view

    def loss(x: float, y: float) -> float:
        x1 = left + (right - left) * x / (columns - 1)
        x2 = top + (bottom - top) * y / (rows - 1)
        return float(field.value(np.array([x1, x2])))

    for line in lines:
        level = shade.loss(line["level"])
        for x, y in line["points"]:
            ends = [loss(math.floor(x), math.floor(y)), loss(math.ceil(x), math.ceil(y))]
            assert min(ends) <= level + 1e-9 * abs(level)
            assert level - 1e-9 * abs(level) <= max(ends)


@pytest.mark.parametrize("name", FIELDS)
def test_isolines_run_in_every_quarter(with_fields: Page, name: str) -> None:
    """But where the field is flat, or has no value, and nowhere from what has none."""
    field, columns, rows = FIELDS[name], 101, 81
    lines = with_fields.evaluate(LINES, [name, field.view, columns, rows])
    points = [point for line in lines for point in line["points"]]
    assert np.isfinite(points).all()
    if name in HARD:
        for left, top in ((0, 0), (50, 0), (0, 40), (50, 40)):
            (low, high), (bottom, up) = field.view
            x1 = np.linspace(
                low + left / 100 * (high - low), low + (left + 50) / 100 * (high - low)
            )
            x2 = np.linspace(up - top / 80 * (up - bottom), up - (top + 40) / 80 * (up - bottom))
            valued = np.isfinite(field.value(np.stack(np.meshgrid(x1, x2), axis=-1))).any()
            inside = [left <= x <= left + 50 and top <= y <= top + 40 for x, y in points]
            assert any(inside) or not valued


def test_what_has_no_value_stays_clear(with_fields: Page) -> None:
    pixels = with_fields.evaluate(
        """() => {
          const field = RULES.objectives.half;
          const view = [[-4, 4], [-2, 2]];
          const shades = sampleShades(field, shadeOver(field, view, []), view, 41, 21);
          const pixels = new Uint32Array(80 * 40);
          const colors = Uint32Array.from({ length: 14 }, (_, index) => index + 1);
          paintBands(pixels, 80, 40, shades, 41, 21, colors);
          return [...pixels];
        }"""
    )
    bands = np.array(pixels).reshape(40, 80)
    assert (bands[:, :38] == 0).all()
    assert (bands[:, 42:] > 0).all()
    assert len(np.unique(bands)) > 10


def test_isolines_are_whole_lines(inner: Page) -> None:
    view = [[-3, 3], [-3, 3]]
    lines = inner.evaluate(LINES, ["bowl", view, 61, 61])
    levels = [line["level"] for line in lines]
    inside = [line for line in lines if levels.count(line["level"]) == 1]
    assert len(inside) > 3
    for line in inside:
        assert line["points"][0] == line["points"][-1]
        for (x, y), (x2, y2) in zip(line["points"], line["points"][1:], strict=False):
            assert math.hypot(x2 - x, y2 - y) < 1.5


def test_a_saddle_is_joined_through_its_middle(inner: Page) -> None:
    joined = inner.evaluate("() => crossingsOf(1, 0, 1, 0.5, 0.6)")
    split = inner.evaluate("() => crossingsOf(1, 0, 1, 0, 0.6)")
    assert joined == [3, 2, 1, 0]
    assert split == [3, 0, 1, 2]


def test_a_path_inside_leaves_the_view_alone(inner: Page) -> None:
    view = [[-5.5, 3], [-3, 3]]
    assert inner.evaluate("([v, p]) => widenedView(v, p)", [view, [[-5, -2], [2.9, 3]]]) == view


@pytest.mark.parametrize("far", [3.2, 5, 8.9, 1e6])
def test_the_view_is_widened_up_to_three_times(inner: Page, far: float) -> None:
    view = [[-5.5, 3], [-3, 3]]
    (left, right), (bottom, top) = inner.evaluate(
        "([v, p]) => widenedView(v, p)", [view, [[0, far], [1, -far]]]
    )
    assert (left, right) == (-5.5, 3)
    assert top == -bottom
    assert top == (9 if far > 9 else pytest.approx(max(top, far)))
    assert far <= top <= 9 or far > 9


def test_a_unit_is_equally_long_on_both_axes(inner: Page) -> None:
    (left, right), (bottom, top) = inner.evaluate("() => withAspect([[-6, 6], [-6, 6]], 1.5)")
    assert (right - left) / (top - bottom) == pytest.approx(1.5)
    assert (bottom, top) == (-6, 6)


@pytest.mark.parametrize(
    ("losses", "log"),
    [
        ([10, 5, 2], False),
        ([10, 1, 0.01], True),
        ([10, 1, 0], False),
        ([10, 0.01, 0], True),
        ([100, -5, -80], False),
        ([3, 3, 3], False),
        ([1, 1e100, 1e300], True),
    ],
)
def test_the_loss_scale_is_logarithmic_where_sensible(
    inner: Page, losses: list[float], log: bool
) -> None:
    scale, parts = inner.evaluate(
        "(losses) => { const s = lossScale(losses); return [s.log, losses.map(s.part)]; }", losses
    )
    assert scale is log
    assert all(-1e-9 <= part <= 1 + 1e-9 for part in parts)
    if log:
        assert sorted(parts) == [part for _, part in sorted(zip(losses, parts, strict=True))]


@pytest.mark.parametrize("more", [1000.0, 1e6, 1e9, -1e6, 20.0])
def test_losses_far_from_zero_use_their_chart(inner: Page, more: float) -> None:
    losses = [more + 25 * 0.8**step for step in range(40)]
    parts, labels, texts = inner.evaluate(
        """(losses) => {
          const scale = lossScale(losses);
          return [losses.map(scale.part), lossTicks(scale).map(([, text]) => text),
            losses.slice(0, 9).map(columnText(losses))];
        }""",
        losses,
    )
    assert max(parts) - min(parts) >= 0.59
    assert all(-1e-9 <= part <= 1 + 1e-9 for part in parts)
    assert len(set(labels)) == len(labels) >= 2
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("ends", "labels", "suffix"),
    [
        ((1e6, 1e6 + 1), ["0.0", "0.5", "1.0"], "\u2212 10^{6}"),
        ((-1000001, -1000000), ["\u22121.0", "\u22120.5", "0.0"], "+ 10^{6}"),
        ((0, 10), ["0", "5", "10"], ""),
    ],
)
def test_ticks_tell_how_far_they_are_from_a_round_number(
    inner: Page, ends: tuple[float, float], labels: list[str], suffix: str
) -> None:
    found: Any = inner.evaluate("([low, high]) => axisTicks(low, high, 3)", ends)
    assert found["labels"] == labels
    assert found["suffix"].strip() == suffix


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (10.5, 0.003),
        (1000.4, 1000.6),
        (-1e6, -1e6 - 3),
        (1e12 + 30, 1e12),
        (1e-9, 1.0001e-9),
        (2.0, 2.0),
        (0.1 + 0.2, 0.3),
        (1e308, -1e308),
    ],
)
def test_digits_tell_two_numbers_apart_as_on_the_page(
    inner: Page, first: float, second: float
) -> None:
    ours = [str(text) for text in against(first, second)]
    found = inner.evaluate(
        """([first, second]) => {
          const digits = digitsApart(first, second);
          return [inSentence(first, digits), inSentence(second, digits)];
        }""",
        [first, second],
    )
    raised = [re.sub(r"<sup>(.*?)</sup>", r"^{\1}", text) for text in ours]
    assert found == raised


@pytest.mark.parametrize(
    ("call", "text"),
    [
        ("inColumn(-0.26304)", "−0.2630"),
        ("inColumn(1e-9)", "1.00e−9"),
        ("inColumn(0)", "0.0000"),
        ("inSentence(-1.17234)", "−1.172"),
        ("inSentence(2.5e-9)", "2.50×10^{−9}"),
        ("inField(1e-6)", "1e-6"),
        ("inField(0.1 + 0.2)", "0.3"),
        ("tickText(-0, 1)", "0.0"),
        ("tickText(-1e-17, 1)", "0.0"),
        ("tickText(-0.04, 1)", "0.0"),
        ("tickText(-0.06, 1)", "−0.1"),
        ("inSentence(-0)", "0"),
        ("inColumn(-0)", "0.0000"),
        ("inField(-0)", "0"),
        ("pointText([-0, -0])", "(0, 0)"),
        ("tickText(-2, 0)", "−2"),
        ("fill('{a} of {b}', {a: 1})", "1 of {b}"),
    ],
)
def test_numbers_as_text(inner: Page, call: str, text: str) -> None:
    assert inner.evaluate(f"() => {call}") == text


@pytest.mark.parametrize(("text", "value"), [("−2.5", -2.5), (" 1e-6 ", 1e-6), ("-5", -5)])
def test_numbers_are_read_with_either_minus(inner: Page, text: str, value: float) -> None:
    assert inner.evaluate("(text) => parseNumber(text)", text) == value


def test_names_keep_clear_of_one_another(inner: Page) -> None:
    boxes: Any = inner.evaluate(
        """() => {
          const written = [];
          const context = new OffscreenCanvas(400, 300).getContext("2d");
          context.strokeText = (text, x, y) =>
            written.push([x, y, context.measureText(text).width]);
          const places = [[200, 150], [206, 152], [390, 150], [200, 8]];
          const labels = places.map((at) => ({ at, text: "minimum" }));
          const plot = { left: 0, top: 0, width: 400, height: 300 };
          placeLabels(context, labels, [], plot, { font: "sans-serif" });
          return written;
        }"""
    )
    for index, (x, y, width) in enumerate(boxes):
        assert x - width / 2 >= 0
        assert x + width / 2 <= 402
        for other_x, other_y, other_width in boxes[:index]:
            apart = abs(x - other_x) >= (width + other_width) / 2 or abs(y - other_y) >= 15
            assert apart
