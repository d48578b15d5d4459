"""The commands that take arguments or change what follows."""

from __future__ import annotations

import re
from collections.abc import Callable

from publish.latex.environments import environment
from publish.latex.fences import big, fenced
from publish.latex.pieces import Piece, element, gap, joined, sign, styled, words
from publish.latex.reader import Reader
from publish.latex.symbols import ACCENTS, SPACES, STRETCHED, STYLES, TEXTS, names
from publish.latex.texts import spelled, text
from publish.latex.tokens import Token

Command = Callable[[Reader, Token], Piece | None]

LETTERED = {"bb": "[A-Za-z0-9]", "cal": "[A-Za-z]", "scr": "[A-Za-z]", "frak": "[A-Za-z]"}
"""What has a letter of its own in these styles."""

CLASSES = {
    "mathbin": "binary",
    "mathrel": "relation",
    "mathord": "normal",
    "mathopen": "opening",
    "mathclose": "closing",
    "mathpunct": "punctuation",
    "mathinner": "normal",
}
UNITS = {"em": 1.0, "ex": 0.43, "mu": 1 / 18}


def fraction(reader: Reader, token: Token) -> Piece:
    r"""``\frac{a}{b}``, ``\binom{n}{k}`` and their sizes."""
    kind = "binom" if token.name.endswith("binom") else "frac"
    if token.name == "cfrac" and reader.take("["):
        reader.next()
        reader.take("]")
    first = reader.argument(r"\frac")
    second = reader.argument(token.text)
    style = {"t": "inline", "d": "display", "c": "display"}.get(token.name[0])
    source = f"{kind}({first}, {second})"
    return Piece(f"{style}({source})" if style and token.name[1:] in ("frac", "binom") else source)


def root(reader: Reader, token: Token) -> Piece:
    r"""``\sqrt{x}`` and ``\sqrt[3]{x}``."""
    if not reader.take("["):
        return Piece(f"sqrt({reader.argument(token.text)})")
    index = joined(reader.row(("]",)))
    if not reader.take("]"):
        raise reader.mistake("a '[' without its ']'", token.at)
    return Piece(f"root({index}, {reader.argument(token.text)})")


def accent(reader: Reader, token: Token) -> Piece:
    r"""``\hat{m}`` and other signs on top."""
    return Piece(f"accent({reader.argument(token.text)}, {ACCENTS[token.name]})")


def stretched(reader: Reader, token: Token) -> Piece:
    r"""``\overline{x y}``, ``\widehat{x y}`` and others as wide as what they are on."""
    pieces = reader.argument_pieces(token.text)
    name, inner = STRETCHED[token.name], joined(pieces)
    if name in ("overline", "underline"):
        return Piece(f"{name}({inner})")
    if name == "tilde" or (len(pieces) == 1 and pieces[0].sort == "letter"):
        return Piece(f"accent({inner}, {name})")
    mark = {"hat": "\u0302", "arrow": "→", "arrow.l": "←", "arrow.l.r": "↔"}[name]
    parts = f"{element('mrow', inner)}, {element('mo', words(mark), stretchy='true')}"
    return Piece(element("mover", parts, accent="true"))


def style(reader: Reader, token: Token) -> Piece:
    r"""``\mathbf{x}``: letters of another style."""
    template = STYLES[token.name]
    bold_italic = token.name in ("boldsymbol", "bm", "pmb", "mathnormal")
    pieces = reader.argument_pieces(token.text, upright=not bold_italic)
    word = spelled(pieces) if template == "upright({})" and len(pieces) > 1 else None
    inner = words(word) if word and "-" not in word else joined(pieces)
    name = template.partition("(")[0]
    if name in LETTERED and not re.fullmatch(f'"?{LETTERED[name]}+"?', inner):
        raise reader.mistake(f"'{token.text}' has letters alone: {token.text}{{A}}", token.at)
    return styled(template, inner)


def words_of(reader: Reader, token: Token) -> Piece:
    r"""``\text{if}``: words with their blanks."""
    return text(reader, token, TEXTS[token.name])


def operator(reader: Reader, token: Token) -> Piece:
    r"""``\operatorname{sign}``, with a star for scripts above and below."""
    below = reader.take("*") or token.name == "operatornamewithlimits"
    star = ", limits: #true" if below else ""
    return named(reader, token, star)


def named(reader: Reader, token: Token, limits: str) -> Piece:
    """An operator of the words, or of the formula, in the argument."""
    pieces = reader.argument_pieces(token.text, upright=token.name != "mathop")
    name = spelled(pieces)
    if name is not None:
        return Piece(f'op("{name}"{limits})', "limits" if limits else "other")
    body = joined(pieces)
    if token.name != "mathop":
        body = f"upright({body})"
    return Piece(f"op({body}{limits})", "limits" if limits else "other")


def operation(reader: Reader, token: Token) -> Piece:
    r"""``\mathop{...}``: set as an operator."""
    return named(reader, token, ", limits: #true")


def classed(reader: Reader, token: Token) -> Piece:
    r"""``\mathrel{...}``: set with the space of another sort of sign."""
    inner = reader.argument(token.text)
    kind = CLASSES[token.name]
    return Piece(f'class("{kind}", {inner})', "sign" if kind in ("relation", "binary") else "other")


