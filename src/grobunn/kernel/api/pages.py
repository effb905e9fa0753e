"""Pages of rows in the API: `items`, and the address of the next page in `next` and in the Link header."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema

from grobunn.kernel import paging

T = TypeVar("T")
R = TypeVar("R")
M = TypeVar("M", bound=Model)

DEFAULT_SIZE = 50
LARGEST_SIZE = 200


class Paging(Schema):
    """Query parameters of a list: `paging: Query[Paging]`."""

    limit: int = Field(DEFAULT_SIZE, ge=1, le=LARGEST_SIZE, description="Rows per page.")
    cursor: str | None = Field(None, max_length=1000, description="Where the page begins, as given in `next`.")


class Listed(Schema, Generic[T]):
    """A page of rows: `response=Listed[IdeaOut]`."""

    items: list[T]
    next: str | None = Field(None, description="Address of the next page; null on the last.")


@dataclass(frozen=True)
class ListedRows(Generic[R]):
    """What an operation returns for `Listed`: rows of a model, or whatever the schema reads, in `items`."""

    items: list[R]
    next: str | None


def listed(
    request: HttpRequest, response: HttpResponse, rows: QuerySet[M], *, order: Sequence[str], asked: Paging
) -> ListedRows[M]:
    """One page of a queryset, with its Link header (RFC 8288).

    Takes:   response, the temporary one that ninja hands to an operation; order as `kernel.paging.page` wants it.
    Raises:  kernel.paging.BadCursor.
    """
    page = paging.page(rows, order=order, size=asked.limit, cursor=asked.cursor)
    following = _address(request, page.next_cursor)
    links = [(following, "next"), (_address(request, page.previous_cursor), "prev")]
    header = ", ".join(f'<{address}>; rel="{relation}"' for address, relation in links if address is not None)
    if header:
        response["Link"] = header
    return ListedRows(items=page.rows, next=following)


def _address(request: HttpRequest, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
