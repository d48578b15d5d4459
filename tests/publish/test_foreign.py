"""Other tools' markup is told with place and mend; plain text that looks alike is left alone."""

import re

import pytest

from engine import UserError
from publish.plainwords import plain_words
from publish.text import read_lesson_text

PLAIN = [
    "a < b and c > d",
    "x[1] and a[i][j] and x[1][2] and [i][j]",
    "5 * 3 * 2 and 2 ** 3 and x**2 and a*b",
    "C++ and D++ and a+++b",
    "foo_bar_baz",
    "~10 to ~20, a ~ b, ~/foo:~/bar",
    "follows\n~ N(0, 1)",
    "#1 and #2",
    "50 % and 100%",
    ":) and :-( and 10:30:15 and a::b",
    "{x} and {x, y} and {1, 2} and {0.5} and {a: 1}",
    "f(x)=x^2 and x^2+y^2 and 2^3^4",
    "wow!!! really? what???",
    "a == b == c, x==y",
    r"C:\temp\new and C:\Users\begin and a\\b",
    "vector<int> and List<T> and 1<2>0",
    "R&D; AT&T; black&white;",
    "pass **kwargs and *args on",
    "[x] alone, [ ] alone, [Note] text",
    "[1, 2] and [[1, 2], [3, 4]] and x[[1]]",
    "|x| = |y|",
    "--only and a---b -- c",
    "p < .05 *, p < .01 **",
    "me@fig-leaf.com and hi @alice",
    "(c) a) b) // comment",
    "wow![1] see f(x)[2]",
    "% a line",
    "== what?",
    "note: this",
    "价格为 ：重要： 的 ~5 元",
    "a | b and c || d",
    "Fig. 1 - 2",
    "x = {}",
    "-> and <- and <-> and =>",
    '"it\'s" 5\' 3"',
    "价格（约 5 元）[注]（见下）",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_is_left_alone(shown, text):
    html = shown(text)
    words = re.sub("<[^>]*>", "", html)
    for old, new in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        words = words.replace(old, new)
    letters = re.sub(r"[\s\\_'\"‘’“”]", "", text)
    assert re.sub(r"[\s\\_'\"‘’“”]", "", words) == letters


FOREIGN = {
    "==mark==": "**bold**",
    "H~2~O": "$x_1$",
    "x^2^ is": "$x^2$",
    "the 1^st^ of": "characters",
    "~struck~": "~~words~~",
    "Fig.~1": "&nbsp;",
    ":::{note}\nx\n:::": "'::: note Title'",
    "::: {.callout-tip}\nx\n:::": "'::: note Title'",
    "::: {.callout-note collapse=true}\nx\n:::": "'::: note Title'",
    "::: solution\nx\n:::": "'::: answer Title'",
    "::: Warning\nx\n:::": "'::: warning Title'",
    "!!! note\n    text": "'::: note Title'",
    '??? tip "T"\n    text': "'::: note Title'",
    "> [!NOTE]\n> x": "'::: note Title'",
    "[[wiki page]]": "(lesson.html)",
    "[[_TOC_]]": "leave it out",
    "[TOC]": "leave it out",
    "{{< video x >}}": "put in",
    "{{ site.title }}": "put in",
    "{% raw %}": "put in",
    "## Head {#id .c}": "{width=50%}",
    "words {: .class}": "leave it out",
    "[span]{.red}": "leave it out",
    "`x`{.python}": "leave it out",
    "[^1] has no text": "'[^1]: The note'",
    "a[^1]\n\n[^2]: unused": "'[^1]: The note'",
    "so :smile: and": "the character itself",
    ":+1:": "the character itself",
    r"\newpage": "nothing here",
    "\\begin{equation}\nx\n\\end{equation}": "$$ formula $$",
    r"\textbf{x}": "**bold**",
    r"\section{x}": "'## The heading'",
    r"so \alpha is": "between dollar signs",
    r"\item one": "'- item'",
    r"\cite{x}": "[words](#section)",
    r"\foo{x}": "in Markdown",
    "+++": "---",
    "see @fig-loss": "[words](#section)",
    "[@smith2020]": "a footnote",
    "[see @a, p. 3]": "a footnote",
    "```{python}\nx\n```": "'```python'",
    "```{r, echo=FALSE}\nx\n```": "'```r'",
    '```python title="x"\nx\n```': "'```python'",
    "```{.python .numberLines}\nx\n```": "'```python'",
    "```{note}\nx\n```": "'::: note Title'",
    "```mermaid\nx\n```": "picture.svg",
    "```math\nx\n```": "between $$ and $$",
    "```pyhton\nx\n```": "did you mean 'python'",
    "```\nx": "write ``` on a line",
    "| a | b |\n| 1 | 2 |": "|---|---|",
    "| a | b |\n|---|\n| 1 | 2 |": "|---|---|",
    "+---+---+\n| a | b |\n+---+---+": "|---|---|",
    "**bold **": "**bold**",
    "** bold**": "**bold**",
    "**bold and never": "**bold**",
    "*lost *": "*italic*",
    "~~gone ~~": "~~words~~",
    "`code": "`code`",
    "__bold __": "**bold**",
    "~~gone and never": "~~words~~",
    "the data](data.csv)": "[words](address)",
    "[the data](data.csv": "[words](address)",
    "``quoted''": 'write "words"',
    "[a] (https://example.org)": "[words](address)",
    "[data](my data.csv)": "[data](<my data.csv>)",
    "[a](javascript:alert(1))": "web addresses",
    "[a](file:///etc/passwd)": "web addresses",
    "[a](vbscript:x)": "web addresses",
    "[a](ftp://x)": "web addresses",
    "[a]()": "[words](address)",
    "![a][b]": "![what it shows](picture.png)",
    "[the text][ref]": "'[name]: address'",
    "[the text][]": "'[name]: address'",
    "![[pic.png]]": "![what it shows](picture.png)",
    "##Heading": "'## The heading'",
    "####### x": "'### The heading'",
    ".. note:: x": "'::: note Title'",
    "#+TITLE: x": "leave it out",
    "%%comment%%": "<!-- words -->",
    "++ins++": "**bold**",
    "&nbps;": "&nbsp;",
    "words @film x y": "beginning of a line",
    '=== "Tab"': "'## The heading'",
    "{math}`x`": "$formula$",
    ":math:`x`": "$formula$",
    ":::": "more colons",
    "见[数据]（data.csv）。": "[words](address)",
    "＃＃ 标题": "'## The heading'",
    "：：： note": "'::: note Title'",
    "＠table descent": "write @",
    "##\u00a0Title": "an ordinary blank",
    "-\u3000项": "an ordinary blank",
    "• one\n• two": "'- item'",
    "a<br>b": "backslash",
    "H<sub>2</sub>O": "$x_1$",
    "<details>\n<summary>x</summary>\ny\n</details>": "'::: answer Title'",
    '<img src="x.png">': "![what it shows]",
    "<b>x</b>": "**bold**",
    "<div>\n\nx\n\n</div>": "leave it out",
    '<a href="x">y</a>': "[words](address)",
    "<Tabs><TabItem>x</TabItem></Tabs>": "leave it out",
    "<script>alert(1)</script>": "leave it out",
    "<!DOCTYPE html>": "leave it out",
    "![x <b>y</b>](a.png)": "**bold**",
}


@pytest.mark.parametrize("text", FOREIGN)
def test_foreign_markup_is_told_with_the_way_to_write_it(shown, text):
    with pytest.raises(UserError, match=r"en\.md, line 5: ") as caught:
        shown(text)
    assert FOREIGN[text] in str(caught.value)


@pytest.mark.parametrize("text", FOREIGN)
def test_in_code_it_is_code(shown, text):
    assert "<pre" in shown(f"````text\n{text}\n````")


@pytest.mark.parametrize(
    "text", ["==mark==", "[^1]", "{#id}", ":smile:", "@fig-x", "<b>", "**bold **", "`", "[TOC]"]
)
def test_a_backslash_keeps_the_characters(shown, text):
    first = re.sub(r"<\w+>|</\w+>", "", shown(f"so \\{text}"))
    assert first.strip().replace("&lt;", "<").replace("&gt;", ">") == f"so {text}"


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("a\n\n[^1]: unused", 7, "no place refers"),
        ("a[^1]\n\n[^1]: x\n\n[^1]: y", 9, "defined twice"),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", 7, "a row of 3 cells in a table of 2"),
        ("[Note]: careful", 5, "would not be seen"),
        ("text\n[a]: https://example.org", 6, "empty line"),
        ("a\nb ==c==", 6, "highlighting"),
        ("- a\n\n  > b\n  > ==c==", 8, "highlighting"),
        ("::: note\nx\n\n:smile:\n:::", 8, "emoji"),
        ("::: note A ==title==\nx\n:::", 5, "highlighting"),
        ("a[^1]\n\n[^1]: b\n    ==c==", 8, "highlighting"),
        ("Term\n: ==c==", 6, "highlighting"),
        ("## A [link](javascript:x)", 5, "web addresses"),
    ],
)
def test_the_line_of_a_mistake_within_blocks(shown, text, line, part):
    with pytest.raises(UserError, match=rf"en\.md, line {line}: ") as caught:
        shown(text)
    assert part in str(caught.value)


@pytest.mark.parametrize("mark", ["---", "+++"])
def test_settings_of_other_tools_at_the_head_are_told(shown, tmp_path, mark):
    path = tmp_path / "en.md"
    path.write_text(f"{mark}\ntitle: x\n{mark}\n\n# T\n\nS.\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"line 1: settings between .* begin with the title"):
        read_lesson_text(path, "en")


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_of_captions_stay(text):
    if "[" not in text and "\\" not in text:
        assert plain_words(text) == text.replace("\n", " ")


@pytest.mark.parametrize(
    "text",
    [
        "**a**",
        "*a*",
        "`a`",
        "[a](b)",
        "~~a~~",
        "<b>a</b>",
        "$x$",
        "a[^1]",
        "==a==",
        "<https://a.org>",
    ],
)
def test_markup_in_plain_words_is_told(text):
    with pytest.raises(UserError, match="without markup"):
        plain_words(text)


def test_a_backslash_keeps_signs_of_captions():
    assert plain_words(r"a \*b\* costs \$5 & more") == "a *b* costs $5 & more"
