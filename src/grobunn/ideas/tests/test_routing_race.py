"""Two advisers press "Save" at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.ideas.errors import RulesChangedMeanwhile
from grobunn.ideas.models import RoutingProposal, RoutingRule
from grobunn.ideas.queries.proposals import proposal_of
from grobunn.ideas.services import proposals
from grobunn.kernel import ids
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of


@pytest.mark.django_db(transaction=True)
def test_one_adviser_saves_and_the_other_is_told() -> None:
    here = MunicipalityFactory()
    advisers = [adviser_of(here), adviser_of(here)]
    with scope(municipality=here.pk):
        for number, user in enumerate(advisers):
            rule = RoutingRule(
                id=ids.new_id(),
                municipality=here,
                words=[f"ord{number}"],
                receiver_role=Role.INNOVATION_ADVISER,
            )
            proposals.put_rule(here, user=user, rule=rule)
        seen = {user.pk: proposal_of(here.pk, user.pk).seen for user in advisers}
    barrier = Barrier(2)

    def save(user: User) -> str:
        try:
            with scope(municipality=here.pk):
                barrier.wait()
                proposals.save_proposal(here, user=user, seen=seen[user.pk])
            return "saved"
        except RulesChangedMeanwhile:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(save, advisers))

    assert sorted(outcomes) == ["saved", "told"]
    winner = outcomes.index("saved")
    with scope(municipality=here.pk):
        assert [rule.words for rule in RoutingRule.objects.all()] == [[f"ord{winner}"]]
        assert [row.user for row in RoutingProposal.objects.all()] == [advisers[1 - winner]]
