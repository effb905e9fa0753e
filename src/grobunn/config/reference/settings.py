"""Every setting that an operator can give."""

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from grobunn.config.environment import Environment
from grobunn.config.reference.tables import NOTE, table


def page() -> str:
    """Settings in the order in which they are declared."""
    rows = [
        (f"`{_variable(name, field)}`", field.description or "", _default(field))
        for name, field in Environment.model_fields.items()
    ]
    return f"{NOTE}\n# Settings\n\nGiven as environment variables.\n\n{table(('variable', 'meaning', 'default'), rows)}"


def _variable(name: str, field: FieldInfo) -> str:
    return field.validation_alias if isinstance(field.validation_alias, str) else f"GROBUNN_{name.upper()}"


def _default(field: FieldInfo) -> str:
    value = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    return f"`{value}`" if value not in (None, "") else "(empty)"
