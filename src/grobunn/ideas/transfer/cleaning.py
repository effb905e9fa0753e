"""From a row of a file to an idea that can be kept, or to what is wrong with it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from grobunn.ideas.models import TITLE_LENGTH, Visibility
from grobunn.ideas.services.imported import ImportedIdea, Refusal
from grobunn.ideas.states import IdeaState
from grobunn.ideas.transfer.html import text_of
from grobunn.ideas.transfer.mapping import ImportMapping, codes_by_word
from grobunn.ideas.transfer.reading import Raw
from grobunn.ideas.validators import validate_no_identity_number, validate_text
from grobunn.kernel import clock
from grobunn.organisations.models import Unit

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_DATE_FORMATS = (
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d/%m/%Y",
    "%d/%m/%Y %H:%M",
    "%Y-%m-%d %H:%M:%S %z",
)
_TRUE = frozenset({"1", "true", "yes", "ja", "x", "sann"})
_LANGUAGE = re.compile(r"[a-z]{2}")
_LENGTHS = {"external_id": 100, "parked_condition": 300, "solution": 500}  # As the model has them.


class _Wrong(Exception):  # noqa: N818 -- what is wrong with one field of a row
    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True)
class Cleaner:
    """Cleans the rows of one file.

    Takes: columns, our field → the column; units, by short name, id and name in small letters.
    """

    mapping: ImportMapping
    columns: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    units: Mapping[str, UUID]
    default_language: str

    def clean(self, number: int, raw: Raw) -> ImportedIdea | Refusal:
        """The idea of a row, or the first thing that is wrong with it."""
        try:
            return self._idea(number, raw)
        except _Wrong as wrong:
            return Refusal(row=number, field=wrong.field, message=wrong.message)

    def _idea(self, number: int, raw: Raw) -> ImportedIdea:
        title, text = self._words(raw)
        state = self._code(raw, "state", IdeaState.RECEIVED)
        submitted_at = self._moment(raw, "submitted_at")
        reference = self._text(raw, "reference")
        external_id = self._short(raw, "external_id") or reference
        # Nobody answers a question in a file: what waits for its writer is being assessed.
        state = IdeaState.ASSESSING if state == IdeaState.ASKED else state
        parked_until = self._day(raw, "parked_until")
        merged_into = self._text(raw, "merged_into")
        if state == IdeaState.PARKED and parked_until is None:
            raise _Wrong("parked_until", _("A parked idea needs the day on which it comes back."))
        if state == IdeaState.MERGED and not merged_into:
            raise _Wrong("merged_into", _("A merged idea needs the one that it was merged into."))
        return ImportedIdea(
            row=number,
            external_id=external_id or _id_of(title, text, self._text(raw, "submitted_at")),
            reference=reference,
            title=title,
            text=text,
            kind=self._code(raw, "kind", ""),
            state=state,
            visibility=self._code(raw, "visibility", Visibility.MUNICIPALITY),
            unit_id=self._unit(raw),
            language=self._language(raw),
            submitted_at=submitted_at,
            state_since=self._moment(raw, "state_since"),
            reason=self._reason(raw),
            parked_until=parked_until if state == IdeaState.PARKED else None,
            parked_condition=self._short(raw, "parked_condition") if state == IdeaState.PARKED else "",
            solution=self._short(raw, "solution") if state == IdeaState.SOLVED else "",
            merged_into=merged_into if state == IdeaState.MERGED else "",
            is_synthetic=self._text(raw, "is_synthetic").casefold() in _TRUE,
        )

    def _value(self, raw: Raw, field: str) -> Any:
        if field in self.mapping.constants:
            return self.mapping.constants[field]
        column = self.columns.get(field)
        return raw.get(column) if column is not None else None

    def _text(self, raw: Raw, field: str) -> str:
        value = self._value(raw, field)
        if value is None:
            return ""
        text = value if isinstance(value, str) else str(value)
        if field in self.mapping.html:
            text = text_of(text)
        return _CONTROL.sub("", text).replace("\r\n", "\n").strip()

    def _short(self, raw: Raw, field: str) -> str:
        text = self._text(raw, field)
        if len(text) > _LENGTHS[field]:
            raise _Wrong(field, _("At most %(limit)s characters.") % {"limit": _LENGTHS[field]})
        return text

    def _words(self, raw: Raw) -> tuple[str, str]:
        """Title and text. A title alone is the text; one that is too long stands whole in the text."""
        title, text = self._text(raw, "title"), self._text(raw, "text")
        if not text:
            title, text = "", title
        if len(title) > TITLE_LENGTH:
            text = f"{title}\n\n{text}"
            title = title[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
        _check("text", text, validate_text)
        _check("title", title, validate_no_identity_number)
        return title, text

    def _reason(self, raw: Raw) -> str:
        reason = self._text(raw, "reason")
        _check("reason", reason, validate_no_identity_number)
        return reason

    def _code(self, raw: Raw, field: str, default: str) -> str:
        word = self._text(raw, field)
        if not word:
            return default
        code = self.codes[field].get(word.casefold())
        if code is None:
            known = ", ".join(sorted(set(self.codes[field].values()) - {""}))
            raise _Wrong(
                field,
                _("“%(word)s” is not known. Say in the mapping which of these it is: %(known)s.")
                % {"word": word[:60], "known": known},
            )
        return code or default

    def _unit(self, raw: Raw) -> UUID | None:
        name = self._text(raw, "unit")
        if not name:
            return None
        unit_id = self.units.get(name.casefold())
        if unit_id is None:
            raise _Wrong("unit", _("There is no unit called “%(name)s” here.") % {"name": name[:60]})
        return unit_id

    def _language(self, raw: Raw) -> str:
        code = self._text(raw, "language").lower()[:2]
        if code and not _LANGUAGE.fullmatch(code):
            raise _Wrong("language", _("A language is a code of two letters, such as nb or nn."))
        return {"no": "nb"}.get(code, code) or self.default_language

    def _moment(self, raw: Raw, field: str) -> datetime | None:
        value = self._value(raw, field)
        moment = value if isinstance(value, date) else self._read_moment(field, self._text(raw, field))
        if moment is None:
            return None
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time(12))
        aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
        if aware > clock.now():
            raise _Wrong(field, _("The day lies ahead."))
        return aware

    def _day(self, raw: Raw, field: str) -> date | None:
        value = self._value(raw, field)
        moment = value if isinstance(value, date) else self._read_moment(field, self._text(raw, field))
        return moment.date() if isinstance(moment, datetime) else moment

    def _read_moment(self, field: str, text: str) -> date | None:
        if not text:
            return None
        moment = _read_date(text, self.mapping.date_format)
        if moment is None:
            raise _Wrong(
                field,
                _("“%(text)s” is not a date that can be read. Give its form in the mapping, such as %%d.%%m.%%Y.")
                % {"text": text[:40]},
            )
        return moment


def cleaner_for(
    mapping: ImportMapping, *, columns: Mapping[str, str], units: Iterable[Unit], default_language: str
) -> Cleaner:
    """A cleaner of one file for one municipality."""
    by_name: dict[str, UUID] = {}
    for unit in units:
        for name in (unit.name, unit.external_id, unit.slug):
            if name:
                by_name[name.casefold()] = unit.pk
    return Cleaner(
        mapping=mapping,
        columns=columns,
        codes=codes_by_word(mapping),
        units=by_name,
        default_language=default_language,
    )


@lru_cache(maxsize=4096)
def _read_date(text: str, own_format: str) -> date | None:
    """A date with or without a time, in its own form, else as ISO 8601 or in a form usual in Norway."""
    for read in _date_readers(own_format):
        try:
            found = read(text)
        except ValueError:
            continue
        # A date alone has no time of day, so that it is the same day wherever it is read.
        return found.date() if len(text) <= len("00.00.0000") else found
    return None


def _date_readers(own_format: str) -> list[Callable[[str], datetime]]:
    if own_format:
        return [lambda text: _by_format(text, own_format)]
    usual: list[Callable[[str], datetime]] = [lambda text, form=form: _by_format(text, form) for form in _DATE_FORMATS]  # type: ignore[misc]
    return [datetime.fromisoformat, *usual]


def _by_format(text: str, form: str) -> datetime:
    return datetime.strptime(text, form)  # noqa: DTZ007 -- made aware in the municipality's own time


def _check(field: str, text: str, validate: Callable[[str], None]) -> None:
    try:
        validate(text)
    except ValidationError as error:
        raise _Wrong(field, " ".join(error.messages)) from error


def _id_of(title: str, text: str, written: str) -> str:
    """An id for a row that has none: the same words at the same time are the same idea."""
    return f"row-{blake2b(chr(0).join([title, text, written]).encode(), digest_size=12).hexdigest()}"
