"""A film's picture as Manim's tutorials teach it: isolines, updaters, a play for each step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Arrow,
    Axes,
    DecimalNumber,
    Dot,
    FadeIn,
    Integer,
    MathTypst,
    Rectangle,
    Scene,
    Star,
    Text,
    TracedPath,
    ValueTracker,
    VGroup,
    Write,
    always_redraw,
)

FONT = "Noto Sans CJK SC"
DIGITS: Any = Text
EQUATION, FIGURE = 30, 18


class Descent(Scene):
    """One run; a subclass in a file of its own gives ``film``, plain data, and ``loss``."""

    film: ClassVar[dict[str, Any]]
    loss: ClassVar[Callable[[float, float], float]]

    def construct(self) -> None:
        """Set up the picture, then play beat after beat."""
        self.points = np.array(self.film["points"])
        self.steps = np.arange(len(self.points))
        self.clock = ValueTracker(0)
        self.step, self.fresh, self.counted = 0, 0, 0
        self.draw_field()
        self.draw_panel()
        self.draw_bars()
        self.draw_curve()
        for beat in self.film["beats"]:
            self.beat(**beat)

    def draw_field(self) -> None:
        """Axes, isolines, names, and the point with its path and gradient."""
        (left, right), (low, high) = self.film["view"]
        self.plane = Axes(
            (left, right), (low, high), 6.4, 6.4, tips=False, axis_config={"include_ticks": False}
        ).move_to((-2.9, 0.2, 0))
        self.add(self.plane)
        for level in self.film["levels"]:
            self.add(
                self.plane.plot_implicit_curve(
                    partial(self.above, level), color=self.film["line"], stroke_width=1.5
                )
            )
        for axis, values in enumerate(self.film["ticks"]):
            for value in values:
                place = self.plane.c2p(*((value, low) if axis == 0 else (left, value)))
                label = Text(f"{value:g}", font_size=18)
                self.add(label.next_to(place, DOWN if axis == 0 else LEFT, buff=0.1))
        start = self.plane.c2p(*self.points[0])
        self.add(Text(self.film["start"], font=FONT, font_size=20).next_to(start, DOWN))
        for minimum in self.film["minima"]:
            self.add(Star(outer_radius=0.12, fill_opacity=1).move_to(self.plane.c2p(*minimum)))
        self.dot = Dot(start, color=self.film["colors"]["x"])
        path = TracedPath(self.dot.get_center, stroke_color=self.film["colors"]["x"])
        arrows = [partial(self.gradient, **each) for each in self.film["gradients"]]
        self.add(path, *map(always_redraw, arrows), self.dot)

    def above(self, level: float, x: float, y: float) -> float:
        """How far the loss at a point is above a level."""
        return type(self).loss(x, y) - level

    def gradient(self, points: Any, values: Any) -> Arrow:
        """The arrow of a negative gradient where it is taken."""
        now, ends = self.clock.get_value(), []
        for rows in (points, np.add(points, values)):
            place = [np.interp(now, self.steps, column) for column in np.transpose(rows)]
            ends.append(self.plane.c2p(*place))
        return Arrow(*ends, buff=0, color=self.film["colors"]["g"])

    def value(self, values: Any, row: int) -> Any:
        """The numbers (2,) of a row: of the step on its way once the row has been worked out."""
        return values[self.step + (row < self.fresh)]

    def beside(self, values: Any, row: int) -> Any:
        """The numbers (2,) beside a line: those of the point wait for it to arrive."""
        return values[self.step] if row == self.film["update"] else self.value(values, row)

    def draw_panel(self) -> None:
        """Title, settings, equations with colored terms, and live numbers."""
        title = Text(self.film["title"], font=FONT, weight="BOLD", font_size=40)
        self.add(title.move_to((0.75, 3.4, 0), aligned_edge=LEFT))
        settings = MathTypst(self.film["settings"], font_size=28)
        settings.scale(min(1, 5.8 / settings.width))
        self.add(settings.move_to((0.75, 2.95, 0), aligned_edge=LEFT))
        self.rows = VGroup()
        for row in self.film["rows"]:
            equation: Any = MathTypst(row["typst"], font_size=EQUATION)
            for label, color in row["colors"].items():
                equation.select(label).set_color(color)
            self.rows.add(equation)
        self.rows.arrange(DOWN, aligned_edge=LEFT, buff=0.2)
        self.rows.scale(min(1, 3.3 / self.rows.height))
        self.rows.move_to((0.85, 0.9, 0), aligned_edge=LEFT)
        self.highlight = Rectangle(
            width=5.8, height=0.6, color=self.film["line"], fill_opacity=0.2, stroke_width=0
        ).move_to((3.6, self.rows[0].get_y(), 0))
        self.add(self.highlight, self.rows)
        for row, equation in enumerate(self.rows):
            self.add_numbers(row, equation.get_y())

    def add_numbers(self, row: int, height: float) -> None:
        """The two numbers beside a line."""
        values, color = np.array(self.film["rows"][row]["values"]), self.film["rows"][row]["color"]
        for index, place in enumerate((4.4, 5.6)):
            number = DecimalNumber(
                0, num_decimal_places=4, mob_class=DIGITS, font_size=FIGURE, color=color
            ).move_to((place, height, 0), aligned_edge=LEFT)
            number.add_updater(lambda m, index=index: m.set_value(self.beside(values, row)[index]))
            self.add(number)

    def draw_bars(self) -> None:
        """The effective step of each coordinate: a bar and its number."""
        effective, update = np.array(self.film["effective"]), self.film["update"]
        longest = max(float(effective.max()), 1e-9)
        for index in range(2):
            height = -1.3 - 0.4 * index
            bar = Rectangle(width=3, height=0.16, color=self.film["bar"], fill_opacity=1)
            bar.move_to((1.0, height, 0), aligned_edge=LEFT)
            bar.add_updater(
                lambda m, index=index: m.stretch_to_fit_width(
                    3 * max(self.value(effective, update)[index] / longest, 1e-3), about_edge=LEFT
                )
            )
            number = DecimalNumber(0, num_decimal_places=4, mob_class=DIGITS, font_size=FIGURE)
            number.move_to((5.6, height, 0), aligned_edge=LEFT)
            number.add_updater(
                lambda m, index=index: m.set_value(self.value(effective, update)[index])
            )
            self.add(bar, number)

    def draw_curve(self) -> None:
        """The loss so far, its number and the count of steps."""
        logs = np.log10(np.maximum(self.film["losses"], 1e-12))
        span = (float(logs.min()) - 0.1, float(logs.max()) + 0.1)
        axes = Axes((0, len(logs) - 1), span, 5.2, 1.2, tips=False).move_to((3.6, -3.1, 0))
        curve = axes.plot_line_graph(self.steps, logs, add_vertex_dots=False, line_color="#555555")
        mark = always_redraw(
            lambda: Dot(
                axes.c2p(
                    self.clock.get_value(), np.interp(self.clock.get_value(), self.steps, logs)
                ),
                radius=0.06,
                color=self.film["colors"]["x"],
            )
        )
        count = Integer(0, mob_class=DIGITS, font_size=FIGURE).move_to((4.0, -2.15, 0))
        count.add_updater(lambda m: m.set_value(self.counted))
        number = DecimalNumber(0, num_decimal_places=4, mob_class=DIGITS, font_size=FIGURE)
        number.move_to((5.6, -2.15, 0), aligned_edge=LEFT)
        number.add_updater(lambda m: m.set_value(self.film["losses"][self.counted]))
        words = Text(self.film["loss"], font=FONT, font_size=22).next_to(number, LEFT)
        self.add(axes, curve, mark, count, number, words)

    def beat(self, kind: str, step: int, row: int, frames: int) -> None:
        """One play: half a frame less than its length keeps the number of frames exact."""
        fresh = {"gradient": row + 1, "line": row + 1, "move": len(self.rows)}
        self.step, self.fresh, self.counted = step, fresh.get(kind, 0), step
        seconds = (frames - 0.5) / self.film["fps"]
        if kind == "intro":
            self.play(Write(self.rows), run_time=seconds)
        elif kind in ("gradient", "line"):
            self.play(self.highlight.animate.set_y(self.rows[row].get_y()), run_time=seconds)
        elif kind == "hold":
            end = Text(self.film["outcome"], font=FONT, font_size=22)
            rise, half = FadeIn(end.to_corner(DOWN + LEFT), shift=0.2 * (UP + RIGHT)), frames // 8
            self.play(rise, run_time=(half - 0.5) / self.film["fps"])
            self.wait((frames - half - 0.5) / self.film["fps"])
        else:
            place = self.plane.c2p(*self.points[step + 1])
            self.play(
                self.dot.animate.move_to(place),
                self.clock.animate.set_value(step + 1),
                run_time=seconds,
            )
