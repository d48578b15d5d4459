"""Names on the field of a race: start, minimum, and each racer's beside its own line."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenes.canvas import Brush, Element, Word
from scenes.clock import smooth
from scenes.kit import Kit
from scenes.lettering import Sprite
from scenes.parts.lanes import Lane
from scenes.parts.names import CLEAR, Name, name_size, star
from scenes.parts.places import Point, lead, loneliest, place
from scenes.parts.relief import Plot
from scenes.race_state import RaceState, step_seconds
from scenes.stage import SMALL, Box

SPACING, APART, NEAR, TRIED, FADE = 8.0, 30.0, 22.0, 40, 0.4


@dataclass(frozen=True, eq=False)
class Tag:
    """A racer's name, shown from the moment its clock comes to ``place``."""

    name: Name
    place: float


def along(lane: Lane) -> NDArray[np.float64]:
    """Points about every few pixels of a racer's line with the steps after which they are passed.

    Rows (x, y, steps).
    """
    rows = [np.array([[*lane.trace.at(0), 0.0]])]
    for step, piece in enumerate(lane.trace.pieces, start=1):
        if piece is not None:
            (x, y), (u, v) = piece
            count = int(np.hypot(u - x, v - y) / SPACING) + 1
            rows.append(np.linspace((x, y, step), (u, v, step), count + 1)[1:])
    found = np.concatenate(rows)
    box = lane.field
    across, down = found[:, 0], found[:, 1]
    inside = (across >= box.left) & (across <= box.right)
    inside &= (down >= box.top) & (down <= box.bottom)
    return np.asarray(found[inside], dtype=np.float64)


