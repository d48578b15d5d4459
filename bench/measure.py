"""All measurements of one run, each beside what it is compared with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.builds import build_seconds, edit_prose, local_cluster, videos
from bench.films import EXPERT, OURS, TUTORIAL, Comparison, comparable, sample
from bench.floor import encode_seconds
from bench.memory import peaks
from bench.processes import CORES, in_processes
from bench.report import Figures
from bench.similarity import similarity
from publish.course import load_course
from publish.plan import PlannedFilm, films

WHOLE, SAMPLED = (3, 3600.0), (5, 240.0)
"""Rounds at most and seconds at most, for the course's descents and for a sample of them."""


@dataclass
class Bench:
    """One run over the films of ``only`` (all where empty) of ``course``, working in ``scratch``.

    Where it is ``sampled``, the films beside plain Manim are few and short. ``figures`` and
    ``notes`` fill as the parts are measured; ``say`` is told what is going on.
    """

    course: Path
    scratch: Path
    quality: str
    only: tuple[str, ...]
    memory_films: int
    sampled: bool
    say: Callable[[str], None]
    figures: Figures = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    ours: float = 0.0

    @property
    def options(self) -> list[str]:
        """The command line's choice of lessons."""
        return [word for name in self.only for word in ("--only", name)]

    @property
    def planned(self) -> Sequence[PlannedFilm]:
        """The films that are rendered."""
        return films(load_course(self.course), self.quality, self.only)

    def build(self, name: str, quality: str, *options: str) -> float:
        """Seconds of a cold build into the scratch folder ``name``."""
        self.say(f"building: {name} {quality} {' '.join(options)}")
        folder = self.scratch / name
        return build_seconds(self.course, folder, quality, *options)

    def edits(self) -> None:
        """A cold draft build, then unchanged, then with an edit of prose."""
        cold = self.build("edited", "draft")
        noop = self.build("edited", "draft")
        edit_prose(self.course)
        self.figures["prose_edit_s"] = self.build("edited", "draft")
        self.figures |= {"noop_s": noop, "noop_ratio": noop / cold}
        self.notes.append(f"cold draft build {cold:.1f} s")

    def jobs(self) -> None:
        """The films by all cores, by one job and by two."""
        self.ours = self.build("ours", self.quality, *self.options)
        one = self.build("one", self.quality, *self.options, "--jobs", "1")
        two = self.ours
        if CORES != 2:
            two = self.build("two", self.quality, *self.options, "--jobs", "2")
        self.figures["jobs2_ratio"] = one / two
        self.notes.append(f"our build {self.ours:.1f} s, one job {one:.1f} s")

    def dask(self) -> None:
        """The films by a Dask cluster on this machine."""
        with local_cluster() as address:
            dask = self.build("dask", self.quality, *self.options, "--scheduler", address)
        self.figures["dask_ratio"] = dask / self.ours
        self.notes.append(f"local Dask {dask:.1f} s")

    def films(self) -> None:
        """Descents in the course's main language: ours, the expert's and the tutorials' scenes.

        Those scenes know one language and one kind of film, so only these are compared.
        """
        chosen = [film for film in self.planned if comparable(film)]
        chosen = [film for film in chosen if film.language == chosen[0].language]
        rounds, budget = WHOLE
        if self.sampled:
            chosen, (rounds, budget) = sample(chosen), SAMPLED
        beside = Comparison(chosen, self.scratch / "films", self.say)
        beside.run(rounds, budget)
        self.figures |= {
            "expert_ratio": beside.ratio(EXPERT),
            "parallel_ratio": beside.ratio(TUTORIAL),
            "size_ratio": beside.sizes[OURS] / beside.sizes[TUTORIAL],
        }
        self.notes += beside.notes()

    def floor(self) -> None:
        """Encoding alone, shared out on all cores."""
        self.say("encode floor")
        pairs = in_processes(encode_seconds, [(film,) for film in self.planned])
        floor, bare = (sum(times) / min(CORES, len(pairs)) for times in zip(*pairs, strict=True))
        self.figures["floor_ratio"] = self.ours / floor
        self.notes.append(
            f"encode floor {floor:.1f} s, of which x264 alone {bare:.1f} s "
            f"(our time over that: {self.ours / bare:.2f})"
        )

    def picture(self) -> None:
        """SSIM of the worst film."""
        self.say("SSIM")
        made = videos(self.scratch / "ours")
        pairs = [(film, made[film.stem]) for film in self.planned]
        self.figures["ssim"] = min(in_processes(similarity, pairs))

    def memory(self) -> None:
        """The peak of one worker over many films at 1080p and over fewer at 4K."""
        few = max(self.memory_films // 10, 2)
        for key, quality, count in (
            ("worker_mb_1080p", "standard", self.memory_films),
            ("worker_mb_4k", "4k", few),
        ):
            self.say(f"memory: {count} films, {quality}")
            [found] = in_processes(peaks, [(list(self.planned), quality, count)])
            self.figures[key] = found[-1]
            path = ", ".join(f"{peak:.0f}" for peak in found[:: max(count // 8, 1)])
            self.notes.append(f"{key}: peak after some of {count} films: {path} MB")

    def clear(self) -> None:
        """Remove the scratch folder."""
        shutil.rmtree(self.scratch, ignore_errors=True)
