r"""``\begin{...} ... \end{...}``: matrices, cases and aligned lines."""

from __future__ import annotations

import re

from publish.latex import advice
from publish.latex.pieces import NOTHING, Piece, element, joined
from publish.latex.reader import Reader
from publish.latex.tokens import Token

MATRICES = {
    "matrix": "#none",
    "pmatrix": '"("',
    "bmatrix": '"["',
    "Bmatrix": '"{"',
    "vmatrix": '"|"',
    "Vmatrix": '"‖"',
    "smallmatrix": "#none",
}
CASES = {"cases", "dcases", "rcases"}
ALIGNED = {"aligned", "align", "align*", "split", "alignedat", "alignat", "alignat*", "flalign*"}
GATHERED = {"gathered", "gather", "gather*", "multline", "multline*", "multlined"}
PLAIN = {"equation", "equation*", "displaymath", "math"}
ARRAYS = {"array", "subarray"}
SIDES = {"l": "align-left", "r": "align-right", "c": "align-center"}
Rows = list[list[str]]


def environment(reader: Reader, token: Token) -> Piece:
    """An environment with all its rows."""
    name = named(reader)
    columns = ""
    if name in ARRAYS:
        reader.take("[") and optional(reader)
        columns = layout(reader)
    elif name.startswith("aligned") or name in ("gathered", "multlined", "alignat", "alignat*"):
        if reader.take("["):
            optional(reader)
        if name.rstrip("*") in ("alignedat", "alignat"):
            reader.argument(rf"\begin{{{name}}}")
    if name in PLAIN:
        content = joined(reader.row(()))
        ended(reader, name, token)
        return Piece(element("mrow", content))
    if name not in MATRICES and name not in CASES | ALIGNED | GATHERED | ARRAYS:
        raise reader.mistake(advice.environment(name), token.at)
    cells = rows(reader)
    ended(reader, name, token)
    return laid_out(reader, name, cells, columns, token)


def named(reader: Reader) -> str:
    r"""The name in the braces after ``\begin`` or ``\end``."""
    name = ""
    if not reader.take("{"):
        raise reader.mistake(r"'\begin' and '\end' need a name in braces, as in \begin{cases}")
    while not reader.take("}"):
        name += reader.next().text
    return name


def ended(reader: Reader, name: str, begin: Token) -> None:
    r"""The ``\end`` of the same name."""
    if not reader.take("\\end"):
        found = f", found '{reader.token.text}'" if reader.token else ""
        raise reader.mistake(rf"'\begin{{{name}}}' has no '\end{{{name}}}'{found}", begin.at)
    other = named(reader)
    if other != name:
        raise reader.mistake(rf"'\begin{{{name}}}' ends with '\end{{{other}}}'")


def optional(reader: Reader) -> bool:
    """Skip what stands in square brackets, one of which was read."""
    while not reader.take("]"):
        reader.next()
    return True


def layout(reader: Reader) -> str:
    """The columns of an array: a letter of l, c, r for each."""
    if not reader.take("{"):
        raise reader.mistake(r"an array needs its columns, as in \begin{array}{lr}")
    columns = ""
    while not reader.take("}"):
        token = reader.next()
        if token.text not in SIDES:
            raise reader.mistake(
                f"'{token.text}' in the columns of an array; there are l, c and r, and no lines"
            )
        columns += token.text
    return columns


def rows(reader: Reader) -> Rows:
    """The cells up to the end; an empty last row is none."""
    result: Rows = [[]]
    while True:
        result[-1].append(joined(reader.row(())))
        if reader.take("&"):
            continue
        if not reader.take("\\\\"):
            break
        reader.take("*")
        token = reader.token
        if (
            token
            and token.text == "["
            and re.match(r"\[\s*-?[\d.]+\s*[a-z]{2}\s*\]", reader.source[token.at :])
        ):
            reader.next()
            optional(reader)
        result.append([])
    if len(result) > 1 and result[-1] == [NOTHING]:
        result.pop()
    return result


def laid_out(reader: Reader, name: str, cells: Rows, columns: str, token: Token) -> Piece:
    """The rows as Typst or MathML sets them."""
    widest = max(map(len, cells))
    if name in MATRICES:
        body = "; ".join(", ".join(row) for row in cells)
        source = f"mat(delim: {MATRICES[name]}, {body})"
        return Piece(f"inline({source})" if name == "smallmatrix" else source)
    if name in CASES:
        if widest > 2:
            raise reader.mistake(rf"cases have two columns, found {widest}; use array", token.at)
        body = ", ".join("&".join(row) for row in cells)
        side = "reverse: #true, " if name == "rcases" else ""
        source = f"cases({side}{body})"
        return Piece(f"display({source})" if name == "dcases" else source)
    if name in ARRAYS:
        if widest > len(columns) and name == "array":
            raise reader.mistake(
                f"the array has {len(columns)} columns, but a row of {widest}", token.at
            )
        columns = columns.ljust(widest, columns[-1:] or "c")
        return table([[(cell, SIDES[columns[i]]) for i, cell in enumerate(row)] for row in cells])
    if name in GATHERED and widest > 1:
        raise reader.mistake(rf"'{name}' has no columns; use aligned, or leave out '&'", token.at)
    if name == "split" and widest > 2:
        raise reader.mistake("split has one '&' a line; use aligned", token.at)
    kind = "multiline-equation" + (" aligned" if name in ALIGNED else "")
    return table([[(cell, "") for cell in row] for row in cells], kind)


def table(cells: list[list[tuple[str, str]]], kind: str = "array") -> Piece:
    """A MathML table; each cell comes with its class."""
    lines = []
    for row in cells:
        parts = [element("mtd", cell, **({"class": side} if side else {})) for cell, side in row]
        lines.append(element("mtr", ", ".join(parts)))
    return Piece(element("mtable", ", ".join(lines), **{"class": kind}))
