"""Films in processes: order, dying workers, mistakes."""

import pytest

from engine import UserError
from publish.farm import quiet, render_films
from publish.plan import films
from tests.publish import workers


def test_results_keep_the_order(small_course, tmp_path):
    planned = films(small_course)
    made = render_films(planned, tmp_path, quiet, workers.name_it)
    assert [str(name) for name in made] == [film.stem for film in planned]


def test_a_worker_that_dies_is_replaced(small_course, tmp_path):
    planned = films(small_course)[:2]
    made = render_films(planned, tmp_path, quiet, workers.die_once)
    assert [str(name) for name in made] == [film.stem for film in planned]


def test_workers_that_always_die_are_told(small_course, tmp_path):
    with pytest.raises(UserError, match=r"film first-descent-en could not be rendered"):
        render_films(films(small_course)[:1], tmp_path, quiet, workers.die)


def test_a_mistake_crosses_processes(small_course, tmp_path):
    with pytest.raises(UserError, match="first-descent-en: no"):
        render_films(films(small_course)[:1], tmp_path, quiet, workers.refuse)


def test_a_lasting_fault_stops_no_other_film(small_course, tmp_path):
    planned = films(small_course)[:3]
    kept = []

    class Keeping:
        def __call__(self, name, done, total):
            pass

        def keep(self, film, made):
            kept.append(film.stem)

    with pytest.raises(UserError, match=r"first-descent-en could .* ValueError: a fault") as told:
        render_films(planned, tmp_path, Keeping(), workers.fail, jobs=1)
    assert str(told.value).count("\n") == 1
    assert kept == ["first-descent-zh"]


def test_a_killed_film_is_told_with_its_signal(small_course, tmp_path):
    with pytest.raises(UserError, match="killed by SIGKILL"):
        render_films(films(small_course)[:2], tmp_path, quiet, workers.killed)


def test_a_full_disk_ends_all(small_course, tmp_path):
    with pytest.raises(UserError, match="No space left on device") as told:
        render_films(films(small_course), tmp_path, quiet, workers.fill)
    assert "\n" not in str(told.value)


def test_workers_are_replaced_in_time(small_course, tmp_path):
    many = films(small_course) * 3
    made = render_films(many, tmp_path, quiet, workers.process, jobs=1)
    assert len(set(made)) == 2
