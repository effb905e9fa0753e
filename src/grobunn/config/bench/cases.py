"""Many made-up published cases for the benchmark: of every size, county, area and cost, some taken into use."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from random import Random

from django.db import transaction

from grobunn.cases.codes import kostra_choices
from grobunn.cases.models import Case, CaseKind, InnovationKind, Stage
from grobunn.cases.states import CaseState
from grobunn.config.bench.texts import Text, Texts
from grobunn.kernel import bulk, clock
from grobunn.organisations.models import Municipality, Role

_BATCH = 2000
_SEED = 254
_SPREAD_MINUTES = 3 * 365 * 24 * 60


def add_cases(count: int, *, places: Sequence[str]) -> None:
    """Publish so many cases of all municipalities. Takes: places, names that texts mention. Effects: rows."""
    made = _cases(count, Texts(seed=_SEED, places=places))
    while batch := list(islice(made, _BATCH)):
        with transaction.atomic():
            bulk.insert_many(batch)


def _cases(count: int, texts: Texts) -> Iterator[Case]:
    pick = Random(_SEED)  # noqa: S311 -- nothing secret: the same installation every time
    municipalities = list(Municipality.objects.filter(population__isnull=False).order_by("pk"))
    functions = [code for code, _name in kostra_choices()]
    now = clock.now()
    for number in range(count):
        municipality = pick.choice(municipalities)
        language = municipality.language
        told = [texts.next(language, unit="") for _ in range(6)]
        at = now - timedelta(minutes=pick.randrange(_SPREAD_MINUTES))
        yield Case(
            municipality=municipality,
            origin=municipality,
            slug=f"eksempel-{number}",
            state=CaseState.PUBLISHED,
            published_at=at,
            edited_at=at,
            state_since=at,
            kind=pick.choices(CaseKind.values, weights=[85, 15])[0],
            language=language,
            contact_role=Role.INNOVATION_ADVISER,
            contact_mailbox="post@eksempel.example",
            innovation_kinds=pick.sample(InnovationKind.values, pick.randint(1, 2)),
            kostra=sorted(pick.sample(functions, pick.randint(1, 3))),
            stage=pick.choice(Stage.values),
            one_off_nok=pick.choice([None, 1000 * int(10 ** pick.uniform(1, 4))]),
            yearly_nok=pick.choice([None, 1000 * int(10 ** pick.uniform(1, 3))]),
            hours=pick.choice([None, pick.randrange(20, 2000)]),
            adoption_count=pick.choices([0, 1, 2, 3, 6, 12], weights=[70, 14, 8, 4, 3, 1])[0],
            is_synthetic=True,
            **_words(told),
        )


def _words(told: Sequence[Text]) -> dict[str, str]:
    lead, need, process, solution, effect, lessons = (each.text for each in told)
    return {
        "title": told[0].title,
        "lead": lead[:600],
        "need": need,
        "process": process,
        "solution": solution,
        "effect": effect,
        "lessons": lessons,
    }
