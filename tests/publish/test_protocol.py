"""What stands beside a film of shots: a race's protocol, tables, listings and data files."""

import csv
import math
import re

import pytest

from engine import UserError, optimizer, run
from publish.blocks import lesson_blocks
from publish.pages import Card, lesson_page
from publish.plan import films
from publish.protocol import chosen
from publish.site import write_data
from publish.store import Store
from scenes import Choice, RaceShot, RunSpec
from scenes.parts.standings import protocol as declared
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
    assert [row[1] for row in (first, second, third)] == ["SGD, lr 0.3", "Adam", "SGD, lr 0.6"]
    x1, x2, loss = on_valley(0.3, 20)
    assert float(first[4]) == pytest.approx(loss, rel=1e-3)
    assert float(first[5]) == pytest.approx(math.hypot(x1, x2), rel=1e-3)
    trials = [on_valley(lr, 20)[2] for lr in (0.1, 0.3, 0.6)]
    assert first[3].startswith("η : the best of 3 values, by the loss after 20 steps")
    for value, loss in zip((0.1, 0.3), trials, strict=False):
        assert f"η = {value} {float(f'{loss:.4g}'):g}" in first[3]
    assert first[3].count("taken") == 1
    assert (second[3], third[3]) == ("defaults", "given")
    assert [row[6] for row in (first, second, third)] == ["the loss fell"] * 2 + ["diverging"]
    assert "from (−5, −2), 20 steps each" in words_of(page(course, "en"))
    assert rows_of(page(course, "zh"))[0][0] == "名次"


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
racers = [{ optimizer = "sgd", lr = { best_of = [0.1, 50] } }, { optimizer = "adam" }]
"""


def test_a_grid_of_which_a_run_breaks_off(write):
    course = write(BROKEN)
    planned = [film for film in films(course) if film.language == "en"]
    [race] = planned[0].spec.shots
    assert isinstance(race, RaceShot)
    [choice] = [choice for choice in race.choices if choice]
    assert math.isnan(choice.losses[1])
    rows = rows_of(page(course, "en"))
    cell = next(row[3] for row in rows if row[1] == "SGD")
    assert re.search(r"η = 0.1 \S+ .*taken η = 50 does not finish$", cell)
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
        ((), None, "defaults", "lr at its default"),
        ((("lr", 0.1),), None, "given", "lr given"),
        ((("lr", 0.1),), Choice("lr"), "given", "lr given"),
        ((("beta1", 0.5),), None, "given", "beta1 given"),
        (
            (("lr", 0.2),),
            Choice("lr", (0.1, 0.2), (1.0, 0.5)),
            "the best of 2 values",
            "lr best of",
        ),
    ],
)
def test_film_and_page_say_the_same_of_how_a_setting_was_chosen(hyper, choice, page, picture):
    racer = RunSpec("adam", "valley", (-5.0, -2.0), 20, hyper)
    assert racer.trajectory.optimizer.defaults["lr"] == 0.1
    race = RaceShot(racers=(racer, racer), choices=(choice, choice))
    assert page in words_of(chosen(racer, choice, "en"))
    assert declared(race, "en")[2].startswith(picture)
