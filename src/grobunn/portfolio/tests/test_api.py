"""The portfolio over the API: the numbers of the pages, for whoever may see them."""

from grobunn.accounts.tests.asking import Ask
from grobunn.capacity.quarters import Quarter
from grobunn.initiatives.tests.api.conftest import ask
from grobunn.portfolio.tests.conftest import Portfolio

__all__ = ["ask"]


def test_portfolio_counts_stages_load_and_steps(ask: Ask, portfolio: Portfolio) -> None:
    path = f"municipalities/{portfolio.town.municipality.slug}/portfolio?measure=places"

    answer = ask("get", path, by=portfolio.town.nurse)

    assert answer.status_code == 200
    told = answer.json()
    stages = {each["stage"]: each for each in told["stages"]}
    assert stages["concept"] == {"stage": "concept", "count": 1, "good": 0, "watch": 0, "stuck": 1}
    assert stages["learned"]["count"] == 1
    now = [each for each in told["load"] if each["quarter"] == Quarter.now().code and each["unit"] is None]
    assert [(float(each["declared"]), float(each["reserved"])) for each in now] == [(20, 5)]
    assert {"step": "startet", "count": 5} in told["funnel"]


def test_outsider_and_nobody_find_no_portfolio(ask: Ask, portfolio: Portfolio) -> None:
    path = f"municipalities/{portfolio.town.municipality.slug}/portfolio"

    assert ask("get", path, by=portfolio.town.outsider).status_code == 404
    assert ask("get", path).status_code == 401
