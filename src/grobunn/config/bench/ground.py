"""What the visits stand on: who is signed in, and which ideas, words and texts they ask for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from django.urls import reverse
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.accounts.personas import PERSONAS
from grobunn.accounts.services.tokens import make_token
from grobunn.cases.models import Case
from grobunn.cases.states import CaseState
from grobunn.config.bench.client import Client
from grobunn.config.bench.seed import MEASURED, place_names
from grobunn.config.bench.texts import Texts
from grobunn.ideas.channels import other_channel
from grobunn.ideas.models import Contact, Idea, Visibility
from grobunn.ideas.states import IdeaState
from grobunn.initiatives.models import Initiative
from grobunn.kernel import ids
from grobunn.organisations.models import Municipality
from grobunn.stories.queries.stories import published

ANONYMOUS, EMPLOYEE, ADVISER = "anonymous", "employee", "adviser"
_PERSONAS = {EMPLOYEE: "nurse", ADVISER: "adviser"}
_SAMPLE = 200
_SEED = 1
_ADDRESS = "10.0.0.1"


@dataclass(frozen=True)
class Ground:
    """What visits are made of.

    Takes: cookies by visitor; form_token, what the anonymous visitor's form carries; api_token, the adviser's.
    """

    slug: str
    cookies: Mapping[str, Mapping[str, str]]
    form_token: str
    api_token: str
    receipts: Sequence[str]
    references: Sequence[str]
    stories: Sequence[str]
    sentences: Sequence[str]
    words: Sequence[str]
    cases: Sequence[str]
    initiatives: Sequence[str]
    waiting: Sequence[str]


def prepare(port: int) -> Ground:
    """Let the visitors in, each on the page that people use, and pick what they will ask for.

    Effects: passwords of two made-up people, known to this process alone; a token.
    """
    ideas = _ideas()
    adviser = User.objects.get(email=PERSONAS[_PERSONAS[ADVISER]].email)
    intake = reverse("ideas:write", kwargs={"municipality": MEASURED})
    with Client(port, address=_ADDRESS) as anonymous:
        form_token = anonymous.form_token(intake)
    return Ground(
        slug=MEASURED,
        cookies={
            ANONYMOUS: anonymous.cookies,
            **{who: _signed_in(port, persona) for who, persona in _PERSONAS.items()},
        },
        form_token=form_token,
        api_token=make_token(adviser, name="Benchmark", scopes=["ideas:read"], days=1).raw,
        receipts=[idea.receipt for idea in ideas if idea.contact == Contact.RECEIPT],
        references=[idea.reference for idea in ideas if idea.visibility != Visibility.INTERNAL],
        stories=_stories(),
        sentences=_sentences(),
        words=[" ".join(idea.heading.split()[:2]) for idea in ideas],
        cases=_cases(),
        initiatives=_initiatives(),
        waiting=[idea.reference for idea in ideas if idea.state == IdeaState.ASSESSING],
    )


def _ideas() -> list[Idea]:
    """Ideas of the measured municipality, strewn over all that there are."""
    with scope(municipality=Municipality.objects.get(slug=MEASURED).pk):
        pks = list(Idea.objects.order_by("pk").values_list("pk", flat=True))
        chosen = Random(_SEED).sample(pks, min(_SAMPLE, len(pks)))  # noqa: S311 -- nothing secret
        return list(Idea.objects.filter(pk__in=chosen).order_by("pk"))


def _stories() -> list[str]:
    """Addresses of the demonstration's stories in the measured municipality."""
    with scope(municipality=Municipality.objects.get(slug=MEASURED).pk):
        return list(published().order_by("pk").values_list("slug", flat=True))


def _cases() -> list[str]:
    """Addresses of published cases, strewn over all that there are."""
    with scopes_disabled():
        slugs = list(Case.objects.filter(state=CaseState.PUBLISHED).order_by("pk").values_list("slug", flat=True))
    return Random(_SEED).sample(slugs, min(_SAMPLE, len(slugs)))  # noqa: S311 -- nothing secret


def _initiatives() -> list[str]:
    """References of initiatives of the measured municipality, strewn over all that there are."""
    with scope(municipality=Municipality.objects.get(slug=MEASURED).pk):
        references = list(Initiative.objects.order_by("pk").values_list("reference", flat=True))
    return Random(_SEED).sample(references, min(_SAMPLE, len(references)))  # noqa: S311 -- nothing secret


def _sentences() -> list[str]:
    """Texts as somebody writes them; none that another channel is offered for."""
    texts = Texts(seed=_SEED, places=place_names())
    written = (texts.next("nb", unit="") for _ in range(2 * _SAMPLE))
    whole = [f"{each.title}. {each.text}"[:300] for each in written]
    return [text for text in whole if other_channel(text) is None]


def _signed_in(port: int, persona: str) -> dict[str, str]:
    user = User.objects.get(email=PERSONAS[persona].email)
    password = ids.new_secret()
    user.set_password(password)
    user.save(update_fields=["password"])
    with Client(port, address=_ADDRESS) as client:
        client.sign_in(login_path=reverse("account_login"), email=user.email, password=password)
        return client.cookies
