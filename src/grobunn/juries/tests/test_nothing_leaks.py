"""Whoever is disqualified, or being assessed, learns nothing: every page, file and API path is walked.

Each address is read twice. In between, everything about the entry but its title is changed: text, scores, notes,
reasons, what was found. What the reader sees must be the same, so that no count, rank or figure tells either. The walk
goes over the addresses themselves, so pages that are added later are walked too.
"""

import difflib
import io
import json
import re
import zipfile

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter

from grobunn.discussion.models import Comment
from grobunn.juries.events import StandingChanged
from grobunn.juries.handlers import impartiality
from grobunn.juries.models import Conflict, Criterion, Entry, Party, PartyKind, Score, Tap
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.services.steps import step
from grobunn.juries.states import MACHINE
from grobunn.juries.tests.api.conftest import ask  # noqa: F401 -- a fixture
from grobunn.juries.tests.factories import declare_all, make_jury
from grobunn.juries.tests.scored import bar, score_all
from grobunn.kernel import clock
from grobunn.notifications.models import Notice

pytestmark = pytest.mark.django_db

SECRET = "HEMMELIG"
# Whose pages can hold a panel.
_FEATURES = ("juries", "programmes", "pitching")
_ALSO = ("/mitt-arbeid/", "/varsler/", "/konto/mine-data/", f"/sok/?q={SECRET}", f"/trondheim/?q={SECRET}")
# What differs from one answer to the next by itself: tokens, keys of forms, ids of requests, when a page was made.
_NOISE = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|name="key" value="[^"]+"|name="[^"]*key" value="[^"]+"|nonce="[^"]+"'
    r'|data-now="[^"]+"|data-csrf="[^"]+"|"csrf(Token)?": ?"[^"]+"|"now": ?"[^"]+"|"token": ?"[^"]+"'
)


def _addresses(panel, entry, member):
    """Every address of the features that can be read, with what it names filled in."""
    known = {
        "municipality": "trondheim",
        "slug": "trondheim",
        "reference": panel.reference,
        "panel_id": str(panel.pk),
        "entry_id": str(entry.pk),
        "entry": str(entry.pk),
        "member_id": str(member.pk),
        "edition": "1",
    }
    for route, pattern in _patterns(get_resolver().url_patterns, "", wanted=lambda _path, space: space in _FEATURES):
        for edge in [each.name for each in MACHINE.edges] if "<slug:edge>" in route else [""]:
            values = {
                name: edge if name == "edge" else known.get(name) or _of_kind(converter, entry)
                for name, converter in pattern.pattern.converters.items()
            }
            yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found, values=values: values[found.group(1)], route)


def _patterns(patterns, before, namespace="", *, wanted):
    for each in patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _patterns(each.url_patterns, path, namespace or each.namespace or "", wanted=wanted)
        elif isinstance(each, URLPattern) and wanted(path, namespace):
            yield path, each


def _of_kind(converter, entry):
    if isinstance(converter, UUIDConverter):
        return str(entry.pk)
    return "1" if isinstance(converter, IntConverter) else "x"


def _api_paths(panel, entry):
    for route, _pattern in _patterns(
        get_resolver().url_patterns, "", wanted=lambda path, _space: path.startswith("api/")
    ):
        if "panel" in route:
            filled = re.sub(r"<(?:\w+:)?entry\w*>", str(entry.pk), route).replace("<slug>", "trondheim")
            yield re.sub(r"<(?:\w+:)?\w+>", str(panel.pk), filled).removeprefix("api/v1/")


# When somebody signed in stands among what is held about them.
_MOMENTS = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00")


def _content(answer):
    """What an answer says, without what is noise."""
    if getattr(answer, "is_async", False):
        return ""  # A stream that never ends; it carries names of events and no words.
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if whole[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(whole)) as book:
            return "".join(book.read(name).decode() for name in sorted(book.namelist()) if "sheet" in name)
    if whole[:5] == b"%PDF-":
        return ""  # Set from what the JSON of the same address says.
    return _NOISE.sub("", whole.decode())


def _difference(one, other):
    """Where two answers part, for whoever must find the leak."""
    lines = difflib.unified_diff(one[1].splitlines(), other[1].splitlines(), n=0, lineterm="")
    return one[0], other[0], [line[:300] for line in lines][:12]


