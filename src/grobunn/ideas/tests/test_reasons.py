"""Ready reasons: what comes with Grobunn, as a municipality makes it its own, and the pages where it does."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.test import Client
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.ideas.errors import ReasonChangedMeanwhile, ReasonNameTaken, ReasonRemovedMeanwhile
from grobunn.ideas.forms.steps import FORMS
from grobunn.ideas.models import ReasonTemplate
from grobunn.ideas.placeholders import unknown_in
from grobunn.ideas.queries.reasons import EDGES, Reason, ready_made, reason_of, reasons_for, reasons_of
from grobunn.ideas.services import reasons as services
from grobunn.ideas.states import MACHINE
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel.models import AuditEntry
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, adviser_of


def _ready(town: Town, code: str = "law-says") -> Reason:
    found = reason_of(town.municipality.pk, "nb", code)
    assert found is not None
    return found


def _offered(town: Town, edge: str = "decline") -> list[str]:
    return [reason.name for reason in reasons_for(town.municipality, edge)]


READY_NOS = ["Det er andre som bestemmer det", "Det koster mer enn det gir", "Loven sier noe annet", "Vi har prøvd det"]


# --- what there is --------------------------------------------------------------------------------------------------


def test_ready_made_reasons_are_the_same_in_every_language() -> None:
    by_language = {language: ready_made(language) for language in ("nb", "nn", "en")}

    edges = {language: {key: one.edge for key, one in found.items()} for language, found in by_language.items()}
    assert edges["nb"] == edges["nn"] == edges["en"]
    assert set(edges["nb"].values()) == set(EDGES)
    for found in by_language.values():
        names = [(one.edge, one.name) for one in found.values()]
        assert len(set(names)) == len(names) == len(ready_made("nb"))
        assert [unknown_in(one.text) for one in found.values()] == [[]] * len(found)


def test_every_step_with_ready_reasons_asks_for_a_reason_of_whoever_holds_the_idea() -> None:
    assert {MACHINE.by_name[edge].permission for edge in EDGES} == {"ideas.handle"}
    assert all("reason" in FORMS[edge].base_fields for edge in EDGES)


def test_new_municipality_begins_with_what_comes_with_grobunn(town: Town) -> None:
    assert _offered(town) == READY_NOS


def test_changed_reason_stands_in_place_of_the_ready_made_one(town: Town) -> None:
    reason = _ready(town)

    services.change_reason(
        town.municipality, actor=town.adviser, reason=reason, name="Loven", text="Paragrafen: …", seen=reason.mark
    )

    changed = _ready(town)
    assert (changed.name, changed.text, changed.is_changed, changed.is_own) == ("Loven", "Paragrafen: …", True, False)
    assert "Loven sier noe annet" not in _offered(town)

    services.put_back_reason(town.municipality, actor=town.adviser, reason=changed)

    assert (_ready(town), ReasonTemplate.objects.count()) == (reason, 0)


def test_removed_reason_is_not_offered_and_keeps_its_words(town: Town) -> None:
    reason = _ready(town)
    services.change_reason(
        town.municipality, actor=town.adviser, reason=reason, name="Loven", text="Vår egen.", seen=reason.mark
    )

    services.remove_reason(town.municipality, actor=town.adviser, reason=_ready(town))
    while_removed = _offered(town)
    services.offer_again(town.municipality, actor=town.adviser, reason=_ready(town))

    assert "Loven" not in while_removed
    assert len(while_removed) == 3
    assert _ready(town).text == "Vår egen."
    assert "Loven" in _offered(town)


def test_own_reason_is_added_changed_and_removed(town: Town) -> None:
    given = {"language": "nb", "edge": "decline", "name": "Åpent hus", "text": "Kom på åpent hus."}
    services.add_reason(town.municipality, actor=town.adviser, **given)

    own = next(reason for reason in reasons_of(town.municipality.pk, "nb") if reason.is_own)
    assert _offered(town) == [*READY_NOS, "Åpent hus"]  # Å comes last.

    services.change_reason(
        town.municipality, actor=town.adviser, reason=own, name="Åpen dag", text="Kom.", seen=own.mark
    )
    services.remove_reason(
        town.municipality,
        actor=town.adviser,
        reason=next(each for each in reasons_of(town.municipality.pk, "nb") if each.is_own),
    )

    assert _offered(town) == READY_NOS
    assert ReasonTemplate.objects.values_list("name", "is_removed").get() == ("Åpen dag", True)


@pytest.mark.parametrize("name", ["Loven sier noe annet", "loven SIER noe annet ", "Egen"])
def test_name_that_is_taken_is_refused(town: Town, name: str) -> None:
    given = {"language": "nb", "edge": "decline", "text": "Tekst."}
    services.add_reason(town.municipality, actor=town.adviser, name="Egen", **given)

    with pytest.raises(ReasonNameTaken):
        services.add_reason(town.municipality, actor=town.adviser, name=name, **given)

    assert ReasonTemplate.objects.count() == 1


def test_same_name_in_another_language_or_for_another_answer_is_free(town: Town) -> None:
    for language, edge in (("nb", "decline"), ("nn", "decline"), ("nb", "park")):
        services.add_reason(
            town.municipality, actor=town.adviser, language=language, edge=edge, name="Egen", text="Tekst."
        )

    assert ReasonTemplate.objects.count() == 3


def test_database_keeps_names_apart(town: Town) -> None:
    given = {"municipality": town.municipality, "edge": "decline", "name": "Egen", "text": "Tekst."}
    ReasonTemplate.objects.create(**given)

    with pytest.raises(IntegrityError):
        ReasonTemplate.objects.create(**given)


def test_second_adviser_to_save_is_told_what_it_says_now(town: Town) -> None:
    reason = _ready(town)
    act = {"actor": town.adviser, "reason": reason, "name": "Loven", "seen": reason.mark}
    services.change_reason(town.municipality, **act, text="Den første.")

    with pytest.raises(ReasonChangedMeanwhile) as told:
        services.change_reason(town.municipality, **act, text="Den andre.")

    assert "«Den første.»" in str(told.value.message)
    assert _ready(town).text == "Den første."


def test_change_of_what_another_removed_is_told(town: Town) -> None:
    reason = _ready(town)
    services.remove_reason(town.municipality, actor=town.adviser, reason=reason)

    with pytest.raises(ReasonRemovedMeanwhile):
        services.change_reason(
            town.municipality, actor=town.adviser, reason=reason, name="Loven", text="Ny.", seen=reason.mark
        )

    assert _ready(town).is_removed is True


def test_writers_language_comes_first_and_says_so(town: Town) -> None:
    in_english = [reason.name for reason in reasons_for(town.municipality, "ask", language="en")]
    in_own = [reason.name for reason in reasons_for(town.municipality, "ask", language="nb")]

    assert in_english == ["Where and how often (English)", "Hvor og hvor ofte"]
    assert in_own == ["Hvor og hvor ofte"]


def test_reasons_are_of_one_municipality(town: Town) -> None:
    other = MunicipalityFactory()
    services.remove_reason(town.municipality, actor=town.adviser, reason=_ready(town))

    with scope(municipality=other.pk):
        assert [reason.is_removed for reason in reasons_of(other.pk, "nb")] == [False] * len(ready_made("nb"))


@pytest.mark.parametrize("who", ["nurse", "leader", "director", "outsider"])
def test_only_the_adviser_writes_reasons(town: Town, who: str) -> None:
    act = {"actor": getattr(town, who)}
    reason = _ready(town)

    for attempt in (
        lambda: services.add_reason(town.municipality, **act, language="nb", edge="decline", name="A", text="B"),
        lambda: services.change_reason(town.municipality, **act, reason=reason, name="A", text="B", seen=reason.mark),
        lambda: services.remove_reason(town.municipality, **act, reason=reason),
        lambda: services.offer_again(town.municipality, **act, reason=reason),
        lambda: services.put_back_reason(town.municipality, **act, reason=reason),
    ):
        with pytest.raises(PermissionDenied):
            attempt()

    assert (ReasonTemplate.objects.count(), AuditEntry.objects.filter(action__contains="reason").count()) == (0, 0)


def test_changes_are_in_the_audit_by_codes_alone(town: Town) -> None:
    services.remove_reason(town.municipality, actor=town.adviser, reason=_ready(town))

    entry = AuditEntry.objects.get(action="ideas.remove_reason")
    assert (entry.actor_id, entry.municipality_id) == (town.adviser.pk, town.municipality.pk)
    assert entry.data == {"language": "nb", "edge": "decline", "reason": "law-says"}


# --- the pages ------------------------------------------------------------------------------------------------------


def _signed_in(user: User) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="nb")
    client.force_login(user)
    return client


@pytest.fixture
def adviser(town: Town) -> Client:
    return _signed_in(town.adviser)


def _url(town: Town, rest: str = "") -> str:
    return f"/{town.municipality.slug}/oppsett/svarmaler/{rest}"


def test_page_lists_the_reasons_of_a_language_by_answer(town: Town, adviser: Client) -> None:
    own = adviser.get(_url(town))
    english = adviser.get(_url(town, "en/"))

    groups = {str(answer): [reason.name for reason in reasons] for answer, reasons in own.context["groups"]}
    assert groups["Svar nei"] == READY_NOS
    assert own.context["languages"][0] == ("Bokmål", _url(town, "nb/"), True)
    assert "The law says otherwise" in english.content.decode()


def test_adviser_changes_a_reason_and_finds_it_when_answering(town: Town, adviser: Client) -> None:
    idea = make_idea(town.municipality, title="Benk")
    form = adviser.get(_url(town, "nb/law-says/"))
    seen = form.context["form"].initial["seen"]

    saved = adviser.post(
        _url(town, "nb/law-says/"), {"name": "Loven", "text": "{title}: loven sier …", "seen": seen}, follow=True
    )
    step = adviser.get(f"/{town.municipality.slug}/ideer/{idea.reference}/steg/decline/")

    assert saved.redirect_chain == [(_url(town, "nb/"), 302)]
    assert "Endret av dere" in saved.content.decode()
    assert ("Loven", "Benk: loven sier …") in step.context["reasons"]


def test_preview_shows_the_whole_message_and_saves_nothing(town: Town, adviser: Client) -> None:
    page = adviser.post(
        _url(town, "nn/law-says/"), {"name": "Lova", "text": "{title} hos {municipality}.", "seen": "", "preview": "1"}
    )

    message, reason = page.context["message"]
    assert page.status_code == 200
    assert (message.subject, message.before) == ("Svaret på: Ein benk ved inngangen", "Svaret er nei.")
    assert reason == f"Ein benk ved inngangen hos {town.municipality.name}."
    assert page.context["form"]["text"].value() == "{title} hos {municipality}."
    assert ReasonTemplate.objects.count() == 0


@pytest.mark.parametrize("edge", EDGES)
def test_every_answer_has_a_preview(town: Town, adviser: Client, edge: str) -> None:
    page = adviser.post(_url(town, "nb/ny/"), {"edge": edge, "name": "Prøve", "text": "Ordene.", "preview": "1"})

    message, reason = page.context["message"]
    assert (bool(message.subject and message.before), reason) == (True, "Ordene.")


@pytest.mark.parametrize(
    ("sent", "field", "says"),
    [
        ({"name": ""}, "name", "Feltet er påkrevet"),
        ({"text": " "}, "text", "Feltet er påkrevet"),
        ({"text": "Hei {navn}."}, "text", "{navn} er ikke noe som kan fylles inn. Disse er: {title}"),
        ({"text": "Nummeret er 01010150074."}, "text", "fødselsnummer"),
        ({"text": "x" * 2001}, "text", "2000"),
        ({"name": "x" * 101}, "name", "100"),
        ({"edge": "withdraw"}, "edge", "Velg et gyldig valg"),
        ({"name": "Vi har prøvd det"}, "name", "Det finnes alt en tekst med dette navnet"),
    ],
)
def test_bad_reason_is_told_beside_its_field(
    town: Town, adviser: Client, sent: dict[str, str], field: str, says: str
) -> None:
    page = adviser.post(_url(town, "nb/ny/"), {"edge": "decline", "name": "Ny", "text": "Tekst.", **sent})

    assert page.status_code == 422
    assert says in str(page.context["form"].errors[field])
    assert ReasonTemplate.objects.count() == 0


def test_second_adviser_keeps_the_words_and_may_save_again(town: Town, adviser: Client) -> None:
    second = _signed_in(adviser_of(town.municipality))
    seen = second.get(_url(town, "nb/law-says/")).context["form"].initial["seen"]
    adviser.post(_url(town, "nb/law-says/"), {"name": "Loven", "text": "Den første.", "seen": seen})

    told = second.post(_url(town, "nb/law-says/"), {"name": "Loven", "text": "Den andre.", "seen": seen})

    form = told.context["form"]
    assert (told.status_code, form["text"].value()) == (422, "Den andre.")
    assert "Nå står det: «Den første.»" in told.content.decode()
    second.post(_url(town, "nb/law-says/"), {"name": "Loven", "text": "Den andre.", "seen": form["seen"].value()})
    assert _ready(town).text == "Den andre."


def test_removal_is_undone_with_a_press(town: Town, adviser: Client) -> None:
    removed = adviser.post(_url(town, "nb/law-says/fjern/"), follow=True)
    after_removal = _offered(town)
    adviser.post(_url(town, "nb/law-says/tilby/"))

    assert _url(town, "nb/law-says/tilby/") in removed.content.decode()
    assert ("Loven sier noe annet" in after_removal, "Loven sier noe annet" in _offered(town)) == (False, True)


def test_reason_whose_name_was_taken_meanwhile_is_not_offered_again(town: Town, adviser: Client) -> None:
    adviser.post(_url(town, "nb/law-says/fjern/"))
    adviser.post(_url(town, "nb/ny/"), {"edge": "decline", "name": "Loven sier noe annet", "text": "Vår egen."})

    page = adviser.post(_url(town, "nb/law-says/tilby/"), follow=True)

    assert "Det finnes alt en tekst med dette navnet" in page.content.decode()
    assert _ready(town).is_removed is True


@pytest.mark.parametrize(
    ("who", "status"), [("nurse", 403), ("leader", 403), ("outsider", 403), ("chief", 403), ("other", 404)]
)
def test_reasons_are_the_advisers_alone(town: Town, who: str, status: int) -> None:
    people: dict[str, Any] = {
        "chief": RoleAssignmentFactory(unit=town.office, role=Role.CHIEF_EXEC).user,
        "other": adviser_of(MunicipalityFactory()),
    }
    client = _signed_in(people.get(who) or getattr(town, who))

    read = {client.get(_url(town, rest)).status_code for rest in ("", "nn/", "nb/ny/", "nb/law-says/")}
    acts = ("nb/ny/", "nb/law-says/", *(f"nb/law-says/{act}/" for act in ("fjern", "tilby", "tilbake")))
    sent = {"edge": "decline", "name": "A", "text": "B", "seen": _ready(town).mark}
    posted = {client.post(_url(town, rest), sent).status_code for rest in acts}

    assert (read, posted, ReasonTemplate.objects.count()) == ({status}, {status}, 0)


def test_own_reason_of_another_municipality_is_not_found(town: Town, adviser: Client) -> None:
    other = MunicipalityFactory()
    with scope(municipality=other.pk):
        theirs = ReasonTemplate.objects.create(municipality=other, edge="decline", name="Deres", text="Hemmelig.")

    answers = [
        adviser.get(_url(town, f"nb/{theirs.pk}/")),
        adviser.post(_url(town, f"nb/{theirs.pk}/"), {"name": "A", "text": "B"}),
        *(adviser.post(_url(town, f"nb/{theirs.pk}/{act}/")) for act in ("fjern", "tilby", "tilbake")),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    with scope(municipality=other.pk):
        assert ReasonTemplate.objects.get() == theirs


@pytest.mark.parametrize("rest", ["da/", "da/ny/", "nb/finnes-ikke/"])
def test_unknown_language_or_reason_is_not_found(town: Town, adviser: Client, rest: str) -> None:
    assert adviser.get(_url(town, rest)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_reasons_takes_a_fixed_number_of_queries(
    town: Town, adviser: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        ReasonTemplate.objects.create(municipality=town.municipality, edge="park", name=f"Egen {number}", text="T.")

    with django_assert_num_queries(6):
        adviser.get(_url(town))
