"""The case of an address."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from grobunn.cases.models import Case
from grobunn.cases.queries.published import published_case

R = TypeVar("R", bound=HttpResponseBase)

WHY_OPEN = "What is published is read by everybody."


def case_or_404(slug: str) -> Case:
    """A published case. Raises: Http404, also for one that is not published."""
    try:
        return published_case(slug)
    except Case.DoesNotExist as error:
        raise Http404 from error


def of_case(view: Callable[..., R]) -> Callable[..., R]:
    """Give a view the published case of its address in place of the slug (decorator)."""

    @wraps(view)
    def found(request: HttpRequest, slug: str, **rest: object) -> R:
        return view(request, case_or_404(slug), **rest)

    return found
