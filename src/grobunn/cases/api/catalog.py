"""The library described for data catalogues."""

from django.http import Http404, HttpRequest, HttpResponse

from grobunn.cases.api.router import router
from grobunn.cases.library.columns import columns
from grobunn.cases.queries.catalog import newest_change, publisher
from grobunn.kernel.api.access import open_to_all

_WHY = "A description of what is published."
_DESCRIBED = {
    "responses": {200: {"description": "DCAT-AP-NO 3.", "content": {"text/turtle": {}, "application/ld+json": {}}}}
}


@router.get("/catalog.ttl", auth=open_to_all("cases:read", why=_WHY), openapi_extra=_DESCRIBED)
def show_catalog_as_turtle(request: HttpRequest) -> HttpResponse:
    """The library as a dataset after DCAT-AP-NO, in Turtle. Not found while nobody here can stand as its publisher."""
    return _described("turtle", "text/turtle; charset=utf-8")


@router.get("/catalog.jsonld", auth=open_to_all("cases:read", why=_WHY), openapi_extra=_DESCRIBED)
def show_catalog_as_json(request: HttpRequest) -> HttpResponse:
    """The same in JSON-LD."""
    return _described("json-ld", "application/ld+json; charset=utf-8")


def _described(form: str, content_type: str) -> HttpResponse:
    from grobunn.cases.catalog import catalogue  # noqa: PLC0415 -- slow import

    municipality = publisher()
    if municipality is None:
        raise Http404
    graph = catalogue(municipality, changed_at=newest_change(), themes=columns().themes)
    return HttpResponse(graph.serialize(format=form, encoding="utf-8"), content_type=content_type)
