"""Captions of a film: the rows below ``@film``, with the numbers of the runs filled in."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mdit_py_cjk_friendly import is_cjk  # type: ignore[import-untyped]

from engine.errors import Mistakes, UserError, nearest
from engine.optimizers.habits import setting_hint
from publish.plainwords import plain_words
from publish.shots import NamedShot
from publish.tags import Row, Tag
from publish.values import Groups, Value, groups_of
from scenes import AnatomyShot, Cue, SweepShot

ROW = re.compile(r"(?:(\d*[A-Za-z][\w-]*)\s+)?(\d+)\s*[:：]\s*(.*)$")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
HELD = "\N{OBJECT REPLACEMENT CHARACTER}"
INNER = re.compile(r"\s*(?:([\w-]+)\.)?(\w+)\s*(?:\[\s*([-−]?\d+)\s*\])?\s*(?::([^:]*))?$")
FORMAT = re.compile(r"[+]?\d{0,2}((\.\d{1,2})?[efg%]?|d)$")


@dataclass
class Spoken:
    """A caption as it was written: where, of which shot ("" for that of the row before), what."""

    row: Row
    shot: str
    at: int
    words: str


def read_cues(
    tag: Tag, shots: Sequence[NamedShot], path: Path, language: str
) -> tuple[tuple[Cue, ...], ...]:
    """The captions below a film's tag: for each shot its own, in the order of their places.

    Raises:
        UserError: a row is not ``PLACE: text`` or ``SHOT PLACE: text``, shots or places do not
            follow in the order of the film, a place lies outside its shot, or a placeholder names
            something the shot does not have; with file and line.
    """
    names = [shot.name for shot in shots]
    groups = [groups_of(shot, language) for shot in shots]
    cues: list[list[Cue]] = [[] for _ in shots]
    current = 0
    mistakes = Mistakes()
    for spoken in joined(tag.rows, path):
        line = f"{path}, line {spoken.row.line}"
        with mistakes.noted():
            if spoken.shot:
                current = named_shot(spoken.shot, names, current, line)
            before = cues[current]
            least = before[-1].at + (not shares_places(shots[current])) if before else 0
            check_place(spoken.at, shots[current], line)
            if spoken.at < least:
                word = shots[current].shot.place
                raise UserError(
                    f"{line}: a caption at {word} {spoken.at} cannot follow one at {word} "
                    f"{before[-1].at}; put the rows in order, one for each {word}"
                )
            before.append(Cue(spoken.at, ""))
            before[-1] = Cue(spoken.at, filled(spoken.words, groups[current], line))
    mistakes.close()
    return tuple(tuple(items) for items in cues)


def read_caption(tag: Tag, shots: Sequence[NamedShot], path: Path, language: str) -> str:
    """What stands under a film on its page; it may name what captions of the first shot can.

    Raises:
        UserError: a placeholder names something the shot does not have; with file and line.
    """
    line = f"{path}, line {tag.line}"
    return filled(plain(tag.caption, line), groups_of(shots[0], language), line)


def named_shot(name: str, names: Sequence[str], current: int, line: str) -> int:
    """The number of the shot that a row names; shots are spoken about in the film's order."""
    if name not in names:
        raise UserError(
            f"{line}: the film has no shot '{name}'{nearest(name, names)}; "
            f"the shots are {', '.join(names)}"
        )
    found = names.index(name)
    if found < current:
        raise UserError(
            f"{line}: a caption of the shot '{name}' cannot follow one of '{names[current]}', "
            f"which comes later in the film"
        )
    return found


def shares_places(named: NamedShot) -> bool:
    """Whether captions may share a place: a step taken apart is long, and they share its time."""
    return isinstance(named.shot, AnatomyShot)


def check_place(at: int, named: NamedShot, line: str) -> None:
    """A caption stands where its shot comes by."""
    shot = named.shot
    if isinstance(shot, AnatomyShot):
        if at > max(shot.steps):
            steps = ", ".join(map(str, shot.steps))
            raise UserError(
                f"{line}: a caption at step {at}, but the steps taken apart are {steps}; "
                "0 is the introduction, steps between them pass quickly"
            )
    elif isinstance(shot, SweepShot):
        if at > len(shot.stops):
            raise UserError(
                f"{line}: a caption at stop {at}, but the sweep ends at stop {len(shot.stops)}"
            )
    else:
        last = max(run.trajectory.steps for run in shot.runs)
        if at > last:
            raise UserError(f"{line}: a caption at step {at}, but the run ends at step {last}")


