"""People who can sign in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from grobunn.kernel import clock, ids


class UserManager(BaseUserManager["User"]):
    """Makes users; e-mail addresses are kept in lower case."""

    def create_user(self, email: str, *, name: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), name=name.strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in. Roles are dated and live in `organisations`; nothing here says what one may do."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=2, blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False, help_text="Runs the installation; has no right to any content.")
    is_synthetic = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name
