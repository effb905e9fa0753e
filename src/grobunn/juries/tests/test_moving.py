"""A panel that meets on another day, or whose scores are due at another time: who hears it, and nothing besides."""

from datetime import timedelta

import pytest
from django.urls import reverse

from grobunn.juries.models import Entry, Panel
from grobunn.juries.services.composing import remove_member
from grobunn.juries.services.setting import set_facts
from grobunn.juries.services.steps import step
from grobunn.juries.tests.factories import bar, declare_all, make_jury
from grobunn.juries.tests.walking import SECRET
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Mail, Notice
from grobunn.notifications.services.moved import QUIET
from grobunn.notifications.states import MailState

pytestmark = pytest.mark.django_db


@pytest.fixture
def jury(municipality, adviser):
    """A panel that scores, due in three days; one of its members is disqualified for the first entry."""
    due = clock.now() + timedelta(days=3)
    panel, members, entries = make_jury(
        municipality, by=adviser, scores_due_at=due, meets_on=clock.today() + timedelta(days=4)
    )
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    bar(members[2], entries[0])
    Entry.objects.filter(panel=panel).update(title=f"{SECRET} tittel", text=f"{SECRET} tekst")
    step(panel, "open_scoring", actor=adviser)
    run_jobs()
    return panel, members


def moved(panel, actor, **facts):
    known = {name: getattr(panel, name) for name in ("name", "purpose", "meets_on", "scores_due_at", "peek")}
    set_facts(panel, actor=actor, **{**known, "is_pairwise": False, **facts})
    run_jobs()


def told():
    return list(Notice.objects.filter(kind="juries.moved", retracted_at=None).order_by("pk"))


def test_everybody_on_the_panel_hears_of_a_new_deadline_but_not_whoever_set_it(jury):
    panel, members = jury

    moved(panel, members[0].user, scores_due_at=clock.now() + timedelta(days=6))

    assert {notice.recipient_id for notice in told()} == {members[1].user_id, members[2].user_id}


def test_moved_twice_in_a_short_while_is_one_mail_that_tells_the_last_and_nothing_of_the_entries(jury, adviser):
    panel, members = jury
    meets_on, last = panel.meets_on, panel.meets_on + timedelta(days=9)

    moved(panel, adviser, meets_on=meets_on + timedelta(days=2))
    moved(panel, adviser, meets_on=last)
    with clock.moved_by(seconds=QUIET.total_seconds() + 60):
        run_jobs()

    mails = Mail.objects.filter(kind="juries.moved", state=MailState.SENT)
    texts = [f"{mail.subject} {mail.text}" for mail in mails]
    assert sorted(mail.recipient_id for mail in mails) == sorted(member.user_id for member in members)
    assert all(f"{last.day}. " in text and f"{meets_on.day}. " in text for text in texts)
    assert not any(SECRET in text or "frist" in text for text in texts)


def test_saved_without_a_move_tells_nobody(jury, adviser):
    panel, _members = jury

    moved(panel, adviser, name="Et annet navn")

    assert told() == []


def test_panel_that_is_being_prepared_tells_nobody(municipality, adviser):
    panel, _members, _entries = make_jury(municipality, by=adviser)

    moved(panel, adviser, meets_on=clock.today())

    assert told() == []
    assert Panel.objects.get(pk=panel.pk).meets_on == clock.today()


def test_whoever_has_left_hears_nothing(jury, adviser):
    panel, members = jury
    remove_member(members[1], actor=adviser)

    moved(panel, adviser, scores_due_at=None)

    assert members[1].user_id not in {notice.recipient_id for notice in told()}
    assert len(told()) == 2


def test_form_with_another_deadline_tells(client, jury, adviser):
    panel, members = jury
    client.force_login(adviser)
    where = {"municipality": panel.municipality.slug, "reference": panel.reference}

    answer = client.post(
        reverse("juries:facts", kwargs=where),
        {"name": panel.name, "meets_on": panel.meets_on.isoformat(), "scores_due_at": "", "peek": panel.peek},
    )
    run_jobs()

    assert answer.status_code == 302
    assert len(told()) == len(members)
