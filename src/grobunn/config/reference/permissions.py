"""Every permission, who has it, and the pages that ask for it."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from grobunn.config.reference.tables import NOTE, table
from grobunn.kernel import permissions


def page() -> str:
    """Permissions by name, and the open pages with the reason why they are open."""
    asked: dict[str, list[str]] = defaultdict(list)
    open_pages: list[tuple[str, str]] = []
    for address, pattern in _views(get_resolver()):
        rule = permissions.rule_of(pattern.callback)
        if rule is None:
            continue
        if rule.permission is None:
            open_pages.append((f"`/{address}`", rule.why_open))
        else:
            asked[rule.permission].append(f"`/{address}`")
    rows = [
        (f"`{name}`", permission.who, ", ".join(sorted(asked[name])) or "–")
        for name, permission in permissions.declared().items()
    ]
    return (
        f"{NOTE}\n# Permissions\n\nDenied unless a line here allows it. "
        "Another municipality's things are not found (404); a right that is missing inside one's own is told (403).\n\n"
        f"{table(('permission', 'who', 'pages'), rows)}\n## Pages open to everybody\n\n"
        f"{table(('page', 'why'), sorted(open_pages))}"
    )


def _views(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        address = f"{prefix}{pattern.pattern}".replace("^", "").replace("$", "")
        if isinstance(pattern, URLResolver):
            yield from _views(pattern, address)
        else:
            yield address, pattern
