"""The same films by us and by plain Manim, each side with as many processes at once as cores."""

from __future__ import annotations

import os
import resource
import shutil
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

import av

from bench.content import picture_of
from bench.expert import render as render_expert
from bench.picture import Picture
from bench.processes import CORES, in_processes
from bench.tutorial_film import render_tutorial
from engine import Optimizer
from publish.farm import quiet, render_films
from publish.plan import PlannedFilm
from scenes import timeline
from scenes.shots import DescentShot

OURS, EXPERT, TUTORIAL = "ours", "expert", "tutorial"
STEPS, EXPLAINED = (3, 6), (1, 0)


@dataclass
class Comparison:
    """Films of one descent each, rendered by three sides in turn below ``scratch``.

    ``seconds`` are the wall times of each side's rounds and ``work`` the seconds its processes
    computed, ``sizes`` the bytes of its films.
    """

    films: Sequence[PlannedFilm]
    scratch: Path
    say: Callable[[str], None]
    seconds: dict[str, list[float]] = field(default_factory=dict)
    work: dict[str, list[float]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)

    def run(self, rounds: int, budget: float) -> None:
        """Tutorial scenes once, then ours and the expert's in turn.

        There are at most ``rounds``, and no further one that ``budget`` seconds leave no time for.
        """
        start = time.perf_counter()
        self.pictures = [picture_of(film) for film in self.films]
        self.turn(TUTORIAL)
        for number in range(rounds):
            lap = time.perf_counter()
            for side in (OURS, EXPERT) if number % 2 == 0 else (EXPERT, OURS):
                self.turn(side)
            now = time.perf_counter()
            if now - start + (now - lap) > budget:
                return

    def turn(self, side: str) -> None:
        """One side renders all films; the first time their frames are counted."""
        folder = self.scratch / side
        folder.mkdir(parents=True)
        render = {OURS: self.ours, EXPERT: self.expert, TUTORIAL: self.tutorial}[side]
        start, before = time.perf_counter(), children_seconds()
        videos = render(folder)
        seconds, work = time.perf_counter() - start, children_seconds() - before
        self.say(f"{side}: {len(videos)} films in {seconds:.1f} s")
        if side not in self.seconds:
            self.sizes[side] = sum(video.stat().st_size for video in videos)
            check_frames(side, self.films, videos)
        self.seconds.setdefault(side, []).append(seconds)
        self.work.setdefault(side, []).append(work)
        shutil.rmtree(folder)

    def ours(self, folder: Path) -> list[Path]:
        """Our films, as a build renders them."""
        return [film.video for film in render_films(self.films, folder, quiet, jobs=CORES)]

    def expert(self, folder: Path) -> list[Path]:
        """The expert's scenes, in processes that render one film after the other."""
        places = [folder / film.stem for film in self.films]
        return in_processes(render_expert, list(zip(self.pictures, places, strict=True)))

    def tutorial(self, folder: Path) -> list[Path]:
        """The tutorials' scenes, each by a ``manim render`` of its own."""
        places = [folder / film.stem for film in self.films]
        with ThreadPoolExecutor(CORES) as pool:
            return list(pool.map(render_tutorial, self.films, places))

    def ratio(self, side: str) -> float:
        """A side's time over ours: the median of the rounds."""
        theirs, ours = self.seconds[side], self.seconds[OURS]
        if len(theirs) == len(ours):
            return median(a / b for a, b in zip(theirs, ours, strict=True))
        return median(theirs) / median(ours)

    def notes(self) -> list[str]:
        """What was compared, and every side's times."""
        frames = sum(timeline(film.spec).frames for film in self.films)
        stems = ", ".join(film.stem for film in self.films)
        lines = [
            f"beside plain Manim: {stems}; {frames} frames a side, {CORES} processes at once, "
            f"load {os.getloadavg()[0]:.1f} at the end"
        ]
        for side, seconds in self.seconds.items():
            least, middle = min(seconds), median(seconds)
            lines.append(
                f"{side}: {len(seconds)} times, at least {least:.1f} s, median {middle:.1f} s, "
                f"{frames / middle:.1f} frames a second; {median(self.work[side]):.1f} s of "
                f"processor time; {self.sizes[side]} bytes"
            )
        return lines


def children_seconds() -> float:
    """Processor time of all processes that were started from here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def check_frames(side: str, films: Sequence[PlannedFilm], videos: Sequence[Path]) -> None:
    """Decode all films; RuntimeError where one has other frames than ours should have."""
    with ThreadPoolExecutor(CORES) as pool:
        found = list(pool.map(decoded, videos))
    for film, shape in zip(films, found, strict=True):
        wanted = (timeline(film.spec).frames, *film.spec.size, film.spec.quality.fps)
        if shape != wanted:
            raise RuntimeError(
                f"{side} made of {film.stem} a film of (frames, width, height, rate) {shape}, "
                f"not {wanted}"
            )


def decoded(video: Path) -> tuple[int, int, int, int]:
    """Frames that a decoder gets from a file, their width and height, and their rate."""
    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        frames = sum(1 for _ in container.decode(stream))
        return frames, stream.width, stream.height, round(stream.average_rate or 0)


def comparable(film: PlannedFilm) -> bool:
    """Whether the film is one descent of one run, wide, as the scenes of plain Manim are."""
    [shot, *others] = film.spec.shots
    alone = isinstance(shot, DescentShot) and len(shot.panes) == 1 and not others
    return alone and film.spec.form == "wide"


def sample(films: Sequence[PlannedFilm]) -> list[PlannedFilm]:
    """A short film of the shortest rule and one of the longest: one line by line, one quick."""
    by_length = sorted(films, key=lambda film: len(rule_of(film).program.lines))
    ends = {film.stem: film for film in (by_length[0], by_length[-1])}.values()
    return [shortened(*each) for each in zip(ends, STEPS, EXPLAINED, strict=False)]


def rule_of(film: PlannedFilm) -> Optimizer:
    """The optimizer of a film's first run."""
    return film.spec.shots[0].runs[0].trajectory.optimizer


def shortened(film: PlannedFilm, steps: int, explained: int) -> PlannedFilm:
    """The film of a descent's first ``steps``, without captions."""
    [shot] = film.spec.shots
    if not isinstance(shot, DescentShot):
        raise TypeError(f"{film.stem} is no descent")
    panes = tuple(replace(run, steps=steps) for run in shot.panes)
    short = replace(shot, panes=panes, cues=(), explained=explained, dwell=())
    return replace(film, spec=replace(film.spec, shots=(short,)))
