"""The one settings file. Everything a newsroom sets comes through the environment; see docs/deploying.md."""

from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from newsroom import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(environment.text("NEWSROOM_VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = environment.flag("DEBUG", default=False)
SECRET_KEY = environment.secret_key(VAR_DIR)
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
SITE_NAME = environment.text("SITE_NAME", "Newsroom")
# Whether readers of an article's history are told who entered each version.
NAMES_IN_HISTORY = environment.flag("NAMES_IN_HISTORY", default=False)

INSTALLED_APPS = [
    "newsroom.apps.NewsroomConfig",
    "claims.apps.ClaimsConfig",
    "articles.apps.ArticlesConfig",
    "newsroom.core.apps.CoreConfig",
    "newsroom.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "taggit",
    "django_filters",
]

# Session, sign-in, CSRF and messages serve the desk alone: public pages neither read nor set a cookie.
MIDDLEWARE = [
    "newsroom.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.language.PrefixLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "newsroom.desk.DeskSessionMiddleware",
    "newsroom.desk.DeskCsrfMiddleware",
    "newsroom.desk.DeskAuthenticationMiddleware",
    "newsroom.kept.KeepsWhatWasTyped",
    "newsroom.recent.RecentMiddleware",
    "newsroom.desk.DeskMessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# Django looks for its CSRF middleware by name; ours is a subclass of it (tests/test_deploying.py says so).
SILENCED_SYSTEM_CHECKS = ["security.W003"]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "newsroom.context.site",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

SQLITE_OPTIONS = {
    # As Django ships it, three of four concurrent writers fail with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # What is deleted is overwritten: what readers typed is gone from the file when its time is over.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON;"
    ),
}


def database(url: str) -> dict:
    """Django's database settings for the address, with the options each engine needs."""
    settings = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = {**settings.get("OPTIONS", {}), **SQLITE_OPTIONS}
        # Tests run on a file with production's options: an in-memory database has neither WAL nor locks.
        settings["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    return settings


DATABASE_URL = environment.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}")
DATABASES = {"default": database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ur", _("Urdu"))]
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale"]
TIME_ZONE = environment.text("TIME_ZONE", "UTC")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 300

FIXTURE_DIRS = [BASE_DIR / "seeds"]
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False
# Django's own envelope for what a form may send; stored limits in articles/text.py lie inside it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

# HTTPS is switched on by one variable, because the demo serves plain HTTP on 127.0.0.1.
BEHIND_HTTPS = environment.flag("BEHIND_HTTPS", default=False)
SECURE_SSL_REDIRECT = BEHIND_HTTPS
SESSION_COOKIE_SECURE = BEHIND_HTTPS
CSRF_COOKIE_SECURE = BEHIND_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_HTTPS
SECURE_HSTS_PRELOAD = BEHIND_HTTPS
if BEHIND_HTTPS and environment.flag("TRUST_FORWARDED_PROTO", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of ours add to X-Forwarded-For from whom a request came. What readers write there stands before it.
PROXIES = environment.number("PROXIES", default=1 if BEHIND_HTTPS else 0)
SESSION_COOKIE_PATH = "/admin/"
CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "newsroom.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"

TEST_RUNNER = "tests.runner.NewsroomRunner"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "WARNING")},
}
