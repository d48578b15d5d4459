"""Films in processes: order, dying workers, mistakes."""

import pytest

from engine import UserError
from publish import farm
from publish.farm import quiet, render_films
from publish.plan import PlannedFilm, films
from scenes import DescentShot, FilmSpec, RunSpec
from scenes.proof import proven
from scenes.spec import Quality
from scenes.timeline import timeline
from tests.publish import workers

TINY = Quality("tiny", 90, 5, 30, "ultrafast")


@pytest.fixture(scope="module")
def halves():
    """A film of two shots, thus of two parts, of a few small frames."""
    shot = DescentShot(panes=(RunSpec("sgd", "bowl", (1.0, 1.0), 1),), explained=0)
    return PlannedFilm("a", "film", "en", FilmSpec("a-film", "en", (shot, shot), quality=TINY))


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


def test_a_death_in_a_films_last_job_costs_no_part(halves, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(farm, "finish", workers.finish_at_second_try)
    [made] = render_films([halves], tmp_path, lambda *said: told.append(said), jobs=1)
    assert (tmp_path / "joined").exists()
    assert proven(made).frames == timeline(halves.spec).frames
    # A part that were rendered again would begin to count again.
    counts = [done for _, done, _ in told]
    assert counts == sorted(counts)
    assert counts[-3:] == [made.frames - 1, made.frames, made.frames]


def test_a_last_job_that_always_ends_the_process_is_told(halves, tmp_path, monkeypatch):
    monkeypatch.setattr(farm, "render_part", workers.no_part)
    monkeypatch.setattr(farm, "finish", workers.die)
    with pytest.raises(UserError, match=r"film a-film-en could not be rendered in 3 attempts: its"):
        render_films([halves], tmp_path, quiet, jobs=1)


def test_a_worker_that_dies_while_idle_costs_no_attempt(halves, tmp_path, monkeypatch):
    monkeypatch.setattr(farm, "ATTEMPTS", 1)
    monkeypatch.setattr(farm, "render_part", workers.die_after_a_part)
    monkeypatch.setattr(farm, "finish", workers.name_it)
    [made] = render_films([halves], tmp_path, quiet, jobs=2)
    assert str(made) == "a-film-en"
    assert (tmp_path / "idle").exists()
