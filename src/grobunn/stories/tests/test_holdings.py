"""What a person is told that stories hold about them."""

from grobunn.accounts.privacy import export_of
from grobunn.stories.services.authors import consent
from grobunn.stories.services.newsletter import subscribe
from grobunn.stories.tests.conftest import Town
from grobunn.stories.tests.factories import WORDS, make_story


def test_export_names_stories_consents_and_newsletters(town: Town) -> None:
    consent(make_story(town), actor=town.author)
    subscribe(town.municipality, email=town.author.email, language="nb")

    held = export_of(town.author)["stories"]

    assert held["author_of"] == [
        {
            "title": WORDS["title"],
            "state": "draft",
            "is_shown": True,
            "role": "unit_leader",
            "unit": "Hjemmetjenesten",
        }
    ]
    assert [(each["municipality"], each["is_confirmed"]) for each in held["newsletters"]] == [("Storvik", False)]


def test_export_of_somebody_else_holds_nothing(town: Town) -> None:
    make_story(town)

    assert export_of(town.colleague)["stories"] == {"author_of": [], "newsletters": []}
