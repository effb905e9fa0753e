"""An adopter tells its own case: the origin stays credited, what is known is filled in, and the lineage goes on."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django_scopes import scope, scopes_disabled

from grobunn.cases.models import Case, Draft, Manner
from grobunn.cases.queries.lineage import lineage_of
from grobunn.cases.services.drafts import save_draft
from grobunn.cases.services.own_case import tell_own_case
from grobunn.cases.services.steps import draft_of, move_case
from grobunn.cases.states import AdoptionState
from grobunn.cases.tests.conftest import Neighbour, Town
from grobunn.cases.tests.factories import make_adoption
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory

TOLD = {"manner": Manner.ADAPTED, "changed": "Bare om natten.", "gave": "Bedre søvn."}


def test_own_case_is_begun_once_with_what_is_known(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, state=AdoptionState.IN_USE, actor=neighbour.adviser, **TOLD)

    first = tell_own_case(adoption, actor=neighbour.adviser)
    second = tell_own_case(adoption, actor=neighbour.rnd_contact)

    with scopes_disabled():
        draft = Draft.objects.get(case=first)
    assert first == second
    assert (first.adapted_from, first.origin, first.owner) == (case, neighbour.municipality, neighbour.adviser)
    assert (draft.solution, draft.effect, draft.partners) == ("Bare om natten.", "Bedre søvn.", [case.origin.name])


def test_own_case_is_not_the_origins_to_tell(case: Case, town: Town, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, state=AdoptionState.IN_USE, actor=neighbour.adviser)

    with pytest.raises(PermissionDenied):
        tell_own_case(adoption, actor=town.adviser)

    with scopes_disabled():
        assert Case.objects.count() == 1


def test_lineage_goes_on_through_the_adopters_own_case(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, state=AdoptionState.IN_USE, actor=neighbour.adviser, **TOLD)
    own = tell_own_case(adoption, actor=neighbour.adviser)
    with scope(municipality=neighbour.municipality.pk):
        changes = {"lessons": "Batteriene.", "contact_role": Role.INNOVATION_ADVISER}
        save_draft(own, actor=neighbour.adviser, revision=draft_of(own).revision, changes=changes)
        move_case(own, "publish", actor=neighbour.adviser)
    last = make_adoption(own, MunicipalityFactory(name="Volda"), state=AdoptionState.IN_USE)

    from_the_original, from_the_last = lineage_of(case), lineage_of(own)

    assert [(branch.node.key, branch.depth) for branch in from_the_original] == [
        (case.pk, 0),
        (adoption.pk, 1),
        (last.pk, 2),
    ]
    assert from_the_original[1].node.case == own
    assert [branch.node for branch in from_the_last] == [branch.node for branch in from_the_original]


def test_page_of_what_is_in_use_leads_to_ones_own_case(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, state=AdoptionState.IN_USE, actor=neighbour.adviser)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(neighbour.adviser)
    url = f"/{neighbour.municipality.slug}/eksempler/tatt-i-bruk/{adoption.pk}/"

    page = client.get(url).content.decode()
    answered = client.post(f"{url}fortell/", follow=True)

    assert "Write our own example" in page
    assert answered.status_code == 200
    with scopes_disabled():
        assert Case.objects.filter(adapted_from=case, municipality=neighbour.municipality).count() == 1
