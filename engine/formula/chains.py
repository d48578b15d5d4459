"""Long sums and products as trees that are not deep.

``a + b + c + ...`` in the order of writing is a tree as deep as the sum is long, and what walks it
would run out of stack. Sums and products of many operands are parted into groups: ``(a + b + ...)
+ (k + l + ...) + ...``, in which a minus or a bar before a group turns the signs inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from engine.formula.nodes import Binary, Call, Expression, Unary

LONG = 64
"""A sum or product with so many operators is parted."""
GROUP = 12
"""So many operands a group has at least, and fewer than twice as many."""

Link = tuple[str, Expression]
"""An operator and what stands behind it."""

_TURNED = {"+": "-", "-": "+", "*": "/", "/": "*"}
SUMS, PRODUCTS = ("+", "-"), ("*", "/")


def grouped(first: Expression, rest: Sequence[Link]) -> Expression:
    """The sum or the product of ``first`` and what follows it, in groups where it is long."""
    links = list(rest)
    while len(links) >= LONG:
        count = max((len(links) + 1) // GROUP, 2)
        cuts = [len(links) * number // count for number in range(count + 1)]
        parts = [links[start:end] for start, end in pairwise(cuts)]
        first = chained(first, parts[0])
        links = [_group(part) for part in parts[1:]]
    return chained(first, links)


def chained(first: Expression, rest: Sequence[Link]) -> Expression:
    """The operands one after the other."""
    result = first
    for sign, operand in rest:
        result = Binary(sign, result, operand)
    return result


def _group(links: Sequence[Link]) -> Link:
    sign, first = links[0]
    if sign in "-/":
        return sign, chained(first, [(_TURNED[other], operand) for other, operand in links[1:]])
    return sign, chained(first, links[1:])


def flat(node: Binary) -> tuple[Expression, list[Link]]:
    """A sum or product as its first operand and the others, groups taken apart again."""
    kind = SUMS if node.operator in SUMS else PRODUCTS
    links: list[Link] = []
    current: Expression = node
    while isinstance(current, Binary) and current.operator in kind:
        links.append((current.operator, current.right))
        current = current.left
    result: list[Link] = []
    for sign, operand in reversed(links):
        if not isinstance(operand, Binary) or length(operand, kind) < GROUP:
            result.append((sign, operand))
            continue
        first, inner = flat(operand)
        turned = sign in "-/"
        result.append((sign, first))
        result += [(_TURNED[other] if turned else other, each) for other, each in inner]
    return current, result


def length(node: Expression, kind: Sequence[str] = SUMS) -> int:
    """How many operands a sum (or a product) has on its left side, with the last one."""
    count = 1
    while isinstance(node, Binary) and node.operator in kind:
        count, node = count + 1, node.left
    return count


def is_long(node: Expression) -> bool:
    """Whether a node is a sum or product that was parted."""
    if not isinstance(node, Binary) or node.operator == "**":
        return False
    kind = SUMS if node.operator in SUMS else PRODUCTS
    while isinstance(node, Binary) and node.operator in kind:
        if length(node.right, kind) >= GROUP:
            return True
        node = node.left
    return False


def tree_depth(node: Expression) -> int:
    """How many nodes are inside one another at most."""
    deepest, open_ = 0, [(node, 1)]
    while open_:
        current, depth = open_.pop()
        deepest = max(deepest, depth)
        match current:
            case Unary(operand):
                open_.append((operand, depth + 1))
            case Binary(_, left, right):
                open_ += [(left, depth + 1), (right, depth + 1)]
            case Call(_, arguments):
                open_ += [(argument, depth + 1) for argument in arguments]
    return deepest


def node_count(node: Expression) -> int:
    """How many nodes a formula has."""
    count, open_ = 0, [node]
    while open_:
        current = open_.pop()
        count += 1
        match current:
            case Unary(operand):
                open_.append(operand)
            case Binary(_, left, right):
                open_ += [left, right]
            case Call(_, arguments):
                open_ += arguments
    return count
