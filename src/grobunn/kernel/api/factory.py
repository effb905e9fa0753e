"""Makes the API that `config` mounts: ninja with our gate, our errors and our description."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path
from ninja import NinjaAPI, Router
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from grobunn.kernel.api import description, refusals, scopes
from grobunn.kernel.api.access import Access
from grobunn.kernel.api.gate import guarded


class Api(NinjaAPI):
    """The API of one version."""

    def set_default_exception_handlers(self) -> None:
        for kind in refusals.TELLERS:
            self.add_exception_handler(kind, refusals.TELLERS[kind])

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's name: what generated clients call it."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **asked: Any) -> OpenAPISchema:
        return self._description

    @cached_property
    def _description(self) -> OpenAPISchema:
        accesses = {self.get_openapi_operation_id(operation): access_of(operation) for operation in self.operations()}
        schema = super().get_openapi_schema()
        description.completed(schema, accesses)
        return schema

    def operations(self) -> Iterator[Operation]:
        """Every operation of every router."""
        for router in self._get_bound_routers():
            for path_view in router.path_operations.values():
                yield from path_view.operations

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        for operation in self.operations():
            access_of(operation)
        patterns: list[Any] = [*super()._get_urls(), re_path(r"", _nothing_here)]
        for pattern in patterns:
            pattern.callback = guarded(_named(pattern.callback))
        return patterns


def make_api(*, title: str, version: str, summary: str, docs: DocsBase, routers: Sequence[Router]) -> Api:
    """An API composed of the features' routers.

    Takes:   routers, each with the whole of its addresses below the API's own.
    Raises:  ImproperlyConfigured, when its addresses are made, if an operation declares no access or no known scope.
    """
    api = Api(title=title, version=version, description=summary, docs=docs, urls_namespace="api")
    for router in routers:
        api.add_router("", router)
    return api


def access_of(operation: Operation) -> Access:
    """What an operation asks of its caller.

    Raises:  ImproperlyConfigured.
    """
    accesses = [callback for callback in operation.auth_callbacks if isinstance(callback, Access)]
    name = f"{operation.view_func.__module__}.{operation.view_func.__name__}"
    if len(accesses) != 1:
        raise ImproperlyConfigured(f"The operation {name} declares no access: needs_scope(…) or open_to_all(…).")
    if accesses[0].scope not in scopes.declared():
        raise ImproperlyConfigured(f"The operation {name} asks for the scope {accesses[0].scope}, which none declares.")
    return accesses[0]


def _nothing_here(request: HttpRequest) -> HttpResponse:
    raise Http404


def _named(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view under its wrapper's eyes: a partial of ninja's has no name of its own."""
    if isinstance(view, partial):
        view.__name__ = view.func.__name__  # type: ignore[attr-defined]
        view.__qualname__ = view.func.__qualname__  # type: ignore[attr-defined]
        view.__module__ = view.func.__module__
    return view