class Spots:
    """What has a name on the field, and where the names stand; of several minima one has it."""

    def __init__(self, kit: Kit, plot: Plot, lanes: Sequence[Lane], labels: Sequence[str]) -> None:
        self.kit, self.field = kit, plot.box
        self.lines = [along(lane) for lane in lanes]
        self.path = np.concatenate(self.lines)[:, :2]
        self.starts = self._inside({(float(x), float(y)) for x, y in (p.pixels[0] for p in lanes)})
        minima = plot.at(np.array(kit.run.objective.minima).reshape(-1, 2)).tolist()
        self.minima = self._inside((x, y) for x, y in minima)
        exits = [lane.trace.exit(np.inf) for lane in lanes]
        ends = [
            spot[0] if spot else lane.trace.at(np.inf)
            for spot, lane in zip(exits, lanes, strict=True)
        ]
        self.taken = [Box(x, y, x, y).grown(18) for x, y in [*self.starts, *self.minima, *ends]]
        self.names = [
            self._named(kit.text(kit.words[word], SMALL), point)
            for word, points in (
                ("start", self.starts),
                ("minimum", loneliest(self.minima, self.path)),
            )
            for point in points
        ]
        found = [
            self._departed(lane, label) if lane.left else self._beside(lane, label)
            for lane, label in zip(lanes, labels, strict=True)
        ]
        self.tags = [tag for tag in found if tag is not None]

    def _inside(self, points: Iterable[Point]) -> list[Point]:
        box = self.field
        return sorted(
            (x, y) for x, y in points if box.left <= x <= box.right and box.top <= y <= box.bottom
        )

    def _named(self, sprite: Sprite, point: Point) -> Name:
        """A name beside ``point`` or, where lines are in the way, farther off with a line to it."""
        room = self.field.grown(-6)
        box = place(name_size(sprite), [point], 22, room, self.taken, self.path, far=True)
        self.taken.append(box)
        return Name(sprite, box, lead(box, [point], CLEAR), self.kit.theme.text)

    def _departed(self, lane: Lane, label: str) -> Tag | None:
        """The name of a racer that has left the field for good, near where it did."""
        spot = lane.trace.exit(np.inf)
        if spot is None or lane.left is None:
            return None
        words = self.kit.words["race_left"].format(label=label, step=lane.left)
        sprite = self.kit.text(words, SMALL, lane.look.color)
        (x, y), (u, v) = spot
        back = [(x - far * u, y - far * v) for far in range(0, 360, 48)]
        box = place(name_size(sprite), back, 22, self.field.grown(-6), self.taken, self.path)
        if any(map(box.meets, self.taken)) or not self.field.holds(box):
            return None
        self.taken.append(box)
        return Tag(Name(sprite, box), lane.left)

    def _beside(self, lane: Lane, label: str) -> Tag | None:
        """A racer's name beside its line, far from the others'; None where there is no room."""
        mine = self.lines[lane.index]
        others = np.concatenate(
            [line[:, :2] for index, line in enumerate(self.lines) if index != lane.index]
        )
        sparse = others[:: max(len(others) // 2000, 1)]
        candidates = mine[:: max(len(mine) // 300, 1)]
        gaps = np.hypot(*(candidates[:, None, :2] - sparse[None]).transpose(2, 0, 1))
        away = gaps.min(axis=1, initial=np.inf)
        order = np.argsort(-away, kind="stable")
        sprite = self.kit.text(label, SMALL, lane.look.color)
        room = self.field.grown(-6)
        for x, y, step in candidates[order[:TRIED]][away[order[:TRIED]] >= APART].tolist():
            box = place(name_size(sprite), [(x, y)], 12, room, self.taken, self.path)
            clear = not _any_in(box.grown(4), self.path) and not _any_in(box.grown(NEAR), others)
            close = _any_in(box.grown(NEAR), mine[:, :2])
            if clear and close and room.holds(box) and not any(map(box.meets, self.taken)):
                self.taken.append(box)
                return Tag(Name(sprite, box), step)
        return None


def _any_in(box: Box, points: NDArray[np.float64]) -> bool:
    x, y = points[:, 0], points[:, 1]
    inside = (x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)
    return bool(inside.any())


class Places(Element[RaceState]):
    """Starts and minima, over the lines."""

    landmark = True

    def __init__(self, spots: Spots) -> None:
        self.spots = spots

    def key(self, state: RaceState) -> Hashable:
        return None

    def reach(self, state: RaceState) -> Box | None:
        return self.spots.field

    def paint(self, brush: Brush, state: RaceState) -> None:
        ground, ink = self.spots.kit.theme.background, self.spots.kit.theme.text
        for start in self.spots.starts:
            brush.disc(*start, 14, ground, 0.7)
            brush.disc(*start, 11.5, ink)
            brush.disc(*start, 6.5, ground)
        for x, y in self.spots.minima:
            corners = star(x, y, 17)
            brush.line([*corners, corners[0]], 5, ground, 0.6)
            brush.polygon(corners, ink)
            brush.mark(x, y)


class PlaceNames(Element[RaceState]):
    """The names of starts and minima, over all that moves."""

    def __init__(self, spots: Spots) -> None:
        self.spots = spots

    def key(self, state: RaceState) -> Hashable:
        return None

    def reach(self, state: RaceState) -> Box | None:
        return self.spots.field

    def paint(self, brush: Brush, state: RaceState) -> None:
        for name in self.spots.names:
            name.paint(brush, self.spots.kit.theme.background)

    def words(self, state: RaceState) -> list[Word]:
        return [name.word for name in self.spots.names]


class RacerName(Element[RaceState]):
    """A racer's name on the field; it comes when its line has come there."""

    def __init__(self, kit: Kit, tag: Tag, steps: int) -> None:
        self.kit, self.tag = kit, tag
        self.passed = np.cumsum([0.0, *step_seconds(steps)])

    def _alpha(self, state: RaceState) -> float:
        now, then = np.interp([state.place, self.tag.place], range(len(self.passed)), self.passed)
        since = float(now - then) + state.rested
        return smooth(since / FADE) if state.place >= self.tag.place else 0.0

    def key(self, state: RaceState) -> Hashable:
        return self._alpha(state)

    def reach(self, state: RaceState) -> Box | None:
        return self.tag.name.box.grown(2) if self._alpha(state) > 0 else None

    def paint(self, brush: Brush, state: RaceState) -> None:
        self.tag.name.paint(brush, self.kit.theme.background, self._alpha(state))

    def words(self, state: RaceState) -> list[Word]:
        return [self.tag.name.word] if self._alpha(state) > 0 else []
