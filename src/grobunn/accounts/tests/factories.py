"""Users for tests."""

from typing import Any

import factory

from grobunn.accounts.models import User


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A user who can sign in with the password given; without one, with none."""

    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"user{number}@test.example")
    name = factory.Sequence(lambda number: f"User {number}")
    password: str | None = None

    @classmethod
    def _create(cls, model_class: type[User], *_args: Any, **fields: Any) -> User:
        return model_class.objects.create_user(fields.pop("email"), **fields)
