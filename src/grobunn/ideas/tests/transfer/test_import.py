"""Taking over ideas: what is kept, what is refused, and that it may be repeated."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from grobunn.ideas.models import Contact, Idea, RoutingRule, Source, Visibility
from grobunn.ideas.queries.ideas import ideas_for
from grobunn.ideas.queries.life import life_of
from grobunn.ideas.services import answer
from grobunn.ideas.services.deadlines import keep_promises
from grobunn.ideas.services.import_ideas import IdeaImport
from grobunn.ideas.services.imported import Outcome
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.ideas.tests.transfer.conftest import WriteCsv, import_file
from grobunn.ideas.transfer import importing
from grobunn.kernel import clock
from grobunn.kernel.actors import ReceiptHolder
from grobunn.kernel.models import AuditEntry, StateChange
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.organisations.models import MunicipalityKind, Role
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.queries import similar

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
Import = Callable[..., Outcome]
BENCH = {"id": "1", "text": "Sett opp en benk."}


def _counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.new, outcome.changed, outcome.unchanged, len(outcome.refused)


def _messages(outcome: Outcome) -> list[tuple[int, str]]:
    return [(refusal.row, refusal.field) for refusal in outcome.refused]


def test_open_row_gets_a_reference_a_holder_and_a_promise_from_today(town: Town, import_rows: Import) -> None:
    with clock.moved_to(MONDAY):
        import_rows({**BENCH, "unit": town.ward.name, "submitted_at": "01.02.2024", "type": "New service"})

    idea = Idea.objects.get()
    assert (idea.reference, idea.external_id, idea.source) == (f"{town.municipality.slug}-1", "1", Source.IMPORT)
    assert (idea.contact, idea.writer_id, idea.kind) == (Contact.RECEIPT, None, "new_service")
    assert (idea.holder_role, idea.holder, idea.unit) == (Role.UNIT_LEADER, town.leader, town.ward)
    assert (idea.answer_due_on, idea.remind_on) == (date(2026, 12, 7), date(2026, 12, 2))
    assert idea.submitted_at == datetime(2024, 2, 1, 11, tzinfo=UTC)


def test_open_row_follows_the_routing_rules(town: Town, import_rows: Import) -> None:
    rule = RoutingRule.objects.create(
        municipality=town.municipality,
        position=1,
        words=["benk"],
        receiver_role=Role.DIRECTOR,
        receiver_unit=town.office,
    )

    import_rows(BENCH, {"id": "2", "text": "Noe annet."})

    assert [(idea.rule, idea.holder) for idea in Idea.objects.order_by("external_id")] == [
        (rule, town.director),
        (None, town.adviser),
    ]


def test_finished_row_promises_nothing_and_tells_how_it_ended(town: Town, import_rows: Import) -> None:
    import_rows({**BENCH, "state": "Answered no", "reason": "Det er ikke plass.", "state_since": "2024-03-01"})

    idea = Idea.objects.get()
    assert (idea.state, idea.answer_due_on, idea.first_answered_at) == (IdeaState.DECLINED, None, None)
    assert [(step.edge, step.words) for step in life_of(idea, is_member=True, is_handler=True)] == [
        ("create", ""),
        ("import", "Det er ikke plass."),
    ]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"state": "parked", "parked_until": "2027-05-01", "parked_condition": "Ny skole"}, "parked_until"),
        ({"state": "solved", "solution": "https://demo.example"}, "solution"),
    ],
)
def test_finished_row_keeps_what_belongs_to_its_state(
    town: Town, import_rows: Import, row: dict[str, str], field: str
) -> None:
    import_rows({**BENCH, **row})

    assert str(getattr(Idea.objects.get(), field)) == row[field]


def test_row_that_waits_for_its_writer_is_assessed_instead(town: Town, import_rows: Import) -> None:
    import_rows({**BENCH, "state": "asked"})

    assert Idea.objects.get().state == IdeaState.ASSESSING


def test_merged_row_is_kept_after_the_one_it_went_into(town: Town, import_rows: Import) -> None:
    outcome = import_rows(
        {"id": "3", "text": "C", "state": "merged", "merged_into": "2"},
        {"id": "2", "text": "B", "state": "merged", "merged_into": "1"},
        {"id": "1", "text": "A"},
        {"id": "4", "text": "D", "state": "merged", "merged_into": "9"},
        {"id": "5", "text": "E", "state": "merged", "merged_into": "5"},
    )

    assert (_counts(outcome), _messages(outcome)) == ((3, 0, 0, 2), [(5, "merged_into"), (6, "merged_into")])
    assert Idea.objects.get(external_id="3").merged_into == Idea.objects.get(external_id="2")


def test_nobody_is_told(town: Town, import_rows: Import) -> None:
    import_rows({**BENCH, "unit": town.ward.slug}, {"id": "2", "text": "B", "state": "declined", "reason": "Nei."})

    assert run_jobs() == ["search.index_waiting"]
    assert Notice.objects.count() == 0
    assert list(AuditEntry.objects.values_list("action", "data")) == [("ideas.import", {"new": 2, "changed": 0})]


def test_imported_ideas_are_found(town: Town, import_rows: Import) -> None:
    import_rows({"id": "1", "text": "Sykkelverksted på ungdomsskolen"})
    run_jobs()

    found = similar("et sykkelverksted", user=town.nurse, municipality_id=town.municipality.pk)

    assert [match.title for match in found] == ["Sykkelverksted på ungdomsskolen"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"text": "", "title": ""}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"text": "Pasienten 01010750160"}, "text"),
        ({"title": "01010750160"}, "title"),
        ({"reason": "01010750160", "state": "declined"}, "reason"),
        ({"state": "ferdigbehandla"}, "state"),
        ({"kind": "annet rart"}, "kind"),
        ({"visibility": "hemmelig"}, "visibility"),
        ({"unit": "Finnes ikke"}, "unit"),
        ({"language": "1"}, "language"),
        ({"submitted_at": "i fjor"}, "submitted_at"),
        ({"submitted_at": "2199-01-01"}, "submitted_at"),
        ({"state": "parked"}, "parked_until"),
        ({"state": "merged"}, "merged_into"),
        ({"state": "solved", "solution": "x" * 501}, "solution"),
        ({"id": "x" * 101}, "external_id"),
    ],
)
def test_row_that_cannot_be_kept_is_refused_by_number_and_the_others_are_kept(
    town: Town, import_rows: Import, row: dict[str, str], field: str
) -> None:
    outcome = import_rows({"id": "9", "text": "God idé."}, {**BENCH, **row})

    assert (_messages(outcome), _counts(outcome)) == ([(3, field)], (1, 0, 0, 1))
    assert all(refusal.message for refusal in outcome.refused)
    assert list(Idea.objects.values_list("external_id", flat=True)) == ["9"]


def test_same_id_twice_in_a_file_is_refused_and_names_the_first(town: Town, import_rows: Import) -> None:
    outcome = import_rows(BENCH, {**BENCH, "text": "Noe annet"})

    [refusal] = outcome.refused
    assert (refusal.row, "2" in refusal.message) == (3, True)


def test_title_alone_is_the_idea_and_a_long_one_stands_whole_in_the_text(town: Town, import_rows: Import) -> None:
    long = "ord " * 40
    import_rows({"id": "1", "title": "Bare en tittel", "text": ""}, {"id": "2", "title": long, "text": "Resten."})

    first, second = Idea.objects.order_by("external_id")
    assert (first.title, first.text) == ("", "Bare en tittel")
    assert (len(second.title) <= 120, second.text) == (True, f"{long.strip()}\n\nResten.")


def test_import_again_changes_nothing(town: Town, import_rows: Import) -> None:
    rows = [BENCH, {"id": "2", "text": "B", "state": "declined", "reason": "Nei."}]
    import_rows(*rows)
    before = list(Idea.objects.values_list("pk", "version"))

    with clock.moved_by(days=3):
        outcome = import_rows(*rows)

    assert _counts(outcome) == (0, 0, 2, 0)
    assert list(Idea.objects.values_list("pk", "version")) == before
    assert StateChange.objects.count() == 3


def test_import_again_without_ids_knows_the_same_words(town: Town, import_rows: Import) -> None:
    rows = [{"text": "En benk", "dato": "01.02.2024"}, {"text": "En gynge", "dato": "01.02.2024"}]
    import_rows(*rows)

    assert _counts(import_rows(*rows)) == (0, 0, 2, 0)


def test_changed_row_is_brought_up_to_date_and_found_by_its_new_words(town: Town, import_rows: Import) -> None:
    import_rows(BENCH)
    due_on = Idea.objects.get().answer_due_on

    with clock.moved_by(days=3):
        outcome = import_rows({**BENCH, "text": "Sett opp en huske."})

    run_jobs()
    idea = Idea.objects.get()
    assert (_counts(outcome), idea.text, idea.version) == ((0, 1, 0, 0), "Sett opp en huske.", 2)
    assert idea.answer_due_on == due_on
    assert len(similar("huske", user=town.nurse, municipality_id=town.municipality.pk)) == 1
    assert similar("benk", user=town.nurse, municipality_id=town.municipality.pk) == []


def test_row_that_was_closed_meanwhile_ends_its_promise(town: Town, import_rows: Import) -> None:
    import_rows(BENCH)

    import_rows({**BENCH, "state": "declined", "reason": "Nei."})

    idea = Idea.objects.get()
    assert (idea.state, idea.answer_due_on, idea.remind_on) == (IdeaState.DECLINED, None, None)
    assert StateChange.objects.latest("id").reason == "Nei."


def test_row_that_was_opened_again_gets_a_promise(town: Town, import_rows: Import) -> None:
    import_rows({**BENCH, "state": "declined"})

    import_rows(BENCH)

    assert Idea.objects.get().answer_due_on is not None


def test_idea_that_was_worked_on_here_is_left_as_it_is(town: Town, import_rows: Import) -> None:
    import_rows(BENCH)
    answer.decline(Idea.objects.get(), actor=town.adviser, reason="Nei, fordi.")

    same = import_rows(BENCH)
    other = import_rows({**BENCH, "text": "Sett opp en huske."})

    assert (_counts(same), _counts(other)) == ((0, 0, 1, 0), (0, 0, 0, 1))
    assert (Idea.objects.get().text, Idea.objects.get().state) == ("Sett opp en benk.", IdeaState.DECLINED)


def test_export_of_ideas_written_here_is_known_when_it_comes_back(town: Town, import_rows: Import) -> None:
    idea = make_idea(town.municipality)

    outcome = import_rows({"external_id": idea.reference, "reference": idea.reference, "text": "Noe annet"})

    assert _counts(outcome) == (0, 0, 1, 0)
    assert Idea.objects.count() == 1


def test_same_id_in_another_municipality_is_another_idea(town: Town, write_csv: WriteCsv) -> None:
    other = MunicipalityFactory(is_in_use=True)
    path = write_csv(["id", "text"], [["1", "En benk"]])
    import_file(path, town.municipality)

    with scope(municipality=other.pk):
        outcome = import_file(path, other)

    assert _counts(outcome) == (1, 0, 0, 0)


def test_import_that_was_killed_goes_on_where_it_stopped(
    town: Town, write_csv: WriteCsv, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_csv(["id", "text"], [[str(number), f"Idé {number}"] for number in range(7)])
    monkeypatch.setattr(importing, "BATCH_ROWS", 3)
    kept = IdeaImport.keep

    def killed(run: IdeaImport, rows: object) -> Outcome:
        if Idea.objects.count() == 3:
            raise KeyboardInterrupt
        return kept(run, rows)

    monkeypatch.setattr(IdeaImport, "keep", killed)
    with pytest.raises(KeyboardInterrupt):
        import_file(path, town.municipality)
    monkeypatch.setattr(IdeaImport, "keep", kept)

    assert Idea.objects.count() == 3
    assert _counts(import_file(path, town.municipality)) == (4, 0, 3, 0)
    assert sorted(Idea.objects.values_list("reference", flat=True)) == [
        f"{town.municipality.slug}-{number}" for number in range(1, 8)
    ]


def test_open_archive_promises_nothing_and_shows_what_was_public(db: None, write_csv: WriteCsv, town: Town) -> None:
    archive = MunicipalityFactory(kind=MunicipalityKind.ARCHIVE, is_in_use=False)
    path = write_csv(
        ["id", "text", "state", "visibility"],
        [["1", "Mer vin i fontenen", "", "public"], ["2", "Trukket", "withdrawn", "public"]],
    )
    with scope(municipality=archive.pk):
        import_file(path, archive)

        assert Idea.objects.get(external_id="1").answer_due_on is None
        assert [idea.external_id for idea in ideas_for(ReceiptHolder(""))] == ["1"]
    with clock.moved_to(clock.now() + timedelta(days=400)):
        assert keep_promises() == 0
    run_jobs()
    inside = similar("vin i fontenen", user=town.nurse, municipality_id=archive.pk)
    outside = similar("vin i fontenen", user=town.nurse, municipality_id=town.municipality.pk)
    assert ([match.title for match in inside], outside) == (["Mer vin i fontenen"], [])


def test_public_idea_written_here_is_still_looked_at_before_it_is_shown(town: Town) -> None:
    make_idea(town.municipality, visibility=Visibility.PUBLIC)

    assert ideas_for(ReceiptHolder("")).count() == 0


@pytest.mark.parametrize("count", [2, 20])
def test_batch_costs_the_same_however_many_rows(town: Town, write_csv: WriteCsv, count: int) -> None:
    rows = [[str(number), f"Idé {number} til møterommet", town.ward.slug] for number in range(count)]
    path = write_csv(["id", "text", "unit"], rows)

    with CaptureQueriesContext(connection) as queries:
        import_file(path, town.municipality)

    assert len(queries) == 18
