"""From the tokens of a LaTeX formula to Typst math."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from publish.latex import advice
from publish.latex.characters import character_of, symbol
from publish.latex.commands import COMMANDS
from publish.latex.errors import LatexError
from publish.latex.pieces import NOTHING, Piece, element, gap, joined, styled
from publish.latex.symbols import NEGATED, SPACES, SWITCHES, SYMBOLS
from publish.latex.tokens import Token, tokens

LETTERS = re.compile("[A-Za-z]+")
DRAWN = {"-": "−", "*": "∗"}
STYLED = {
    "displaystyle": "display",
    "textstyle": "inline",
    "scriptstyle": "script",
    "scriptscriptstyle": "sscript",
}
HALVES = {"over": "frac", "choose": "binom"}
"""Commands between the two halves of a group."""

IGNORED = {"nonumber", "notag", "allowbreak", "relax", "null", "/"}
PRIMES = {1: "′", 2: "″", 3: "‴", 4: "⁗"}


class Parser:
    """Reads a formula once, from the first token to the last."""

    def __init__(self, source: str, offset: int = 0) -> None:
        self.source = source
        self.offset = offset
        try:
            self.tokens = tokens(source)
        except LatexError as error:
            raise LatexError(str(error), error.at + offset) from None
        self.index = 0

    def whole(self) -> str:
        """The Typst math of all tokens."""
        result = joined(self.row(()))
        if self.token:
            raise self.stray(self.token)
        return result

    @property
    def token(self) -> Token | None:
        """The token to read next."""
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    def next(self) -> Token:
        """Read one token."""
        token = self.token
        if token is None:
            raise self.mistake("the formula ends too early: something is missing at its end")
        self.index += 1
        return token

    def ahead(self, *texts: str) -> bool:
        """Whether the next token is one of these."""
        return self.token is not None and self.token.text in texts

    def take(self, text: str) -> bool:
        """Read the next token if it is this one."""
        if self.ahead(text):
            self.index += 1
            return True
        return False

    def mistake(self, message: str, at: int | None = None) -> LatexError:
        """A mistake at an index of the source, by default at the token read last."""
        if at is None:
            at = self.tokens[max(self.index - 1, 0)].at if self.tokens else 0
        return LatexError(message, at + self.offset)

    def stray(self, token: Token) -> LatexError:
        """That a token closes or parts what was not opened."""
        message = {
            "}": "a '}' without its '{'",
            "&": r"'&' parts columns, but this is no table; write '\&' for the sign itself, or "
            r"\begin{aligned} ... \end{aligned} around the lines",
            "\\\\": r"'\\' parts lines, but this is no table; write "
            r"\begin{aligned} ... \\ ... \end{aligned} around the lines",
            "\\right": r"a '\right' without its '\left'",
            "\\middle": r"a '\middle' outside of '\left ... \right'",
            "\\end": r"an '\end' without its '\begin'",
            "]": "a ']' too many",
        }
        return self.mistake(message.get(token.text, f"'{token.text}' is not expected"), token.at)

    def row(self, stops: Sequence[str], upright: bool = False) -> list[Piece]:
        """Pieces up to a token of ``stops``, which is not read, or one that closes something.

        ``upright`` joins letters to words, as the styles do that are not italic.
        """
        pieces: list[Piece] = []
        while self.token and self.token.text not in (*stops, "}", "&", "\\\\", "\\end", "\\right"):
            if self.token.text == "\\middle":
                break
            style = STYLED.get(self.token.name)
            if style:
                self.next()
                pieces.append(Piece(f"{style}({joined(self.row(stops, upright))})"))
                break
            if self.token.name in SWITCHES:
                template = SWITCHES[self.next().name]
                pieces.append(styled(template, joined(self.row(stops, upright=True))))
                break
            if self.token.name in HALVES:
                kind = HALVES[self.next().name]
                return [Piece(f"{kind}({joined(pieces)}, {joined(self.row(stops, upright))})")]
            letter = self.token.text.isalpha() and self.token.text.isascii()
            base = self.word() if upright and letter else self.atom()
            if base is not None:
                pieces.append(self.scripted(base))
        return pieces

    def word(self) -> Piece:
        """Letters, and digits after them, as one word."""
        text = ""
        while self.token and self.token.text.isalnum() and self.token.text.isascii():
            text += self.next().text
        return Piece(text, "letter") if len(text) == 1 else Piece(f'"{text}"')

    def atom(self) -> Piece | None:
        """One thing without its scripts; nothing for a command that sets nothing."""
        token = self.token
        if token is None:
            raise self.mistake("the formula ends too early: something is missing at its end")
        if token.text in "_^'":
            return Piece(NOTHING)
        if token.text == "{":
            return self.braced(self.group())
        self.next()
        if token.text[0] == "\\":
            return self.command(token)
        if token.text.isdigit() and token.text.isascii():
            return self.number(token)
        return self.character(token)

    def group(self) -> list[Piece]:
        """The pieces between braces, the next of which opens."""
        opening = self.next()
        pieces = self.row(())
        if not self.take("}"):
            if self.token:
                raise self.stray(self.token)
            raise self.mistake("a '{' without its '}'", opening.at)
        return pieces

    def braced(self, pieces: list[Piece]) -> Piece:
        """What stands in braces is one thing; a sign alone loses the space around it."""
        if not pieces:
            return Piece(NOTHING)
        if len(pieces) == 1 and pieces[0].sort in ("sign", "limits"):
            return Piece(f'class("normal", {pieces[0].source})')
        if len(pieces) == 1:
            return pieces[0]
        return Piece(element("mrow", joined(pieces)))

    def number(self, token: Token) -> Piece:
        """Digits with at most one point between them."""
        text = token.text
        end = token.end
        while self.token and self.token.text in "0123456789." and self.token.at == end:
            point = self.token.text == "."
            after = self.source[self.token.end : self.token.end + 1]
            if point and ("." in text or not (after.isdigit() and after.isascii())):
                break
            end = self.token.end
            text += self.next().text
        return Piece(text)

    def character(self, token: Token) -> Piece | None:
        """One character that is neither a brace nor a digit."""
        text = token.text
        if LETTERS.fullmatch(text):
            self.check_word(token)
            return Piece(text, "letter")
        for pattern, mend in advice.HABITS:
            if pattern.match(self.source, token.at):
                found = pattern.match(self.source, token.at)
                raise self.mistake(
                    f"LaTeX sets '{found[0] if found else text}' sign by sign; write {mend}"
                )
        if text == "~":
            return Piece(gap(SPACES[" "]))
        if text == '"':
            raise self.mistake(r"words between quotes are Typst; write \text{...}")
        if text == "#":
            raise self.mistake(r"write \# for the sign itself")
        if text == "$":
            raise self.mistake(r"a dollar inside of the formula; write \$ for the sign itself")
        if text == "|":
            return Piece(r'class("normal", \|)')
        text = DRAWN.get(text, text)
        if text in SYMBOLS.values() or text in "−∗" or (text.isascii() and text.isprintable()):
            return symbol(text)
        if unicodedata.category(text)[0] == "L" and unicodedata.east_asian_width(text) in "WF":
            raise self.mistake(rf"'{text}' in a formula; write words as \text{{{text}}}")
        raise self.mistake(rf"'{text}' is not a sign of formulas; write words as \text{{...}}")

    def check_word(self, token: Token) -> None:
        """Letters that are the name of a command are one that lacks its backslash."""
        before = self.source[token.at - 1 : token.at]
        found = LETTERS.match(self.source, token.at)
        if found and not LETTERS.fullmatch(before or " ") and found[0] in advice.TYPST_WORDS:
            raise self.mistake(advice.bare_word(found[0]))

    def command(self, token: Token) -> Piece | None:
        """A command with all that belongs to it."""
        name = token.text[1:]
        if name in IGNORED:
            return None
        known = character_of(name)
        if known:
            return known
        if name in COMMANDS:
            return COMMANDS[name](self, token)
        if name in ("limits", "nolimits"):
            raise self.mistake(rf"'\{name}' belongs behind an operator such as \sum")
        if name in "()[]":
            raise self.mistake(rf"'\{name}' is not needed between dollar signs; leave it out")
        raise self.mistake(advice.unknown(token.text))

    def inner(self, source: str, offset: int) -> str:
        """The Typst math of a formula in a text, which begins at ``offset``."""
        return Parser(source, self.offset + offset).whole()

    def negated(self) -> Piece:
        r"""The sign after ``\not``, struck through."""
        token = self.next()
        if token.text == "{":
            self.index -= 1
            pieces = self.group()
        else:
            self.index -= 1
            pieces = [piece for piece in [self.atom()] if piece]
        plain = pieces[0].source.lstrip("\\") if len(pieces) == 1 else ""
        struck = NEGATED.get(plain) or unicodedata.normalize("NFC", f"{plain}\u0338")
        if len(struck) != 1:
            raise self.mistake(
                rf"'\not' before '{token.text}' has no sign of its own; write \ne, \notin or such"
            )
        return Piece(struck, "sign")

    def argument(self, what: str, upright: bool = False) -> str:
        """What a command takes: a group, or one thing."""
        return joined(self.argument_pieces(what, upright))

    def argument_pieces(self, what: str, upright: bool = False) -> list[Piece]:
        """The pieces of an argument; ``what`` names it in a mistake."""
        token = self.token
        if token is None or token.text in ("}", "&", "\\\\", "\\end", "\\right", "_", "^", "'"):
            raise self.mistake(f"{what} is missing something; put it in braces")
        if token.text == "{":
            if not upright:
                return self.group()
            self.next()
            pieces = self.row((), upright=True)
            if not self.take("}"):
                raise self.mistake("a '{' without its '}'", token.at)
            return pieces
        if token.text.isdigit() and token.text.isascii():
            self.check_digits(self.next(), what)
            return [Piece(token.text, "letter")]
        piece = self.atom()
        return [piece] if piece else []

    def check_digits(self, token: Token, what: str) -> None:
        """One digit is an argument; more would stay behind in silence."""
        following = re.compile(r"[0-9]*\.?[0-9]*").match(self.source, token.at)
        whole = following[0].rstrip(".") if following else token.text
        if len(whole) > 1 and not what.endswith("frac"):
            lead = what if what in "_^" else f"{what}"
            raise self.mistake(
                f"'{lead}{whole}' takes the digit {token.text} alone in LaTeX; write "
                f"{lead}{{{whole}}}, or {lead}{{{token.text}}}{whole[1:]}"
            )

    def script(self, mark: Token) -> str:
        """What stands behind ``_`` or ``^``."""
        token = self.token
        if token and token.text in ("+", "-", "−") and self.index + 1 < len(self.tokens):
            after = self.tokens[self.index + 1]
            if after.at == token.end and (after.text.isalnum() or after.text[0] == "\\"):
                rest = self.source[token.at :].split()[0]
                found = re.match(r"[-+−](?:\\?[A-Za-z]+|[\d.]*\d)", rest)
                moved = found[0] if found else token.text
                raise self.mistake(
                    f"'{mark.text}{moved}' takes the sign alone in LaTeX; write "
                    f"{mark.text}{{{moved}}}, or {mark.text}{{{token.text}}}",
                    mark.at,
                )
        if token and token.text in ("(", "["):
            raise self.mistake(
                f"'{mark.text}{token.text}' takes the bracket alone in LaTeX; write "
                f"{mark.text}{{...}} around all that belongs to it",
                mark.at,
            )
        if token and token.text in ("_", "^"):
            raise self.mistake(f"'{mark.text}' followed by '{token.text}'; put one in braces")
        return self.argument(mark.text)

    def scripted(self, base: Piece) -> Piece:
        """A piece with the primes and scripts behind it."""
        primes, parts, source = 0, {}, base.source
        while self.token:
            token = self.token
            if token.text == "'":
                self.next()
                if "^" in parts:
                    raise self.mistake("a prime behind a superscript; write it before the '^'")
                primes += 1
            elif token.text in ("_", "^"):
                self.next()
                if token.text in parts:
                    which = "subscripts" if token.text == "_" else "superscripts"
                    raise self.mistake(f"two {which} at one thing; put braces around the first")
                parts[token.text] = self.script(token)
            elif token.name in ("limits", "nolimits"):
                self.next()
                if base.sort != "limits":
                    raise self.mistake(f"'{token.text}' belongs behind an operator such as \\sum")
                source = f"{'limits' if token.name == 'limits' else 'scripts'}({source})"
            else:
                break
        if primes:
            marks = PRIMES.get(primes, "′" * primes)
            parts["^"] = marks + parts.get("^", "")
        return self.attached(Piece(source, base.sort), parts) if parts else base

    def attached(self, base: Piece, parts: dict[str, str]) -> Piece:
        """A piece with its scripts where LaTeX sets them."""
        source = base.source
        if base.sort in ("over", "under"):
            own = "^" if base.sort == "over" else "_"
            if own in parts:
                source = f"{source[:-1]}, {parts.pop(own)})"
            if not parts:
                return Piece(source)
        elif base.sort == "sign":
            source = f"scripts({source})"
        sides = {"_": "b", "^": "t"}
        given = ", ".join(f"{sides[mark]}: {parts[mark]}" for mark in sorted(parts))
        return Piece(f"attach({source}, {given})")


def parse(source: str) -> str:
    """The Typst math of a LaTeX formula.

    Raises:
        LatexError: the formula is not LaTeX, or holds what is not converted.
    """
    try:
        return Parser(source).whole()
    except RecursionError:
        raise LatexError("too much in one another; write it in several formulas", 0) from None
