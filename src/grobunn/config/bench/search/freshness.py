"""How soon an idea that somebody sent is found: through the web server, the worker and the indexer, as in life."""

import time
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

from django.urls import reverse

from grobunn.accounts.models import User
from grobunn.accounts.personas import PERSONAS
from grobunn.accounts.services.tokens import make_token
from grobunn.config import parts
from grobunn.config.bench.client import Client, Visit, WrongAnswer
from grobunn.config.bench.measure import percentile
from grobunn.config.bench.pages import API
from grobunn.config.bench.search.figures import Freshness
from grobunn.config.bench.search.questions import MUNICIPALITY
from grobunn.config.bench.server import running
from grobunn.kernel import ids

_GIVE_UP_SECONDS = 20.0
_LOOK_SECONDS = 0.02


def measure_freshness(*, port: int, data_dir: Path, ideas: int) -> Freshness:
    """Send ideas one after the other, each with a word that no other text has, and search for it until it is found.

    Raises: WrongAnswer if one is not found in time; PartNotStarted.
    """
    adviser = User.objects.get(email=PERSONAS["adviser"].email)
    token = make_token(adviser, name="Benchmark", scopes=["search:read"], days=1).raw
    with (
        (data_dir / "log" / "worker.log").open("wb") as output,
        running(parts.worker(data_dir, output=output)),
        running(parts.indexer(data_dir, output=output)),
    ):
        waits = [_seconds_until_found(number, port=port, token=token) for number in range(ideas)]
    p50, p95 = (percentile(waits, part) / 1000 for part in (50, 95))
    return Freshness(ideas, p50_s=round(p50, 2), p95_s=round(p95, 2), worst_s=round(max(waits), 2))


def _seconds_until_found(number: int, *, port: int, token: str) -> float:
    word = f"ny{ids.new_id().hex[-8:]}"
    asking = Visit(
        f"{API}/search?{urlencode({'q': word, 'municipality': MUNICIPALITY})}",
        headers={"Authorization": f"Bearer {token}"},
    )
    with Client(port, address=f"10.2.{number % 200}.1") as client:
        began = _send(client, f"Vi kan teste {word} hos oss.")
        while time.perf_counter() - began < _GIVE_UP_SECONDS:
            answer = client.go(asking)
            if answer.status != HTTPStatus.OK:
                raise WrongAnswer(f"Search answered {answer.status}.")
            if f"teste {word} hos" in answer.text:
                return time.perf_counter() - began
            time.sleep(_LOOK_SECONDS)
    raise WrongAnswer(f"A new idea was not found within {_GIVE_UP_SECONDS:.0f} s.")


def _send(client: Client, text: str) -> float:
    """Send an idea as the form does. Returns: when the answer was there."""
    intake = reverse("ideas:write", kwargs={"municipality": MUNICIPALITY})
    token = client.form_token(intake)
    sent = client.go(Visit(intake, fields={"csrfmiddlewaretoken": token, "text": text, "key": str(ids.new_id())}))
    if sent.status != HTTPStatus.FOUND:
        raise WrongAnswer(f"{intake} answered {sent.status}.")
    return time.perf_counter()
