"""Where the parts of a descent stand: one run on the square, two runs on every stage."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenes.stage import BARS_HEIGHT, GAP, Box, Stage

LIFT = 90.0


@dataclass(frozen=True)
class Place:
    """One of two panes: its heading of two lines, its field, its charts, and how its run ended.

    ``loss`` is the right end and the baseline of its live loss; ``ended`` holds the sentence at the
    end, which is told only then where ``late``.
    """

    heading: Box
    field: Box
    loss: tuple[float, float]
    ended: Box
    bars: Box | None = None
    curve: Box | None = None
    late: bool = False


@dataclass(frozen=True)
class Pair:
    """Two panes and what they share: title, rule, sentence, arrows' legend, steps made."""

    stage: Stage
    panes: tuple[Place, Place]
    legend: Box
    step: tuple[float, float]
    plates: tuple[Box, ...] = ()


def single(stage: Stage) -> Stage:
    """The stage of one run: on the square, title, settings and counters stand beside the field.

    On the tall stage the field is a little lower, so that a long rule has large letters.
    """
    safe = stage.safe
    if stage.width > stage.height:
        return stage
    if stage.charts:
        return replace(
            stage,
            field=replace(stage.field, bottom=stage.field.bottom - LIFT),
            now=replace(stage.now, top=stage.now.top - LIFT, bottom=stage.now.bottom - LIFT),
            panel=replace(stage.panel, top=stage.panel.top - LIFT),
            equations=replace(stage.equations, top=stage.equations.top - LIFT),
        )
    return replace(
        stage,
        formula=Box(safe.left, safe.top, safe.right, safe.top + 56),
        field=Box(112, 104, 616, 544),
        title=Box(664, 104, safe.right, 420),
        now=Box(safe.left, 602, safe.right, 658),
        panel=Box(safe.left, 656, safe.right, safe.bottom),
        equations=Box(safe.left, 656, safe.right, safe.bottom),
    )


def pair(stage: Stage) -> Pair:
    """The places of two runs on a stage."""
    if stage.width > stage.height:
        return _wide(stage)
    return _tall(stage) if stage.height > stage.width else _square(stage)


def _wide(stage: Stage) -> Pair:
    """The panes side by side, the rule in a column of its own."""
    safe = stage.safe
    panes = []
    for left in (safe.left, safe.left + 616):
        right = left + 560
        bars = Box(left, 628, right, 628 + BARS_HEIGHT)
        curve = Box(left, bars.bottom + GAP, right, 948)
        panes.append(
            Place(
                heading=Box(left, safe.top, right, 150),
                field=Box(left + 64, 160, right, 570),
                loss=(right - 18, curve.top + 24),
                ended=Box(left, 954, right, safe.bottom),
                bars=bars,
                curve=curve,
            )
        )
    column = Box(1296, safe.top, safe.right, safe.bottom)
    shared = replace(
        stage,
        title=Box(column.left, safe.top, column.right, 190),
        equations=Box(column.left, 224, column.right, 800),
        now=Box(column.left, 880, column.right, 936),
        panel=column,
    )
    legend = Box(column.left, 970, column.right, safe.bottom)
    plates = tuple(Box(x, safe.top, x + 560, safe.bottom) for x in (safe.left, safe.left + 616))
    return Pair(shared, (panes[0], panes[1]), legend, (column.right - 18, 850), (*plates, column))


def _square(stage: Stage) -> Pair:
    """The panes side by side, the rule below them; there is no room for charts."""
    safe = stage.safe
    panes = []
    for left in (safe.left, safe.left + 520):
        right = left + 480
        panes.append(
            Place(
                heading=Box(left, 136, right, 230),
                field=Box(left + 64, 240, right, 500),
                loss=(right, 578),
                ended=Box(left, 594, right, 660),
                late=True,
            )
        )
    shared = replace(
        stage,
        title=Box(safe.left, safe.top, safe.right, 120),
        equations=Box(safe.left, 666, safe.right, safe.bottom),
        now=Box(safe.left, 596, safe.right, 652),
        panel=Box(safe.left, 666, safe.right, safe.bottom),
    )
    return Pair(shared, (panes[0], panes[1]), shared.now, (safe.right, 76))


def _tall(stage: Stage) -> Pair:
    """One pane above the other, each with its chart at its right; the rule below them."""
    safe = stage.safe
    panes = []
    for top in (200.0, 742.0):
        field = Box(safe.left + 64, top + 100, 640, top + 452)
        curve = Box(672, field.top, safe.right, field.top + 226)
        panes.append(
            Place(
                heading=Box(safe.left, top, safe.right, top + 92),
                field=field,
                loss=(safe.right - 18, curve.bottom + 40),
                ended=Box(curve.left, curve.bottom + 58, safe.right, field.bottom + 44),
                curve=curve,
            )
        )
    shared = replace(
        stage,
        equations=Box(safe.left, 1342, safe.right, safe.bottom),
        now=Box(safe.left, 1270, safe.right, 1326),
        panel=Box(safe.left, 1342, safe.right, safe.bottom),
    )
    return Pair(shared, (panes[0], panes[1]), shared.now, (safe.right, 128))
