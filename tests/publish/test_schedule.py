"""The order of jobs: every part once, the last job after all parts, no worker idle for nothing."""

import random

from hypothesis import given
from hypothesis import strategies as st

from publish.schedule import Job, Schedule

PARTS = st.lists(st.integers(0, 5), min_size=1, max_size=6)


@given(PARTS, st.integers(1, 5), st.integers(0, 2**32))
def test_every_part_is_done_once_and_the_last_job_comes_last(parts, count, seed):
    chance = random.Random(seed)
    schedule = Schedule(parts)
    at: dict[int, Job] = {}
    last: dict[int, int] = {}
    done: list[Job] = []
    for _ in range(10_000):
        for worker in range(count):
            if worker not in at and (job := schedule.next(last.get(worker))):
                at[worker], last[worker] = job, job.film
        if not at:
            break
        worker = chance.choice(sorted(at))
        job = at.pop(worker)
        if chance.random() < 0.2:
            schedule.again(job)
        else:
            schedule.done(job)
            done.append(job)
    for film, length in enumerate(parts):
        jobs = [job.part for job in done if job.film == film]
        assert sorted(part for part in jobs if part is not None) == list(range(length))
        assert jobs[-1] is None
        assert jobs.count(None) == 1


def test_a_worker_stays_with_its_film_and_then_helps_from_the_other_end():
    schedule = Schedule([4, 2])
    assert (schedule.next(), schedule.next()) == (Job(0, 0), Job(1, 0))
    assert schedule.next(1) == Job(1, 1)
    schedule.done(Job(1, 0))
    schedule.done(Job(1, 1))
    assert schedule.next(1) == Job(1, None)
    assert schedule.next(1) == Job(0, 3)
    assert schedule.next(0) == Job(0, 1)


def test_a_film_that_is_given_up_stops_no_other():
    schedule = Schedule([3, 1])
    assert schedule.next() == Job(0, 0)
    schedule.drop(0)
    assert schedule.next(0) == Job(1, 0)
    schedule.done(Job(1, 0))
    assert schedule.next(0) == Job(1, None)
    assert schedule.next(0) is None
