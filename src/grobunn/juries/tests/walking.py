"""Walks every address that a reader could try, so that two walks can be compared."""

import difflib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.cache import caches
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter
from pypdf import PdfReader

from grobunn.juries.models import Entry, Member, Panel
from grobunn.juries.states import MACHINE

SECRET = "HEMMELIG"
# Whose pages can hold a panel.
_FEATURES = ("juries", "programmes", "pitching")
_ALSO = (
    "/mitt-arbeid/",
    "/varsler/",
    "/konto/mine-data/",
    f"/sok/?q={SECRET}",
    f"/sok/forslag/?q={SECRET}",
    f"/trondheim/sok/?q={SECRET}",
    f"/trondheim/sok/forslag/?q={SECRET}",
    f"/trondheim/?q={SECRET}",
)
_FORMATS = ("json", "csv", "xlsx", "pdf")
# What differs from one answer to the next by itself: tokens, tickets, keys of forms, ids of requests, when it was made.
_NOISE = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|name="key" value="[^"]+"|name="[^"]*key" value="[^"]+"|nonce="[^"]+"'
    r'|data-now="[^"]+"|data-csrf="[^"]+"|"csrf(Token)?": ?"[^"]+"|"now": ?"[^"]+"|"token": ?"[^"]+"'
    r'|data-watch="[^"]*"|"retrieved_at": ?"[^"]+"'
)
# When somebody signed in stands among what is held about them.
_MOMENTS = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00")

Seen = dict[str, tuple[int, str]]


def known_of(panel: Panel, entry: Entry, member: Member, **more: str) -> dict[str, str]:
    """What addresses name, for the walk to fill in. Takes: more, of what a feature above has."""
    return {
        "municipality": "trondheim",
        "reference": panel.reference,
        "panel_id": str(panel.pk),
        "entry_id": str(entry.pk),
        "member_id": str(member.pk),
        "edition": "1",
        **more,
    }


def walk(client: Any, ask: Any, reader: Any, known: Mapping[str, str]) -> Seen:
    """Every page and file of the features, every read of the API, and what lists things for everybody, as one reads."""
    client.force_login(reader)
    for cache in ("default", "process"):
        caches[cache].clear()
    seen: Seen = {}
    for address in dict.fromkeys([*addresses(known), *_ALSO, f"/trondheim/samtale/entry/{known['entry_id']}/"]):
        status, words = _read(client, address, seen)
        for form in _FORMATS:
            if f"format={form}" in words or (status == 200 and ("resultat" in address or "protokoll" in address)):
                _read(client, f"{address}{'&' if '?' in address else '?'}format={form}", seen)
    for path in _api_paths(known):
        answer = ask("get", path, by=reader)
        seen[path] = (answer.status_code, _content(answer))
    return seen


def differences(once: Seen, again: Seen) -> dict[str, Any]:
    """Where two walks part, for whoever must find the leak."""
    return {
        address: _difference(once.get(address, (0, "")), again.get(address, (0, "")))
        for address in {**once, **again}
        if once.get(address) != again.get(address)
    }


def _read(client: Any, address: str, seen: Seen) -> tuple[int, str]:
    answer = client.get(address)
    words = _content(answer)
    seen[address] = (answer.status_code, _MOMENTS.sub("", words) if "/konto/" in address else words)
    return seen[address]


def addresses(known: Mapping[str, str]) -> Iterator[str]:
    """Every address of the features that can be read, with what it names filled in."""
    for route, pattern in _patterns(get_resolver().url_patterns, "", wanted=lambda _path, space: space in _FEATURES):
        for edge in (
            [each.name for each in MACHINE.edges] if "paneler" in route and "<slug:edge>" in route else ["begin"]
        ):
            values = {
                name: edge if name == "edge" else known.get(name) or _of_kind(converter, known)
                for name, converter in pattern.pattern.converters.items()
            }
            yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found, values=values: values[found.group(1)], route)


def _patterns(patterns: Any, before: str, namespace: str = "", *, wanted: Any) -> Iterator[tuple[str, Any]]:
    for each in patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _patterns(each.url_patterns, path, namespace or each.namespace or "", wanted=wanted)
        elif isinstance(each, URLPattern) and wanted(path, namespace):
            yield path, each


def _of_kind(converter: Any, known: Mapping[str, str]) -> str:
    if isinstance(converter, UUIDConverter):
        return known["entry_id"]
    return "1" if isinstance(converter, IntConverter) else "x"


def _api_paths(known: Mapping[str, str]) -> Iterator[str]:
    """Every read of the API; where it names something that the panel has not, there is nothing to find."""
    names = {**known, "slug": "trondheim"}
    for route, _pattern in _patterns(
        get_resolver().url_patterns, "", wanted=lambda path, _space: path.startswith("api/v1/")
    ):
        if "openapi" in route or "docs" in route:
            continue
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: names.get(found.group(1), known["entry_id"]), route)
        yield filled.removeprefix("api/v1/")


def _content(answer: Any) -> str:
    """What an answer says, without what is noise."""
    if getattr(answer, "is_async", False):
        return ""  # A stream that never ends; it carries names of events and no words.
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if whole[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(whole)) as book:
            return "".join(book.read(name).decode() for name in sorted(book.namelist()) if "sheet" in name)
    if whole[:5] == b"%PDF-":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(whole)).pages)
    return without_noise(whole.decode())


def without_noise(words: str) -> str:
    """What a page says, without what differs from one answer to the next by itself."""
    return _NOISE.sub("", words)


def _difference(one: tuple[int, str], other: tuple[int, str]) -> tuple[int, int, list[str]]:
    lines = difflib.unified_diff(one[1].splitlines(), other[1].splitlines(), n=0, lineterm="")
    return one[0], other[0], [line[:300] for line in lines][:12]
