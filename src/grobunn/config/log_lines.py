"""The log: one JSON object a line, or plain text for a person, and never what could tell who wrote an idea.

No network address, receipt code or e-mail address, no body of a request, no argument of a job. What a library writes
of its own accord is put into our words (`OurWords`) or masked (`mask`).
"""

import logging
import re
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

# Each with a sign that is in whatever it matches: most values of most lines have none of them.
_PATTERNS = (
    # Receipt codes, see kernel.ids. Ids of rows are written in lower case and stay.
    (
        "-",
        re.compile(r"(?<![\w-])[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}(?![\w-])"),
        "(receipt)",
    ),
    ("@", re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "(e-mail)"),
    (".", re.compile(r"(?<![\w.])(?!127\.|0\.0\.0\.0)(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"), "(address)"),
    (":", re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}(?![\w:])"), "(address)"),
    # PostgreSQL's details of an error hold the values of the row.
    (":", re.compile(r"^(DETAIL|CONTEXT): .*$", re.MULTILINE), r"\1: (values)"),
)


def mask(text: str) -> str:
    """A text without what could tell who somebody is."""
    for sign, pattern, substitute in _PATTERNS:
        if sign in text:
            text = pattern.sub(substitute, text)
    return text


def settings(*, level: str, format_name: str) -> dict[str, Any]:
    """Python's logging for every process, as Django's LOGGING.

    Takes: format_name, `json` or `plain`.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"our_words": {"()": OurWords}},
        "formatters": {"line": {"()": _formatter, "format_name": format_name}},
        "handlers": {
            "lines": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "line",
                "filters": ["our_words"],
            }
        },
        "root": {"handlers": ["lines"], "level": level},
        "loggers": {
            "django": {"level": level},
            "django.server": {"handlers": [], "propagate": True, "level": level},
            "django.request": {"level": "ERROR"},  # What is refused stands in our own line of the request.
            "django.db.backends": {"level": "INFO"},  # Its debug lines are statements with their values.
            "procrastinate": {"level": level},
            "procrastinate.blueprints": {"level": "WARNING"},
            "procrastinate.periodic": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},
        },
    }


def configure() -> None:
    """Make structlog's loggers write through Python's logging; once per process, before the first line."""
    structlog.configure(
        processors=[*_common_processors(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class OurWords(logging.Filter):
    """Puts lines of libraries that hold paths or arguments into our own words."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "django.request":
            request = getattr(record, "request", None)
            record.msg, record.args = _status_line(record), None
            if request is not None:
                record.route = route_of(request)
                record.request = None  # Its text form holds the path.
        elif record.name.startswith("procrastinate") and hasattr(record, "action"):
            job = getattr(record, "job", None) or {}
            record.msg, record.args = str(record.action).replace("_", " "), None
            record.job = {name: job[name] for name in ("id", "task_name", "attempts") if name in job}
        return True


def route_of(request: Any) -> str:
    """The pattern of the address that was asked for, such as `t/<receipt>`; never the address itself."""
    match = getattr(request, "resolver_match", None)
    return str(match.route) if match is not None else "(unknown)"


def _status_line(record: logging.LogRecord) -> str:
    status = getattr(record, "status_code", None)
    return f"answered {status}" if status else "request failed"


def _formatter(*, format_name: str) -> logging.Formatter:
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    if format_name == "plain":
        renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    finish = [] if format_name == "plain" else [structlog.processors.format_exc_info]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_common_processors(), _fields_of_record],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *finish, _mask_values, renderer],
    )


def _common_processors() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _fields_of_record(logger: Any, name: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Take along the few fields that `OurWords` left on a library's line."""
    record = line.get("_record")
    for field in ("route", "status_code", "job"):
        value = getattr(record, field, None)
        if value:
            line[field] = value
    return line


def _mask_values(logger: Any, name: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
    for field, value in line.items():
        if isinstance(value, str) and field != "timestamp":
            line[field] = mask(value)
    return line