def _walk(client, ask, reader, panel, entry, member):  # noqa: F811
    client.force_login(reader)
    seen = {}
    for address in dict.fromkeys([*_addresses(panel, entry, member), *_ALSO, f"/trondheim/samtale/entry/{entry.pk}/"]):
        for more in ("", "?format=json", "?format=csv", "?format=xlsx"):
            if more and "?" not in address and not any(word in address for word in ("resultat", "protokoll")):
                continue
            if more and "?" in address:
                continue
            answer = client.get(address + more)
            words = _content(answer)
            seen[address + more] = (answer.status_code, _MOMENTS.sub("", words) if "/konto/" in address else words)
    for path in _api_paths(panel, entry):
        answer = ask("get", path, by=reader)
        seen[path] = (answer.status_code, _content(answer))
    return seen


def _fill(entry, members, criteria, *, value, words):
    """Everything about an entry that is not its title, as the panel made it."""
    Entry.objects.filter(pk=entry.pk).update(
        text=words, reasons=words, feedback=words, outcome="yes" if value > 3 else "no"
    )
    Score.objects.filter(entry=entry, member__in=members).update(value=value, note=words)
    for member in members:
        Tap.objects.create(
            municipality_id=entry.municipality_id,
            member=member,
            entry=entry,
            criterion=criteria[0],
            value=value,
            tapped_at=clock.now(),
        )
    Party.objects.filter(entry=entry).delete()
    Party.objects.create(municipality_id=entry.municipality_id, entry=entry, kind=PartyKind.PARTNER, name=words)
    Conflict.objects.filter(entry=entry).update(detail=words)
    Conflict.objects.filter(entry=entry).exclude(state=ConflictState.OPEN).update(reason=words)
    Comment.objects.create(
        municipality_id=entry.municipality_id, kind="entry", subject_id=entry.pk, author=members[0].user, text=words
    )


@pytest.mark.parametrize("state", [ConflictState.CONFIRMED, ConflictState.OPEN])
@pytest.mark.parametrize("until", ["open_scoring", "release"])
def test_nothing_of_the_entry_is_learned(client, ask, municipality, adviser, state, until):  # noqa: F811
    panel, members, entries = make_jury(municipality, by=adviser, members=4, entries=4, peek="own_in")
    entry, barred = entries[1], members[2]
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    bar(barred, entry, state=state)
    step(panel, "open_scoring", actor=adviser)
    score_all(panel, members, [each for each in entries if each != entry], value=3)
    others = [member for member in members if member != barred]
    score_all(panel, others, [entry], value=3)
    criteria = list(Criterion.objects.filter(panel=panel))
    if until == "release":
        step(panel, "release", actor=members[0].user)

    _fill(entry, others, criteria, value=1, words=f"{SECRET} en")
    once = _walk(client, ask, barred.user, panel, entry, barred)
    _fill(entry, others, criteria, value=5, words=f"{SECRET} to og mer")
    again = _walk(client, ask, barred.user, panel, entry, barred)

    leaks = [address for address, (_status, words) in again.items() if f"{SECRET} " in words]
    assert leaks == []
    told = {address: _difference(once[address], again[address]) for address in once if once[address] != again[address]}
    assert told == {}
    assert len(once) > 30
    assert any(status == 200 for status, _words in once.values())
    event = StandingChanged(panel_id=panel.pk, municipality_id=panel.municipality_id, member_id=barred.pk)
    for tell in (impartiality.tell_what_was_decided, impartiality.ask_to_assess, impartiality.ask_latecomer):
        tell(event)
    notices = Notice.objects.filter(recipient=barred.user)
    assert not any(SECRET in json.dumps(notice.data) for notice in notices)


def test_the_walk_finds_what_an_impartial_member_sees(client, ask, municipality, adviser):  # noqa: F811
    panel, members, entries = make_jury(municipality, by=adviser)
    step(panel, "open_declarations", actor=adviser)
    declare_all(*members)
    Entry.objects.filter(pk=entries[0].pk).update(text=f"{SECRET} tekst")

    seen = _walk(client, ask, members[1].user, panel, entries[0], members[1])

    assert [address for address, (_status, words) in seen.items() if f"{SECRET} " in words]
