"""The names of a slider's zones: as many as have room, none on another, none on a line."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from engine.sweep import Behavior
from scenes.parts.zonenames import WITHIN, Zone, spots
from scenes.parts.zones import CROSSED, FILL, HATCH
from scenes.words import WORDS

WIDTHS = {"short": 60.0, "middling": 120.0, "very long": 240.0}
APART = 14.0


def zones_of(shares, words):
    """Zones of these shares of a track from 20 to 780."""
    ends = [0.0, *itertools.accumulate(shares)]
    places = [20 + 760 * end / ends[-1] for end in ends]
    return [
        Zone(low, high, WIDTHS[word], word)
        for (low, high), word in zip(itertools.pairwise(places), words, strict=True)
    ]


@given(
    st.lists(
        st.tuples(st.floats(0.01, 1), st.sampled_from(sorted(WIDTHS))), min_size=1, max_size=12
    )
)
def test_no_name_lies_on_another_or_on_a_line(drawn):
    zones = zones_of(*zip(*drawn, strict=True))
    found = spots(zones, 0.0, 800.0, APART)
    placed = [(zone, spot) for zone, spot in zip(zones, found, strict=True) if spot]
    for zone, spot in placed:
        assert spot.left >= -1e-9
        assert spot.left + zone.width <= 800 + 1e-9
        if not spot.led:
            assert zone.low <= spot.left
            assert spot.left + zone.width <= zone.high
    for (one, first), (two, second) in itertools.permutations(placed, 2):
        if first.row == second.row:
            gap = max(second.left - first.left - one.width, first.left - second.left - two.width)
            assert gap >= min(APART, 8.0) - 1e-9
        elif first.row == 0:
            assert not first.left - WITHIN < two.middle < first.left + one.width + WITHIN


def test_a_narrow_zone_between_wide_ones_is_named_above_them():
    zones = zones_of((3, 0.3, 3), ("very long", "very long", "very long"))
    found = spots(zones, 0.0, 800.0, APART)
    assert [spot and (spot.row, spot.led) for spot in found] == [
        (0, False),
        (1, True),
        (0, False),
    ]
    assert found[1] is not None
    assert found[1].left < zones[1].middle < found[1].left + zones[1].width


def test_a_narrow_zone_at_the_end_is_named_beside_itself():
    zones = zones_of((9, 0.5), ("short", "middling"))
    found = spots(zones, 0.0, 800.0, APART)
    assert found[1] is not None
    assert found[1].row == 0
    assert found[1].left + zones[1].width <= 800


def test_of_many_slivers_one_is_named():
    zones = zones_of((9, *[0.1] * 10), ("short", *["middling", "short"] * 5))
    found = spots(zones, 0.0, 800.0, APART)
    assert [zone.word for zone, spot in zip(zones, found, strict=True) if spot] == [
        "short",
        "middling",
    ]


def test_every_behavior_has_a_look_and_words_of_its_own():
    looks = [(FILL[kind], HATCH.get(kind), kind in CROSSED) for kind in Behavior]
    assert len(set(looks)) == len(Behavior)
    for words in WORDS.values():
        assert len({words[f"sweep_{kind.value}"] for kind in Behavior}) == len(Behavior)
        assert all("{value}" in words[f"sweep_now_{kind.value}"] for kind in Behavior)
