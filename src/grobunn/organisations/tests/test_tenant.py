from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.utils import translation
from django_scopes import get_scope
from django_scopes.exceptions import ScopeError
from pytest_django.fixtures import DjangoAssertNumQueries

from grobunn.accounts.models import User
from grobunn.organisations import queries
from grobunn.organisations.middleware import Tenant
from grobunn.organisations.models import LanguageForm, Municipality, Succession, Unit
from grobunn.organisations.tests.factories import MunicipalityFactory, UnitFactory

pytestmark = pytest.mark.django_db


def answered(request: HttpRequest, slug: str, view: Callable[[HttpRequest], Any]) -> Any:
    """What a page of a municipality answers when only the tenant stands between."""

    def handle(inner: HttpRequest) -> Any:
        return middleware.process_view(inner, view, (), {"municipality": slug}) or view(inner)

    middleware = Tenant(handle)
    return middleware(request)


@pytest.fixture
def request_to() -> Iterator[Callable[..., HttpRequest]]:
    def make(path: str = "/", *, user: User | None = None, cookie: str = "", **headers: str) -> HttpRequest:
        from django.contrib.auth.models import AnonymousUser
        from django.contrib.messages.storage.fallback import FallbackStorage

        request = RequestFactory().get(path, headers=headers or None)
        request.user = user or AnonymousUser()
        request.session = {}  # type: ignore[assignment]
        request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
        if user is not None:
            request.COOKIES["sessionid"] = "somebody"
        if cookie:
            request.COOKIES["django_language"] = cookie
        return request

    with translation.override("nb"):
        yield make


def test_units_outside_a_scope_cannot_be_read() -> None:
    with pytest.raises(ScopeError):
        Unit.objects.count()


def test_tenant_scope_holds_in_view_and_stream_and_ends_after(request_to: Callable[..., HttpRequest]) -> None:
    mine = UnitFactory()
    UnitFactory()
    seen: list[list[Unit]] = []

    def view(request: HttpRequest) -> StreamingHttpResponse:
        seen.append(list(Unit.objects.all()))
        return StreamingHttpResponse(str(Unit.objects.count()) for _ in range(2))

    response = answered(request_to(), mine.municipality.slug, view)

    assert seen == [[mine]]
    assert not get_scope()
    assert b"".join(response.streaming_content) == b"11"
    assert not get_scope()


def test_tenant_of_unknown_address_is_not_found(request_to: Callable[..., HttpRequest]) -> None:
    with pytest.raises(Http404):
        answered(request_to(), "nowhere", lambda _request: HttpResponse())


def test_tenant_second_page_costs_no_sql(
    request_to: Callable[..., HttpRequest], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    municipality = MunicipalityFactory()
    queries.forget_municipality(municipality)
    slug = municipality.slug

    with django_assert_num_queries(1):
        answered(request_to(), slug, lambda _request: HttpResponse())
        answered(request_to(), slug, lambda _request: HttpResponse())


def test_saved_municipality_is_seen_at_once() -> None:
    municipality = MunicipalityFactory()
    queries.municipality_by_slug(municipality.slug)

    municipality.name = "Nytt navn"
    municipality.save(update_fields=["name"])

    assert queries.municipality_by_slug(municipality.slug).name == "Nytt navn"


@pytest.mark.parametrize(
    ("form", "browser", "cookie", "own", "expected"),
    [
        (LanguageForm.NYNORSK, "", "", "", "nn"),
        (LanguageForm.BOKMAAL, "", "", "", "nb"),
        (LanguageForm.NEUTRAL, "", "", "", "nb"),
        (LanguageForm.NYNORSK, "no,en;q=0.5", "", "", "nn"),
        (LanguageForm.NYNORSK, "se,en-GB;q=0.9", "", "", "en"),
        (LanguageForm.NYNORSK, "nb-NO,nb;q=0.9", "", "", "nb"),
        (LanguageForm.NYNORSK, "nb", "nn", "", "nn"),
        (LanguageForm.BOKMAAL, "nb", "", "en", "en"),
        (LanguageForm.BOKMAAL, "nb", "nn", "en", "nn"),
        (LanguageForm.NYNORSK, "", "xx", "", "nn"),
    ],
)
def test_language_weighs_person_over_browser_over_municipality(
    request_to: Callable[..., HttpRequest], form: str, browser: str, cookie: str, own: str, expected: str
) -> None:
    municipality = MunicipalityFactory(language_form=form)
    user = User(language=own) if own else None
    request = request_to(user=user, cookie=cookie, **({"accept-language": browser} if browser else {}))

    language = answered(request, municipality.slug, lambda _request: HttpResponse(translation.get_language()))

    assert language.content.decode() == expected


def merged(old_slug: str = "fjell") -> tuple[Municipality, Municipality]:
    old = MunicipalityFactory(slug=old_slug, name="Fjell", existed_to=date(2020, 1, 1), is_in_use=False)
    new = MunicipalityFactory(slug="oygarden", name="Øygarden")
    Succession.objects.create(predecessor=old, successor=new, on=date(2020, 1, 1))
    return old, new


def test_address_of_merged_municipality_leads_on_with_a_sentence(request_to: Callable[..., HttpRequest]) -> None:
    merged()
    request = request_to("/fjell/ideer/?side=fjell")

    response = answered(request, "fjell", lambda _request: HttpResponse("not reached"))

    assert response.status_code == 302
    assert response["Location"] == "/oygarden/ideer/?side=fjell"
    (message,) = request._messages  # type: ignore[attr-defined]
    assert "Fjell" in str(message)
    assert "Øygarden" in str(message)
