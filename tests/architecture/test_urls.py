"""Every address: served only with a declared permission, and 404 for another municipality's things."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from grobunn.kernel import permissions


def _views(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        address = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _views(pattern, address)
        else:
            yield address, pattern


VIEWS = list(_views(get_resolver()))


@pytest.mark.parametrize("pattern", [pattern for _address, pattern in VIEWS], ids=[address for address, _p in VIEWS])
def test_every_address_declares_its_permission(pattern: URLPattern) -> None:
    rule = permissions.rule_of(pattern.callback)

    assert rule is not None
    assert (rule.permission in permissions.declared()) or rule.why_open
