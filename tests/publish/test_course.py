"""Mistakes of authors: one line with file, place and nearest name."""

import pytest

from engine import UserError
from publish.course import load_course
from publish.plan import films

MISTAKES = {
    "unknown key": (
        "first/lesson.toml",
        "optimizer =",
        "optimiser =",
        ["lesson.toml, line 3", "unknown key 'optimiser'", "films[1]", "did you mean 'optimizer'"],
    ),
    "unknown key at the top": (
        "first/lesson.toml",
        "[[films]]",
        "[[film]]",
        ["line 1", "unknown key 'film'", "did you mean 'films'"],
    ),
    "missing key": (
        "first/lesson.toml",
        'name = "descent"\n',
        "",
        ["line 1", "'name' is missing", "films[1]"],
    ),
    "text for a number": (
        "first/lesson.toml",
        "lr = 0.4",
        'lr = "0.4"',
        ["line 7", "films[1].hyper.lr", "should be a number", 'found "0.4"'],
    ),
    "infinite start": ("first/lesson.toml", "[-5, -2]", "[-5, inf]", ["films[1].start", "finite"]),
    "three coordinates": ("first/lesson.toml", "[-5, -2]", "[-5, -2, 1]", ["start", "at most 2"]),
    "no steps": ("first/lesson.toml", "steps = 20", "steps = 0", ["films[1].steps", "1"]),
    "bad TOML": ("first/lesson.toml", "lr = 0.4 }", "lr = 0.4", ["not valid TOML", "line 7"]),
    "unknown optimizer": (
        "first/lesson.toml",
        '"adagrad"',
        '"adagard"',
        [
            "lesson.toml, line 3, [[films]] 'descent'",
            "unknown optimizer 'adagard'",
            "did you mean 'adagrad'",
        ],
    ),
    "unknown hyper-parameter": (
        "second/lesson.toml",
        "lr = 0.9",
        "lrr = 0.9",
        ["lesson.toml, line 6, [[films]] 'run'", "'lrr'", "did you mean 'lr'"],
    ),
    "unknown objective": ("first/lesson.toml", '"valley"', '"vally"', ["did you mean 'valley'"]),
    "bad formula": (
        "first/lesson.toml",
        "3*x2**2",
        "3*x2**",
        ["lesson.toml, line 12, [[playgrounds]] 'own'", "line 1, column"],
    ),
    "unknown lesson": (
        "course.toml",
        '"second"',
        '"secnd"',
        ["lessons[2]", "did you mean 'second'"],
    ),
    "lesson twice": ("course.toml", '"second"', '"first"', ["two lessons are called 'first'"]),
    "lesson named like the start page": (
        "course.toml",
        '"second"',
        '"index"',
        ["course.toml, line 1: lessons[2]", "start page"],
    ),
    "lesson name with markup": (
        "course.toml",
        '"second"',
        '"A dam <b>"',
        ["course.toml, line 1: lessons[2]", "letters from a to z", "'A dam <b>'; call it A-dam-b"],
    ),
    "lesson outside the course": (
        "course.toml",
        '"second"',
        '"../course/second"',
        ["course.toml, line 1: lessons[2]", "letters from a to z"],
    ),
    "unknown language": ("course.toml", "zh =", "zz =", ["no page words", "'zz'"]),
    "unknown tag": (
        "first/en.md",
        "@equations",
        "@equation",
        ["en.md, line 7", "unknown tag '@equation'", "did you mean 'equations'"],
    ),
    "unknown target": (
        "first/en.md",
        "@playground own",
        "@playground won",
        ["line 32", "no such playground", "did you mean 'own'"],
    ),
    "tag without target": ("first/zh.md", "@table descent", "@table", ["line 22", "needs a name"]),
    "film without a place": (
        "second/zh.md",
        "@film run 它走了。\n  0: 出发。",
        "无",
        ["zh.md", "the film 'run'", "has no place"],
    ),
    "playground without a place": (
        "first/zh.md",
        "@playground own",
        "无",
        ["zh.md", "the playground 'own'", "has no place; write '@playground own'"],
    ),
    "a placeholder under a film": (
        "second/en.md",
        "@film run It leaves.",
        "@film run It leaves, at {lrr}.",
        ["line 7", "has no 'lrr'", "did you mean 'lr'"],
    ),
    "film without a caption": (
        "second/en.md",
        "@film run It leaves.",
        "@film run",
        ["line 7", "caption"],
    ),
    "no title": ("second/en.md", "# SGD", "SGD", ["line 1", "title"]),
    "no summary": ("second/en.md", "Plain steps.\n\n", "", ["summary"]),
    "skipped heading": ("first/en.md", "## The film", "#### The film", ["line 17", "level 4"]),
    "unknown callout": ("first/en.md", "::: note", "::: notice", ["line 13", "callout"]),
    "callout without an end": (
        "first/en.md",
        "**weight**.\n:::\n",
        "**weight**.\n",
        ["en.md, line 13", "no end"],
    ),
    "callout without an end before another": (
        "first/en.md",
        "**weight**.\n:::\n",
        "**weight**.\n\n::: try\nMore.\n:::\n",
        ["en.md, line 13", "no end"],
    ),
    "picture": ("first/en.md", "Inline", "![a](b.png)", ["line 9", "'b.png' is not in"]),
    "math": (
        "first/en.md",
        "(1 - 0.2 eta)",
        "(1 - 0.2 etta)",
        ["en.md, line 11", "unknown variable: etta"],
    ),
    "code in math": ("first/en.md", "$x_1^2$", '$#read("x")$', ["line 9", "cannot hold code"]),
    "unknown page": (
        "first/en.md",
        "(second.html)",
        "(secnd.html)",
        ["did you mean 'second.html'"],
    ),
    "unknown section": ("first/en.md", "#the-end", "#the-and", ["did you mean 'the-end'"]),
    "caption beyond the run": ("second/en.md", "  0: Off.", "  31: Off.", ["ends at step 30"]),
    "unknown number": ("first/en.md", "{loss[1]", "{los[1]", ["line 21", "did you mean 'loss'"]),
    "markup in a caption of a film": (
        "first/en.md",
        "The loss is",
        "The **loss** is",
        ["first/en.md, line 21", "bold in", "without markup"],
    ),
    "markup under a film": ("second/zh.md", "它走了。", "`它`走了。", ["zh.md, line 7", "code in"]),
    "a formula in a caption": ("second/en.md", "0: Off.", "0: $x_1$", ["line 8", "a formula in"]),
    "other markup in a caption": (
        "second/en.md",
        "0: Off.",
        "0: ==x==",
        ["line 8", "highlighting"],
    ),
    "markup in a course's title": (
        "course.toml",
        '"Two lessons"',
        '"Two *lessons*"',
        ["course.toml, line 3", "emphasis in"],
    ),
    "markup in a course's summary": (
        "course.toml",
        '"A short course."',
        '"A [course](x)."',
        ["course.toml, line 6", "a link in"],
    ),
    "markup in a racer's label": (
        "second/lesson.toml",
        "steps = 30",
        'steps = 30\nkind = "race"\nracers = [{ label = "**A**" }, { optimizer = "adam" }]',
        ["lesson.toml, line 7", "bold in"],
    ),
    "markup in a film's title": (
        "second/lesson.toml",
        "steps = 30",
        "steps = 30\ntitle = { en = '`SGD`' }",
        ["lesson.toml, line 6", "code in"],
    ),
    "rows below a table": ("second/en.md", "@table run", "@table run\n  0: no", ["only @film"]),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake(folder, edit, mistake):
    file, old, new, parts = MISTAKES[mistake]
    edit(file, old, new)
    with pytest.raises(UserError) as caught:
        load_course(folder)
    for part in parts:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("file", "part"),
    [
        ("course.toml", "no course.toml here"),
        ("first/zh.md", "translation is missing"),
        ("first/lesson.toml", "no such file"),
    ],
)
def test_missing_file(folder, file, part):
    (folder / file).unlink()
    with pytest.raises(UserError, match=part):
        load_course(folder)


