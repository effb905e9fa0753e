"""Settings of the tests: quick hashing, no collected static files, the rest as in production."""

import os
from pathlib import Path

# Django's settings are read before any conftest.py.
os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parents[3] / ".data" / "test"))

from grobunn.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"},
    "process": {"BACKEND": "grobunn.kernel.memory.ObjectCache", "LOCATION": "process"},
}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO = False
# Static files are served from where they lie: the tests collect none.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# The page of all components is served in demo mode and in tests.
SHOWS_COMPONENTS = True
# Mails that are sent stay in the outbox: grobunn.notifications.testing reads them.
IS_MAIL_KEPT_IN_OUTBOX = True

# Tests of other features need no indexer; those of search switch to the index of words themselves.
SEARCH_ENGINE = "postgresql"
# Nor a language model: the tests of meaning bring one of their own, or switch the embedded one on.
MEANING = "off"
