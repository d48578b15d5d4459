"""What to write instead of the spellings of other languages, in one line each."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Collection

from engine.formula.symbols import GREEK
from engine.formula.vocabulary import CONSTANTS, FUNCTIONS

_CHOICE = "there are no comparisons and conditions; use maximum, minimum, abs or sign"

FUNCTION_HINTS = {
    "ln": "log(a)",
    "lg": "log(a) / log(10)",
    "log10": "log(a) / log(10)",
    "log2": "log(a) / log(2)",
    "max": "maximum(a, b)",
    "fmax": "maximum(a, b)",
    "amax": "maximum(a, b)",
    "min": "minimum(a, b)",
    "fmin": "minimum(a, b)",
    "amin": "minimum(a, b)",
    "relu": "maximum(a, 0)",
    "clip": "minimum(maximum(a, low), high)",
    "clamp": "minimum(maximum(a, low), high)",
    "pow": "a**b",
    "power": "a**b",
    "square": "a**2",
    "sqr": "a**2",
    "cbrt": "sign(a) * abs(a)**(1/3)",
    "hypot": "sqrt(a**2 + b**2)",
    "norm": "sqrt(a**2 + b**2)",
    "root": "sqrt(a)",
    "fabs": "abs(a)",
    "absolute": "abs(a)",
    "sgn": "sign(a)",
    "signum": "sign(a)",
    "heaviside": "(1 + sign(a)) / 2",
    "exp2": "2**a",
    "arctan": "atan(a)",
    "arctg": "atan(a)",
    "atan2": "atan(a / b), where b is above 0",
    "arctan2": "atan(a / b), where b is above 0",
    "asin": "atan(a / sqrt(1 - a**2))",
    "arcsin": "atan(a / sqrt(1 - a**2))",
    "acos": "pi / 2 - atan(a / sqrt(1 - a**2))",
    "arccos": "pi / 2 - atan(a / sqrt(1 - a**2))",
    "asinh": "log(a + sqrt(a**2 + 1))",
    "arcsinh": "log(a + sqrt(a**2 + 1))",
    "acosh": "log(a + sqrt(a**2 - 1))",
    "arccosh": "log(a + sqrt(a**2 - 1))",
    "atanh": "log((1 + a) / (1 - a)) / 2",
    "arctanh": "log((1 + a) / (1 - a)) / 2",
    "tg": "tan(a)",
    "cot": "1 / tan(a)",
    "ctg": "1 / tan(a)",
    "sec": "1 / cos(a)",
    "csc": "1 / sin(a)",
    "sh": "sinh(a)",
    "ch": "cosh(a)",
    "th": "tanh(a)",
    "sech": "1 / cosh(a)",
    "csch": "1 / sinh(a)",
    "coth": "1 / tanh(a)",
    "sinc": "sin(a) / a",
    "ceil": "-floor(-a)",
    "round": "floor(a + 0.5)",
    "rint": "floor(a + 0.5)",
    "int": "floor(a)",
    "trunc": "sign(a) * floor(abs(a))",
    "fix": "sign(a) * floor(abs(a))",
    "mod": "a - b * floor(a / b)",
    "fmod": "a - b * floor(a / b)",
    "logistic": "sigmoid(a)",
    "expit": "sigmoid(a)",
    "sigma": "sigmoid(a)",
    "logit": "log(a / (1 - a))",
    "logaddexp": "a + softplus(b - a)",
    "logsumexp": "a + softplus(b - a)",
    "silu": "a * sigmoid(a)",
    "swish": "a * sigmoid(a)",
    "sum": "a + b",
    "add": "a + b",
    "subtract": "a - b",
    "multiply": "a * b",
    "prod": "a * b",
    "divide": "a / b",
    "negative": "-a",
    "reciprocal": "1 / a",
    "deg2rad": "a * pi / 180",
    "radians": "a * pi / 180",
    "degrees": "a * 180 / pi",
    "where": "maximum, minimum, abs or sign",
}
"""What a function of another language is in this one, in ``a`` and ``b``."""

DECIMAL_HINT = "a decimal number is written with a point, as in 0.5"

_NAME_HINTS = {
    "e": "write exp(...) for a power of e, and exp(1) for e",
    "E": "write exp(...) for a power of e, and 1e-6 for a power of ten",
    "inf": "a formula has no infinite number",
    "Inf": "a formula has no infinite number",
    "infinity": "a formula has no infinite number",
    "nan": "a formula has no number that is none",
    "tau": "write 2 * pi",
    "Pi": "write pi",
    "PI": "write pi",
}

_SIGN_HINTS = {
    "^": "a power is written **",
    "//": "a quotient is written /, and rounded down floor(a / b)",
    "%": "the remainder of a / b is written a - b * floor(a / b)",
    "×": "write *",
    "·": "write *",
    "⋅": "write *",
    "∙": "write *",
    "•": "write *",
    "∗": "write *",
    "⊙": "write *",
    "∘": "write *",
    "@": "a product is written *",
    "÷": "write /",
    "∕": "write /",
    "−": "write -",
    "–": "write -",
    "—": "write -",
    "√": "write sqrt(...)",
    "∛": "write (...)**(1/3)",
    "π": "write pi",
    "∇": "the gradient is called g in an update rule, and grad(...) at another point",
    "∞": "a formula has no infinite number",
    "|": "write abs(...)",
    "‖": "write sqrt(a**2 + b**2)",
    "⌊": "write floor(...)",
    "⌋": "write floor(...)",
    "[": "the coordinates are written without brackets, as in x1 and x2",
    "]": "the coordinates are written without brackets, as in x1 and x2",
    "{": "write parentheses",
    "}": "write parentheses",
    "<": _CHOICE,
    ">": _CHOICE,
    "≤": _CHOICE,
    "≥": _CHOICE,
    "?": _CHOICE,
    "&": _CHOICE,
    "!": "there is no factorial and no negation",
    "=": "write only what stands on the right of the sign =",
    ":": "write only the formula",
    ";": "write one formula",
    "\\": "LaTeX is not read; write sqrt(a), a / b, sin(a)",
    "$": "LaTeX is not read; write the formula as in Python",
    "#": "a formula has no comments",
    "°": "angles are in radians; multiply by pi / 180",
    "Σ": "write the terms with + between them",
    "∑": "write the terms with + between them",
    "'": "there is no derivative of a name; write its formula",
}

CONSTRUCT_HINTS = {
    "if": _CHOICE,
    "else": _CHOICE,
    "and": _CHOICE,
    "or": _CHOICE,
    "not": _CHOICE,
    "in": _CHOICE,
    "is": _CHOICE,
    "lambda": "write only the formula that stands behind the colon",
    "for": "write the terms with + between them",
    "return": "write only the formula",
    "def": "write only the formula",
}
"""What to write for a word of Python."""

_INSTEAD = {"lambda": "lam", "is": "i0", "in": "i1", "None": "n0"}


def reserved(word: str) -> str:
    """That a word of Python, in which listings are written, is no name; "" for any other word."""
    if not keyword.iskeyword(word):
        return ""
    instead = _INSTEAD.get(word, f"{word}_0")
    return f"{word!r} is a reserved word of Python; choose another name, such as {instead}"


_MISSING = (
    "this is not a formula: an operand or an operator is missing here; a product is written *"
)
_MODULES = frozenset({"np", "numpy", "math", "Math", "torch", "jnp", "jax", "tf", "scipy", "sp"})
_PLACE_HINTS = (
    (re.compile(r"\[\s*[01]\s*\]"), "write x1 for x[0] and x2 for x[1]"),
    (re.compile(r"σ\s*\("), "write sigmoid(...)"),
    (re.compile("==|!=|<=|>="), _CHOICE),
)
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
_TOKEN = re.compile(
    r"(?P<number>(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<other>\S)"
)
_ONE_CALL, _ONE_CALLED = re.compile(r"^(\w+)\(a\)$"), r"\1(...)"
_GREEK = {letter: name for name, letter in GREEK.items()}


def sign_hint(text: str, at: int, sign: str) -> str:
    """What to write for a sign at a place of the text; "" where nothing is known."""
    before = re.search(r"([A-Za-z_]\w*)\s*$", text[:at])
    if (sign == "^" or sign in _SUPERSCRIPTS) and before:
        if before[1] in FUNCTIONS:
            return f"the power of a function stands behind it, as in {before[1]}(...)**2"
        if before[1] == "e":
            return _NAME_HINTS["e"]
    for pattern, hint in _PLACE_HINTS:
        if pattern.match(text, max(0, at - 1)) or pattern.match(text, at):
            return hint
    if sign == ":" and (construct := re.search(r"\b(lambda|if|else|for)\b", text[:at])):
        return CONSTRUCT_HINTS[construct[1]]
    return _SIGN_HINTS.get(sign) or _letter_hint(sign)


def _letter_hint(sign: str) -> str:
    if sign in _SUPERSCRIPTS:
        return f"a power is written **{_SUPERSCRIPTS.index(sign)}"
    if sign in _SUBSCRIPTS:
        return f"an index is written {_SUBSCRIPTS.index(sign)} right behind its name, as in x1"
    if sign in _GREEK:
        return f"write {_GREEK[sign]}"
    if unicodedata.category(sign) == "No":
        return f"write {unicodedata.numeric(sign):g}"
    plain = unicodedata.normalize("NFKC", sign)
    return f"write {plain}" if plain != sign and plain.isascii() and plain.isprintable() else ""


def function_hint(name: str) -> str:
    """What to write for a function of another language; "" where nothing is known."""
    known = name if name in FUNCTIONS else name.lower()
    call = FUNCTIONS[known].call if known in FUNCTIONS else FUNCTION_HINTS.get(known, "")
    return f"write {re.sub(_ONE_CALL, _ONE_CALLED, call)}" if call else ""


def arity_hint(name: str, found: int) -> str:
    """What to write where a function of two arguments has more, or ``log`` its base."""
    if name in FUNCTIONS and FUNCTIONS[name].arity == 2 < found:
        return f"write {name}(a, {name}(b, c))"
    return "write log(a) / log(b) for the base b" if name == "log" and found == 2 else ""


def dotted_hint(module: str, name: str) -> str:
    """What to write for ``np.sqrt`` and the like; "" where nothing is known."""
    if name in CONSTANTS:
        return f"write {name}"
    hint = function_hint(name) or _NAME_HINTS.get(name, "")
    return hint if hint or module not in _MODULES else "name a function without its module"


def name_hint(word: str, names: Collection[str]) -> str:
    """What to write for a name that is not known; "" where nothing is known."""
    if {"x1", "x2"} <= set(names):
        if word in ("x", "y", "X", "Y"):
            return "the coordinates are called x1 and x2"
        if indexed := re.fullmatch(r"[xX]_?([012])", word):
            first = "the coordinates are called x1 and x2"
            return first if indexed[1] == "0" else f"write x{indexed[1]}"
    if word in _NAME_HINTS:
        return _NAME_HINTS[word]
    if word in FUNCTION_HINTS:
        return function_hint(word)
    parts = re.findall(r"[A-Za-z]+\d*", word)
    if len(parts) > 1 and "".join(parts) == word and all(part in names for part in parts):
        return f"a product is written *, as in {'*'.join(parts)}"
    return ""


def adjacency(text: str) -> tuple[int, str] | None:
    """Where two operands stand side by side, and what to write; None where none do."""
    before: re.Match[str] | None = None
    for token in _TOKEN.finditer(text):
        word = token["name"]
        if word == "lambda" and ":" not in text[token.end() :]:
            return token.start(), reserved(word)
        if word in CONSTRUCT_HINTS:
            return token.start(), f"a formula has no {word!r}; {CONSTRUCT_HINTS[word]}"
        if word and (told := reserved(word)):
            return token.start(), told
        if before is not None and before["name"] and token["other"] == ".":
            return token.start(), "all works per coordinate; write * and / without a point"
        if before is not None and _ends(before) and _begins(token):
            called = before["name"]
            if not (called and token["other"]):
                if called and (called in FUNCTIONS or called in FUNCTION_HINTS):
                    return token.start(), f"a function has parentheses: {function_hint(called)}"
                return token.start(), _MISSING
        before = token
    return None


def _ends(token: re.Match[str]) -> bool:
    """Whether an operand may end with a token."""
    return token["other"] in (None, ")") and not keyword.iskeyword(token["name"] or "")


def _begins(token: re.Match[str]) -> bool:
    """Whether an operand may begin with a token."""
    return token["other"] in (None, "(") and not keyword.iskeyword(token["name"] or "")