def test_text_that_is_not_utf_8(folder):
    (folder / "first/zh.md").write_bytes("# 标题".encode("gbk"))
    with pytest.raises(UserError, match=r"zh\.md: not UTF-8"):
        load_course(folder)


def test_own_optimizer_and_objective(folder, edit):
    (folder / "optimizers.toml").write_text(
        '[[optimizers]]\nname = "sign"\ntitle = "Sign descent"\ndirection = "d"\n'
        'formula = "d = sign(g)\\nx = x - lr * d"\n'
        "hyper.lr = { default = 0.1, low = 0, high = 1, step = 0.01 }\n",
        encoding="utf-8",
    )
    (folder / "objectives.toml").write_text(
        '[[objectives]]\nname = "dish"\nformula = "x1**2 + x2**4"\nminima = [[0, 0]]\n',
        encoding="utf-8",
    )
    edit("second/lesson.toml", '"sgd"', '"sign"\nobjective = "dish"')
    edit("second/lesson.toml", "lr = 0.9", "lr = 0.25")
    course = load_course(folder)
    [shot] = films(course, only=["second"])[0].spec.shots
    assert shot.runs[0].trajectory.points[1].tolist() == [-4.75, -1.75]
    assert films(course, only=["second"])[0].spec.title == "Sign descent"


