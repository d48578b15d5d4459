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
