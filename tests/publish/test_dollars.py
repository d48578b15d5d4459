"""Dollars in texts: math, money, or a mistake with its line."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import UserError
from publish.course import load_course
from publish.markdown import render
from publish.plainwords import plain_words
from publish.text import read_lesson_text
from publish.words_page import WORDS

MATH = re.compile("<math.*?</math>", re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lesson")


@pytest.fixture(scope="module")
def shown(folder):
    """``shown(markdown)`` is the text of a lesson's body with its formulas in angles."""

    def show(body: str, notation: str = "") -> str:
        path = folder / "en.md"
        path.write_text(f"# T\n\nS.\n\n{body}\n", encoding="utf-8")
        text = read_lesson_text(path, "en", notation)
        html = render(text.body, text.mathml, WORDS["en"], lambda tag: tag.name)
        html = MATH.sub(
            lambda found: f"⟪{''.join(ElementTree.fromstring(found[0]).itertext())}⟫", html
        )
        return " ".join(re.sub("<[^>]+>", "", html).split())

    return show


@pytest.mark.parametrize(
    "text",
    [
        "$5 to rent and $10",
        "costs $5",
        "costs $5.",
        "In US$ or A$, 100$.",
        "US$100 and AU$200",
        "$100-$200 a day",
        "a $ b",
        "the sign $",
        "$1.5k, $3M, ($5), $5/h, $.50, $5–10",
        "$ 5 and $ 10",
        "价格是$5，或者$10。费用100$。",
    ],
)
def test_money_is_text(shown, text):
    assert shown(text) == text
    assert shown(text, "latex") == text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("$x$-axis, $\\eta$s, $n$th, $x$, ($x$)", "⟪x⟫-axis, ⟪η⟫s, ⟪n⟫th, ⟪x⟫, (⟪x⟫)"),
        ("中文$x$中文", "中文⟪x⟫中文"),
        ("$$ x + y $$", "⟪x+y⟫"),
        ("$$\nx\n+ \\beta\n$$", "⟪x+β⟫"),
        ("Inline $$ x_{t} $$ here.", "Inline ⟪xt⟫ here."),
        ("A formula $x +\ny$ here", "A formula ⟪x+y⟫ here"),
        ("## On $x$\n\n- $y$ for $5\n\n> $z_{1}$", "On ⟪x⟫ ⟪y⟫ for $5 ⟪z1⟫"),
        ("| $a$ | b |\n|--|--|\n| $5 | $x$ |", "⟪a⟫&#8203; b $5 ⟪x⟫"),
        ("[to $x$](http://a.b) **$x$** *$y$*", "to ⟪x⟫ ⟪x⟫ ⟪y⟫"),
        ("$x_1$ costs $5 and $y$ costs $6.", "⟪x1⟫ costs $5 and ⟪y⟫ costs $6."),
        ("\\$5 and \\$x$y$", "$5 and $x⟪y⟫"),
        ("$5$ and $10$", "⟪5⟫ and ⟪10⟫"),
        ("$$\\text{if $x$}$$", "⟪if\u00a0x⟫".replace("\u00a0", " ")),
        ("`$x` and `\\(x\\)`\n\n```\n$y \\beta\n```", "$x and \\(x\\) $y \\beta"),
        ("a \\(note) or \\[x]", "a (note) or [x]"),
        ("C:\\alpha or \\*", "C:\\alpha or *"),
    ],
)
def test_math_is_set_wherever_it_stands(shown, body, expected):
    assert shown(body) == expected


