"""Formulas as a browser draws them with the pages' style sheet."""

from pathlib import Path

import pytest

from publish.math import Formula, to_mathml
from tests.house.tree import ROOT

STYLES = (ROOT / "templates" / "assets" / "site.css").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def drawn(browser):
    """``drawn(latex, script)`` is what a script finds in a displayed formula."""
    page = browser.new_page(viewport={"width": 800, "height": 400})

    def draw(source: str, script: str):
        formula = to_mathml([Formula(source, True, 1)], Path("lesson.md"))[0]
        page.set_content(f"<style>{STYLES}</style><div class=formula>{formula}</div>")
        return page.evaluate(script)

    yield draw
    page.close()


BOXES = """(select) => [...document.querySelectorAll(select)].map(e => {
  const b = e.getBoundingClientRect();
  return [b.left, b.right, b.top, b.bottom];
})"""


def test_lines_are_aligned_at_their_relations(drawn):
    source = r"\begin{aligned} a + b + c &= d \\ x &= \frac{y}{z} \end{aligned}"
    boxes = drawn(source, f"({BOXES})('mtd:first-child > :last-child')")
    assert boxes[0][1] == pytest.approx(boxes[1][1], abs=0.5)
    heights = drawn(source, f"({BOXES})('mfrac > mi')")
    plain = drawn("y", f"({BOXES})('mi')")
    assert heights[0][3] - heights[0][2] == pytest.approx(plain[0][3] - plain[0][2], abs=0.5)


def test_columns_of_an_array_are_aligned_as_said(drawn):
    source = r"\begin{array}{lr} aaa & b \\ c & ddd \end{array}"
    first = drawn(source, f"({BOXES})('mtd:first-child > :first-child')")
    second = drawn(source, f"({BOXES})('mtd:last-child > :last-child')")
    assert first[0][0] == pytest.approx(first[1][0], abs=0.5)
    assert second[0][1] == pytest.approx(second[1][1], abs=0.5)


@pytest.mark.parametrize("accent", ["hat", "dot", "ddot", "bar", "tilde", "check", "acute"])
def test_accents_are_over_their_letter(drawn, accent):
    source = rf"\{accent}{{x}}"
    letter, sign = drawn(source, f"({BOXES})('mover > *')")
    middle = (letter[0] + letter[1]) / 2
    assert sign[0] < middle < sign[1]


def test_a_line_over_a_formula_is_as_wide_as_it(drawn):
    script = """() => {
      const row = document.querySelector('mrow.overline');
      const parts = [...row.children].map(e => e.getBoundingClientRect());
      const box = row.getBoundingClientRect();
      return [getComputedStyle(row).borderTopStyle, box.left - parts[0].left,
        box.right - parts.at(-1).right];
    }"""
    assert drawn(r"\overline{x + y}", script) == ["solid", 0, 0]
