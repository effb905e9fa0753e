"""Questions put together from smaller ones."""

from collections.abc import Sequence

import tantivy


def either(queries: Sequence[tantivy.Query], *, at_least: int | None = None) -> tantivy.Query:
    """Documents with any of what is asked for, or with at least so many."""
    should = [(tantivy.Occur.Should, query) for query in queries]
    return tantivy.Query.boolean_query(should, minimum_number_should_match=at_least)


def narrowed(query: tantivy.Query, *conditions: tantivy.Query) -> tantivy.Query:
    """What is asked for, where every condition holds; conditions weigh nothing."""
    if not conditions:
        return query
    must = [(tantivy.Occur.Must, query)]
    must += [(tantivy.Occur.Must, tantivy.Query.const_score_query(condition, 0.0)) for condition in conditions]
    return tantivy.Query.boolean_query(must)
