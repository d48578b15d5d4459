"""LaTeX that Typst would read as something else, and LaTeX that is refused."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import UserError
from publish.latex import LatexError, parse
from publish.latex.symbols import FUNCTIONS, LARGE, LIMITS, SYMBOLS
from publish.math import Formula, to_mathml
from publish.mathtext import text_of
from tests.publish.latex.mathml import ours

HERE = Path("lesson.md")


def mathml(source: str, notation: str = "latex") -> str:
    return to_mathml([Formula(source, True, 3)], HERE, notation)[0]


def told(source: str, notation: str = "latex") -> str:
    return ours(mathml(source, notation))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("xy + ab", "xy+ab"),  # letters side by side are no name
        ("sinx", "sinx"),
        ("1/2", "1/2"),  # a slash is no fraction
        (r"\frac{f(a,b)}{c;d}", "frac(f(a,b)/c;d)"),  # nor do marks part arguments
        (r"\frac{a:b}{c}", "frac(a:b/c)"),
        (r"[0, 1) \cup (2, 3]", "[0,1)∪(2,3]"),
        (r"f(x)/2", "f(x)/2"),
        (r"\sqrt (x)", "sqrt(()x)"),  # as TeX reads it
        ("a:=b", "a:=b"),
        ("x <- y", "x<-y"),
        ("a < -1", "a<-1"),
        ("||x||", "||x||"),
        ("a' b''", "sup(a/')sup(b/'')"),
        ("x'^2", "sup(x/'2)"),
        (r"\#\$\%\&\_\{\}", "#$%&_{}"),
        ("a*b", "a*b"),
        ("n! = 1", "n!=1"),
        ("a ~ b", "ab"),
        ("{}", ""),
        ("{x}", "x"),
        (r"{}^T A", "sup(/T)A"),
        ("1{,}000", "1,000"),
        ("10 000", "10000"),
        (r"\epsilon \varepsilon \phi \varphi", "ϵεϕφ"),
        (r"\|x\| \lVert x \rVert", "‖x‖‖x‖"),
        (r"\text{if } x\text{, or }", "ifx,or"),
        (r"\text{50\% of \$5, \{a\_b\}}", "50%of$5,{a_b}"),
        (r"\text{Größe 中文}", "Größe中文"),
        (r"\text{where $x_t > 0$}", "wheresub(x/t)>0"),
        (r"\mathrm{sign}(x)", "sign(x)"),
        (r"\mathrm{arg\,min} \operatorname{soft-max}", "argminsoft-max"),
        (r"{\bf x} {\rm tr} A", "xtrA"),
        ("x % a comment\n+ y", "x+y"),
        (r"\frac12 \frac1{10} \sqrt2", "frac(1/2)frac(1/10)sqrt(2)"),
        (r"a \not\in b \not\subseteq c", "a∉b⊈c"),
        (r"f^{**} x^{+} x^+ , 0^-", "sup(f/**)sup(x/+)sup(x/+),sup(0/-)"),
        (r"\left( a \middle| \frac{b}{c} \right)", "(a|frac(b/c))"),
        (r"\big( \Bigl[ \biggr\} \Bigg|", "([}|"),
        (r"\left. a \right.", "a"),
        (r"\begin{cases} a, & b \\ c & d \end{cases}", "{table(tr(td(a,)/td(b))/tr(td(c)/td(d)))"),
        (r"\begin{pmatrix} a \\ b \\ \end{pmatrix}", "(table(tr(td(a))/tr(td(b))))"),
        (r"\begin{gathered} a \\[2pt] b \end{gathered}", "table(tr(td(a))/tr(td(b)))"),
        (r"\sum_{\substack{i < n \\ j}}", "sub(∑/table(tr(td(i<n))/tr(td(j))))"),
        (r"\overset{!}{=} \underset{x}{\max}", "sup(=/!)sub(max/x)"),
        (r"\widehat{xyz} \vec{v}", "sup(xyz/^)sup(v/→)"),
        (r"\boxed{x} \phantom{y} \hspace{1em}", "xy"),
        (r"{n \choose k} + {a \over b + 1}", "(frac(n/k))+frac(a/b+1)"),
        (r"\operatornamewithlimits{argmin}_x", "sub(argmin/x)"),
        (r"a \bmod b \pmod{n}", "amodb(modn)"),
    ],
)
def test_what_typst_would_read_otherwise(source, expected):
    assert told(source) == expected


def test_words_have_the_blanks_that_latex_sets():
    assert "mspace" not in mathml(r"x\text{if}y \mathrm{ReLU} z")
    assert "<mtext>if\u00a0</mtext>" in mathml(r"\text{if } x")


def test_only_left_and_right_make_brackets_grow():
    def grown(source):
        root = ElementTree.fromstring(mathml(source))
        return [e.text for e in root.iter("mo") if e.get("stretchy") != "false"]

    assert grown(r"( \frac{a}{b} )") == []
    assert grown(r"\left( \frac{a}{b} \right]") == ["(", "]"]


def test_operators_with_limits_have_them_below_in_a_displayed_formula():
    for source in (r"\operatorname*{arg\,max}_x", r"\mathop{\rm argmax}_x", r"\sum\limits_x"):
        assert "<munder>" in mathml(source)
    assert "<msub>" in mathml(r"\operatorname{Var}_x")
    assert "<msub>" in mathml(r"\sum\nolimits_x")
    assert "<msup>" in mathml(r"a =^b c")


@pytest.mark.parametrize("table", [SYMBOLS, LARGE])
def test_every_sign_is_set_as_the_table_says(table):
    formulas = [Formula(f"\\{name}", False, 1) for name in table]
    for character, math in zip(table.values(), to_mathml(formulas, HERE), strict=True):
        assert "".join(ElementTree.fromstring(math).itertext()) == character


def test_every_function_is_one_upright_word():
    functions = FUNCTIONS | LIMITS
    formulas = [Formula(f"\\{name}", False, 1) for name in functions]
    for word, math in zip(functions.values(), to_mathml(formulas, HERE), strict=True):
        assert [e.text for e in ElementTree.fromstring(math)] == [word]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x^10", r"write \^\{10\}"),
        ("x_12", r"write _\{12\}"),
        ("e^-x", r"write \^\{-x\}"),
        ("10^-8", r"write \^\{-8\}"),
        (r"e^-\beta", r"write \^\{-\\beta\}"),
        ("x_(t-1)", r"write _\{\.\.\.\}"),
        ("f^(k)", r"write \^\{\.\.\.\}"),
        (r"\sqrt10", r"write \\sqrt\{10\}"),
        ("beta_1", r"write \\beta"),
        ("sin x", r"write \\sin"),
        ("sqrt(x)", r"write \\sqrt\{x\}"),
        ("hat{m}", r"write \\hat\{x\}"),
        ("norm(x)", r"\\lVert x \\rVert"),
        ("a <= b", r"write \\le"),
        ("a -> b", r"write \\to"),
        ("a != b", r"write \\ne"),
        ("1, ..., n", r"write \\dots"),
        ("x**2", "power"),
        ('"if" x', r"\\text\{\.\.\.\}"),
        ("x % y", r"\\%"),
        ("a & b", "aligned"),
        (r"a \\ b", "aligned"),
        (r"\fracc{a}{b}", r"did you mean '\\frac'"),
        (r"\bata", r"did you mean '\\beta'"),
        (r"\foo", r"'\\foo' is not known"),
        (r"\tr(A)", r"\\operatorname\{tr\}"),
        (r"\R^n", r"\\mathbb\{R\}"),
        (r"\color{red} x", "colors"),
        (r"\textcolor{red}{x}", "colors"),
        (r"x \tag{1}", "numbers"),
        (r"x \label{a}", "numbers"),
        (r"\eqref{a}", "in words"),
        (r"\newcommand{\a}{b}", "cannot be defined"),
        (r"\def\a{b}", "cannot be defined"),
        (r"a \atop b", r"\\substack"),
        (r"\begin{array}{c|c} a & b \end{array}", "no lines"),
        (r"\begin{tikzpicture} a \end{tikzpicture}", "not known"),
        (r"\begin{cases} a", r"no '\\end\{cases\}'"),
        (r"\begin{matrix} a \end{pmatrix}", r"ends with '\\end\{pmatrix\}'"),
        ("{x", r"a '\{' without its '\}'"),
        ("x}", r"a '\}' without its '\{'"),
        (r"\left( x", r"without its '\\right'"),
        (r"x \right)", r"without its '\\left'"),
        (r"\frac{a}", "missing"),
        ("x^", "ends too early|missing"),
        ("x^2^3", "two superscripts"),
        ("x_1_2", "two subscripts"),
        ("x^2'", "prime"),
        (r"x \limits_i", "operator"),
        ("中文", r"\\text\{中\}"),
        (r"\mathcal{1}", "letters"),
        ("5 to rent and 10", "words"),
        (r"\hat" * 3000 + " x", "in one another|not known"),
        ("x_{" * 3000, "in one another"),
    ],
)
def test_what_differs_in_silence_is_refused(source, expected):
    with pytest.raises(UserError, match=f"lesson.md, line 3: .*(?:{expected})"):
        mathml(source)


def test_the_line_within_a_long_formula_is_told():
    source = "\n\\begin{aligned}\n a &= b \\\\\n c &= \\bata\n\\end{aligned}\n"
    with pytest.raises(UserError, match="line 6: "):
        mathml(source)


@pytest.mark.parametrize("source", [r"\beta x^10", r"e^-x + \alpha", "x_{i} sqrt(y)", "x_{1} <= 2"])
def test_a_formula_of_both_notations_is_refused(source):
    with pytest.raises(UserError, match="LaTeX math"):
        mathml(source, "")


@pytest.mark.parametrize(
    ("source", "notation", "expected"),
    [
        ("x^10", "", "sup(x/10)"),
        ("x^10", "typst", "sup(x/10)"),
        ("beta_1", "", "sub(β/1)"),
        ("1/2", "", "frac(1/2)"),
        (r"\beta/2", "", "β/2"),
        ("x_{10}", "", "sub(x/10)"),
        ("1/2", "latex", "1/2"),
        (r"\|x\|", "latex", "‖x‖"),
        (r"\|x\|", "typst", "|x|"),
        ("a, b", "latex", "a,b"),
    ],
)
def test_the_notation_is_told_by_the_formula_or_the_course(source, notation, expected):
    assert told(source, notation) == expected


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        (r"\beta_1", "'\\\\beta' is 'beta'"),
        (r"\epsilon", r"'epsilon\.alt'"),
        (r"\frac{a}{b}", r"frac\(a, b\)"),
        ("x_{t}", r"'_\(\.\.\.\)'"),
        (r"a \leq b", "'≤'"),
        (r"\mathbb{E}", r"bb\(E\)"),
    ],
)
def test_latex_in_a_course_of_typst_is_told_in_typst(source, hint):
    with pytest.raises(UserError, match=hint):
        mathml(source, "typst")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("frac{a}{b}", r"write frac\(\.\.\.\) .* or \\frac"),
        ("hat{m}", r"hat\(\.\.\.\)"),
        ("hat m", r"hat\(m\)"),
        ("frac a b", "needs its arguments"),
        ("overline x", "needs its arguments"),
        ("e^-x", r"write \^\(-x\)"),
        ("cancel(x)", "struck out"),
        (r"\|x\|", r"norm\(x\)"),
        (r"x \, y", "thin"),
        (r"a = b \\ c", "new line"),
        (r"\fr", r"did you mean '\\frac'"),
    ],
)
def test_typst_that_means_something_else_is_refused(source, expected):
    with pytest.raises(UserError, match=f"line 3: .*{expected}"):
        mathml(source, "")


def test_lines_over_and_under_typst_formulas_are_set():
    assert told("overline(a b) + underline(x)", "") == "sup(ab/‾)+sub(x/‾)"
    assert told("epsilon.alt phi.alt theta.alt", "") == "ϵϕϑ"
    assert told(r"frac(f(x\,y), 2)", "") == "frac(f(x,y)/2)"


def test_formulas_have_no_styles_of_their_own():
    sources = [r"\overbrace{a}^n", r"\sqrt[3]{x}", r"\hat{x}", r"\scriptstyle x"]
    assert not [
        source for source in sources if "style=" in mathml(source).replace("displaystyle=", "")
    ]


@given(st.text(alphabet="ab12\\{}[]()^_&%$#~ '\"|.,;:!<>=+-*/frcsqtlinghmdoexbv\n中é", max_size=30))
def test_any_text_is_converted_or_refused(source):
    result, mistake = "", None
    try:
        result = parse(source)
    except LatexError as error:
        mistake = error
    if mistake:
        assert 0 <= mistake.at <= len(source)
        assert "\n" not in str(mistake)
    elif source.strip():
        assert to_mathml([Formula(source, False, 1)], HERE, "latex")
    assert result or mistake


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\hat{m}_t", "m̂_t"),
        (r"x_{t+1}^2", "x_(t+1)^2"),
        ("10^{-8}", "10^(−8)"),
        (r"\frac{a+b}{2} \sqrt{x}", "(a+b)/2√x"),
        (r"f'(x) \sum_{i=1}^n", "f′(x)∑_(i=1)^n"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a, b; c, d)"),
        (r"\overline{xy} \text{if } x", "xyif\u00a0x"),
    ],
)
def test_titles_tell_formulas_in_a_line(source, expected):
    assert text_of(mathml(source)) == expected
