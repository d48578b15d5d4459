"""What stands beside a film of shots: a race's protocol, tables, listings and data files."""

import csv
import math
import re

import pytest

from engine import UserError, goal, objective, optimizer, run, tune
from publish.blocks import lesson_blocks
from publish.course import load_course
from publish.pages import Card, lesson_page
from publish.plan import films
from publish.protocol import chosen
from publish.runtable import ending
from publish.shots import directed
from publish.site import write_data
from publish.store import Store
from publish.trialchart import trial_charts
from scenes import Choice, RaceShot, RunSpec
from scenes.parts.standings import protocol as declared
from tests.endings import ENDINGS
from tests.house.tree import ROOT
from tests.publish.conftest import FakeFilm
from tests.publish.filming import LECTURE, RACE, film, on_valley


def page(course, language: str) -> str:
    lesson = course.lessons[0]
    video = course.folder / "a.png"
    shown = {film.name: FakeFilm(video, video, video, (), ()) for film in lesson.films}
    return lesson_page(course, lesson, language, shown, [Card("only", "T", "S", "", 0, 0)])


def words_of(html: str) -> str:
    """The text of a part of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


def rows_of(html: str) -> list[list[str]]:
    [table] = re.findall(r'<div class="protocol">.*?</table>', html, re.DOTALL)
    return [
        [words_of(cell) for cell in re.findall(r"<t[dh][ >].*?</t[dh]>", row, re.DOTALL)]
        for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)
    ]


def test_the_protocol_stands_on_the_page(write):
    course = write(RACE)
    head, first, second, third = rows_of(page(course, "en"))
    assert head[0:2] == ["rank", "method"]
    assert [row[0] for row in (first, second, third)] == ["1", "2", "3"]
    assert [row[1] for row in (first, second, third)] == ["SGD, η = 0.3", "Adam", "SGD, η = 0.6"]
    x1, x2, loss = on_valley(0.3, 20)
    assert head[4:6] == ["at the goal from step", "loss at the end"]
    assert [row[4] for row in (first, second, third)] == ["–"] * 3
    assert float(first[5]) == pytest.approx(loss, rel=1e-3)
    assert float(first[6]) == pytest.approx(math.hypot(x1, x2), rel=1e-3)
    trials = [on_valley(lr, 20)[2] for lr in (0.1, 0.3, 0.6)]
    assert first[3] == "η : the best of 3 trials"
    tried = trials_of(page(course, "en"))
    assert len(tried) == 3
    for text, value, loss in zip(tried, (0.1, 0.3), trials, strict=False):
        assert text.startswith(f"η = {value} {float(f'{loss:.4g}'):g}")
    assert ["taken" in text for text in tried] == [False, True, False]
    assert (second[3], third[3]) == ("defaults", "given")
    assert [row[7] for row in (first, second, third)] == ["the loss fell"] * 2 + ["diverging"]
    said = words_of(page(course, "en"))
    assert "from (−5, −2), 20 steps each" in said
    assert "The goal is a loss of 0.105, 1% of what could go above the lowest." in said
    assert "the same number of trials" in said
    assert rows_of(page(course, "zh"))[0][0] == "名次"


def trials_of(html: str) -> list[str]:
    """All that was tried, as listed below the table."""
    return [
        words_of(item)
        for part in re.findall(r'<ul class="trials">.*?</ul>', html, re.DOTALL)
        for item in re.findall(r"<li>.*?</li>", part, re.DOTALL)
    ]


def test_the_end_of_what_was_tried_is_told_on_the_page(write):
    course = write(
        film(
            'kind = "race"',
            "steps = 50",
            "trials = 2",
            "best_of = [0.1, 0.5]",
            'racers = [{ optimizer = "adagrad" }, { optimizer = "sgd" }]',
        )
    )
    html = page(course, "en")
    cells = {row[1]: row[3] for row in rows_of(html)[1:]}
    assert cells["AdaGrad"] == "η : the best of 2 trials; η at the end of what was tried"
    assert "η is the learning rate." in words_of(html).replace("  ", " ")
    assert "落在试验范围的边缘" in words_of(page(course, "zh"))
    assert html.count('<svg viewBox="0 0 300 180" role="img"') == 2


def test_the_chart_of_trials_shows_each_where_it_belongs():
    search = tune("sgd", "valley", (-5.0, -2.0), 50, {"lr": (0.01, 0.1, 1.0)}, trials=9)
    aim = goal(objective("valley"), (-5.0, -2.0))
    [chart] = trial_charts(search, aim)
    assert len(chart.dots) == 9
    assert sum(dot.taken for dot in chart.dots) == 1
    for dot, trial in zip(chart.dots, search.trials, strict=True):
        assert chart.left < dot.x < chart.right
        assert chart.top <= dot.y <= chart.bottom
        assert dot.beyond == (trial.finish.loss > 1e3)
        assert dot.reached == (trial.finish.reached is not None)
        for other, second in zip(chart.dots, search.trials, strict=True):
            assert (dot.x < other.x) == (trial.values < second.values)
            if not (dot.beyond or other.beyond):
                assert (dot.y > other.y) == (trial.finish.loss < second.finish.loss)
    assert chart.goal is not None
    assert aim.loss is not None
    below = [trial.finish.loss < aim.loss for trial in search.trials]
    assert [dot.y > chart.goal for dot in chart.dots] == below


KINKED = """\
[[films]]
name = "cone"
optimizer = "sgd"
objective = "sqrt(x1**2 + x2**2)"
start = [1, 0]
steps = 6
hyper = { lr = 0.5 }
"""
TWO = """\
[[films]]
name = "contest"
kind = "race"
objective = "sqrt(x1**2 + x2**2)"
start = [1, 0]
steps = 6
racers = [{ optimizer = "sgd", lr = 0.5 }, { optimizer = "adam" }]
"""


def test_the_page_tells_once_under_a_film_which_run_met_a_kink(write):
    told = "a kink, where the gradient has no value, a subgradient was taken."
    one = words_of(page(write(KINKED), "en"))
    assert one.count(f"At {told}") == 1
    assert "次梯度" in page(write(KINKED), "zh")
    two = words_of(page(write(TWO), "en"))
    assert two.count(f"SGD: at {told}") == 1
    assert "次梯度" in page(write(TWO), "zh")
    assert "kink" not in page(write(RACE), "en")


BROKEN = """\
[[films]]
name = "wild"
kind = "race"
steps = 200
trials = 2
racers = [{ optimizer = "sgd", lr = { best_of = [0.1, 50] } }, { optimizer = "adam" }]
"""


def test_a_grid_of_which_a_run_breaks_off(write):
    course = write(BROKEN)
    planned = [film for film in films(course) if film.language == "en"]
    [race] = planned[0].spec.shots
    assert isinstance(race, RaceShot)
    [choice] = [choice for choice in race.choices if choice]
    assert choice.search is not None
    assert [trial.finish.whole for trial in choice.search.trials] == [True, False]
    taken, broken = trials_of(page(course, "en"))
    assert re.search(r"η = 0.1 \S+ .*taken$", taken)
    assert broken == "η = 50 does not finish"
    again = [film for film in films(write(BROKEN)) if film.language == "en"]
    store = Store(course.folder, {})
    assert store.key(planned[0].spec) == store.key(again[0].spec)


def test_a_race_from_different_starts_says_so(write):
    course = write(
        film(
            'kind = "race"',
            'optimizer = "sgd"',
            "racers = [{ start = [1, 1] }, { start = [2, -1] }]",
        )
    )
    rows = rows_of(page(course, "en"))
    assert sorted(row[2] for row in rows[1:]) == ["η = 0.1 from (1, 1)", "η = 0.1 from (2, −1)"]
    assert "from starts of their own" in words_of(page(course, "en"))


def test_data_files_are_listed_and_hold_the_runs(write, tmp_path):
    course = write(RACE + LECTURE)
    entries = write_data(course, course.lessons[0], tmp_path / "site")
    assert [(entry["film"], entry["run"]) for entry in entries] == [
        ("contest", "sgd-1"),
        ("contest", "adam"),
        ("contest", "sgd-2"),
        ("lecture", None),
        ("lecture", "anatomy.without"),
        ("lecture", "descent"),
        ("lecture", "sweep.stop2"),
        ("lecture", "sweep.stop3"),
    ]
    paths = [entry["path"] for entry in entries]
    assert paths[0] == "data/only-contest.sgd-1.csv"
    assert paths[3] == "data/only-lecture.csv"
    files = {path.relative_to(tmp_path / "site").as_posix() for path in tmp_path.rglob("*.csv")}
    assert files == set(paths)
    assert all(f'href="../{path}" download' in page(course, "zh") for path in paths)
    with (tmp_path / "site" / paths[0]).open(encoding="utf-8", newline="") as file:
        last = list(csv.DictReader(file))[-1]
    x1, _, loss = on_valley(0.3, 20)
    assert (float(last["x1"]), float(last["loss"])) == pytest.approx((x1, loss), rel=1e-9)
    assert last["step"] == "20"


def test_runs_of_several_races_are_told_apart(write):
    course = write(
        film(
            'racers = [{ optimizer = "sgd" }, { optimizer = "adam" }]',
            'shots = [{ kind = "race", title = { en = "Here", zh = "这里" } },',
            '  { kind = "race", name = "there", objective = "bowl" }]',
        )
    )
    html = page(course, "zh")
    links = dict(re.findall(r'href="\.\./data/only-one\.(\S+)\.csv" download>([^<]*)<', html))
    assert links == {
        "race.sgd": "这里：SGD",
        "race.adam": "这里：Adam",
        "there.sgd": "there：SGD",
        "there.adam": "there：Adam",
    }
    assert re.findall(r"<caption[^>]*>([^<]*)<", html) == [
        "比赛规则与结果：这里",
        "比赛规则与结果（2）",
    ]


def test_tables_and_listings_of_a_films_runs(write):
    tags = "@table lecture\n\n@table lecture.sweep.stop3\n\n@listing contest.sgd-1\n"
    course = write(RACE + LECTURE, tags=tags)
    blocks = lesson_blocks(course, course.lessons[0], "en")
    main, stop = blocks["table", "lecture"], blocks["table", "lecture.sweep.stop3"]
    adam = optimizer("adam").title
    assert (main.title, stop.title) == (adam, f"{adam}, beta1 0.99")
    made = run("adam", "valley", (-5, -2), steps=30, lr=0.5, beta1=0.99)
    assert stop.values["table"].tail[-1][1] == f"{made.points[-1][0]:.4f}".replace("-", "−")
    code = words_of(blocks["listing", "contest.sgd-1"].values["code"])
    assert re.search(r"lr = 0\.3\b", code)


@pytest.mark.parametrize(
    ("tag", "part"),
    [
        ("@table contest", "shows several runs; name one: contest.sgd-1, contest.adam"),
        ("@table contest.adm", "no run 'adm' (did you mean 'contest.adam'?)"),
        ("@listing lecture.sweep.stop4", "did you mean 'lecture.sweep.stop"),
        ("@table lectur.sweep", "there is no such film"),
    ],
)
def test_wrong_references(write, tag, part):
    with pytest.raises(UserError) as caught:
        write(RACE + LECTURE, tags=tag)
    assert part in str(caught.value)
    assert "en.md, line" in str(caught.value)


@pytest.mark.parametrize(
    ("hyper", "choice", "page", "picture"),
    [
        ((), None, "defaults", "learning rate η at its default"),
        ((("lr", 0.1),), None, "given", "learning rate η given"),
        ((("lr", 0.1),), Choice(("lr",)), "given", "learning rate η given"),
        ((("beta1", 0.5),), None, "given", "β1 given"),
        (
            (("lr", 0.2),),
            Choice(("lr",), tune("adam", "valley", (-5.0, -2.0), 20, {"lr": (0.1, 0.2)}, trials=2)),
            "the best of 2 trials",
            "learning rate η at the end of what 2 trials tried",
        ),
    ],
)
def test_film_and_page_say_the_same_of_how_a_setting_was_chosen(hyper, choice, page, picture):
    racer = RunSpec("adam", "valley", (-5.0, -2.0), 20, hyper)
    assert racer.trajectory.optimizer.defaults["lr"] == 0.1
    race = RaceShot(racers=(racer, racer), choices=(choice, choice))
    assert page in words_of(chosen(racer, choice, "en"))
    assert declared(race, "en")[3].startswith(picture)


def test_no_race_of_the_course_says_of_rmsprop_that_it_converged():
    """Its page says that it never settles; no protocol and no caption may say otherwise."""
    course = load_course(ROOT / "lessons")
    found = []
    for lesson in course.lessons:
        for entry in lesson.films:
            for shot in directed(entry, ("films",), course.catalogs, "en").shots:
                runs = [each for each in shot.shot.runs if isinstance(each, RunSpec)]
                found += [
                    each.trajectory for each in runs if each.trajectory.optimizer.name == "rmsprop"
                ]
    assert found
    assert "converged" not in {ending(trajectory, "en") for trajectory in found}


def test_how_runs_ended_in_few_words():
    told = {
        "saturated": ("on almost flat ground", "停在平缓处"),
        "valley": ("converged", "已收敛"),
        "valley, before": ("the loss fell", "损失下降"),
        "no rate": ("the loss stayed", "损失未变"),
    }
    for name, words in told.items():
        case = ENDINGS[name]
        path = run(case.optimizer, case.objective, case.start, case.steps, **case.hyper)
        assert (ending(path, "en"), ending(path, "zh")) == words
