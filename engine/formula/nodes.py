"""The nodes of a formula: small frozen values that every printer and evaluator walks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A constant, with the text it was written as."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Quantity(Number):
    """A number that stands for the term ``name``; it may be negative."""

    name: str


@dataclass(frozen=True, slots=True)
class Name:
    """A variable. ``time`` is 0 for step t, -1 for step t - 1, None for what has no index."""

    id: str
    time: int | None = None


@dataclass(frozen=True, slots=True)
class Unary:
    """``-operand``."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """``left operator right`` with operator one of ``+ - * / **``."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the vocabulary applied to its arguments."""

    function: str
    arguments: tuple[Expression, ...]


Expression = Number | Name | Unary | Binary | Call


@dataclass(frozen=True, slots=True)
class Assignment:
    """One line of an update rule: ``target = value``; ``source`` is the line as written."""

    target: Name
    value: Expression
    source: str


@dataclass(frozen=True, slots=True)
class Program:
    """The lines of an update rule in the order in which they act."""

    lines: tuple[Assignment, ...]
