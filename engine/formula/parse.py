"""Formula text to nodes: Python's syntax, read by ``ast``, admitted node by node.

Nothing is ever evaluated as code. Whatever is not a number, a readable name, one of
``+ - * / **`` or a call of the vocabulary is an error that points at its place.
"""

from __future__ import annotations

import ast
import math
import re
import warnings
from collections.abc import Collection, Mapping

from engine.errors import nearest
from engine.formula.chains import LONG, grouped, tree_depth
from engine.formula.errors import FormulaError, Source
from engine.formula.evaluate import constant_value
from engine.formula.hints import (
    CONSTRUCT_HINTS,
    DECIMAL_HINT,
    adjacency,
    arity_hint,
    dotted_hint,
    function_hint,
    name_hint,
    sign_hint,
)
from engine.formula.nodes import Binary, Call, Expression, Name, Number, Unary
from engine.formula.vocabulary import CONSTANTS, FUNCTIONS, GRADIENT

MAX_LENGTH = 100_000
MAX_DEPTH = 80
MAX_NODES = 5000
MAX_EXPONENT = 64
MAX_TREE = 160
"""So deep a tree may be, with its sums and products; the printers and evaluators walk it."""

_OUTSIDE = re.compile(r"[^A-Za-z0-9_.+\-*/(), \t]|//")
_NUMBER = re.compile(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
_BRACKETS = re.compile("never closed|unmatched|too many nested")
_TOO_DEEP = f"the formula has more than {MAX_DEPTH} operations inside one another"
_TOO_LARGE = f"the formula has more than {MAX_NODES} parts: numbers, names and operations"
_SUM, _PRODUCT = (ast.Add, ast.Sub), (ast.Mult, ast.Div)


def parse_expression(text: str, names: Collection[str], *, where: str = "formula") -> Expression:
    """The tree of one formula in the given names, such as ``0.1*x1**2 + 2*x2**2``.

    Args:
        text: The formula; line breaks count as spaces.
        names: The names that it may read.
        where: What the error calls the place.

    Raises:
        FormulaError: If the text is outside the language.
    """
    source = Source(where, re.sub(r"[\r\n]", " ", text))
    return read(source, 0, dict.fromkeys(names))


def read(
    source: Source,
    start: int,
    names: Mapping[str, int | None],
    *,
    later: Collection[str] = (),
    gradient: bool = False,
) -> Expression:
    """The tree of what stands in a source line from the column ``start`` on.

    Args:
        source: The line.
        start: Where the formula begins in it.
        names: The readable names with their times.
        later: Names that only a later line assigns.
        gradient: Whether ``grad`` may be called.

    Raises:
        FormulaError: If the text is outside the language.
    """
    text = source.text[start:]
    if len(text) > MAX_LENGTH:
        raise source.error(f"the formula is longer than {MAX_LENGTH} characters", start)
    if not text.strip():
        raise source.error("a formula was expected, nothing was found", start)
    if found := _OUTSIDE.search(text):
        sign = found.group()
        message = f"{sign!r} is not part of the formula language"
        hint = sign_hint(text, found.start(), sign)
        raise source.error(_with(message, hint), start + found.start())
    offset = start + len(text) - len(text.lstrip())
    result = _Reader(source, offset, names, later, gradient).read(_syntax(source, offset))
    if tree_depth(result) > MAX_TREE:
        raise source.error(_TOO_DEEP, offset)
    return result


def _syntax(source: Source, offset: int) -> ast.expr:
    """Python's own tree of the text, or an error where Python sees none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source.text[offset:], mode="eval").body
    except SyntaxError as error:
        if not _BRACKETS.search(error.msg) and (missing := adjacency(source.text[offset:])):
            raise source.error(missing[1], offset + missing[0]) from None
        column = offset + error.offset - 1 if error.offset else len(source.text)
        raise source.error(_complaint(error.msg), min(column, len(source.text))) from None
    except (ValueError, RecursionError, MemoryError):
        long = (
            source.text.count("+") + source.text.count("-") + source.text.count("*")
            > MAX_NODES // 2
        )
        raise source.error(_TOO_LARGE if long else _TOO_DEEP, offset) from None


def _with(message: str, hint: str) -> str:
    return f"{message}; {hint}" if hint else message


def _complaint(python: str) -> str:
    """What Python's parser found wrong, in the words of a formula."""
    if "never closed" in python:
        return "this parenthesis is never closed"
    if "unmatched" in python:
        return "this parenthesis was never opened"
    if "too many nested" in python:
        return _TOO_DEEP
    return "this is not a formula: an operand or an operator is missing here"


class _Reader:
    """Admits one line's syntax tree node by node, keeping count of size and depth."""

    def __init__(
        self,
        source: Source,
        offset: int,
        names: Mapping[str, int | None],
        later: Collection[str],
        gradient: bool,
    ) -> None:
        self.source = source
        self.offset = offset
        self.names = names
        self.later = later
        self.callable = [*FUNCTIONS, GRADIENT] if gradient else [*FUNCTIONS]
        self.size = 0

    def read(self, node: ast.expr, depth: int = 1) -> Expression:
        """The node of the formula that stands for Python's node."""
        self.size += 1
        if self.size > MAX_NODES:
            raise self.error(_TOO_LARGE, node)
        if depth > MAX_DEPTH:
            raise self.error(_TOO_DEEP, node)
        result = self._admit(node, depth + 1)
        self._check_constant(result, node)
        return result

    def error(self, message: str, node: ast.expr) -> FormulaError:
        """The error at the place of Python's node."""
        return self.source.error(message, self.offset + node.col_offset)

    def _admit(self, node: ast.expr, depth: int) -> Expression:
        match node:
            case ast.Constant():
                return self._number(node)
            case ast.Name():
                return self._name(node)
            case ast.UnaryOp(op=ast.USub()):
                return Unary(self.read(node.operand, depth))
            case ast.UnaryOp(op=ast.UAdd()):
                return self.read(node.operand, depth)
            case ast.BinOp(op=ast.Add() | ast.Sub()):
                return self._chain(node, _SUM, depth)
            case ast.BinOp(op=ast.Mult() | ast.Div()):
                return self._chain(node, _PRODUCT, depth)
            case ast.BinOp() if type(node.op) in _OPERATORS:
                left, right = self.read(node.left, depth), self.read(node.right, depth)
                return Binary(_OPERATORS[type(node.op)], left, right)
            case ast.Call():
                return self._call(node, depth)
        message = "only numbers, names, + - * / ** and functions belong in a formula"
        raise self.error(_with(message, self._instead(node)), node)

    def _chain(
        self, node: ast.BinOp, kinds: tuple[type[ast.operator], ...], depth: int
    ) -> Expression:
        """A sum or a product of any length, whose operands are all equally deep."""
        links = [node]
        while isinstance(links[-1].left, ast.BinOp) and isinstance(links[-1].left.op, kinds):
            links.append(links[-1].left)
        self.size += len(links) - 1
        links.reverse()
        first = self.read(links[0].left, depth)
        rest = [(_OPERATORS[type(link.op)], self.read(link.right, depth)) for link in links]
        if len(rest) >= LONG:
            return grouped(first, rest)
        result = first
        for link, (sign, right) in zip(links, rest, strict=True):
            result = Binary(sign, result, right)
            if link is not node:
                self._check_constant(result, link)
        return result

    def _instead(self, node: ast.expr) -> str:
        """What to write for a piece of Python that is no formula."""
        match node:
            case ast.Attribute(value=ast.Name(module), attr=name):
                return dotted_hint(module, name)
            case ast.IfExp():
                return CONSTRUCT_HINTS["if"]
            case ast.BoolOp() | ast.UnaryOp(op=ast.Not()) | ast.Compare():
                return CONSTRUCT_HINTS["and"]
            case ast.Tuple() if self._has_decimal_comma(node):
                return DECIMAL_HINT
            case ast.Tuple():
                return "write one formula"
        return ""

    def _has_decimal_comma(self, node: ast.expr) -> bool:
        end = self.offset + (node.end_col_offset or 0)
        written = self.source.text[self.offset + node.col_offset : end]
        return re.search(r"\d,\d", written) is not None

    def _number(self, node: ast.Constant) -> Number:
        end = self.offset + (node.end_col_offset or 0)
        text = self.source.text[self.offset + node.col_offset : end]
        if not _NUMBER.fullmatch(text):
            raise self.error(f"{text!r} is not a number such as 2, 0.1 or 1e-6", node)
        return Number(float(text), text)

    def _name(self, node: ast.Name) -> Name:
        word = node.id
        if word in CONSTANTS:
            return Name(word)
        if word in self.names:
            return Name(word, self.names[word])
        if word in self.callable:
            power = "**2" if re.match(r"\s*\*\*", self._behind(node)) else ""
            raise self.error(f"{word} is a function: write {word}(...){power}", node)
        if word in self.later:
            message = (
                f"{word!r} is read before the line that assigns it; to read what it was in the "
                f"step before, add it to state: state = {{ {word} = 0 }}"
            )
            raise self.error(message, node)
        if hint := name_hint(word, self.names):
            raise self.error(f"unknown name {word!r}; {hint}", node)
        known = ", ".join([*self.names, *CONSTANTS])
        hint = nearest(word, self.names)
        raise self.error(f"unknown name {word!r}{hint}; readable here: {known}", node)

    def _behind(self, node: ast.expr) -> str:
        return self.source.text[self.offset + (node.end_col_offset or 0) :]

    def _call(self, node: ast.Call, depth: int) -> Call:
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            called = f"{node.func.value.id}.{node.func.attr}"
            hint = dotted_hint(node.func.value.id, node.func.attr)
            raise self.error(_with(f"unknown function {called!r}", hint), node)
        if not isinstance(node.func, ast.Name):
            raise self.error("only a function can be called; a product is written *", node)
        name = node.func.id
        if name in self.names:
            raise self.error(f"{name!r} is not a function; a product is written *", node)
        if name not in self.callable and (hint := function_hint(name)):
            raise self.error(f"unknown function {name!r}; {hint}", node)
        if name not in self.callable:
            known = ", ".join(self.callable)
            hint = nearest(name, self.callable)
            raise self.error(f"unknown function {name!r}{hint}; known here: {known}", node)
        arity = FUNCTIONS[name].arity if name in FUNCTIONS else 1
        if len(node.args) != arity or node.keywords:
            expected = "one argument" if arity == 1 else f"{arity} arguments"
            found = f"{name} takes {expected}, {len(node.args)} found"
            comma = DECIMAL_HINT if self._has_decimal_comma(node) else ""
            raise self.error(_with(found, comma or arity_hint(name, len(node.args))), node)
        return Call(name, tuple(self.read(argument, depth) for argument in node.args))

    def _check_constant(self, result: Expression, node: ast.expr) -> None:
        """Stop numbers that float64 cannot hold, and powers that are no longer mathematics."""
        value = constant_value(result)
        if value is not None and not math.isfinite(value):
            raise self.error("this constant is not a finite number", node)
        if isinstance(result, Binary) and result.operator == "**":
            exponent = constant_value(result.right)
            if exponent is not None and abs(exponent) > MAX_EXPONENT:
                place = node.right if isinstance(node, ast.BinOp) else node
                raise self.error(f"an exponent beyond {MAX_EXPONENT} is not accepted", place)
