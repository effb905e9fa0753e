"""What an address says beside the page it names: the query that is kept when somebody moves on."""

from django.http import QueryDict


def query_without(query: QueryDict, *names: str) -> str:
    """A query without some of its names, and without what was left empty."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if name not in names:
            kept.setlist(name, [value for value in values if value])
    return kept.urlencode()
