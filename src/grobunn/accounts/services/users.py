"""Makes users and takes them out of use."""

from allauth.account.models import EmailAddress
from django.db import transaction

from grobunn.accounts.models import User


def ensure_user(*, email: str, name: str, language: str = "", is_synthetic: bool = False) -> User:
    """The user with an e-mail address, made without a password if there is none.

    Takes:   email, an address that the caller vouches for: whoever reads its mail may take the account in use.
    Returns: the user; name, language and the rest of one that exists are left as they are.
    Effects: row, verified address.
    """
    wanted = email.strip().lower()
    with transaction.atomic():
        user = User.objects.filter(email=wanted).first()
        if user is None:
            user = User.objects.create_user(wanted, name=name, language=language, is_synthetic=is_synthetic)
        EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user
