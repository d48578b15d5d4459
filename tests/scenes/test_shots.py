"""Shots as plain data: what they hold, what they send, what they refuse."""

import pickle
from dataclasses import replace

import pytest

from engine import UserError
from scenes import AnatomyShot, RunSpec


def test_a_run_is_sent_to_other_processes_without_what_they_compute():
    run = RunSpec("adam", "valley", (-5.0, -2.0), 5000)
    before = pickle.dumps(run)
    assert run.trajectory.requested == 5000
    assert pickle.dumps(run) == before
    again = pickle.loads(before)
    assert again == run
    assert (again.trajectory.points == run.trajectory.points).all()


def test_a_zero_has_no_sign():
    run = RunSpec("sgd", "valley", (-0.0, 1.0), hyper=(("lr", -0.0),))
    assert str(run) == str(RunSpec("sgd", "valley", (0.0, 1.0), hyper=(("lr", 0.0),)))


def test_an_anatomy_lights_terms_of_its_rule_only():
    shot = AnatomyShot(run=RunSpec("adam", "valley"), highlight=("m_hat", "g"))
    shot.check()
    with pytest.raises(UserError, match=r"no term 'm_ha' \(did you mean 'm_hat'"):
        replace(shot, highlight=("m_ha",)).check()
