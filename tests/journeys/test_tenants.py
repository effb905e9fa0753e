"""Nobody of one municipality reads what is internal to another: by page, address, search, API, photo, notice."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.accounts.services.tokens import make_token
from grobunn.discussion.models import Comment
from grobunn.ideas.images import clean_photo
from grobunn.ideas.models import CoWriter, Idea, Photo, RoutingProposal, RoutingRule, Visibility
from grobunn.ideas.tests.conftest import Town
from grobunn.kernel import ids
from grobunn.kernel.models import StateChange
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Mail, Notice
from grobunn.organisations.models import Role
from grobunn.stories.models import Picture, Story
from grobunn.stories.services.pictures import add_picture
from grobunn.stories.services.write import StoryWords, begin_story
from grobunn.stories.urls import story_patterns, writing_patterns
from tests.journeys.conftest import Come, idea_in
from tests.journeys.test_anonymity import photo_file

SECRET = "kvernstein"
TEXT = f"Flytt {SECRET} fra lageret til verkstedet."
# Pages and files of the other municipality's set-up.
SET_UP = (
    "/lillevik/oppsett/",
    "/lillevik/oppsett/folk/",
    "/lillevik/oppsett/enheter/",
    "/lillevik/oppsett/import/",
    "/lillevik/oppsett/eksport/people.csv",
    "/lillevik/oppsett/eksport/units.xlsx",
    "/lillevik/oppsett/ruting/",
    "/lillevik/oppsett/ruting/ny/",
    "/lillevik/oppsett/ruting/prov/",
    "/lillevik/oppsett/ruting/endringer/",
    "/lillevik/oppsett/idetyper/",
    "/lillevik/oppsett/svarmaler/",
    "/lillevik/oppsett/svarmaler/nb/law-says/",
)


@dataclass(frozen=True)
class Theirs:
    """Something internal to the other municipality, with everything that could leak it."""

    idea: Idea
    photo: Photo
    notice: Notice
    mail: Mail
    change: StateChange


@pytest.fixture(params=[Visibility.INTERNAL, Visibility.PUBLIC], ids=str)
def theirs(request: pytest.FixtureRequest, other_town: Town, come: Come) -> Theirs:
    """An idea of the other town; a public one too is theirs alone until somebody has taken it up."""
    file = photo_file()
    idea = idea_in(
        other_town,
        text=TEXT,
        writer=other_town.nurse,
        visibility=request.param,
        photos=[clean_photo(file, size=file.size or 0)],
    )
    run_jobs()
    talk = f"/lillevik/samtale/idea/{idea.pk}/kommentar/"
    come(other_town.adviser).client.post(talk, {"text": f"Enig om {SECRET}.", "comment_id": str(ids.new_id())})
    run_jobs()
    with scopes_disabled():
        assert Comment.objects.count() == 1
        return Theirs(
            idea=idea,
            photo=Photo.objects.get(),
            notice=Notice.objects.filter(thread_key=f"idea:{idea.pk}").order_by("id")[0],
            mail=Mail.objects.order_by("id")[0],
            change=StateChange.objects.get(subject_id=idea.pk),
        )


def _strangers(town: Town) -> list[User | None]:
    """People of this town, somebody of none, nobody in particular."""
    return [town.adviser, town.director, town.nurse, town.outsider, None]


def _state() -> dict[str, Any]:
    with scopes_disabled():
        return {
            "ideas": list(Idea.objects.order_by("pk").values_list("pk", "version", "state")),
            "comments": Comment.objects.count(),
            "co_writers": CoWriter.objects.count(),
            "changes": StateChange.objects.count(),
            "unread": Notice.objects.filter(read_at=None).count(),
        }


def _addresses(theirs: Theirs) -> Iterator[str]:
    idea = theirs.idea
    for slug in ("lillevik", "storvik"):
        thread = f"/{slug}/ideer/{idea.reference}/"
        yield from (f"{thread}{rest}" for rest in ("", "endre/", "steg/decline/", "steg/take_up/", "steg/merge/"))
        yield f"{thread}bilder/{theirs.photo.pk}.jpg"
        yield f"/{slug}/samtale/idea/{idea.pk}/"
    yield from (f"/t/{word}/" for word in (idea.reference, str(idea.pk), "0000-0000-0000"))
    yield f"/t/0000-0000-0000/bilder/{theirs.photo.pk}.jpg"


def _posts(theirs: Theirs) -> Iterator[tuple[str, dict[str, str]]]:
    idea = theirs.idea
    for slug in ("lillevik", "storvik"):
        thread, talk = f"/{slug}/ideer/{idea.reference}/", f"/{slug}/samtale/idea/{idea.pk}/"
        yield f"{thread}steg/decline/", {"reason": "Nei.", "version": str(idea.version)}
        yield f"{thread}bli-med/", {}
        yield f"{thread}ikke-samme/", {"other": idea.reference}
        yield f"{thread}angre/{theirs.change.pk}/", {}
        yield f"{talk}kommentar/", {"text": "Hei."}
        yield f"{talk}applaus/", {}
        yield f"{talk}folg/", {}
    yield f"/varsler/{theirs.notice.pk}/lest/", {}


def test_no_address_of_anothers_internal_thing_answers(town: Town, theirs: Theirs, come: Come) -> None:
    for stranger in _strangers(town):
        _assert_nothing_answers(theirs, stranger, come)


def _assert_nothing_answers(theirs: Theirs, stranger: User | None, come: Come) -> None:
    before = _state()
    reader = come(stranger)

    answers = {address: reader.client.get(address) for address in _addresses(theirs)}
    answers |= {f"POST {address}": reader.client.post(address, sent) for address, sent in _posts(theirs)}
    answers[f"/varsler/{theirs.notice.pk}/"] = reader.client.get(f"/varsler/{theirs.notice.pk}/")

    for address, answer in answers.items():
        # Some acts are nobody's here but an adviser's, and somebody not signed in is asked to sign in first: neither
        # says whether the thing exists.
        refused = {404} if stranger and not address.startswith("POST") else {404, 403, 302}
        assert answer.status_code in refused, (address, str(stranger))
        assert SECRET not in answer.content.decode(errors="replace"), (address, str(stranger))
    assert _state() == before


def test_no_list_shows_anothers_internal_thing(town: Town, other_town: Town, theirs: Theirs, come: Come) -> None:
    readers = [come(stranger) for stranger in _strangers(town)]

    for address in (
        "/",
        f"/?q={SECRET}",
        "/lillevik/",
        "/lillevik/ideer/",
        "/storvik/ideer/",
        "/lillevik/ko/",
        f"/lillevik/ko/?ord={SECRET}",
        f"/storvik/ko/?ord={SECRET}",
        "/mitt-arbeid/",
        "/mitt-arbeid/folger/",
        "/varsler/",
        "/varsler/e-post/",
        f"/varsler/e-post/{theirs.mail.pk}/",
        f"/utboks/{theirs.mail.pk}/",
        f"/sok/?q={SECRET}",
        f"/lillevik/sok/?q={SECRET}",
        f"/lillevik/ny/lignende/?text={TEXT}",
        f"/storvik/ny/lignende/?text={TEXT}",
        *SET_UP,
    ):
        for reader in readers:
            answer = reader.client.get(address, follow=True)
            content = b"".join(answer) if answer.streaming else answer.content
            shown = content.decode(errors="replace")
            for word in ("fra lageret", f"Enig om {SECRET}", theirs.idea.receipt, other_town.nurse.email):
                assert word not in shown, address


def test_set_up_of_another_municipality_is_not_found_however_its_addresses_are_spelt(
    town: Town, other_town: Town, theirs: Theirs, come: Come
) -> None:
    own, stranger = come(other_town.adviser), come(town.adviser)
    with scopes_disabled():
        rule = RoutingRule.objects.create(
            municipality=other_town.municipality,
            position=1,
            words=[SECRET],
            receiver_role=Role.SECTOR_HEAD,
            receiver_unit=other_town.office,
        )
    # One proposed change, so that the page of the trial has something to show.
    own.client.post(f"/lillevik/oppsett/ruting/{rule.pk}/fjern/")
    own.client.post(f"/lillevik/oppsett/ruting/{rule.pk}/tilbake/")
    own.client.post("/lillevik/oppsett/ruting/ny/", {"words": "verksted", "role": Role.INNOVATION_ADVISER})

    for address in (*SET_UP, f"/lillevik/oppsett/ruting/{rule.pk}/"):
        # That its own adviser finds the page says that the address is a real one.
        assert own.client.get(address).status_code == 200, address
        assert stranger.client.get(address).status_code == 404, address
    assert stranger.client.get(f"/storvik/oppsett/ruting/{rule.pk}/").status_code == 404
    for act in ("opp", "ned", "fjern", "tilbake"):
        stranger.client.post(f"/storvik/oppsett/ruting/{rule.pk}/{act}/")
    with scopes_disabled():
        assert list(RoutingProposal.objects.values_list("user_id", flat=True)) == [other_town.adviser.pk]


def test_people_and_units_of_another_are_not_set_up_from_here(town: Town, other_town: Town, come: Come) -> None:
    adviser = come(town.adviser)

    for rest in ("", "enheter/", "enheter/helse/", "folk/", f"folk/{other_town.nurse.pk}/", "kommunen/", "import/"):
        answer = adviser.client.get(f"/lillevik/oppsett/{rest}")
        assert answer.status_code in {403, 404}, rest
        assert other_town.nurse.email not in answer.content.decode()
    assert adviser.client.get(f"/storvik/oppsett/folk/{other_town.nurse.pk}/").status_code == 404
    assert adviser.client.get(f"/storvik/oppsett/folk/{other_town.adviser.pk}/").status_code == 404


def test_merge_into_anothers_idea_is_refused_without_telling_that_it_exists(
    town: Town, theirs: Theirs, come: Come
) -> None:
    own = idea_in(town, text="Vår egen.")
    answers = []
    for reference in (theirs.idea.reference, "lillevik-999"):
        form = come(town.adviser).open(f"/storvik/ideer/{own.reference}/steg/merge/")
        answers.append(form.press("Slå sammen", into=reference).text.replace(reference, ""))

    assert answers[0] == answers[1]
    with scopes_disabled():
        assert Idea.objects.get(pk=own.pk).merged_into is None


@pytest.mark.parametrize("who", ["adviser", "nurse", "outsider", None], ids=str)
def test_api_tells_nothing_of_anothers_internal_thing(town: Town, theirs: Theirs, who: str | None) -> None:
    headers = {}
    if who is not None:
        raw = make_token(getattr(town, who), name="prøve", scopes=["ideas:read", "ideas:write"], days=1).raw
        headers["Authorization"] = f"Bearer {raw}"
    client, before = Client(headers=headers), _state()
    idea = theirs.idea

    reads = [
        client.get("/api/v1/municipalities/lillevik/ideas"),
        client.get("/api/v1/municipalities/storvik/ideas"),
        client.get("/api/v1/similar", {"municipality": "lillevik", "q": TEXT}),
        client.get("/api/v1/similar", {"municipality": "storvik", "q": TEXT}),
        client.get(f"/api/v1/threads/{idea.reference}"),
        client.get(f"/api/v1/threads/{ids.new_receipt()}"),
    ]
    steps = [
        client.post(f"/api/v1/ideas/{idea.reference}/{step}", {"reason": "Nei."}, content_type="application/json")
        for step in ("decline", "take_up", "withdraw")
    ]

    assert [read.status_code for read in reads] == [200, 200, 200, 200, 404, 404]
    assert [SECRET in answer.content.decode() for answer in [*reads, *steps]] == [False] * 9
    assert {step.status_code for step in steps} == ({404} if who else {401})
    assert _state() == before


def test_notices_and_mails_stay_in_their_municipality(town: Town, theirs: Theirs) -> None:
    of_this_town = [town.nurse, town.leader, town.adviser, town.director, town.outsider]

    with scopes_disabled():
        assert Notice.objects.filter(recipient__in=of_this_town).count() == 0
        assert Mail.objects.filter(to_address__in=[user.email for user in of_this_town]).count() == 0


def _story_addresses(story: Story, picture: Picture) -> Iterator[str]:
    """Every address of stories that leads to one of them, as it is and under this town's own name."""
    given = {"story_id": story.pk, "story": story.slug or "et-utkast", "picture_id": picture.pk, "edge": "publish"}
    others = {"user_id": ids.new_id(), "link_id": ids.new_id(), "change_id": ids.new_id()}
    patterns = [*story_patterns, *writing_patterns]
    names = [(pattern.name, pattern.pattern.converters) for pattern in patterns if isinstance(pattern, URLPattern)]
    for name, converters in names:
        if converters and not {"tag", "token"} & set(converters):
            where = {each: {**given, **others}[each] for each in converters}
            for slug in ("lillevik", "storvik"):
                yield reverse(f"stories:{name}", kwargs={"municipality": slug, **where})


