"""The settings under test: the real ones, with their files in a temporary folder and quick password hashes."""

import os
import tempfile

os.environ.setdefault("PENDANT_SECRET_KEY", "only-for-tests-0123456789-0123456789-0123456789")
os.environ.setdefault("PENDANT_VAR", tempfile.mkdtemp(prefix="pendant-tests-"))
os.environ.setdefault("PENDANT_HTTPS", "false")

from config.settings import *  # noqa: F403
from config.settings import REST_FRAMEWORK, STATIC_ROOT, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
REST_FRAMEWORK = {**REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"anon": None, "photo": None}}
# DATABASE_URL may name PostgreSQL for the same tests, and alone. No other server is asked, whatever is set.
SILENCED_SYSTEM_CHECKS = ["search.E001"]
REDIS_URL = ELASTICSEARCH_URL = KAFKA_BROKERS = PUBLISHER = ""
CELERY_BROKER_URL = None
SEARCH_INDEX = "search.indexes.database.DatabaseIndex"
MAP_LIMIT = 0  # which a process of its own would make, in a database that it can't see
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
