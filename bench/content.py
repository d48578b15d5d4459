"""The picture of one of our films as plain data, read off our own canvas for the expert's scene."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeVar

from bench import drawings
from bench.picture import (
    Arrow,
    Bar,
    Drawing,
    Number,
    Picture,
    Piece,
    Point,
    Row,
    Saying,
    Trail,
    Words,
)
from engine.formula import notation, typst
from publish.plan import PlannedFilm
from scenes import FilmSpec, timeline
from scenes.canvas import Canvas, Element, Seen, Word
from scenes.kit import Kit
from scenes.palette import mixed
from scenes.parts.arrows import ArrowName, StepArrow
from scenes.parts.arrowwords import plain
from scenes.parts.bars import ZERO_MARK
from scenes.parts.bars import Bar as OurBar
from scenes.parts.charts import DIM, LossCurve
from scenes.parts.figures import ticks
from scenes.parts.gradients import GradientArrow
from scenes.parts.highlight import Highlight
from scenes.parts.names import PILL_X, Labels, Names
from scenes.parts.outside import Outside
from scenes.parts.panel import HEADER, EquationRow
from scenes.parts.panel import Number as OurNumber
from scenes.parts.places import cut
from scenes.parts.plates import Plates
from scenes.parts.relief import Plot, relief
from scenes.parts.sign import PAD_X
from scenes.parts.story import MIDDLE, SAMPLE, Counter, Legend, Sentence
from scenes.picture import reel_of
from scenes.stage import Box
from scenes.state import HOLD, QUICK, State

E = TypeVar("E")
SLACK, SETTINGS, LABEL_GAP = 5.0, 50.0, 14.0
PLAIN = ("background", "surface", "text", "accent")


def picture_of(film: PlannedFilm) -> Picture:
    """Everything that a film of one descent shows, frame by frame."""
    clock = timeline(film.spec)
    with reel_of(film.spec) as reel:
        reel.show(clock.state(0))
        states = [clock.state(frame).state for frame in range(clock.frames)]
        return Reader(film.spec, reel.canvas, states).picture()


LABELLED = re.compile(r"\{\{ (.*?) : [\w-]+ \}\}")


def bare(text: str) -> str:
    """Typst without the labels of its parts."""
    return LABELLED.sub(r"\1", text)


class Reader:
    """Reads a canvas at each of ``states``, one a frame."""

    def __init__(self, spec: FilmSpec, canvas: Canvas[State], states: Sequence[State]) -> None:
        self.spec, self.canvas, self.states = spec, canvas, states
        self.step, self.curve = self.one(StepArrow), self.one(LossCurve)
        self.track = self.step.track
        self.kit: Kit = self.track.kit
        self.theme = self.kit.theme

    def all(self, kind: type[E]) -> list[E]:
        """The elements of a kind, each once, also where it is painted at one of two places."""
        inner = [e.element if isinstance(e, Seen) else e for e in self.canvas.elements]
        return [each for each in dict.fromkeys(inner) if isinstance(each, kind)]

    def one(self, kind: type[E]) -> E:
        """The only element of a kind."""
        [found] = self.all(kind)
        return found

    def picture(self) -> Picture:
        """All of it."""
        theme, plot = self.theme, self.track.plot
        names: Names = self.one(Labels).names
        width, height = (
            round(side * self.spec.scale) for side in (plot.box.width, plot.box.height)
        )
        line = max(1.5 * self.spec.scale, 0.8)
        field = relief(self.kit.run.objective, plot.view, width, height, theme, line)
        return Picture(
            size=self.spec.size,
            fps=self.spec.quality.fps,
            frames=len(self.states),
            colors={key: getattr(theme, key) for key in PLAIN} | dict(theme.roles),
            field=field[..., [2, 1, 0, 3]],
            frame=_box(plot.box),
            still=self.still(),
            lines=self.lines(plot),
            start=names.start or (0.0, 0.0),
            minima=names.minima,
            rows=[self.row(each) for each in self.all(EquationRow)],
            lit=[_lit(_look(self.one(Highlight), state)) for state in self.states],
            numbers=[self.number(e) for e in self.canvas.elements if e.numbers(self.states[0])],
            bars=[self.bar(each) for each in self.all(OurBar)],
            sayings=[*self.sayings(), *self.legend()],
            path=self.path(),
            curve=self.losses(),
            arrows=self.arrows(),
            drawings=self.drawings(),
            cuts=self.cuts(),
        )

    def cuts(self) -> list[int]:
        """The first frames of the film, of the steps that no longer go line by line, of the end."""
        light = self.one(Highlight)
        lit = [frame for frame, state in enumerate(self.states) if light.key(state)]
        hold = next(at for at, state in enumerate(self.states) if state.kind == HOLD)
        return sorted({0, lit[-1] + 1 if lit else 0, hold})

    def still(self) -> list[Words]:
        """Texts that stay: of the background, of the counters, and names on the field."""
        theme, first, top = self.theme, self.states[0], self.kit.stage.title
        space = self.kit.stage.equations
        found = []
        for word in self.canvas.still:
            title = word.box.left > top.left - SLACK and word.box.bottom < top.bottom - SETTINGS
            math = bool(re.search("[_^=]", word.text))
            bright = title or (math and " quad " not in word.text)
            color = theme.text if bright else theme.muted
            header = word.box.bottom < space.top + HEADER and word.box.top > space.top
            if header and word.box.left > space.left:
                color = theme.muted
            if (multiple := self.kit.run.optimizer.multiple) is not None:
                direction = typst(notation(multiple.direction))
                color = self.kit.role(multiple.direction.id) if word.text == direction else color
            found.append(Words(bare(word.text), _box(word.box), color, math and not title, title))
        for counter in self.all(Counter):
            word = counter.words(first)[0]
            found.append(Words(word.text, _box(word.box), theme.muted))
        return [*found, *(self.named(word) for word in self.one(Labels).words(first))]

    def named(self, word: Word, color: str = "", pad: float = PILL_X, math: bool = False) -> Words:
        """A name on the field, on its plate."""
        box = word.box
        inner = (box.left + pad, box.top, box.right - pad, box.bottom)
        plate = _box(box), self.theme.background
        return Words(word.text, inner, color or self.theme.text, math, plate=plate)

    def lines(self, plot: Plot) -> list[tuple[list[tuple[float, float]], float, str]]:
        """Frame and ticks of the field, axes and ticks of the loss, and its whole curve, dim."""
        theme, box, chart = self.theme, plot.box, self.curve.plot
        (left, right), (low, high) = plot.view
        corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom)]
        corners += [(box.left, box.bottom), (box.left, box.top), (box.right, box.top)]
        axes = [
            (chart.left, chart.top - 8),
            (chart.left, chart.bottom),
            (chart.right, chart.bottom),
        ]
        marks = []
        for value in ticks(left, right, 8):
            x = box.left + (value - left) / (right - left) * box.width
            marks.append([(x, box.bottom), (x, box.bottom + 8)])
        for value in ticks(low, high, 7):
            y = box.bottom - (value - low) / (high - low) * box.height
            marks.append([(box.left - 8, y), (box.left, y)])
        for value in ticks(0, len(self.curve.points) - 1, 5):
            x = chart.left + chart.width * value / (len(self.curve.points) - 1)
            marks.append([(x, chart.bottom), (x, chart.bottom + 6)])
        for word in self.canvas.still:
            if abs(word.box.right - chart.left + LABEL_GAP) < 1:
                y = word.box.center[1]
                marks.append([(chart.left - 6, y), (chart.left, y)])
        for bar in self.all(OurBar):
            if bar.zero > 0:
                x, track = bar.track.left + bar.zero * bar.track.width, bar.track
                marks.append([(x, track.top - ZERO_MARK), (x, track.bottom + ZERO_MARK)])
        dim = mixed(theme.muted, theme.background, DIM)
        lines = [(corners, 2.0, theme.line), (axes, 2.0, theme.line)]
        lines += [(run, 3.0, dim) for run in _joined(self.losses().pieces)]
        return [*lines, *((mark, 2.0, theme.muted) for mark in marks)]

    def row(self, row: EquationRow) -> Row:
        """An equation with its colors."""
        [word] = row.words(self.states[0])
        labels = sorted(set(re.findall(r": ([A-Za-z0-9_-]+) \}\}", word.text)) - {"relation"})
        colors = tuple((label, self.kit.role(label.replace("-", "_"))) for label in labels)
        words = Words(word.text, _box(word.box), self.theme.text, True, labels=colors)
        return Row(words, [row.light(state) for state in self.states])

    def number(self, element: Element[State]) -> Number:
        """A live number."""
        [shown], word = element.numbers(self.states[0]), element.words(self.states[0])[-1]
        color, alphas = self.theme.text, [1.0] * len(self.states)
        if isinstance(element, OurNumber):
            color, alphas = element.color, [_look(element, state)[1] for state in self.states]
        texts = [element.numbers(state)[0].text for state in self.states]
        return Number(
            shown.name,
            shown.index,
            word.box.right,
            word.box.bottom,
            word.size,
            color,
            list(zip(texts, alphas, strict=True)),
        )

    def bar(self, bar: OurBar) -> Bar:
        """An effective step."""
        ends = [_look(bar, state)[0] for state in self.states]
        return Bar(_box(bar.track), [drawings.span(bar, end) for end in ends])

    def sayings(self) -> list[Saying]:
        """The sentence, the names of the arrows, and at the end that of the last point."""
        found = []
        sentence = self.one(Sentence)
        told = []
        for state in self.states:
            [word] = sentence.words(state)
            words = Words(word.text, _box(word.box), self.theme.text, bold=state.kind == HOLD)
            told.append((words, _look(sentence, state)[1]))
        found.append(Saying("sentence", told))
        found += [self.arrow_name(name) for name in self.all(ArrowName)]
        mark = self.one(Outside)
        gone = [mark.words(state) for state in self.states]
        away = [(self.named(some[0], mark.color), 1.0) if some else None for some in gone]
        found.append(Saying("outside", away))
        labels, count = self.one(Labels), len(self.one(Labels).words(self.states[0]))
        ends = [(labels.words(state)[count:], state.ending) for state in self.states]
        last = [(self.named(some[0]), light) if some else None for some, light in ends]
        return [*found, Saying("end", last)]

    def arrow_name(self, name: ArrowName) -> Saying:
        """What an arrow is called; gradients have words or, taken elsewhere, notation."""
        gradients = name.found.gradients
        of_step = name.which == len(gradients)
        math = not of_step and not gradients[name.which].taken.here
        color = self.theme.roles["step" if of_step else "gradient"]
        shown = [
            (self.named(word, color, PAD_X, math), _look(name, state)[1])
            if (word := next(iter(name.words(state)), None))
            else None
            for state in self.states
        ]
        return Saying(f"arrow {name.which}", shown)

    def legend(self) -> list[Saying]:
        """What the arrows mean, with their factors; gone at the end."""
        legend, color = self.one(Legend), self.theme.roles
        math = not plain(legend.taken)
        seen = [
            [
                (Words(word.text, _box(word.box), color[each.role], each.role != "step" and math))
                for each, word in zip(legend.shown(state), legend.words(state), strict=True)
            ]
            for state in self.states
        ]
        return [
            Saying(f"legend {at}", [(now[at], 1.0) if len(now) > at else None for now in seen])
            for at in range(max(map(len, seen)))
        ]

    def arrows(self) -> list[Arrow]:
        """The gradients' and the step's, and their samples in the legend."""
        roles, legend = self.theme.roles, self.one(Legend)
        found = [Arrow(roles["gradient"], False, self.seen(e)) for e in self.all(GradientArrow)]
        moving = [state.moving < 1 for state in self.states]
        steps = [each if m else None for each, m in zip(self.seen(self.step), moving, strict=True)]
        found.append(Arrow(roles["step"], True, steps))
        y, shown = legend.baseline - MIDDLE, [legend.shown(state) for state in self.states]
        for at, first in enumerate(shown[0]):
            tails = [now[at].tail if now else None for now in shown]
            ends = [None if x is None else ((x, y), (x + SAMPLE - 10, y), True) for x in tails]
            found.append(Arrow(roles[first.role], first.role == "step", ends))
        return found

    def seen(self, arrow: GradientArrow | StepArrow) -> list[tuple[Point, Point, bool] | None]:
        """An arrow as far as it is in the field; one that leaves it has no head there."""
        found: list[tuple[Point, Point, bool] | None] = []
        for state in self.states:
            whole = arrow.whole(state)
            part = cut(*whole, self.track.field) if whole and arrow.ends(state) else None
            found.append((*part, part[1] == whole[1]) if part and whole else None)
        return found

    def path(self) -> Trail:
        """The path as far as it is in the field, and the point where it is seen."""
        track, pixels = self.track, self.track.pixels.tolist()
        shown = []
        for state in self.states:
            now = track.now(state)
            ends = pixels[state.step : state.step + 2]
            crossing = state.kind == QUICK and not any(track.inside((x, y)) for x, y in ends)
            seen = track.inside(now) and state.step < track.gone and not crossing
            piece = track.piece(state.step, now, 0) if state.moving else None
            shown.append((state.step, piece, now if seen else None))
        pieces = [track.piece(step, end, 0) for step, end in enumerate(pixels[1:])]
        return Trail(pixels, pieces, [False, *track.dots[1:]], shown)

    def losses(self) -> Trail:
        """The loss so far, as far as it is on the axes."""
        curve, room = self.curve, self.curve.plot.grown(2)
        points: list[Point] = [(float(x), float(y)) for x, y in curve.points]

        def piece(start: Point, end: Point) -> Piece | None:
            return cut(start, end, room)

        shown = [
            (
                state.step,
                piece(points[state.step], curve.head(state)),
                None if curve.gone(state) else curve.head(state),
            )
            for state in self.states
        ]
        pieces = [piece(*ends) for ends in pairwise(points)]
        return Trail(points, pieces, [False] * len(points), shown)

    def drawings(self) -> list[Drawing]:
        """All that marks something, as far as it comes into the picture."""
        states = self.states
        found = [drawings.elsewhere(each, states) for each in self.all(GradientArrow)]
        found += [drawings.plates(each, states) for each in self.all(Plates)]
        for bar in self.all(OurBar):
            found.append(drawings.notches(bar, [_look(bar, state)[:2] for state in states]))
        found += [drawings.outside(self.one(Outside), states), drawings.exits(self.curve, states)]
        return [each for each in found if any(each.shown)]


def _look(element: Element[State], state: State) -> Any:
    """What the look of an element depends on."""
    return element.key(state)


def _lit(key: Any) -> tuple[tuple[float, float, float, float], float] | None:
    return (_box(key[0]), key[1]) if key else None


def _box(box: Box) -> tuple[float, float, float, float]:
    return float(box.left), float(box.top), float(box.right), float(box.bottom)


def _joined(pieces: Sequence[Piece | None]) -> list[list[Point]]:
    """Pieces as polylines where one begins as another ends."""
    lines: list[list[Point]] = []
    for piece in filter(None, pieces):
        if lines and lines[-1][-1] == piece[0]:
            lines[-1].append(piece[1])
        else:
            lines.append(list(piece))
    return lines
