"""What Typst would set in silence as something else than its author means."""

from __future__ import annotations

import re

CODE = re.compile(r"(?<!\\)#")
BRACED = re.compile(
    r"(?<![A-Za-z.])(frac|sqrt|root|binom|hat|tilde|dot|ddot|bar|vec|overline|underline|underbrace|"
    r"overbrace|bold|mathbb|mathcal|mathbf|mathrm|bb|cal|text|operatorname|norm|abs)\s*\{"
)
SIGNED = re.compile(r"([_^])([-+−](?:\.?\d[\d.]*|\w))")
HAT = re.compile(r"(?<![\w.])hat\s+\w")
CANCEL = re.compile(r"(?<![\w.])cancel\(")
ESCAPE = re.compile(r"\\.", re.DOTALL)
UNCLEAR = {
    r"\|": r"write norm(x) or \lVert x \rVert, or | for a single bar",
    r"\\": r"write a backslash and a blank for a new line in Typst, \begin{aligned} in LaTeX",
    r"\,": "write thin for a space, a bare comma for a comma",
    r"\;": "write thick for a space, a bare semicolon for a semicolon",
    r"\:": "write med for a space, a bare colon for a colon",
    r"\!": "leave it out, or write a bare ! for a factorial",
}
"""Escapes that both notations have, and what to write for either meaning."""


def typst_mistake(source: str, decided: bool) -> str:
    """What is wrong in a Typst formula that Typst itself accepts, or "".

    ``decided`` says that the course has one notation, so that nothing can be meant as LaTeX.
    """
    if CODE.search(source):
        return "math cannot hold code; write \\# for a plain '#'"
    braced = BRACED.search(source)
    if braced:
        name = braced[1]
        return (
            f"'{braced[0]}' is neither Typst nor LaTeX; write {name}(...) as in Typst, or "
            f"\\{name}{{...}} as in LaTeX"
        )
    signed = SIGNED.search(source)
    if signed:
        mark, rest = signed.groups()
        return f"'{mark}{rest}' takes the sign alone; write {mark}({rest}), or a blank behind it"
    if HAT.search(source):
        return "hat needs brackets around what it is on, as in hat(m)"
    if CANCEL.search(source):
        return "nothing is struck out on pages; leave out cancel"
    escape = "" if decided else unclear_escape(source)
    if escape:
        return (
            f"'{escape}' is one thing in Typst and another in LaTeX; {UNCLEAR[escape]}, or say in "
            'course.toml which it is: math = "latex" or math = "typst"'
        )
    return ""


def unclear_escape(source: str) -> str:
    """A backslash and a sign that mean different things in Typst and LaTeX, or "".

    A comma or semicolon is escaped in Typst where it would part arguments.
    """
    for match in ESCAPE.finditer(source):
        before = source[: match.start()]
        within = before.count("(") > before.count(")")
        if match[0] in UNCLEAR and not (within and match[0] in (r"\,", r"\;")):
            return match[0]
    return ""
