"""Published cases as plain rows, for tests of reading: many of them, in any shape, without the steps of writing."""

from typing import Any

from django_scopes import scopes_disabled

from grobunn.cases.models import Case, Edition
from grobunn.cases.states import CaseState
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality, Role


def case_row(municipality: Municipality, slug: str = "sensorer-i-senger", **fields: Any) -> Case:
    """A case as readers see it: published, and kept by the municipality that did it, if nothing else is said."""
    now = clock.now()
    told: dict[str, Any] = {
        "title": "Sensorer i senger",
        "lead": "Færre tilsyn om natten, og roligere netter.",
        "need": "Nattevaktene gikk fra rom til rom og vekket folk.",
        "lessons": "Nettet på byggene måtte bygges ut først. Det tok et halvt år.",
        "contact_role": Role.INNOVATION_ADVISER,
        "state": CaseState.PUBLISHED,
        "published_at": now,
        "edited_at": now,
        "origin": municipality,
        **fields,
    }
    with scopes_disabled():
        return Case.objects.create(municipality=municipality, slug=slug, **told)


def edition_row(case: Case, number: int, **content: Any) -> Edition:
    """An edition that says what is given."""
    with scopes_disabled():
        return Edition.objects.create(
            municipality_id=case.municipality_id, case=case, number=number, content=content, published_at=clock.now()
        )
