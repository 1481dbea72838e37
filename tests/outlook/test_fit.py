"""The weights are the maximum of the penalised likelihood, on the side where they may lie."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.outlook.fit import Sample, Shape, fit, inverse, solve
from checker.outlook.rates import sigmoid

FREE = Shape((0, 0), 2.0)
SAMPLES = [Sample((0,), -2.4, False)] * 20 + [Sample((0, 1), -2.4, True)] * 6 + [Sample((0, 1), -1.0, False)] * 3


def slope(samples: list[Sample], weights: list[float], ridge: float, place: int) -> float:
    """Slope of the penalised log-likelihood along one weight, from its definition."""
    errors = (
        sample.overturned - sigmoid(sample.offset + sum(weights[fact] for fact in sample.facts))
        for sample in samples
        if place in sample.facts
    )
    return sum(errors) - ridge * weights[place]


def test_the_slope_at_the_fit_is_zero() -> None:
    weights, _ = fit(SAMPLES, FREE)
    assert [slope(SAMPLES, weights, 2.0, place) for place in (0, 1)] == pytest.approx([0, 0], abs=1e-8)


def test_no_letters_no_weights() -> None:
    weights, covariance = fit([], FREE)
    assert weights == [0, 0]
    assert covariance == [[0.5, 0], [0, 0.5]]


def test_more_shrinkage_brings_the_weights_nearer_to_the_prior() -> None:
    soft, hard = (fit(SAMPLES, Shape((0, 0), ridge))[0] for ridge in (0.5, 20.0))
    assert abs(hard[1]) < abs(soft[1])


def test_a_weight_that_may_not_fall_stays_at_zero() -> None:
    turned = [Sample(sample.facts, sample.offset, not sample.overturned) for sample in SAMPLES]
    assert fit(turned, FREE)[0][1] < 0
    weights, _ = fit(turned, Shape((0, 1), 2.0))
    assert weights[1] == 0
    assert slope(turned, weights, 2.0, 0) == pytest.approx(0, abs=1e-8)


def test_the_order_of_the_letters_does_not_matter() -> None:
    assert fit(SAMPLES[::-1], FREE)[0] == pytest.approx(fit(SAMPLES, FREE)[0], abs=1e-9)


@given(
    st.lists(
        st.builds(
            Sample,
            st.sets(st.integers(1, 4)).map(lambda facts: (0, *sorted(facts))),
            st.floats(-4, 0),
            st.booleans(),
        ),
        max_size=40,
    )
)
def test_every_fit_obeys_its_directions(samples: list[Sample]) -> None:
    directions = (0, 1, -1, 1, 0)
    weights, covariance = fit(samples, Shape(directions, 2.0))
    assert all(weight * direction >= 0 for weight, direction in zip(weights, directions, strict=True))
    assert all(0 < covariance[place][place] <= 0.5 + 1e-9 for place in range(5))
    for place, direction in enumerate(directions):
        pull = slope(samples, weights, 2.0, place)
        assert math.isclose(pull, 0, abs_tol=1e-6) or (weights[place] == 0 and pull * direction < 0)


def test_solve_and_inverse() -> None:
    matrix = [[0.0, 2.0], [4.0, 1.0]]
    assert solve(matrix, [2.0, 9.0]) == pytest.approx([2.0, 1.0])
    assert inverse([[2.0, 1.0], [1.0, 2.0]]) == [pytest.approx([2 / 3, -1 / 3]), pytest.approx([-1 / 3, 2 / 3])]
