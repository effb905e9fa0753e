"""Two leaders decide at the same gate at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django_scopes import scope

from grobunn.initiatives.guards import NoGateHere
from grobunn.initiatives.models import Attachment, Initiative
from grobunn.initiatives.services.gates import pass_gate, send_back
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import SomebodyWasFirst


@pytest.mark.django_db(transaction=True)
def test_one_decides_and_the_other_is_told(town: Town) -> None:
    initiative = make_initiative(
        town.ward, owner=town.leader, by=town.adviser, method="prosjektveiviseren", phase="konsept"
    )
    Attachment.objects.create(
        municipality=town.municipality, initiative=initiative, hand_in="prosjektforslag", title="x", text="Slik."
    )
    seen = [Initiative.objects.select_related("municipality", "owner_unit").get(pk=initiative.pk) for _each in range(2)]
    barrier = Barrier(2)

    def decide(service: Callable[..., StateChange], as_seen: Initiative) -> str:
        try:
            with scope(municipality=town.municipality.pk):
                barrier.wait()
                return service(as_seen, actor=town.director, reason="Slik ser jeg det.").edge
        except (SomebodyWasFirst, NoGateHere):
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(decide, (pass_gate, send_back), seen))

    edges = list(StateChange.objects.filter(subject_id=initiative.pk).order_by("id").values_list("edge", flat=True))
    initiative.refresh_from_db()
    assert outcomes.count("told") == 1
    assert edges == ["create", next(each for each in outcomes if each != "told")]
    assert initiative.phase == ("planlegge" if "pass_gate" in edges else "konsept")
