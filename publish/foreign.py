"""The markup of other tools, which would be printed as it stands: what it is and what to write.

A row is kept narrow, so that plain text which only looks alike passes: ``a ~ b``, ``x^2``, ``C++``,
``#1``, ``{x}``, ``a == b``. `publish.inline.visible` hides code, formulas and escaped signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from html.entities import html5

from markdown_it.token import Token

from engine.errors import shown
from publish.inline import OTHER, line_of


@dataclass(frozen=True)
class Foreign:
    """Markup by a pattern: what it is, and what to write in its place."""

    pattern: re.Pattern[str]
    what: str
    write: str


def row(pattern: str, what: str, write: str) -> Foreign:
    """A row of the table; ``^`` and ``$`` are the ends of lines, not of the paragraph."""
    return Foreign(re.compile(pattern, re.MULTILINE), what, write)


CALLOUT = "write '::: note Title', the text, and ':::'"
LEAVE = "leave it out"
LATEX = (
    (r"begin\{(?:equation|align|gather|multline|eqnarray|displaymath|math)\*?\}", "$$ formula $$"),
    (r"(?:begin|end)\{\w+\*?\}", "Markdown: '- ' begins an item, '> ' a quotation, ``` code"),
    (r"(?:sub)*section\*?|chapter\*?|(?:sub)?paragraph\*?", "'## The heading'"),
    (r"textbf|bfseries", "**bold**"),
    (r"emph|textit|itshape", "*italic*"),
    (r"texttt|verb", "`code`"),
    (r"includegraphics", "![what it shows](picture.png)"),
    (r"footnote", "[^1], and '[^1]: the note' below"),
    (r"(?:eq|page|auto|c|C)?ref|cite[pt]?|label", "[words](#section), a link"),
    (r"href|url", "[words](address)"),
    (r"item", "'- item'"),
    (r"underline", "**bold**"),
    (
        r"newpage|pagebreak|clearpage|noindent|centering|[vh]space|(?:small|med|big)skip",
        "nothing here",
    ),
    (r"newline|linebreak", "a backslash at the end of the line"),
    (r"LaTeX|TeX", "the word itself"),
    (
        r"alpha|beta|gamma|delta|(?:var)?epsilon|eta|theta|lambda|mu|sigma|rho|tau|omega|nabla|"
        r"partial|frac|sqrt|sum|prod|int|cdot|times|leq?|geq?|neq|approx|infty|to|rightarrow|"
        r"hat|bar|tilde|vec|mathbf|mathbb|mathcal|mathrm|text|left|right|in|quad",
        "the formula between dollar signs, as in $x_1$",
    ),
)

ROWS: tuple[Foreign, ...] = (
    *(
        row(rf"(?<![\w:\\/.])\\(?:{names})(?![A-Za-z])", "LaTeX", f"write {write}")
        for names, write in LATEX
    ),
    row(
        r"(?<![\w\\])\\[A-Za-z]+\{[^}\n]*\}",
        "LaTeX",
        "write it in Markdown, or a formula between dollar signs",
    ),
    row(
        r"\b(?:Figs?|Eqs?|Secs?|Tables?|Figures?|Sections?|Chapters?|Refs?|pp?)\.?~[\d(\[]",
        "LaTeX's tie",
        "write &nbsp; or a blank",
    ),
    row(r"``[^`'\n]+''", "LaTeX's quotation", 'write "words"'),
    row(r"(?<![=\w])==(?=[^\s=])[^=\n]*[^\s=]==(?![=\w])", "highlighting", "write **bold**"),
    row(
        r"(?<=\w)~[^\s~]+~(?![~\w])|(?<=\w)~\w{1,3}~(?!~)",
        "a subscript",
        "write a formula such as $x_1$, or the characters, as in H₂O",
    ),
    row(r"(?<![\w~/.])~(?=\w)[^~\n]*\w~(?![\w~/])", "a strike-out", "write ~~words~~"),
    row(
        r"~~(?=\S)[^~\n]+~~|~~(?=\s)[^~\n]+\S~~",
        "a strike-out with a blank inside its marks",
        "write ~~words~~",
    ),
    row(
        r"(?<=[\w)])\^(?:[^\W_]+|[-−+]?\d+)\^(?!\w)",
        "a superscript",
        "write a formula such as $x^2$, or the characters, as in x²",
    ),
    row(r"(?<![\w+])\+\+(?=[^\s+])[^+\n]*[^\s+]\+\+(?![+\w])", "an insertion", "write **bold**"),
    row(r"%%[^\s%][^%\n]*%%|%%[ ][^%\n]*[A-Za-z][^%\n]*%%", "a comment", "write <!-- words -->"),
    row(
        r"(?<![\w*])\*\*(?=[^\s*])[^*\n]*[ \t]\*\*(?![\w*])|"
        r"(?:^|(?<=[\s(]))\*\*[ \t]+[^*\s][^*\n]*[^\s*]\*\*(?![\w*])",
        "bold with a blank inside its marks",
        "write **bold**",
    ),
    row(
        r"(?:^|(?<=[\s(]))\*\*(?!kwargs\b|kw\b|args\b|options\b|params\b)(?=[^\W\d_])[^*\n]*",
        "bold without an end",
        "write **bold**",
    ),
    row(
        r"(?:^|(?<=\s))\*(?=[^\W\d_])[^*\n]{1,80}[ \t]\*(?=[\s.,;:!?)]|$)",
        "emphasis with a blank inside its marks",
        "write *italic*",
    ),
    row(
        r"(?<![\w_])__(?=[^\s_])[^_\n]*[ \t]__(?![\w_])",
        "bold with a blank inside its marks",
        "write **bold**",
    ),
    row(r"(?<![\w~])~~(?=[^\W\d_])[^~\n]*", "a strike-out without an end", "write ~~words~~"),
    row(
        r"\]\([^()\s]*\)|!?\[[^\[\]\n]+\]\((?:[\w./-]+\.\w+|#\w+|mailto:\S+)[ \t]*$",
        "half a link",
        "write [words](address)",
    ),
    row(r"^:{3,}[^\n]*", "half a container", "leave an empty line before it"),
    row(r"`", "code without an end", "write `code`"),
    row(r"\A\[![A-Za-z]+\][-+]?", "GitHub's note", CALLOUT),
    row(r"^(?:!!!|\?\?\?\+?)[ \t]*[A-Za-z][^\n]*", "a note of MkDocs", CALLOUT),
    row(r"^===[+!]?[ \t]+[\"“][^\n]*", "a tab of MkDocs", "write '## The heading'"),
    row(r"^[ \t]*-{1,2}8<-{1,3}[^\n]*", "an inclusion", "put the text in"),
    row(
        r"^\.\.[ \t]+[\w-]+::[^\n]*",
        "a directive of reStructuredText",
        CALLOUT + ", a picture as ![what it shows](picture.png)",
    ),
    row(r"^#\+[A-Za-z_]+:?[^\n]*", "a line of Org mode", LEAVE),
    row(r"\A\+\+\+[ \t]*(?:\{[^\n]*)?$", "a block break of MyST", "write --- or leave it out"),
    row(
        rf"\A\[\[?[_{OTHER}]*(?:TOC|toc)[_{OTHER}]*\]?\]$|\A\{{\{{?toc\}}?\}}$",
        "a table of contents",
        "leave it out, for pages have one",
    ),
    row(r"!\[\[[^\]\n]+\]\]", "a picture of Obsidian", "write ![what it shows](picture.png)"),
    row(r"(?<![\w\])])\[\[(?=[^\W\d])[^\[\],\n]+\]\]", "a wiki link", "write [words](lesson.html)"),
    row(
        r"\{\{[<%#][^\n]*?\}\}|\{%[^\n]*?%\}|\{\{-?[ \t]*[A-Za-z_][\w.|:\"' -]*\}\}",
        "a template's code",
        "put in what it stands for",
    ),
    row(
        rf"\{{[A-Za-z][\w:-]*\}}{OTHER}|(?<![\w:]):[A-Za-z][\w:-]*:{OTHER}",
        "a role",
        "write **bold**, `code`, a $formula$ or a [link](address)",
    ),
    row(
        r"\{:?[ \t]*(?:[#.][A-Za-z][\w:.-]*|"
        r"(?:width|height|style|align|target|class|id)[ \t]*=[^}\n]*|"
        r"[A-Za-z][\w-]*=[\"“][^}\n]*)(?:[ \t]+[^}\n]*)?\}|[ \t]\{-\}$",
        "a list of attributes",
        "leave it out; only a picture takes one, {width=50%} or {width=300}",
    ),
    row(
        r"\[\^[^\]\n]*\]",
        "a footnote without its text",
        "write '[^1]: The note' on a line of its own",
    ),
    row(
        r"(?<!\w)!\[[^\]\n]*\](?!\()(?:\[[^\]\n]*\])?",
        "a picture without an address",
        "write ![what it shows](picture.png)",
    ),
    row(
        rf"\[[^\]\n]*\][ \t]+\((?:{OTHER}{{3}}|mailto:|\.{{0,2}}/|#)[^)\n]*\)",
        "a link with a blank before its address",
        "write [words](address)",
    ),
    row(
        r"(?<![\w\]!])(?=\[[^\]\n]*[^\W\d_]{2}|\[[^\]\n]*\]\[[^\]\n]*[^\W\d_]{2})"
        r"\[[^\[\]\n]+\]\[(?:[^\W\d][^\[\]\n]*)?\]",
        "a link without its address",
        "write '[name]: address' on a line of its own, or [words](address)",
    ),
    row(
        r"\[[^\[\]\n]*(?<![\w.])-?@[A-Za-z][\w:.-]*[^\[\]\n]*\]",
        "a citation",
        "write a footnote [^1] or a link",
    ),
    row(
        r"(?<![\w.@/])@(?:fig|tbl|tab|eq|sec|lst|thm|lem|def|exm|exr)[-:][\w-]+",
        "a reference of Quarto or pandoc",
        "write [words](#section)",
    ),
    row(
        r"(?<![\w.@/])@(?:film|equations|playground|listing|table)\b(?=[ \t])[^\n]*",
        "a tag within a line",
        "write it at the beginning of a line",
    ),
    row(
        r"(?<![\w:]):(?:[a-z][a-z0-9_+-]*[a-z0-9]|[+-]1|100):(?![\w:])",
        "a name for an emoji",
        "write the character itself",
    ),
    row(
        r"^#{2,6}[^\s#][^\n]*|\A#[^\W\d_][^\n]*\Z",
        "a heading without a blank",
        "write '## The heading'",
    ),
    row(r"^#{7,}[ \t][^\n]*", "a heading of a level that there is not", "write '### The heading'"),
    row(
        r"^\+(?:[-=]{3,}\+)+[ \t]*$",
        "a grid table",
        "write a table of | cells |, with |---|---| below the first row",
    ),
    row(
        r"^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|[-:| \t]*$",
        "a table whose lines have different numbers of cells",
        "write as many |---| as the first row has cells",
    ),
    row(
        r"^\|[^\n|]*[ \t]\|[ \t][^\n|]*\|[^\n]*$|^\|[^\n]+\|[ \t]*\n\|[^\n]+\|[ \t]*$",
        "a table without the line below its first row",
        "write |---|---| there",
    ),
    row(
        r"\[[^\]\n]+\]（[^）\n]*[./#:][^）\n]*）",
        "a link in full-width brackets",
        "write [words](address)",
    ),
    row(r"^＃{1,6}[ \u3000]?[^\n]+", "a heading with a full-width sign", "write '## The heading'"),
    row(r"^：{3,}[^\n]*", "a container with full-width colons", CALLOUT),
    row(r"^＠[a-z]+[^\n]*", "a tag with a full-width sign", "write @"),
    row(
        r"^(?:#{1,6}|[-*+]|\d{1,3}[.)])[\u00a0\u3000\u2002\u2003\u2009][^\n]*",
        "a heading or an item with a blank of another kind",
        "type an ordinary blank",
    ),
    row(r"^[•‣▪●◦][ \t\u00a0\u3000]*\S[^\n]*", "an item of a list", "write '- item'"),
    row(
        r"^\[[^\[\]\n^]+\]:[ \t]*\S+",
        "a link's address within a paragraph",
        "leave an empty line before it",
    ),
)
"""In the order in which they are looked for."""

LINK = re.compile(r"!?\[[^\[\]\n]*\]\(((?:[^()\n]|\([^()\n]*\))*)\)")
DANGEROUS = re.compile(r"[ \t<]*(?:javascript|vbscript|file|data):", re.IGNORECASE)
ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{2,30});")
NAMES = (
    *(
        "nbsp",
        "ensp",
        "emsp",
        "thinsp",
        "shy",
        "ndash",
        "mdash",
        "hellip",
        "middot",
        "times",
        "deg",
    ),
    *("amp", "quot", "copy", "euro", "plusmn", "minus", "rarr", "larr", "infin", "nabla", "alpha"),
)
ALIKE = 0.75
"""The usual names of characters, and how much a slip resembles one of them."""

FRONT = re.compile(r"(---|\+\+\+)[ \t]*\n(?:.*\n)*?(?:\1|\.\.\.)[ \t]*(?:\n|$)")


def front_matter(text: str) -> Iterator[tuple[int, str]]:
    """The settings that other tools keep at the head of a text."""
    found = FRONT.match(text)
    if found:
        yield (
            1,
            (
                f"settings between '{found[1]}' lines are not read here; begin with the title, as "
                "in '# AdaGrad', and its summary"
            ),
        )


def foreign_mistakes(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The line and the mistake of every piece of other tools' markup in a parsed text."""
    for token in tokens:
        words = token.meta.get("visible", "") if token.type == "inline" else ""
        first = token.map[0] + 1 if token.map else 0
        for found in in_words(words):
            yield line_of(token, words.count("\n", 0, found.at), first), found.message


