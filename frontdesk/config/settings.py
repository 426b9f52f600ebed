"""The one settings module; everything that differs between installations comes from `env`."""

from pathlib import Path

from frontdesk.core.languages import available_languages

from . import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.data_directory()
DEBUG = env.flag("FRONTDESK_DEBUG")
SECRET_KEY = env.secret_key(DATA_DIR)
PUBLIC_URL = env.text("FRONTDESK_URL", f"http://localhost:{env.number('PORT', 8000)}").rstrip("/")
ALLOWED_HOSTS = [host.strip() for host in env.text("FRONTDESK_HOSTS", "*").split(",")]
SECURE = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "frontdesk.core",
    "frontdesk.core.jobs",
    "frontdesk.core.rest",
    "frontdesk.core.backup",
    "frontdesk.ui",
    "frontdesk.activity",
    "frontdesk.accounts",
    "frontdesk.undo",
    "frontdesk.webhooks",
    "frontdesk.teams",
    "frontdesk.live",
    "frontdesk.notify",
    "frontdesk.search",
    "frontdesk.files",
    "frontdesk.help",
    "frontdesk.clients",
    "frontdesk.channels",
    "frontdesk.messaging",
    "frontdesk.conversations",
    "frontdesk.inquiries",
    "frontdesk.portal",
    "frontdesk.api",
]
MIDDLEWARE = [
    "frontdesk.core.observability.middleware.RequestMiddleware",
    "frontdesk.core.http.security.SecurityHeadersMiddleware",
    "frontdesk.core.rest.middleware.MethodProblemMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "frontdesk.core.http.sessions.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "frontdesk.accounts.middleware.ActorMiddleware",
    "frontdesk.core.http.nul.NulMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "frontdesk.config.urls"
WSGI_APPLICATION = "frontdesk.config.wsgi.application"
ASGI_APPLICATION = "frontdesk.config.asgi.application"
DOMAINS = [
    "ui", "activity", "accounts", "webhooks", "undo", "teams", "live", "notify", "search", "files", "help", "clients",
    "channels", "messaging", "conversations", "inquiries", "portal", "api",
]  # fmt: skip
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / domain / "templates" for domain in DOMAINS],
        "OPTIONS": {
            "environment": "frontdesk.ui.jinja.environment",
            "context_processors": ["frontdesk.ui.context.page"],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = env.caches()
REDIS = env.text("FRONTDESK_REDIS")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "frontdesk.accounts.signin.adapter.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,3/10m/key",
    "login_guessed": "50/h/key", "change_email": "10/h/user",
    "unsubscribe_guess": "60/m/ip", "unsubscribe": "60/h/key",
    "inquiry_try": "60/m/key", "inquiry_visitor": "20/h/key", "inquiry_address": "5/h/key", "inquiry_form": "300/h/key",
    "inquiry_photo": "30/h/key", "inquiry_form_photo": "300/h/key", "inquiry_letter": "1/d/key",
}  # fmt: skip
ACCOUNT_PREVENT_ENUMERATION = True
MFA_ADAPTER = "frontdesk.accounts.signin.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "20/m/ip"}

SESSION_ENGINE = "frontdesk.accounts.signin.store"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "frontdesk_session"
CSRF_COOKIE_NAME = "frontdesk_csrf"
CSRF_FAILURE_VIEW = "frontdesk.core.http.errors.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
MAX_IMPORT_BYTES = env.number("FRONTDESK_MAX_IMPORT_MB", 50) * 1024 * 1024
# The largest file that an account may allow, and the largest that comes in one piece; larger ones come in several.
MAX_FILE_BYTES = env.number("FRONTDESK_MAX_FILE_MB", 1000) * 1024 * 1024
MAX_PLAIN_BYTES = max(MAX_IMPORT_BYTES, min(MAX_FILE_BYTES, 100 * 1024 * 1024))

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LOCALE_PATHS = [DATA_DIR / "locale", BASE_DIR / "locale"]
LANGUAGES = available_languages(LOCALE_PATHS)

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "ui" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "files": env.file_storage(DATA_DIR),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False

globals().update(env.mail(DATA_DIR))
DEFAULT_FROM_EMAIL = env.text("FRONTDESK_MAIL_FROM", "Frontdesk <frontdesk@localhost>")
# Nobody signs up by themselves, so what the library says about its sign-up form does not matter.
SILENCED_SYSTEM_CHECKS = ["auth.W004", "account.W001"]
LOGGING_CONFIG = "frontdesk.core.observability.logs.configure"
LOGGING = {"debug": DEBUG}
JOB_PROCESSES = env.processes("FRONTDESK_JOB_PROCESSES")
API_REQUESTS_PER_MINUTE = env.number("FRONTDESK_API_REQUESTS_PER_MINUTE", 600)
METRICS_TOKEN = env.text("FRONTDESK_METRICS_TOKEN")
WEBHOOKS_LOCAL = env.flag("FRONTDESK_WEBHOOKS_LOCAL")
BACKUPS = Path(env.text("FRONTDESK_BACKUPS") or DATA_DIR / "backups").expanduser()
BACKUP_KEEP = env.number("FRONTDESK_BACKUP_KEEP", 7)
