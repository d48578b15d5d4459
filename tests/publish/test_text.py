"""Markdown, tags and math of lesson texts as HTML."""

import re
from pathlib import Path

import pytest

from engine import UserError
from publish.math import Formula, to_mathml

HERE = Path("lesson.md")


def mathml(source: str, display: bool = False) -> str:
    return to_mathml([Formula(source, display, 1)], HERE)[0]


def test_a_tag_interrupts_a_paragraph(shown):
    assert shown("Words\n@table descent\nmore") == "<p>Words</p>\n[table descent]<p>more</p>\n"


def test_a_tag_in_a_code_block_is_code(shown):
    assert "@table descent" in shown("```\n@table descent\n```")


def test_a_mark_stays_with_the_formula_before_it(shown):
    assert re.search(
        r'<span class="kept"><math>.*</math>，</span>走到', shown("从 $x_1$，走到", "zh")
    )
    assert "kept" not in shown("the point $x_1$ moves")
    assert "kept" not in shown("$$ x_1 $$\n\n, and")


def test_an_escaped_tag_is_text(shown):
    assert shown("\\@home is where") == "<p>@home is where</p>\n"


def test_chinese_emphasis_and_line_breaks(shown):
    html = shown("请看**“重点”**处，\n*务必*留意 *SGD*。", "zh")
    assert "<strong>“重点”</strong>处，<em class" in html
    assert '<em class="han">务必</em>' in html
    assert "<em>SGD</em>" in html


def test_straight_quotes_become_typographic(shown):
    assert shown("AdaGrad's \"sum\" `it's`") == "<p>AdaGrad’s “sum” <code>it's</code></p>\n"


def test_callouts(shown):
    html = shown("::: warning\nWords\n:::\n\n::: note A title\nMore\n:::")
    assert re.findall('callout-title">(.*?)<', html) == ["Careful", "A title"]
    assert html.count('role="note"') == 2


def test_table_cells_have_no_inline_style(shown):
    html = shown("| a | b |\n|---|---:|\n| 1 | 2 |")
    assert "style" not in html
    assert '<td class="align-right">2</td>' in html


def test_headings_of_tables_have_words(shown):
    html = shown("| | $sigma$ | b |\n|---|---|---|\n| 1 | 2 | 3 |")
    assert re.findall("<thead>\\s*<tr>(.*?)</tr>", html, re.DOTALL)[0].split() == [
        "<td></td>",
        "<th><math><mi>σ</mi></math>&#8203;</th>",
        "<th>b</th>",
    ]


def test_code_is_colored_and_escaped(shown):
    html = shown("```python\nif a < 1: pass\n```")
    assert '<span class="k">if</span>' in html
    assert "&lt;" in html
    assert "a &lt; b" in shown("```nolanguage\na < b\n```")


def test_math_in_line_and_displayed(shown):
    html = shown("Let $x$ be\n\n$$ sum_(i=1)^n x_i $$")
    assert "<p>Let <math><mi>x</mi></math> be</p>" in html
    assert re.search('<div class="formula"><math display="block">.*∑', html)


def test_a_dollar_can_be_written(shown):
    assert shown(r"It costs \$5 or \$6.") == "<p>It costs $5 or $6.</p>\n"


def test_letters_are_plain_characters():
    assert mathml("h + eta") == "<math><mi>h</mi><mo>+</mo><mi>η</mi></math>"


def test_brackets_stretch_around_fractions_alone():
    assert mathml("f(x)").count('stretchy="false"') == 2
    assert "stretchy" not in mathml("(1/x)")


def test_scripts_are_tight_and_accents_are_signs():
    assert '<mo lspace="0" rspace="0">−</mo>' in mathml("s_(t - 1)")
    assert "lspace" not in mathml("s - 1")
    hat = mathml("hat(m)_t")
    assert "\u0302" not in hat
    assert ">^</mo>" in hat


def test_all_formulas_of_a_text_keep_their_order():
    formulas = [Formula(letter, False, 1) for letter in "abcdefgh"]
    found = "".join(re.findall("<mi>(.)</mi>", "".join(to_mathml(formulas, HERE))))
    assert found == "abcdefgh"


@pytest.mark.parametrize("bad", ["frac(1", "x ]  $", "#x", " ", "foo(x)"])
def test_the_line_of_a_bad_formula_is_told(bad):
    formulas = [Formula("x", False, 2), Formula(bad, True, 7)]
    with pytest.raises(UserError, match=r"lesson\.md, line 7: "):
        to_mathml(formulas, HERE)


def test_text_in_math_cannot_become_markup():
    assert "<script>" not in mathml('"<script>"')