def test_catalog_mistakes(folder):
    (folder / "objectives.toml").write_text(
        '[[objectives]]\nname = "valley"\nformula = "x1**2"\n', encoding="utf-8"
    )
    with pytest.raises(UserError, match=r"objectives\.toml.* 1: the name 'valley' is taken"):
        load_course(folder)
    (folder / "objectives.toml").write_text("[[objective]]\n", encoding="utf-8")
    with pytest.raises(UserError, match="did you mean 'objectives'"):
        load_course(folder)


@pytest.mark.parametrize("key", ["objectives", "optimizers"])
def test_a_faulty_formula_of_a_catalog_is_told_with_its_file(folder, key):
    formula = {"objectives": "x1**2 + y", "optimizers": "x = x - lr * y"}[key]
    hyper = "hyper.lr = { default = 0.1, low = 0, high = 1, step = 0.01 }\n"
    (folder / f"{key}.toml").write_text(
        f'[[{key}]]\nname = "own"\ntitle = "Own"\nformula = "{formula}"\n'
        + hyper * (key == "optimizers"),
        encoding="utf-8",
    )
    with pytest.raises(UserError, match=rf"{key}\.toml, line 4, \[\[{key}\]\] 1: .*'own'.*'y'"):
        load_course(folder)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("steps = 20", "steps = true", "'films[1].steps' should be a whole number, found true"),
        ("[-5, -2]", "[-5, -2, 1]", "should have at most 2 entries, found [-5, -2, 1]"),
        ("[-5, -2]", '"here"', 'should be a list in square brackets, found "here"'),
        ('"descent"', '"De scent"', "should be letters from a to z, digits, - and _"),
        ("lr = 0.4", 'lr = "big"', "'films[1].hyper.lr' should be a number"),
    ],
)
def test_a_wrong_value_is_told_in_the_words_of_the_file(folder, old, new, told):
    path = folder / "first" / "lesson.toml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as error:
        load_course(folder)
    assert told in str(error.value)


def test_films_in_reading_order(small_course):
    planned = films(small_course, "draft")
    assert [film.stem for film in planned] == [
        "first-descent-en",
        "first-descent-zh",
        "second-run-en",
        "second-run-zh",
    ]
    spec = planned[0].spec
    [shot] = spec.shots
    [run] = shot.runs
    assert (spec.quality.name, run.steps, dict(run.hyper)) == ("draft", 20, {"lr": 0.4})
    assert shot.cues[0].text == "We start at (−5, −2)."
    assert shot.cues[1].text == "The loss is 7.24; s is 1.0. It goes on."
    assert [cue.at for cue in planned[1].spec.shots[0].cues] == [0, 1]


def test_sections_have_the_same_id_in_each_language(small_course):
    texts = small_course.lesson("first").texts
    ids = {
        language: [opening.attrGet("id") for opening, _ in text.headings]
        for language, text in texts.items()
    }
    assert ids["en"] == ids["zh"] == ["the-update", "the-film", "try-it"]


def test_two_films_of_a_course_never_share_their_files(folder):
    again = folder / "first-run"
    (folder / "second").rename(again)
    lesson = (again / "lesson.toml").read_text()
    settings = folder / "course.toml"
    settings.write_text(settings.read_text().replace('"second"', '"first-run"'))
    (again / "lesson.toml").write_text(lesson.replace('name = "run"', 'name = "b"'))
    toml = (folder / "first/lesson.toml").read_text().replace('name = "descent"', 'name = "run-b"')
    (folder / "first/lesson.toml").write_text(toml)
    with pytest.raises(UserError, match="two films are called 'first-run-b'"):
        load_course(folder)