def joined(rows: Sequence[Row], path: Path) -> list[Spoken]:
    """Rows that begin with a place, each with the rows that continue it."""
    result: list[Spoken] = []
    for row in rows:
        match = ROW.match(row.text)
        if match:
            result.append(Spoken(row, match[1] or "", int(match[2]), match[3]))
        elif result:
            words = result[-1].words
            gap = "" if words and is_cjk(words[-1]) and is_cjk(row.text[0]) else " "
            result[-1].words = f"{words}{gap}{row.text}"
        else:
            raise UserError(
                f"{path}, line {row.line}: expected a caption such as '0: The first words', "
                f"found '{row.text}'"
            )
    for spoken in result:
        line = f"{path}, line {spoken.row.line}"
        if not spoken.words.strip():
            raise UserError(f"{line}: the caption has no words")
        spoken.words = plain(spoken.words, line)
    return result


def plain(words: str, line: str) -> str:
    """The words of a caption, which films show as they stand; markup is a mistake.

    What stands in braces is none.
    """
    held = PLACEHOLDER.findall(words)
    try:
        shown_words = plain_words(PLACEHOLDER.sub(HELD, words))
    except UserError as error:
        raise UserError(f"{line}: {error}") from None
    for inner in held:
        shown_words = shown_words.replace(HELD, f"{{{inner}}}", 1)
    return shown_words


def filled(words: str, groups: Groups, line: str) -> str:
    """The words with every ``{run.name[step]:format}`` replaced; numbers get true minus signs."""

    def fill(match: re.Match[str]) -> str:
        inner = INNER.match(match[1])
        if not inner:
            raise UserError(
                f"{line}: '{match[0]}' is not a placeholder such as {{loss[1]:.3f}} or {{lr}}; "
                "one stands for one number, and takes no sums"
            )
        value = looked_up(inner[1] or "", inner[2], inner[3], groups, line)
        form = inner[4] or ""
        if isinstance(value, str):
            if form:
                raise UserError(f"{line}: '{match[0]}' stands for words; it takes no number format")
            return value
        if not FORMAT.match(form):
            raise UserError(f"{line}: '{form}' is not a number format such as .3f in '{match[0]}'")
        if not math.isfinite(value):
            zero = math.isnan(value) and inner[2].startswith("effective")
            why = "the gradient vanishes there" if zero else "the run stopped before"
            raise UserError(f"{line}: '{match[0]}' has no value: {why}")
        whole = form.endswith("d")
        if not form or form[-1] not in "defg%":
            form = f"{form or '.6'}g"
        text = format(round(value) if whole else float(value), form)
        if not re.search("[1-9]", text.split("e")[0]):
            text = format(0 if whole else 0.0, form)  # "-0.000" is read as below zero
        return text.replace("-", "−")

    stray = re.search(r"[{}]", PLACEHOLDER.sub("", words))
    if stray:
        raise UserError(
            f"{line}: a '{stray[0]}' without its other half; a number of the run stands in "
            "braces, as in {loss[1]:.3f}"
        )
    mistakes = Mistakes()
    result = PLACEHOLDER.sub(lambda match: mistakes.of(fill, match) or "", words)
    mistakes.close()
    return result


def looked_up(group: str, name: str, index: str | None, groups: Groups, line: str) -> float | str:
    """What a placeholder names."""
    whole = f"{group}.{name}" if group else name
    if group not in groups:
        runs = [run for run in groups if run]
        raise UserError(
            f"{line}: there is no run '{group}' in this shot{nearest(group, runs)}; "
            f"{'its runs are ' + ', '.join(runs) if runs else f'write {{{name}}}'}"
        )
    values = groups[group]()
    if name not in values:
        raise UserError(f"{line}: {unknown(group, name, groups)}")
    value: Value = values[name]
    if isinstance(value, Mapping):
        if index is None:
            raise UserError(f"{line}: '{whole}' needs a number, as in {{{whole}[1]}}")
        number = int(index.replace("−", "-"))
        if number not in value:
            if not value:
                raise UserError(f"{line}: '{whole}' has no numbers here")
            low, high = min(key for key in value if key >= 0), max(value)
            raise UserError(f"{line}: '{whole}' goes from {low} to {high}, found {number}")
        return value[number]
    if index is not None:
        kind = "told" if isinstance(value, str) else "one number"
        raise UserError(f"{line}: '{whole}' is {kind} for the whole run; write {{{whole}}}")
    return value


def unknown(group: str, name: str, groups: Groups) -> str:
    """That a run, or a shot, has no such number, with the nearest one and all others."""
    values = groups[group]()
    whose = f"run '{group}'" if group else "shot" if len(groups) > 1 else "run"
    runs = [run for run in groups if run]
    there = ", ".join(values)
    more = f"; its runs {', '.join(runs)} have more, as in {{{runs[0]}.loss[1]}}" if runs else ""
    hint = setting_hint(name, values)
    if f"{name}1" in values:
        hint = f": write {name}1 or {name}2, its coordinates"
    return f"the {whose} has no '{name}'{hint}; it has {there}{'' if group else more}"
