"""`thalweg run`: the numbers it prints, and what it says of a mistake."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from publish.cli import main


def thalweg(*arguments):
    return CliRunner().invoke(main, list(arguments))


def test_json_holds_the_steps_that_met_a_kink():
    arguments = ("--objective", "sqrt(x1**2+x2**2)", "--start=1,0", "--steps", "4")
    result = thalweg("run", "sgd", *arguments, "--set", "lr=0.5", "--format", "json")
    content = json.loads(result.stdout)
    assert content["kinks"] == [3, 4]
    assert content["message"].endswith("a subgradient was taken")


def test_json_is_one_object_in_full_precision():
    result = thalweg("run", "adagrad", "--steps", "2", "--set", "lr=0.4", "--format", "json")
    assert result.exit_code == 0, result.stderr
    content = json.loads(result.stdout)
    assert content.keys() >= {"optimizer", "objective", "hyper", "outcome", "points", "losses"}
    assert content["hyper"] == {"lr": 0.4, "eps": 1e-6}
    # From the seed's scalar arithmetic: every digit counts.
    assert content["points"][1] == pytest.approx([-4.60000019999985, -1.600000003125], rel=1e-15)
    assert content["losses"][0] == 0.1 * 25 + 2 * 4


def test_csv_and_table_tell_the_same_run():
    arguments = ["run", "adam", "--steps", "5", "--set", "lr=0.5"]
    rows = list(csv.DictReader(io.StringIO(thalweg(*arguments, "--format", "csv").stdout)))
    content = json.loads(thalweg(*arguments, "--format", "json").stdout)
    assert [[float(row["x1"]), float(row["x2"])] for row in rows] == content["points"]
    printed = thalweg(*arguments).stdout.splitlines()
    assert printed[0].split()[:4] == ["step", "x1", "x2", "loss"]
    assert printed[6].split()[1] == f"{content['points'][5][0]:.6g}"


@pytest.mark.parametrize(
    ("steps", "words"), [("1", "finished 1 step:"), ("2", "finished 2 steps:")]
)
def test_the_outcome_counts_steps(steps, words):
    assert words in thalweg("run", "adagrad", "--steps", steps).stdout


def test_no_loss_is_minus_zero():
    printed = thalweg("run", "sgd", "--objective=-x1**2 - x2**2", "--start=0,0", "--steps=1").stdout
    assert "almost flat here" in printed
    assert "-0 " not in printed + " "
    rising = ["run", "sgd", "--objective=1 - x1**2", "--start=-1,0", "--steps=1", "--set=lr=-0.5"]
    assert "from 0 to 1" in thalweg(*rising).stdout
    falling = ["run", "sgd", "--objective=x1**2 - x2**3", "--start=1,-0.0", "--set=lr=0.5"]
    assert "-0" not in thalweg(*falling, "--steps=1").stdout


def test_a_given_course_must_be_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert thalweg("run", "adagrad", "--steps", "1").exit_code == 0
    result = thalweg("run", "adagrad", "--steps", "1", "--course", "lesons")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "lesons: no course.toml here" in result.stderr


def test_a_long_formula_is_told_in_short():
    result = thalweg("run", "sgd", "--objective", "x1 + \x1b[31m" + "x2 + " * 2000)
    assert result.exit_code == 2
    assert len(result.stderr) < 500
    assert "\x1b" not in result.stderr


def test_any_formula_serves_as_objective():
    result = thalweg(
        "run", "sgd", "--objective", "x1**2 + 3*x2**2", "--start=1,1", "--steps", "1",
        "--set", "lr=0.1", "--format", "json",
    )  # fmt: skip
    assert json.loads(result.stdout)["points"][1] == pytest.approx([0.8, 0.4])


def test_a_diverged_run_is_told_not_failed():
    result = thalweg("run", "sgd", "--steps", "5000", "--set", "lr=3", "--format", "json")
    content = json.loads(result.stdout)
    assert result.exit_code == 0
    assert content["outcome"] == "diverged"
    assert content["steps"] == len(content["points"]) - 1 < 5000
    assert f"step {content['steps'] + 1}" in content["message"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["adm"], "'adam'"),
        (["adam", "--objective", "valey"], "'valley'"),
        (["adam", "--objective", "x1**2 + import"], "import"),
        (["adam", "--objective", "x1.real"], "x1.real"),
        (["adam", "--start=1e999,0"], "--start: expected a finite number"),
        (["adam", "--start=here"], "--start: expected two numbers"),
        (["adam", "--set", "lr=fast"], "--set lr: expected a number, found 'fast'"),
        (["adam", "--set", "lr=nan"], "--set lr: expected a finite number"),
        (["adam", "--set", "beta=0.9"], "did you mean 'beta"),
        (["adam", "--set", "lr"], "expected NAME=VALUE"),
        (["adam", "--steps", "-1"], "steps"),
    ],
)
def test_a_mistake_gets_one_clear_message(arguments, expected):
    result = thalweg("run", *arguments)
    assert result.exit_code == 2
    assert expected in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
