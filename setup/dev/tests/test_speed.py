"""The comparison of two builds, with pumps that only count."""

from devkit.commands.speed import bounds, in_turn


def test_both_builds_are_the_first_of_a_pair_in_turn():
    order = []

    def pump(name):
        def write(way, posts):
            order.append(f"{name} {way}")
            return {"seconds": float(posts)}

        return write

    pairs = in_turn(pump("old"), pump("new"), ["alone", "together"], 3)
    assert order == ["new alone", "old alone", "old together", "new together"]
    assert pairs == [({"seconds": 3.0}, {"seconds": 3.0})] * 2


def test_the_bounds_of_few_pairs_are_their_extremes():
    assert bounds([1.2, 0.9, 1.0]) == (0.9, 1.0, 1.2)


def test_the_bounds_of_many_pairs_are_close_to_the_median():
    # A table of the binomial distribution says so: of 100 values, the 41st and 60th.
    assert bounds(float(number) for number in range(1, 101)) == (41.0, 50.5, 60.0)
