"""The cases that come with the installation: as their sources tell them, once."""

import re

import pytest
from django_scopes import scopes_disabled

from grobunn.accounts import demo as accounts_demo
from grobunn.cases.demo import load_demo
from grobunn.cases.models import Adoption, Case, Edition, SectionComment
from grobunn.cases.packaged import packaged_yaml
from grobunn.cases.sections import Section
from grobunn.cases.services.load import load_cases
from grobunn.cases.states import CaseState
from grobunn.organisations import demo as organisations_demo
from grobunn.organisations.models import Municipality
from grobunn.organisations.services.municipalities import load_municipalities
from grobunn.organisations.tests.factories import MunicipalityFactory


@pytest.fixture
def register(db: None) -> None:
    load_municipalities()


def test_packaged_cases_are_published_with_their_sources_and_loaded_once(register: None) -> None:
    first, again = load_cases(), load_cases()

    assert (first.new, first.known, first.missing) == (9, 0, ())
    assert (again.new, again.known) == (0, 9)
    with scopes_disabled():
        assert set(Case.objects.values_list("state", flat=True)) == {CaseState.PUBLISHED}
        assert not Case.objects.filter(source_name="").exists()
        assert not Case.objects.filter(source_on="").exists()
        moments = [moment for case in Case.objects.all() for moment in case.timeline]
        assert [set(moment) for moment in moments] == [{"on", "text"}] * 3
        assert not Case.objects.filter(contact_person__isnull=False).exists()
        assert Edition.objects.count() == 9


def test_ledelsesskolen_has_its_seven_sections(register: None) -> None:
    load_cases()

    with scopes_disabled():
        case = Case.objects.get(slug="ledelsesskolen")
    assert [section for section in Section.values if not getattr(case, section)] == []
    assert "fem samlinger av to dager" in case.solution
    assert case.lessons.startswith("Kapasiteten til å støtte opp det videre arbeidet")
    assert (case.kostra, case.innovation_kinds) == (["120"], ["organisation", "process"])


def test_days_of_the_source_and_of_the_timeline_are_kept(register: None) -> None:
    load_cases()

    with scopes_disabled():
        case = Case.objects.get(external_id="ledelsesskolen")
    assert case.source_on == "2019"
    assert [entry["on"] for entry in case.timeline] == ["2016", "2019"]


def test_case_of_a_merged_municipality_stands_with_its_successor(register: None) -> None:
    load_cases()

    with scopes_disabled():
        kept = Case.objects.filter(origin__slug="fjell").order_by("slug")
        assert list(kept.values_list("slug", "municipality__slug")) == [
            ("integreringsradslag", "oygarden"),
            ("rett-i-jobb", "oygarden"),
        ]


def test_what_the_source_does_not_tell_is_empty(register: None) -> None:
    load_cases()

    with scopes_disabled():
        smartmat = Case.objects.get(slug="smartmat")
    assert [section for section in Section.values if getattr(smartmat, section)] == []
    assert (smartmat.stage, smartmat.one_off_nok, smartmat.yearly_nok, smartmat.hours) == ("", None, None, None)


def test_case_changed_since_is_left_alone(register: None) -> None:
    load_cases()
    with scopes_disabled():
        Case.objects.filter(slug="smartmat").update(lead="Skrevet her.")

        load_cases()

        assert Case.objects.get(slug="smartmat").lead == "Skrevet her."


@pytest.mark.usefixtures("db")
def test_municipality_outside_the_register_is_told_and_its_cases_wait() -> None:
    MunicipalityFactory(slug="ulstein")

    loaded = load_cases()

    assert loaded.new == 1
    assert loaded.missing == ("baerum", "fjell", "froya", "oygarden", "trondheim")
    assert not Municipality.objects.filter(slug="trondheim").exists()


def test_timelines_of_what_is_made_up_have_their_dates() -> None:
    moments = [moment for story in packaged_yaml("demo.yaml") for moment in story["content"].get("timeline", ())]

    assert [moment["on"] for moment in moments] == ["2026-03", "2026-05"]


def test_nobody_is_named_in_what_is_packaged() -> None:
    words = " ".join(str(value) for told in packaged_yaml("cases.yaml") for value in told.values())

    # Those whom the sources name: whom to ask, who spoke, who wrote.
    assert re.findall(r"Aasen|Solbu|Horrigmo|Landsverk|Skretting", words) == []


def test_demonstration_has_cases_in_every_state_of_writing_once(db: None) -> None:
    for load in (accounts_demo.load_demo, organisations_demo.load_demo, load_demo, load_demo):
        load()

    with scopes_disabled():
        made_up = Case.objects.filter(is_synthetic=True)
        assert sorted(made_up.values_list("state", "kind")) == [
            ("draft", "solution"),
            ("in_review", "solution"),
            ("published", "learning"),
            ("published", "solution"),
        ]
        assert [case.slug for case in made_up if case.is_review_overdue] == ["felles-vikarliste-for-to-sma-kommuner"]
        assert SectionComment.objects.filter(settled_at=None).count() == 1
        assert Case.objects.filter(is_synthetic=False).count() == 9
        adopted = Adoption.objects.filter(is_synthetic=True).order_by("adopter__slug")
        assert list(adopted.values_list("adopter__slug", "state", "based_on__adopter__slug")) == [
            ("baerum", "considering", None),
            ("namsos", "in_use", None),
            ("ulstein", "in_use", "namsos"),
        ]
        assert [case.adoption_count for case in made_up if case.adoption_count] == [2]
