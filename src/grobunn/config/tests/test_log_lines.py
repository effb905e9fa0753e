"""What the log holds, and what it must not."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.http import HttpRequest

from grobunn.config import log_lines

RECEIPT = "7KQF-M3XD-9TPA"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """A log of its own, set up as in production."""
    stream = io.StringIO()
    settings = log_lines.settings(level="INFO", format_name="json")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(settings["formatters"]["line"]["()"](format_name="json"))
    handler.addFilter(log_lines.OurWords())
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def lines(written: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"no thread {RECEIPT}", "no thread (receipt)"),
        ("from 192.0.2.17 and 2001:db8::1:2:3", "from (address) and (address)"),
        ("550 no such user <nora@example.no>", "550 no such user <(e-mail)>"),
        ('violates "x"\nDETAIL:  Key (code)=(secret) already exists.', 'violates "x"\nDETAIL: (values)'),
        ("listens on 127.0.0.1:8000", "listens on 127.0.0.1:8000"),
        ("row 01a20193-15f0-75e0-9b91-5d442c4e77d2", "row 01a20193-15f0-75e0-9b91-5d442c4e77d2"),
        ("at 2026-11-22T05:03:19.915333Z, took 00:01:02", "at 2026-11-22T05:03:19.915333Z, took 00:01:02"),
    ],
)
def test_what_could_tell_who_somebody_is_is_masked(text: str, masked: str) -> None:
    assert log_lines.mask(text) == masked


def test_line_of_ours_is_json_with_the_request_id(written: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(request_id="abcdef123456"):
        structlog.get_logger("grobunn.test").info("said", ideas=3)

    assert [{name: line[name] for name in ("event", "ideas", "level", "request_id")} for line in lines(written)] == [
        {"event": "said", "ideas": 3, "level": "info", "request_id": "abcdef123456"}
    ]


def test_exception_is_written_without_the_values_of_the_row(written: io.StringIO) -> None:
    try:
        raise ValueError(f"no thread {RECEIPT}\nDETAIL:  Key (email)=(nora@example.no)")
    except ValueError:
        logging.getLogger("some.library").exception("failed for %s", RECEIPT)

    (line,) = lines(written)
    assert line["event"] == "failed for (receipt)"
    assert "ValueError" in str(line["exception"])
    assert RECEIPT not in written.getvalue()
    assert "nora" not in written.getvalue()


def test_djangos_line_about_a_request_holds_the_pattern_not_the_path(written: io.StringIO) -> None:
    request = HttpRequest()
    request.path = f"/t/{RECEIPT}"

    logging.getLogger("django.request").error(
        "Internal Server Error: %s", request.path, extra={"status_code": 500, "request": request}
    )

    (line,) = lines(written)
    assert (line["event"], line["route"], line["status_code"]) == ("answered 500", "(unknown)", 500)
    assert RECEIPT not in written.getvalue()


def test_line_about_a_job_holds_its_name_not_its_arguments(written: io.StringIO) -> None:
    job = {"id": 7, "task_name": "ideas.tell", "attempts": 1, "task_kwargs": {"text": "what somebody wrote"}}

    logging.getLogger("procrastinate.worker").error(
        "Starting job ideas.tell[7](text='what somebody wrote')", extra={"action": "start_job", "job": job}
    )

    (line,) = lines(written)
    assert (line["event"], line["job"]) == ("start job", {"id": 7, "task_name": "ideas.tell", "attempts": 1})
    assert "somebody" not in written.getvalue()


def test_plain_lines_are_for_reading(capsys: pytest.CaptureFixture[str]) -> None:
    formatter = log_lines.settings(level="INFO", format_name="plain")["formatters"]["line"]["()"](format_name="plain")
    record = logging.LogRecord("grobunn.test", logging.INFO, "", 0, "said", None, None)

    assert "said" in formatter.format(record)
    assert not formatter.format(record).startswith("{")
