"""The rows of a race glide to their ranks: none leaps, and at most one rises at a time."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.ordering import MOST_SECONDS, ordering_seconds, rises, slots

ORDERS = st.integers(2, 6).flatmap(lambda count: st.permutations(range(count)))


@given(ORDERS)
def test_rows_go_from_the_racers_order_to_that_of_their_ranks(order):
    count = len(order)
    assert slots(order, 0.0) == list(range(count))
    ended = slots(order, 1.0)
    assert [ended[racer] for racer in order] == list(range(count))


@given(ORDERS)
def test_rows_glide(order):
    ways = np.array([slots(order, share) for share in np.linspace(0, 1, 400)])
    assert np.abs(np.diff(ways, axis=0)).max(initial=0) < 0.25
    np.testing.assert_allclose(ways.sum(axis=1), ways[0].sum(), atol=1e-9)


@given(ORDERS, st.floats(0, 1))
def test_a_row_passes_one_other_at_a_time(order, share):
    """So that all rows but one can be read in every frame."""
    places = sorted(slots(order, share))
    close = [b - a < 1 - 1e-9 for a, b in itertools.pairwise(places)]
    moving = [place for place in slots(order, share) if abs(place - round(place)) > 1e-9]
    assert sum(close) <= 3
    assert len(moving) <= 2


def test_the_way_of_three_rows():
    """The last becomes the first; then the others stand right."""
    [rise] = rises([2, 0, 1])
    assert (rise.racer, rise.start, rise.end) == (2, 2, 0)
    assert slots([2, 0, 1], 0.5) == [0.0, 2.0, 1.0]
    assert rises([0, 1, 2]) == []
    assert ordering_seconds([0, 1, 2]) == 0
    assert ordering_seconds([5, 4, 3, 2, 1, 0]) == MOST_SECONDS
