"""The rows of a race glide to their ranks: all at once, and none leaps."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.ordering import ordering_seconds, slots

ORDERS = st.integers(2, 6).flatmap(lambda count: st.permutations(range(count)))
SHARES = np.linspace(0, 1, 400)


@given(ORDERS)
def test_rows_go_from_the_racers_order_to_that_of_their_ranks(order):
    count = len(order)
    assert slots(order, 0.0) == list(range(count))
    ended = slots(order, 1.0)
    assert [ended[racer] for racer in order] == list(range(count))


@given(ORDERS)
def test_all_rows_begin_and_end_together_and_go_straight(order):
    ways = np.array([slots(order, share) for share in SHARES])
    whole = ways[-1] - ways[0]
    moving = whole != 0
    shares = (ways[:, moving] - ways[0, moving]) / whole[moving]
    np.testing.assert_allclose(shares, shares[:, :1] * np.ones(moving.sum()), atol=1e-9)
    np.testing.assert_array_equal(ways[:, ~moving], ways[0, ~moving] * np.ones((400, 1)))


@given(ORDERS)
def test_rows_glide(order):
    ways = np.array([slots(order, share) for share in SHARES])
    assert np.abs(np.diff(ways, axis=0)).max(initial=0) < 2 * 5 / 400
    np.testing.assert_allclose(ways.sum(axis=1), ways[0].sum(), atol=1e-9)


def test_the_way_of_three_rows():
    """The last becomes the first while the others go down."""
    np.testing.assert_allclose(slots([2, 0, 1], 0.5), [0.5, 1.5, 1.0])
    times = {ordering_seconds(order) for order in itertools.permutations(range(4))}
    assert ordering_seconds([0, 1, 2]) == 0
    assert len(times) == 2
