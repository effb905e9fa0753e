"""What is new in a saved search reaches its owner: as a notice, and by mail as they chose."""

from datetime import timedelta

import pytest

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Preference
from grobunn.notifications.queries import inbox_of
from grobunn.notifications.testing import sent_mails
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.models import SavedSearch, Told
from grobunn.search.services.news import look_for_news
from grobunn.search.tests.conftest import Notes, notes
from grobunn.search.tests.test_saved import saved_for

__all__ = ["notes"]

pytestmark = pytest.mark.django_db


def look() -> None:
    SavedSearch.objects.update(looked_at=clock.now() - timedelta(hours=1))
    look_for_news()
    run_jobs()


def test_owner_gets_one_notice_and_one_mail_with_the_titles(notes: Notes) -> None:
    user = UserFactory(email="kari@example.no")
    saved = saved_for(user, name="Alt om sensorer")
    notes.add("Sensorer i søppelkasser", MunicipalityFactory(name="Ulstein"))

    look()
    look()

    notice = inbox_of(user).get()
    [mail] = sent_mails()
    assert notice.url == "/sok/?q=sensorer&rekkefolge=nyest"
    assert notice.thread_key == f"saved_search:{saved.pk}"
    assert mail.to_address == "kari@example.no"
    assert "1 nytt treff i søket ditt «Alt om sensorer»" in str(mail.subject)
    assert "– Sensorer i søppelkasser (Ulstein)" in mail.text


@pytest.mark.parametrize(("told", "mails", "notices"), [(Told.DAILY, 0, 1), (Told.NOT, 0, 0)])
def test_owner_is_told_as_they_chose(notes: Notes, told: Told, mails: int, notices: int) -> None:
    user = UserFactory()
    saved_for(user, told=told)
    notes.add("Sensorer", MunicipalityFactory())

    look()

    assert (len(sent_mails()), inbox_of(user).count()) == (mails, notices)


def test_owner_who_turned_such_notices_off_gets_no_mail(notes: Notes) -> None:
    user = UserFactory()
    saved_for(user)
    Preference.objects.create(user=user, kind="search.new_in_saved_search", delivery="off")
    notes.add("Sensorer", MunicipalityFactory())

    look()

    assert (sent_mails(), inbox_of(user).count()) == ([], 1)
