"""Django's settings: composed from the environment; nothing here decides what a feature does."""

from ipaddress import ip_network
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from grobunn.config import databases, log_lines, mail, secrets
from grobunn.config.environment import environment, listed
from grobunn.config.sign_in import *  # noqa: F403
from grobunn.config.sign_in import sign_in_elsewhere

ENVIRONMENT = environment()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = ENVIRONMENT.data_dir.resolve()

DEBUG = ENVIRONMENT.debug
DEMO = ENVIRONMENT.demo
SHOWS_COMPONENTS = DEMO  # The page of all components, at /ui/.
SECRET_KEY = secrets.secret_key(ENVIRONMENT)
ALLOWED_HOSTS = [*listed(ENVIRONMENT.allowed_hosts), ENVIRONMENT.host_name]
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
CATALOGUE_PUBLISHER = ENVIRONMENT.catalogue_publisher.strip()
METRICS_NETWORKS = [ip_network(network) for network in listed(ENVIRONMENT.metrics_networks)]
SITE_URL = ENVIRONMENT.address
LIVE_ADDRESS = ENVIRONMENT.live_address
SEARCH_ENGINE = ENVIRONMENT.search_engine
SEARCH_DIR = (ENVIRONMENT.search_dir or DATA_DIR / "search").resolve()
IS_SERVED_OVER_TLS = SITE_URL.startswith("https://")

FEATURES = [
    "grobunn.config",
    "grobunn.web",
    "grobunn.cases",
    "grobunn.stories",
    "grobunn.portfolio",
    "grobunn.pitching",
    "grobunn.programmes",
    "grobunn.initiatives",
    "grobunn.ideas",
    "grobunn.juries",
    "grobunn.methods",
    "grobunn.capacity",
    "grobunn.discussion",
    "grobunn.search",
    "grobunn.notifications",
    "grobunn.organisations",
    "grobunn.accounts",
    "grobunn.ui",
    "grobunn.kernel",
]
# Features come first: their templates and words stand before those of the libraries.
INSTALLED_APPS = [
    *FEATURES,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django_cotton",
    "django_htmx",
    "rules",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "grobunn.config.middleware.requests.RequestLine",
    "grobunn.config.middleware.requests.TrustedProxies",
    "grobunn.config.middleware.requests.Probes",
    "grobunn.config.middleware.policies.Policies",
    "grobunn.config.middleware.compression.CompressedPages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "grobunn.organisations.middleware.Tenant",
    "grobunn.kernel.middleware.RequirePermission",
]

ROOT_URLCONF = "grobunn.config.urls"
WSGI_APPLICATION = "grobunn.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "grobunn.organisations.context.municipality",
                "grobunn.ui.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "grobunn.ui.widgets.Renderer"
COTTON_DIR = "ui/components"
COTTON_ISOLATE_BY_DEFAULT = True  # A component sees its props, not whatever its page happens to hold.

DATABASES = {"default": databases.default_database(ENVIRONMENT, DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"},
    "process": {
        "BACKEND": "grobunn.kernel.memory.ObjectCache",
        "LOCATION": "process",
        "TIMEOUT": 30,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}

SESSION_ENGINE = "grobunn.accounts.sessions"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_SERVED_OVER_TLS else "http"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SERVED_OVER_TLS  # Browsers allow it for localhost alone.
SOCIALACCOUNT_PROVIDERS = sign_in_elsewhere(ENVIRONMENT)

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Norwegian Bokmål")), ("nn", _("Norwegian Nynorsk")), ("en", _("English"))]
USE_I18N = True
# Every number of a page is grouped as its language does it: 1 000. What is no amount is told so: `|unlocalize`.
USE_THOUSAND_SEPARATOR = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": MEDIA_ROOT}},
    "staticfiles": {"BACKEND": "grobunn.config.static_names.KeptAddresses"},
}

# Mails are rows first (notifications), so the backend that libraries see puts them in the queue.
MAIL_SERVER = mail.parse_smtp_url(ENVIRONMENT.smtp_url.get_secret_value())
EMAIL_BACKEND = "grobunn.notifications.backends.QueuedBackend"
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL_SERVER.is_tls_from_start, MAIL_SERVER.is_starttls
EMAIL_TIMEOUT = 30
EMAIL_CA_FILE = str(ENVIRONMENT.smtp_ca_file.resolve()) if ENVIRONMENT.smtp_ca_file else ""
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
IS_MAIL_KEPT_IN_OUTBOX = DEMO and not EMAIL_HOST

MEANING = ENVIRONMENT.meaning
MEANING_URL, MEANING_MODEL = ENVIRONMENT.meaning_url, ENVIRONMENT.meaning_model
MEANING_KEY = ENVIRONMENT.meaning_key.get_secret_value()
MEANING_TIMEOUT_SECONDS = ENVIRONMENT.meaning_timeout_seconds
MEANING_FOLDER = str(ENVIRONMENT.meaning_folder.resolve()) if ENVIRONMENT.meaning_folder else ""

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PGHISTORY_APPEND_ONLY = True

SECURE_CONTENT_TYPE_NOSNIFF = True
# Addresses that hold a code or a token stay within the installation. A page must not say "no-referrer": browsers then
# send its forms with no origin, and they are refused.
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_SERVED_OVER_TLS
CSRF_COOKIE_SECURE = IS_SERVED_OVER_TLS
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Only a trusted proxy can say that a request came in the clear; without one, redirecting would go round in circles.
SECURE_SSL_REDIRECT = IS_SERVED_OVER_TLS and TRUSTED_PROXIES > 0
SECURE_HSTS_SECONDS = 31_536_000 if IS_SERVED_OVER_TLS else 0

log_lines.configure()
LOGGING = log_lines.settings(level=ENVIRONMENT.log_level, format_name=ENVIRONMENT.log_format)