@dataclass(frozen=True)
class Found:
    """A piece of markup: where it begins in the words, what it is, what to write."""

    at: int
    words: str
    what: str
    write: str

    @property
    def shown(self) -> str:
        """The piece as a message shows it."""
        return shown(self.words.replace(OTHER, "…").strip().replace("\n", " "))

    @property
    def message(self) -> str:
        """What is wrong, what to write, and how to keep the characters."""
        return (
            f"'{self.shown}' is {self.what}, which would be printed as it stands; {self.write}, or "
            "put a backslash before it for the plain characters"
        )


def in_words(words: str) -> Iterator[Found]:
    """What is foreign in the plain text of a paragraph, see `publish.inline.visible`."""
    for match in LINK.finditer(words):
        yield Found(match.start(), match[0], *bad_link(match[1]))
    words = LINK.sub(lambda match: OTHER * len(match[0]), words)
    for item in ROWS:
        for match in item.pattern.finditer(words):
            yield Found(match.start(), match[0], item.what, item.write)
    for match in ENTITY.finditer(words):
        near = get_close_matches(match[1], NAMES, n=1, cutoff=ALIKE)
        if match[0][1:] not in html5 and near:
            what = f"no name of a character (did you mean '&{near[0]};'?)"
            yield Found(match.start(), match[0], what, "write the character itself")


def bad_link(address: str) -> tuple[str, str]:
    """Why a link or a picture was not read as one, and what to write."""
    if DANGEROUS.match(address):
        write = "links lead to web addresses, to lessons, and to files beside the text"
        return "a link that pages may not have", write
    return (
        "no link as it is written",
        "put an address with blanks between < and >, as in [data](<my data.csv>)",
    )