def stacked(reader: Reader, token: Token) -> Piece:
    r"""``\underset{a}{b}``, ``\overset{a}{b}``, ``\stackrel{a}{b}``."""
    side = "b" if token.name == "underset" else "t"
    small = reader.argument(token.text)
    base = reader.argument(token.text)
    if token.name == "stackrel":
        base = f'class("relation", {base})'
    return Piece(f"attach(limits({base}), {side}: {small})")


def brace(reader: Reader, token: Token) -> Piece:
    r"""``\underbrace{...}``; the script behind it is its label."""
    inner = reader.argument(token.text)
    return Piece(f"{token.name}({inner})", "under" if token.name == "underbrace" else "over")


def arrow(reader: Reader, token: Token) -> Piece:
    r"""``\xrightarrow[below]{above}``."""
    below = ""
    if reader.take("["):
        below = f", b: {joined(reader.row((']',)))}"
        if not reader.take("]"):
            raise reader.mistake("a '[' without its ']'", token.at)
    above = reader.argument(token.text)
    sign_ = "→" if token.name == "xrightarrow" else "←"
    return Piece(f"attach(limits(stretch({sign_})), t: {above}{below})")


def phantom(reader: Reader, token: Token) -> Piece:
    r"""``\phantom{x}``: the space that something takes; h and v for one direction."""
    inner = sign("(") if token.name == "mathstrut" else reader.argument(token.text)
    hidden = element("mphantom", inner)
    if token.name == "phantom":
        return Piece(hidden)
    if token.name == "hphantom":
        return Piece(element("mpadded", hidden, height="0", depth="0"))
    return Piece(element("mpadded", hidden, width="0"))


def modulo(reader: Reader, token: Token) -> Piece:
    r"""``a \bmod b``, ``\pmod{n}`` and ``\mod{n}``."""
    if token.name == "bmod":
        return Piece('class("binary", op("mod"))', "sign")
    inner = reader.argument(token.text)
    content = f'upright("mod"){gap(SPACES[":"])}{inner}'
    if token.name == "pmod":
        content = f"{sign('(')}{content}{sign(')')}"
    return Piece(element("mrow", gap(1) + content))


def space(reader: Reader, token: Token) -> Piece:
    r"""``\hspace{1em}``."""
    reader.take("*")
    opening = reader.token
    if not reader.take("{") or opening is None:
        raise reader.mistake(r"\hspace needs a width in braces, as in \hspace{1em}")
    while not reader.take("}"):
        reader.next()
    end = reader.source.index("}", opening.at)
    given = re.fullmatch(r"\s*(-?\d*\.?\d+)\s*(em|ex|mu)\s*", reader.source[opening.end : end])
    if not given:
        raise reader.mistake(r"\hspace takes a width in em, ex or mu, as in \hspace{1em}", token.at)
    return Piece(gap(float(given[1]) * UNITS[given[2]]))


def lines(reader: Reader, token: Token) -> Piece:
    r"""``\substack{a \\ b}``."""
    if not reader.take("{"):
        raise reader.mistake(r"\substack needs braces, as in \substack{i \\ j}")
    rows = [joined(reader.row(()))]
    while reader.take("\\\\"):
        rows.append(joined(reader.row(())))
    if not reader.take("}"):
        raise reader.mistake(r"the braces of \substack hold lines parted by '\\'", token.at)
    cells = (element("mtr", element("mtd", row)) for row in rows)
    return Piece(element("mtable", ", ".join(cells), **{"class": "substack"}))


def boxed(reader: Reader, token: Token) -> Piece:
    r"""``\boxed{...}``: in a frame."""
    return Piece(element("mrow", reader.argument(token.text), **{"class": "boxed"}))


def plain(reader: Reader, token: Token) -> Piece:
    r"""``\ensuremath{...}``: what it holds."""
    return Piece(element("mrow", reader.argument(token.text)))


def colon(reader: Reader, token: Token) -> Piece:
    r"""``f\colon A``: a colon with the space of a comma."""
    return Piece(r'class("punctuation", \:)')


def negated(reader: Reader, token: Token) -> Piece:
    r"""``\not=``."""
    return reader.negated()


COMMANDS: dict[str, Command] = {
    **dict.fromkeys(names("frac tfrac dfrac cfrac binom tbinom dbinom"), fraction),
    **dict.fromkeys(ACCENTS, accent),
    **dict.fromkeys(STRETCHED, stretched),
    **dict.fromkeys(STYLES, style),
    **dict.fromkeys(TEXTS, words_of),
    **dict.fromkeys(CLASSES, classed),
    **dict.fromkeys(("underset", "overset", "stackrel"), stacked),
    **dict.fromkeys(("underbrace", "overbrace"), brace),
    **dict.fromkeys(("xrightarrow", "xleftarrow"), arrow),
    **dict.fromkeys(("phantom", "hphantom", "vphantom", "mathstrut"), phantom),
    **dict.fromkeys(("bmod", "pmod", "mod"), modulo),
    **dict.fromkeys(
        (size + side for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")),
        big,
    ),
    "sqrt": root,
    "operatorname": operator,
    "operatornamewithlimits": operator,
    "mathop": operation,
    "hspace": space,
    "substack": lines,
    "boxed": boxed,
    "ensuremath": plain,
    "colon": colon,
    "not": negated,
    "left": fenced,
    "begin": environment,
}
"""Command without its backslash to what reads it and its arguments."""