def test_no_address_of_anothers_draft_story_answers(town: Town, other_town: Town, come: Come) -> None:
    with scope(municipality=other_town.municipality.pk):
        words = StoryWords(title=f"Om {SECRET}", lead=TEXT, text=TEXT)
        story = begin_story(other_town.municipality, words=words, actor=other_town.nurse)
        file = photo_file()
        photo = clean_photo(file, size=file.size or 0)
        picture = add_picture(story, photo=photo, alt=TEXT, caption="", actor=other_town.adviser)
    run_jobs()
    before = _state() | {"version": story.version}

    for stranger in _strangers(town):
        client = come(stranger).client
        answers = {address: client.get(address) for address in _story_addresses(story, picture)}
        answers |= {f"POST {address}": client.post(address, {}) for address in _story_addresses(story, picture)}
        for address, answer in answers.items():
            # Somebody not signed in is asked to sign in where nobody comes without; it does not say what is there.
            assert answer.status_code in ({404, 403, 405} if stranger else {404, 302, 403, 405}), address
            assert SECRET not in answer.content.decode(errors="replace"), address
        for address in ("/lillevik/historier/", "/lillevik/historier/atom.xml", "/api/v1/stories", f"/sok/?q={SECRET}"):
            assert "fra lageret" not in client.get(address).content.decode(), address
    with scopes_disabled():
        assert _state() | {"version": Story.objects.get(pk=story.pk).version} == before
