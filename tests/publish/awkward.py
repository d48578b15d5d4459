"""A course of long rules, formulas, titles and words, which fit no phone and hardly a page."""

from pathlib import Path

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
LONG = " + ".join(f"{0.37 + index:.2f}*(x1 - {index}.125)**2" for index in range(10)) + " + x2**2"
RULE = " + ".join(f"c{index}*lr*g/(sqrt(s) + {index}.25)" for index in range(1, 11))

FILES = {
    "course.toml": f"""\
lessons = ["long", "short"]
[title]
en = "A {WORD} course"
[summary]
en = "Long things, {WORD}."
""",
    "optimizers.toml": f"""\
[[optimizers]]
name = "many"
title = "A method of many terms, whose title is long for a phone"
formula = \"\"\"
s = s + g**2
x = x - ({RULE})
\"\"\"
state = {{ s = 0.0 }}
hyper.lr = {{ default = 0.01, low = 0, high = 2, step = 0.01, doc = "a learning rate, {WORD}" }}
"""
    + "".join(
        f"hyper.c{index} = {{ default = 0.1, low = 0, high = 1, step = 0.01 }}\n"
        for index in range(1, 11)
    ),
    "long/lesson.toml": f"""\
[[films]]
name = "descent"
optimizer = "many"
objective = "{LONG}"
start = [-123.456, -2]
steps = 20

[[films]]
name = "race"
kind = "race"
objective = "{LONG}"
start = [-5, -2]
steps = 20
trials = 4
best_of = [0.001, 0.01, 0.1]
racers = [
  {{ optimizer = "many", label = {{ en = "A racer of a long name" }} }},
  {{ optimizer = "adam", label = {{ en = "Adam" }} }},
  {{ optimizer = "sgd" }},
]

[[playgrounds]]
name = "own"
optimizer = "many"
objective = "{LONG}"
start = [-123.456, -2]
steps = 20
""",
    "short/lesson.toml": "",
}

SUM = "x_1 + " + " + ".join(f"{index} y_{index}" for index in range(30))
TEXT = f"""\
# {{title}} {WORD}

Summary with {WORD} and ${SUM}$.

## A heading with {WORD} and ${SUM}$

- A list with ${SUM}$ and `{WORD.lower()}{WORD.lower()}`
- https://example.org/{WORD}/{WORD}

$$ {SUM} $$

@equations many

@film descent A caption with {WORD}.
  0: The loss is {{{{loss[0]:.1f}}}} at ({{{{x1[0]:g}}}}, {{{{x2[0]:g}}}}); lr = {{{{lr}}}}.
  3: {WORD} {WORD}

@table descent

@film race Three methods.
  0: All begin.

| {WORD} | b | c | d |
|---|---|---|---|
| 1 | {WORD} | ${SUM}$ | 4 |

::: note A {WORD}
Words, ${SUM}$ and words.

$$ {SUM} $$
:::

@playground own

@listing descent
"""


def write_awkward(root: Path) -> Path:
    """Write the course of long things."""
    texts = {
        "long/en.md": TEXT.format(title="Long things"),
        "short/en.md": "# Short\n\nNothing.\n",
    }
    for name, text in {**FILES, **texts}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