@pytest.mark.parametrize(
    ("body", "line", "hint"),
    [
        ("the $x + y is", 5, r"without its other half.*write \\\$"),
        ("One\nand $y is", 6, "other half"),
        ("x + y$.", 5, "other half"),
        ("$ x + y $", 5, "without blanks inside"),
        ("$2x $ or so", 5, "without blanks inside"),
        ("$x$5", 5, "other half"),
        ("$(x + y)", 5, "other half"),
        ("$10^{-3} is small", 5, "other half"),
        ("$1 + x is", 5, "other half"),
        ("$5 and 10$", 5, "two prices"),
        ("It is $5. The price in US$ is", 5, r"\\\$ for a dollar"),
        ("$$x", 5, "two dollars"),
        ("$$\nx\n\ny\n$$", 5, "two dollars"),
        ("| a | b |\n|--|--|\n| $5 | $x |", 7, "other half"),
        ("\\(x\\) is", 5, r"write \$x\$ for \\\(x\\\)"),
        ("so\n\\[ x \\]", 6, r"write \$\$ x \$\$"),
        ("\\[\nx\n\\]", 5, r"write \$\$ x \$\$"),
        ("\\[\n\nx\n\n\\]", 5, r"write \$\$ x \$\$"),
        ("\\begin{align} x \\end{align}", 5, "LaTeX"),
        ("use \\alpha here", 5, "LaTeX"),
        ("\\textbf{bold}", 5, "LaTeX"),
    ],
)
def test_what_is_neither_is_a_mistake_with_its_line(shown, body, line, hint):
    with pytest.raises(UserError, match=rf"en\.md, line {line}: .*{hint}"):
        shown(body)


def test_a_sentence_between_dollars_is_no_latex(shown):
    with pytest.raises(UserError, match=r"words in .*\\\$"):
        shown("It is $5. The price in US$ is", "latex")


@given(
    st.lists(
        st.sampled_from(["$x$", "$5", "US$", "\\$", "word", ",", "$", "$x", "x$", "中"]),
        max_size=7,
    )
)
def test_no_dollar_is_lost(shown, parts):
    """Each dollar is printed, encloses a formula, or is refused."""
    body = " ".join(["start", *parts])
    try:
        result = shown(body)
    except UserError:
        return
    formulas = result.count("⟪")
    assert result.count("$") + 2 * formulas == body.count("$")
    assert formulas == parts.count("$x$") or "x$" in parts


@pytest.mark.parametrize("words", ["costs $5 or $10", "US$", "a \\$ b"])
def test_captions_may_tell_prices(words):
    assert plain_words(words) == words.replace("\\", "")


@pytest.mark.parametrize(
    "words", ["the point $x_1$ moves", "now $\\beta$", "$$x$$", "now $x", "\\(x\\)"]
)
def test_captions_hold_no_math(words):
    with pytest.raises(UserError, match=r"formula .* without markup"):
        plain_words(words)


SMALL = {
    "course.toml": 'lessons = ["one"]\nmath = "latex"\n[title]\nen = "T"\n[summary]\nen = "S"\n',
    "one/lesson.toml": '[[films]]\nname = "f"\noptimizer = "sgd"\nsteps = 3\n',
    "one/en.md": "# T\n\nS, $1/2$.\n\n@film f A film\n  0: It begins.\n",
}


@pytest.fixture
def small(tmp_path):
    """Writes a small course with one change and loads it."""

    def load(file: str = "course.toml", old: str = "", new: str = ""):
        for name, content in SMALL.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            changed = content.replace(old, new, 1) if name == file else content
            assert not old or name != file or old in content
            path.write_text(changed, encoding="utf-8")
        return load_course(tmp_path)

    return load


def test_a_course_says_its_notation(small):
    def formula(course):
        return course.lessons[0].texts["en"].mathml[0]

    assert "mfrac" not in formula(small())
    assert "mfrac" in formula(small("course.toml", "latex", "typst"))
    assert "mfrac" in formula(small("course.toml", 'math = "latex"\n', ""))


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("course.toml", '"latex"', '"tex"', ["line 2", "'latex' or 'typst'", '"tex"']),
        ("course.toml", "math", "maths", ["line 2", "unknown key 'maths'", "did you mean 'math'"]),
        ("course.toml", '"T"', '"On $x$"', ["'title.en'", "plain words", "a formula"]),
        ("one/en.md", "It begins.", "It is $x_1$.", ["line 6", "a formula"]),
        ("one/en.md", "A film", "On $x$", ["line 5", "a formula"]),
        ("one/en.md", "1/2", "x^10", ["line 3", "x^10", "^{10}"]),
        ("one/lesson.toml", "steps", 'title = "A $x$"\nsteps', ["'films[1].title'", "plain words"]),
    ],
)
def test_mistakes_are_told_with_their_place(small, file, old, new, words):
    with pytest.raises(UserError) as told:
        small(file, old, new)
    message = str(told.value)
    assert str(Path(file).name) in message
    assert not [word for word in words if word not in message], message
