"""From another system's columns and words to ours: told in a file, guessed for what the file does not say."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from grobunn.ideas.models import IdeaKind, Visibility
from grobunn.ideas.states import IdeaState
from grobunn.ideas.transfer.fields import FIELDS, NAMES

CODES: Mapping[str, type[TextChoices]] = {"kind": IdeaKind, "state": IdeaState, "visibility": Visibility}


class MappingUnreadable(Exception):  # noqa: N818 -- a refusal, named for what is so
    """A mapping file that cannot be used; the message says where and why."""


class ImportMapping(BaseModel):
    """How a file becomes ideas.

    Takes: fields, our field → the column that holds it; values, field → their word → our code; constants, field → the
           same for every row; date_format, as `strptime` wants it; html, fields whose text is HTML.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    fields: dict[str, str] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    constants: dict[str, str | bool] = Field(default_factory=dict)
    date_format: str = ""
    html: list[str] = Field(default_factory=list)

    @field_validator("fields", "values", "constants", "html", mode="after")
    @classmethod
    def _known(cls, named: Any) -> Any:
        unknown = [name for name in named if name not in NAMES]
        if unknown:
            raise ValueError(f"there is no field called {', '.join(unknown)}; the fields are {', '.join(NAMES)}")
        return named

    @field_validator("values", mode="after")
    @classmethod
    def _with_codes(cls, values: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        for field, words in values.items():
            codes = CODES[field].values if field in CODES else words.values()
            wrong = sorted(set(words.values()) - set(codes) - {""})
            if wrong:
                raise ValueError(f"{field} has no code {', '.join(wrong)}; the codes are {', '.join(codes)}")
        return values


def read_mapping(path: Path) -> ImportMapping:
    """A mapping from a YAML or JSON file.

    Raises: MappingUnreadable.
    """
    try:
        text = path.read_text(encoding="utf-8")
        found = json.loads(text) if path.suffix.lower() == ".json" else yaml.safe_load(text)
        return ImportMapping.model_validate(found or {})
    except ValidationError as error:
        places = [f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors(include_url=False)]
        raise MappingUnreadable("; ".join(places)) from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise MappingUnreadable(str(error)) from error


def columns_by_field(mapping: ImportMapping, columns: Sequence[str]) -> dict[str, str]:
    """Which column holds which field: as the mapping says, and for the others by their usual names.

    Raises: MappingUnreadable if the mapping names a column that the file lacks.
    """
    missing = sorted(set(mapping.fields.values()) - set(columns))
    if missing:
        raise MappingUnreadable(f"the file has no column called {', '.join(missing)}; it has {', '.join(columns)}")
    found = dict(mapping.fields)
    free = [column for column in columns if column not in found.values()]
    for field in FIELDS:
        if field.name in found or field.name in mapping.constants:
            continue
        named = next((column for column in free if _plain(column) == _plain(field.name)), None)
        other = next((column for column in free if _plain(column) in field.others), None)
        column = named or other
        if column is not None:
            found[field.name] = column
            free.remove(column)
    return found


def codes_by_word(mapping: ImportMapping) -> dict[str, dict[str, str]]:
    """For each coded field, the code behind a word: the mapping's, our codes, and our labels in every language."""
    found: dict[str, dict[str, str]] = {}
    for name, choices in CODES.items():
        words: dict[str, str] = {}
        for language, _label in settings.LANGUAGES:
            with translation.override(language):
                words |= {str(choice.label).casefold(): choice.value for choice in choices}
        words |= {choice.value: choice.value for choice in choices}
        words |= {word.strip().casefold(): code for word, code in mapping.values.get(name, {}).items()}
        found[name] = words
    return found


def _plain(name: str) -> str:
    return re.sub(r"[^\w]|_", "", name.casefold())
