"""Numbers in captions stay on one line, in whatever language stands around them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.captions import to_vtt
from publish.unbroken import unbroken
from tests.publish.conftest import Shown

WHOLE = [
    ("the loss is −0.5 now", "−0.5"),
    ("by 10⁻⁶ only", "10⁻⁶"),
    ("a loss of 3.2 · 10⁻⁵ is left", "3.2 · 10⁻⁵"),
    ("a loss of 3.2×10⁻⁴ is left", "3.2×10⁻⁴"),
    ("about 4 × 10⁶ times", "4 × 10⁶ times"),
    ("here x = 3 holds", "x = 3"),
    ("with x₂ = −1.5e−05 it", "x₂ = −1.5e−05"),
    ("with η = 0.4, and", "η = 0.4"),
    ("at step 12 it turns", "step 12"),
    ("after 12 steps it turns", "12 steps"),
    ("Steps 3–5 are slow", "Steps 3–5"),
    ("from (−5, −2) on", "(−5, −2)"),
    ("from (1, −2.5e−7) on", "(1, −2.5e−7)"),
    ("some 1 000 000 values", "1 000 000"),
    ("only 40 % of it", "40 %"),
    ("it takes 5 ms here", "5 ms"),
    ("is ≈ 0.3 or", "≈ 0.3"),
    ("is ± 0.1 off", "± 0.1"),
    ("goes to 1/2 of it", "1/2"),
    ("at 3 − 2 = 1 it", "3 − 2 = 1"),
    ("is 1,234.5 here", "1,234.5"),
    ("at −∞ it", "−∞"),
    ("损失为−0.5，继续", "−0.5"),
    ("剩下 3.2×10⁻⁴。", "3.2×10⁻⁴"),
    ("剩下3.2×10⁻⁴。", "3.2×10⁻⁴"),
    ("第 12 步之后", "第 12 步"),
    ("共 40 %，其中", "40 %"),
    ("起点是 (−5, −2)。", "(−5, −2)"),
    ("学习率 lr = 0.4 时", "lr = 0.4"),
]

LINES = """([samples, language]) => samples.map(([text, part, plain]) => {
  const line = document.createElement("p");
  line.lang = language;
  line.style.cssText = "width: 1px; margin: 0; font: 16px sans-serif; line-break: strict";
  const node = line.appendChild(document.createTextNode(text));
  document.body.append(line);
  const range = new Range();
  range.setStart(node, text.indexOf(part));
  range.setEnd(node, text.indexOf(part) + part.length);
  return new Set([...range.getClientRects()].map((box) => Math.round(box.bottom))).size;
})"""


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_no_line_ends_within_a_number(browser, language):
    samples = [[unbroken(text), unbroken(part)] for text, part in WHOLE]
    assert all(part in text for text, part in samples)
    page = browser.new_page()
    lines = page.evaluate(LINES, [samples, language])
    page.close()
    torn = [WHOLE[at][0] for at, count in enumerate(lines) if count != 1]
    assert torn == []


def test_words_still_part_from_words():
    text = "Two lines fill the averages, and two correct them - as said before."
    assert unbroken(text) == text


@given(st.text(st.sampled_from("0123456789 .,−-+=×·()⁻⁵xη第步 %stepab"), max_size=40))
def test_only_blanks_and_joiners_differ(text):
    def seen(line: str) -> str:
        return re.sub(r"\s", " ", line.replace("\N{WORD JOINER}", ""))

    assert seen(unbroken(text)) == seen(text)
    assert unbroken(unbroken(text)) == unbroken(text)


def test_captions_in_files_are_unbroken():
    assert "step\N{NO-BREAK SPACE}12" in to_vtt([Shown(0, 1, "At step 12.")])
