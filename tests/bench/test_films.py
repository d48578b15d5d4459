"""How the bench compares: the same films on every side, in turn, and what it reports."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bench import films as compared
from bench.films import EXPERT, OURS, TUTORIAL, Comparison, comparable, rule_of, sample
from bench.report import ROWS, write_report
from publish.course import load_course
from publish.plan import films
from scenes import DescentShot, timeline

ROOT = Path(__file__).resolve().parents[2]
COURSE = [film for film in films(load_course(ROOT / "lessons")) if film.language == "en"]
DESCENTS = [film for film in COURSE if comparable(film)]


class Rehearsal(Comparison):
    """A comparison in which nothing is rendered and each turn takes the time it is given."""

    def __init__(self, folder, times):
        super().__init__([], folder, print)
        self.times, self.turns = times, []

    def turn(self, side):
        self.seconds.setdefault(side, []).append(self.times[side].pop(0))
        self.turns.append(side)


@pytest.fixture
def rehearsed(monkeypatch, tmp_path):
    monkeypatch.setattr(compared, "picture_of", lambda film: film)

    def rehearse(rounds, budget, **times):
        made = Rehearsal(tmp_path, times)
        made.run(rounds, budget)
        return made

    return rehearse


def test_sides_take_turns_and_the_middle_ratio_counts(rehearsed):
    made = rehearsed(3, 100, tutorial=[90.0], ours=[5.0, 6.0, 4.0], expert=[15.0, 12.0, 10.0])
    pairs = [OURS, EXPERT, EXPERT, OURS, OURS, EXPERT]
    assert made.turns == [TUTORIAL, *pairs]
    assert made.ratio(EXPERT) == pytest.approx(2.5)  # of 3, 2 and 2.5
    assert made.ratio(TUTORIAL) == pytest.approx(18)


def test_a_budget_that_is_spent_allows_no_second_round(rehearsed):
    made = rehearsed(5, -1, tutorial=[9.0], ours=[1.0] * 5, expert=[2.0] * 5)
    assert made.turns == [TUTORIAL, OURS, EXPERT]


def test_the_sample_is_short_and_spans_the_rules_of_the_course():
    chosen = sample(DESCENTS)
    lengths = [len(rule_of(film).program.lines) for film in DESCENTS]
    assert [len(rule_of(film).program.lines) for film in chosen] == [min(lengths), max(lengths)]
    assert sum(timeline(film.spec).frames for film in chosen) < 800
    assert all(film.spec.size == (1920, 1080) for film in chosen)
    kinds = {beat.kind for film in chosen for beat in timeline(film.spec).clocks[0].beats}
    every = {beat.kind for film in DESCENTS for beat in timeline(film.spec).clocks[0].beats}
    assert kinds == every


def test_only_wide_descents_of_one_run_are_compared():
    [first, *_] = DESCENTS
    [shot] = first.spec.shots
    assert isinstance(shot, DescentShot)
    pair = replace(shot, panes=shot.panes * 2)
    for spec in (
        replace(first.spec, form="tall"),
        replace(first.spec, shots=(shot, shot)),
        replace(first.spec, shots=(pair,)),
    ):
        assert not comparable(replace(first, spec=spec))
    assert 0 < len(DESCENTS) < len(COURSE)


def test_the_report_holds_every_figure_of_the_readme(tmp_path, capsys):
    keys = [key for key, *_ in ROWS]
    write_report({"expert_ratio": 2.5}, tmp_path / "bench.json", ["a note"])
    written = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert list(written) == keys
    assert written == {**dict.fromkeys(keys), "expert_ratio": 2.5}
    shown = capsys.readouterr().out
    assert "2.50" in shown
    assert "a note" in shown
    speed = (ROOT / "README.md").read_text(encoding="utf-8").split("## Speed")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", speed, re.MULTILINE) == keys
