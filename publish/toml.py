"""Reading TOML, with what is wrong in it told as to someone who rarely writes it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from engine.errors import Place, UserError, shown
from publish.examples import EXAMPLES, example

_AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_KEY = re.compile(r"""(?:^|[{,])\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*[\w-]+)*)\s*=\s*""")
_CURLY = "“”„‟«»‘’‚‛＂＇"
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|"""|\'\'\'')
_DECIMAL = re.compile(r"(?<![\w.\[,])([+-]?\d+),(\d+)(?![\d.])")
_WORDS = {"True": "true", "False": "false", "TRUE": "true", "FALSE": "false", "yes": "true"}
_WORDS |= {"Yes": "true", "no": "false", "No": "false", "on": "true", "off": "false"}
_SWALLOWED = re.compile(
    r"(?<!\\)(?:\\\\)*(\\(?:[bfr][a-zA-Z]{2,}|n(?:abla|eq)\b|"
    r"t(?:heta|au|imes|ext\w*|ilde|op|o|anh?|frac|hickapprox)\b))"
)
"""Words of LaTeX whose first letter TOML takes with the backslash."""
_NOTHING = ("none", "null", "nil", "undefined", "nan.")


def read_text(path: Path) -> str:
    """The text of a UTF-8 file.

    Raises:
        UserError: the file is missing, unreadable or not UTF-8.
    """
    where = Place(str(path))
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"{path}: there is no such file", where) from None
    except IsADirectoryError:
        raise UserError(f"{path}: this is a folder, and a file is expected", where) from None
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}", where) from None
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:64]
    try:
        if wide:
            raise UserError(f"{path}: not UTF-8 text but UTF-16; save it as UTF-8", where)
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UserError(
            f"{path}: not UTF-8 text (byte {error.start}, in line {line}); save it as UTF-8", where
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file.

    Raises:
        UserError: the file cannot be read or is not TOML; the message names line and column.
    """
    text = read_text(path)
    try:
        content = tomllib.loads(text)
        _refuse_swallowed(path, text)
        return content
    except tomllib.TOMLDecodeError as error:
        raise _mistake(path, text, str(error)) from None
    except RecursionError:
        raise UserError(f"{path}: brackets inside one another, too deep to read") from None


def _refuse_swallowed(path: Path, text: str) -> None:
    """LaTeX in double quotes is no mistake of TOML, which reads the b of beta as a sign."""
    for number, line in enumerate(text.split("\n"), start=1):
        for written in re.findall(r'"(?:\\.|[^"\\])*"', line):
            if found := _SWALLOWED.search(written):
                raise UserError(
                    f"{path}, line {number}: '{found[0]}' in double quotes begins with a special "
                    f"sign; put the text in single quotes: {_single(line)}",
                    Place(str(path), number),
                )


def _mistake(path: Path, text: str, python: str) -> UserError:
    """The error of TOML's parser in the words of an author, with an example for the key."""
    lines = text.split("\n")
    number, column = len(lines), 0
    if (at := _AT.search(python)) and at[1]:
        number, column = int(at[1]), int(at[2]) - 1
    else:
        while number > 1 and not lines[number - 1].strip():
            number -= 1
        column = len(lines[number - 1])
    told = _open_text(lines, number, python)
    number, words = told or (number, _told(lines[number - 1], column, python))
    return UserError(f"{path}, line {number}: not valid TOML: {words}", Place(str(path), number))


def _open_text(lines: list[str], number: int, python: str) -> tuple[int, str] | None:
    """The line and the words where a text or a bracket is never closed."""
    if "Unterminated string" in python or "Expected \"'''\"" in python or '"""' in python:
        for row, line in enumerate(lines, start=1):
            if len(re.findall(r'"""|\'\'\'', line)) % 2 and row <= number:
                quotes = re.findall(r'"""|\'\'\'', line)[-1]
                return row, f"the text that begins with {quotes} has no end; close it with {quotes}"
    ends = "Unclosed" in python or "end of document" in python
    if ends and (bracket := _last_open(lines)) is not None:
        return bracket
    if "Illegal character" in python or "Unterminated" in python or """Expected "'""" in python:
        for row, line in enumerate(lines[:number], start=1):
            if re.search("[\"']", _STRING.sub("", line).split("#")[0]):
                return row, f"a quote in this line is never closed; write {_example(line)}"
    return None


def _last_open(lines: list[str]) -> tuple[int, str] | None:
    """Where the bracket stands that is never closed."""
    opened: list[tuple[int, str, str]] = []
    for number, line in enumerate(lines, start=1):
        for sign in re.findall(r"[\[\]{}]", _STRING.sub("", line).split("#")[0]):
            if sign in "[{":
                opened.append((number, sign, line))
            elif opened:
                opened.pop()
    if not opened:
        return None
    number, sign, line = opened[0]
    begun, close = line.strip(), {"[": "]", "{": "}"}[sign]
    gap = " ... " if begun.endswith(sign) else " " * (sign == "{")
    return number, f"the bracket '{sign}' is never closed; write {shown(begun, 80)}{gap}{close}"


def _told(line: str, column: int, python: str) -> str:
    """What is wrong at a column of a line, and what to write."""
    bare = _STRING.sub(lambda text: " " * len(text[0]), line)
    key = _key(line[: column + 1]) or _key(line)
    found = line[column:].strip()
    words = _signs(line, bare, python) or _pairs(line, bare, column, key, python)
    if words:
        return words
    if "Invalid value" in python:
        return _value(key, found)
    if found.startswith(".") and (whole := re.search(r"=\s*(\d+)$", bare[:column])):
        return f"a number has a digit behind its point: {key} = {whole[1]}.0"
    if "Expected newline" in python and found:
        return (
            f"'{shown(found)}' stands behind a value that is complete; one key stands in a line, "
            f"as in {_example(line)}"
        )
    if "Illegal" in python:
        return f"there is an invisible character in column {column + 1}; write the line anew"
    words = _AT.sub("", python).strip()
    return f"{words[:1].lower()}{words[1:]}, in column {column + 1}; expected {_example(line)}"


def _signs(line: str, bare: str, python: str) -> str:
    """What is wrong where a sign does not belong into TOML; "" where none is found."""
    if curly := next((sign for sign in bare if sign in _CURLY), None):
        straight = re.sub(f"[{_CURLY}]", '"', line).strip()
        return f"the quote {curly} is not a straight one; write {shown(straight, 80)}"
    if "Unescaped" in python or "hex" in python.lower():
        return (
            "a backslash in double quotes begins a special sign; put the text in single quotes: "
            f"{_single(line)}"
        )
    if bare.lstrip().startswith(("//", "--", ";", "/*")):
        return "a comment begins with #"
    return ""


def _pairs(line: str, bare: str, column: int, key: str, python: str) -> str:
    """What is wrong between keys and values; "" where nothing known is."""
    if "overwrite" in python or "twice" in python or "mutate" in python:
        name = key or shown(line.strip())
        return f"'{name}' is given a second time; leave one of the two out"
    if (comma := _DECIMAL.search(bare)) and comma.start() <= column:
        name = _key(line[: comma.start()]) or key or "lr"
        return f"a decimal number is written with a point: {name} = {comma[1]}.{comma[2]}"
    if re.match(r"\s*([\w-]+)\s*:\s", bare):
        word, _, value = line.partition(":")
        return f"a key and its value have = between them: {word.strip()} = {shown(value.strip())}"
    if "key part" in python and re.search(r",\s*}", bare):
        return "a table in braces has no comma after its last value"
    if "Invalid value" not in python and bare.count("{") > bare.count("}"):
        return "a table in braces stands on one line, without a comma after its last value"
    return ""


def _value(key: str, found: str) -> str:
    """What is wrong with a value, and what to write."""
    word = re.split(r"[\s,}\]#]", found)[0]
    name = key or "name"
    if not word:
        return f"the value of '{name}' is missing; write {example(name)}"
    if word in _WORDS:
        return f"true and false are in lower-case letters: {name} = {_WORDS[word]}"
    if word.lower() in _NOTHING:
        return f"there is no value '{word}'; leave the key '{name}' out"
    if re.fullmatch(r"[+-]?\.\d+", word):
        return f"a number has a digit before its point: {name} = {word.replace('.', '0.')}"
    if re.match(r"[+-]?\d", word) or word[0] in "+-":
        return f"'{shown(word)}' is not a number such as 0.4; write {example(name)}"
    if word[0] == "(":
        return f"a list stands in square brackets: {example(name)}"
    text = re.split(r"\s*[,}\]#]", found)[0]
    return f'a text stands in quotes: {name} = "{shown(text)}"'


def _key(text: str) -> str:
    """The last key in a piece of a line, without its table."""
    found = _KEY.findall(_STRING.sub(lambda text: text[0].replace("=", " "), text))
    return re.split(r"\s*\.\s*", found[-1])[-1].strip("\"'") if found else ""


def _example(line: str) -> str:
    """An example for the key of a line."""
    key = _key(line)
    if not key:
        header = re.match(r"\s*(\[+)\s*([\w.-]+)", line)
        return f"{header[1]}{header[2]}{']' * len(header[1])}" if header else 'name = "descent"'
    if key in EXAMPLES and not EXAMPLES[key].startswith('"'):
        return example(key)
    words = re.sub(r"[\"'{}\[\]]", "", line.split("=", 1)[1]).strip().rstrip(",")
    return f'{key} = "{shown(words)}"' if words else example(key, "string_type")


def _single(line: str) -> str:
    """A line with its texts in single quotes."""
    return shown(re.sub(r'"([^"\']*)"', r"'\1'", line).strip(), 80)
