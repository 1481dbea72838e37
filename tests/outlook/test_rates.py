"""Base rates: all services of the year, moved by the service, always with their source."""

from __future__ import annotations

import pytest

from checker.outlook.rates import base_rate, logit, sigmoid


def test_a_service_without_a_published_rate_has_that_of_all_services() -> None:
    rate = base_rate("imaging", 2016)
    assert sigmoid(rate.log_odds) == pytest.approx((0.084 + 0.088) / 2)
    assert (rate.published, rate.source) == (False, "the state rate of 2016")


def test_a_service_moves_the_rate_as_it_did_in_its_own_year() -> None:
    rate = base_rate("injection", 2016)
    assert rate.log_odds == pytest.approx(logit(0.086) + logit(0.041) - logit(0.089))
    assert rate.published
    assert rate.source == "the state rate of 2016 and the 2022 rate of injections"
    assert sum(value for _, value in rate.parts) == rate.log_odds


@pytest.mark.parametrize(("year", "taken"), [(2013, 2014), (2016, 2016), (2024, 2024), (2030, 2024)])
def test_a_year_without_figures_takes_the_nearest(year: int, taken: int) -> None:
    assert f"of all requests of {taken} " in base_rate("imaging", year).parts[0][0]


@pytest.mark.parametrize(("year", "taken"), [(2016, 2016), (2019, 2016), (2021, 2024)])
def test_a_service_takes_the_rate_of_the_nearest_year(year: int, taken: int) -> None:
    assert f"in {taken} (" in base_rate("consult", year).parts[1][0]


def test_the_published_order_of_services_holds() -> None:
    injection, drug, everything, psych, visit = (
        base_rate(category, 2024).log_odds for category in ("injection", "nsaid", "imaging", "psych", "consult")
    )
    assert injection < drug < everything < psych < visit or injection < drug < everything < visit < psych
