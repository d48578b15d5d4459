"""The legend of an update's equations: what each color means there."""

from engine import Hyper, Optimizer, State, optimizer
from publish.blocks import legend
from publish.pages import environment
from publish.words_page import WORDS


def test_a_legend_says_what_the_lines_work_out():
    assert legend(optimizer("adam")) == {
        "gradient": ["gradient"],
        "first": ["first"],
        "second": ["second"],
        "point": ["point"],
    }
    own = Optimizer(
        name="own",
        title="Own",
        formula="b = beta * b + g\nc = b * g\nx = x - lr * b",
        hyper=(Hyper("lr", 0.1, 0, 1, 0.1), Hyper("beta", 0.5, 0, 1, 0.1)),
        state=(State("b"),),
        roles=(("b", "memory"), ("c", "second")),
        direction="b",
    )
    assert legend(own) == {"gradient": ["gradient"], "memory": ["first"], "point": ["point"]}


def test_colors_are_told_in_the_films_words():
    template = environment().get_template("parts/equations.html.j2")
    values: dict[str, object] = dict.fromkeys(("equations", "sources", "latex", "reference"), ())
    values |= {"tag": {"target": "own"}, "title": "Own"}
    for language, told in (
        ("en", "gathered gradients, squared steps"),
        ("zh", "汇集的梯度、步长的平方"),
    ):
        keys = {"memory": ["first", "memory"]}
        html = template.render(values, legend=keys, words=WORDS[language])
        assert f'<li class="role-memory">{told}</li>' in html
