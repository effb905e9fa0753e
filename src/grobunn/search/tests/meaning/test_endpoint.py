"""The provider for services with OpenAI's interface, against a real server on this machine."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from grobunn.search.meaning.embedder import EmbeddingFailed
from grobunn.search.meaning.providers.endpoint import Endpoint


class _Service(ThreadingHTTPServer):
    """Answers as the tests say, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.status = 200
        self.wait_seconds = 0.0
        self.body: object = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: _Service

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({"path": self.path, **asked})
        self.server.keys.append(self.headers.get("Authorization"))
        time.sleep(self.server.wait_seconds)
        rows = [{"index": i, "embedding": [float(len(text)), 1.0]} for i, text in enumerate(asked["input"])]
        body = {"data": rows[::-1]} if self.server.body is None else self.server.body
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *args: object) -> None:
        """Nothing is written while tests run."""


@pytest.fixture
def service() -> Iterator[_Service]:
    with _Service() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def _endpoint(service: _Service, *, key: str = "", timeout_seconds: float = 5.0) -> Endpoint:
    return Endpoint(url=f"{service.url}/", model="small", key=key, timeout_seconds=timeout_seconds)


def test_endpoint_gives_a_vector_of_length_one_for_each_text_in_order(service: _Service) -> None:
    vectors = _endpoint(service, key="hemmelig").encode(["aaa", "b"], kind="passage")

    expected = np.array([[3, 1], [1, 1]]) / np.sqrt([[10], [2]])
    assert np.allclose(vectors, expected, atol=1e-6)
    assert service.asked == [
        {"path": "/v1/embeddings", "model": "small", "input": ["aaa", "b"], "encoding_format": "float"}
    ]
    assert service.keys == ["Bearer hemmelig"]


def test_endpoint_sends_many_texts_in_several_requests(service: _Service) -> None:
    vectors = _endpoint(service).encode([f"tekst {number}" for number in range(150)], kind="passage")

    assert vectors.shape == (150, 2)
    assert [len(asked["input"]) for asked in service.asked] == [64, 64, 22]


def test_endpoint_that_refuses_is_told_by_its_status_without_the_key(service: _Service) -> None:
    service.status = 401

    with pytest.raises(EmbeddingFailed) as failed:
        _endpoint(service, key="hemmelig").encode(["tekst"], kind="query")

    assert str(failed.value) == f"{service.url} gives no vectors: it answers 401"


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"data": []},
        {"data": [{"index": 0, "embedding": []}]},
        {"data": [{"index": 1, "embedding": [1.0]}]},
        {"data": [{"index": 0, "embedding": ["x"]}]},
        {"data": [{"index": 0}]},
    ],
)
def test_endpoint_that_answers_something_else_fails(service: _Service, body: object) -> None:
    service.body = body

    with pytest.raises(EmbeddingFailed):
        _endpoint(service).encode(["tekst"], kind="query")


def test_endpoint_that_is_slow_is_not_waited_for_while_somebody_writes(service: _Service) -> None:
    service.wait_seconds = 0.5

    with pytest.raises(EmbeddingFailed, match="does not answer in time"):
        _endpoint(service, timeout_seconds=0.05).encode(["tekst"], kind="query")


def test_endpoint_that_fails_three_times_is_not_asked_again_at_once(service: _Service) -> None:
    service.status = 500
    endpoint = _endpoint(service)

    for _attempt in range(5):
        with pytest.raises(EmbeddingFailed):
            endpoint.encode(["tekst"], kind="query")

    assert len(service.asked) == 3


def test_endpoint_that_cannot_be_reached_fails() -> None:
    with pytest.raises(EmbeddingFailed, match="cannot be reached"):
        Endpoint(url="http://127.0.0.1:9/v1", model="m", key="", timeout_seconds=1).encode(["tekst"], kind="query")
