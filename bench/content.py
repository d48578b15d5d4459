"""The picture of one of our films as plain data, read off our own canvas for the expert's scene."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar

from bench.picture import Arrow, Bar, Number, Picture, Row, Saying, Trail, Words
from publish.plan import PlannedFilm
from scenes import FilmSpec, timeline
from scenes.canvas import Canvas, Element, Word
from scenes.kit import Kit
from scenes.palette import mixed
from scenes.parts.arrows import ArrowName, StepArrow
from scenes.parts.bars import Bar as OurBar
from scenes.parts.charts import DIM, LossCurve
from scenes.parts.figures import ticks
from scenes.parts.highlight import Highlight
from scenes.parts.marks import GradientArrow
from scenes.parts.names import PILL_X, Labels, Names
from scenes.parts.panel import EquationRow
from scenes.parts.panel import Number as OurNumber
from scenes.parts.relief import Plot, relief
from scenes.parts.story import SAMPLE, Counter, Legend, Sentence
from scenes.picture import reel_of
from scenes.stage import Box
from scenes.state import HOLD, State

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


class Reader:
    """Reads a canvas at each of ``states``, one a frame."""

    def __init__(self, spec: FilmSpec, canvas: Canvas[State], states: Sequence[State]) -> None:
        self.spec, self.canvas, self.states = spec, canvas, states
        self.gradient, self.curve = self.one(GradientArrow), self.one(LossCurve)
        self.track = self.gradient.track
        self.kit: Kit = self.track.kit
        self.theme = self.kit.theme

    def all(self, kind: type[E]) -> list[E]:
        """The elements of a kind."""
        return [each for each in self.canvas.elements if isinstance(each, kind)]

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
            path=Trail(
                self.track.pixels.tolist(),
                [False, *self.track.dots[1:]],
                [(state.step, self.track.now(state)) for state in self.states],
            ),
            curve=Trail(
                self.curve.points.tolist(),
                [False] * len(self.curve.points),
                [(state.step, self.curve.head(state)) for state in self.states],
            ),
            arrows=self.arrows(),
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
        found = []
        for word in self.canvas.still:
            title = word.box.left > top.left - SLACK and word.box.bottom < top.bottom - SETTINGS
            math = bool(re.search("[_^=]", word.text))
            bright = title or (math and " quad " not in word.text)
            color = theme.text if bright else theme.muted
            found.append(Words(word.text, _box(word.box), color, math and not title, title))
        for counter in self.all(Counter):
            word = counter.words(first)[0]
            found.append(Words(word.text, _box(word.box), theme.muted))
        return [*found, *(self.named(word) for word in self.one(Labels).words(first))]

    def named(self, word: Word, color: str = "") -> Words:
        """A name on the field, on its plate."""
        box = word.box
        inner = (box.left + PILL_X, box.top, box.right - PILL_X, box.bottom)
        plate = _box(box), self.theme.background
        return Words(word.text, inner, color or self.theme.text, plate=plate)

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
        dim = mixed(theme.muted, theme.background, DIM)
        points = [(float(x), float(y)) for x, y in self.curve.points]
        lines = [(corners, 2.0, theme.line), (axes, 2.0, theme.line), (points, 3.0, dim)]
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
        width = bar.track.width
        return Bar(_box(bar.track), [_look(bar, state)[0] * width for state in self.states])

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
        for name in self.all(ArrowName):
            color = self.theme.roles[name.which]
            seen = [(name.words(state), _look(name, state)[1]) for state in self.states]
            shown = [(self.named(some[0], color), light) if some else None for some, light in seen]
            found.append(Saying(f"{name.which} arrow", shown))
        labels, count = self.one(Labels), len(self.one(Labels).words(self.states[0]))
        ends = [(labels.words(state)[count:], state.ending) for state in self.states]
        last = [(self.named(some[0]), light) if some else None for some, light in ends]
        return [*found, Saying("end", last)]

    def legend(self) -> list[Saying]:
        """What the arrows mean; gone at the end."""
        legend = self.one(Legend)
        words = [
            Words(word.text, _box(word.box), color)
            for word, (_, _, color) in zip(
                legend.words(self.states[0]), legend.entries, strict=True
            )
        ]
        return [
            Saying(
                each.text, [None if state.kind == HOLD else (each, 1.0) for state in self.states]
            )
            for each in words
        ]

    def arrows(self) -> list[Arrow]:
        """The step's and the gradient's, and their samples in the legend."""
        roles, legend = self.theme.roles, self.one(Legend)
        found = [
            Arrow(roles["step"], True, [self.one(StepArrow).ends(s) for s in self.states]),
            Arrow(roles["gradient"], False, [self.gradient.ends(s) for s in self.states]),
        ]
        y = legend.baseline - 10
        for _, x, color in legend.entries:
            ends = (x - SAMPLE - 2, y), (x - 12, y)
            shown = [None if state.kind == HOLD else ends for state in self.states]
            found.append(Arrow(color, color == roles["step"], shown))
        return found


def _look(element: Element[State], state: State) -> Any:
    """What the look of an element depends on."""
    return element.key(state)


def _lit(key: Any) -> tuple[tuple[float, float, float, float], float] | None:
    return (_box(key[0]), key[1]) if key else None


def _box(box: Box) -> tuple[float, float, float, float]:
    return float(box.left), float(box.top), float(box.right), float(box.bottom)
