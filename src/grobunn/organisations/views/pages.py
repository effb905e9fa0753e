"""What the pages of the set-up have in common."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from grobunn.organisations import sections
from grobunn.organisations.errors import SetUpRefused
from grobunn.organisations.models import Municipality

Trail = Sequence[tuple[str, str]]


def address(name: str, municipality: Municipality, **kwargs: Any) -> str:
    """Address of one of the feature's pages."""
    return reverse(f"organisations:{name}", kwargs={"municipality": municipality.slug, **kwargs})


def page(
    request: HttpRequest,
    municipality: Municipality,
    template: str,
    *,
    title: str,
    above: Trail = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of the set-up, with its tabs and the way to it.

    Takes: template, one that extends `organisations/base.html`.
    """
    top = address("set_up", municipality)
    trail = [(_("Set-up"), top), *above, (title, "")] if request.path != top else []
    tabs = sections.tabs(municipality, path=request.path, actor=request.user)
    return render(request, template, {"title": title, "trail": trail, "tabs": tabs, **context}, status=status)


def form_page(request: HttpRequest, municipality: Municipality, form: BaseForm, **context: Any) -> HttpResponse:
    """A page that is one form; answered 422 when the form was sent and has errors."""
    context.setdefault("template", "organisations/form.html")
    status = 422 if form.is_bound and form.errors else 200
    return page(request, municipality, context.pop("template"), form=form, status=status, **context)


def blame(form: BaseForm, refused: SetUpRefused) -> None:
    """Write a refusal beside the field that it belongs to."""
    field = refused.field if refused.field in form.fields else None
    form.add_error(field, str(refused.message))
