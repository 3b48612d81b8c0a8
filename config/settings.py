"""All settings. The only reader of the environment; secure unless told otherwise. docs/operations.md lists them."""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- The installation ------------------------------------------------------------------------------------------------
DEBUG = env.bool("PENDANT_DEBUG", default=False)
SECRET_KEY = env.str("PENDANT_SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "PENDANT_SECRET_KEY is not set. Set it to a long random text that stays the same from start to start; "
        "`./run demo` and `./run manage` do so by themselves."
    )
VAR_DIR = Path(env.str("PENDANT_VAR", default=str(BASE_DIR / "var")))
if VAR_DIR != BASE_DIR / "var" and not VAR_DIR.is_dir():  # mistyped, it would begin a second, empty installation
    raise ImproperlyConfigured(
        f"There is no folder {VAR_DIR}: make it, or set PENDANT_VAR to the one where the data lies."
    )
ALLOWED_HOSTS = env.list("PENDANT_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("PENDANT_ORIGINS", default=[])
HTTPS = env.bool("PENDANT_HTTPS", default=True)

# --- What the application is made of ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    "search",
    "vectorizer",
    "gallery",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "knox",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "simple_history",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.compressing.PagesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "search.outage.OutageMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]  # each as its readers call it; docs/languages.md
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

# --- Database: SQLite on one machine, PostgreSQL beyond --------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/pendant.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Several processes share the file: readers never wait (WAL), a writer takes its lock at BEGIN, others queue for it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A server that does not answer at all is as gone as one that refuses; one that vanished is given up after a minute.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 60_000,
        **DATABASES["default"].get("OPTIONS", {}),
    }

# --- Redis: tasks and the shared cache; without it, files and `manage.py work` ---------------------------------------
REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 3, "socket_connect_timeout": 1},
    }
    if REDIS_URL
    else {
        # Not the database: to count a visitor would wait for whoever is writing, and reading waits for nobody.
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 3000},  # beyond them visitors' counts are forgotten; Django's 300 is a busy minute
    }
}
CELERY_BROKER_URL = REDIS_URL or None
CELERY_TASK_IGNORE_RESULT = True
# Two queues: pictures, and what must not wait behind them. A worker that is told no --queues hears both.
CELERY_TASK_QUEUES: dict[str, dict[str, str]] = {"vectorize": {}, "publish": {}}
CELERY_TASK_DEFAULT_QUEUE = "publish"
CELERY_TASK_CREATE_MISSING_QUEUES = False  # a name that is misspelt is refused, not a queue that nobody hears
CELERY_TASK_ROUTES = {
    "vectorizer.tasks.vectorize": {"queue": "vectorize"},
    "vectorizer.tasks.sweep": {"queue": "vectorize"},
    "vectorizer.tasks.publish": {"queue": "publish"},
    "search.tasks.grow_map": {"queue": "vectorize"},
    "search.tasks.tend_map": {"queue": "vectorize"},
    "search.tasks.*": {"queue": "publish"},  # quick ones: expired photos wait for no import
}
# A message is done with when its task is: whoever dies over it leaves it to the next. All tasks can be repeated.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False  # what it finishes meanwhile is found done
CELERY_TASK_SOFT_TIME_LIMIT = 540  # seconds: the task is told, and notes which image it was at
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500  # what a picture's library leaks goes with its process
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 1_500_000  # KiB, looked at after each task; the largest picture needs less
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker for as long as it takes
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": CELERY_TASK_TIME_LIMIT + 60,  # below it, a task at work would be given to a second worker
    "priority_steps": [0, 5],  # Redis's first is 0: one painting goes before the many of an import
    "socket_timeout": 3,
    "socket_connect_timeout": 1,
    "max_retries": 1,
    "interval_start": 0,  # else a dead broker holds up whoever saves a painting for two seconds
    "interval_step": 0,
}
CELERY_BROKER_CONNECTION_TIMEOUT = 2
# Every periodic task is named here: Celery's beat runs them where there is a broker, else `manage.py work`.
CELERY_BEAT_SCHEDULE = {
    # What no worker has begun when the next one is due would only pile up behind a long sweep: it expires.
    "sweep": {"task": "vectorizer.tasks.sweep", "schedule": timedelta(seconds=10), "options": {"expires": 10}},
    "compact-index": {
        "task": "search.tasks.compact_index",
        "schedule": timedelta(seconds=10),
        "options": {"expires": 10},
    },
    "expire-photos": {
        "task": "search.tasks.expire_photos",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "grow-map": {"task": "search.tasks.grow_map", "schedule": timedelta(minutes=1), "options": {"expires": 60}},
    "tend-map": {"task": "search.tasks.tend_map", "schedule": timedelta(minutes=1), "options": {"expires": 60}},
}

# --- Files -----------------------------------------------------------------------------------------------------------
STORAGES = {
    "default": {
        "BACKEND": "gallery.storage.AtomicFileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "files", "base_url": None},
    },
    "originals": {
        "BACKEND": "gallery.storage.AtomicFileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "originals", "base_url": None, "durable": True},
    },
    "renditions": {
        "BACKEND": "gallery.storage.AtomicFileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "renditions", "base_url": None},
    },
    "photos": {
        "BACKEND": "gallery.storage.AtomicFileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "photos", "base_url": None},
    },
    # Artifacts of models that were activated, for the other machines.
    "models": {
        "BACKEND": "gallery.storage.AtomicFileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "models", "base_url": None, "durable": True},
    },
    "staticfiles": {"BACKEND": "config.static_files.ModuleStaticFilesStorage"},
}
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("PENDANT_STATIC", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Where a proxy serves files itself (X-Accel-Redirect), the internal address that it maps to VAR_DIR/renditions.
X_ACCEL_PREFIX = env.str("PENDANT_X_ACCEL_PREFIX", default="")

# --- Limits ----------------------------------------------------------------------------------------------------------
MAX_IMAGE_BYTES = env.int("PENDANT_MAX_IMAGE_BYTES", default=64 * 2**20)
MAX_IMAGE_PIXELS = env.int("PENDANT_MAX_IMAGE_PIXELS", default=120_000_000)
# Of a visitor's photo, which anybody may send: several are opened at once, in the web server's memory.
MAX_PHOTO_BYTES = env.int("PENDANT_MAX_PHOTO_BYTES", default=32 * 2**20)
MAX_PHOTO_PIXELS = env.int("PENDANT_MAX_PHOTO_PIXELS", default=50_000_000)
MAX_FILES_AT_ONCE = 100
DATA_UPLOAD_MAX_NUMBER_FILES = 5 * MAX_FILES_AT_ONCE  # a few too many get a sentence, not a bare 400
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
PHOTO_LIFETIME = timedelta(seconds=env.int("PENDANT_PHOTO_SECONDS", default=3600))
PHOTO_RATE = env.str("PENDANT_PHOTO_RATE", default="30/min")
PHOTO_HOSTS = env.list("PENDANT_PHOTO_HOSTS", default=[])  # of photos given by their address; none: off
API_RATE = env.str("PENDANT_API_RATE", default="600/min")
SEARCH_DEPTH = 1000  # how many look-alikes one question can page through
VECTORIZE_ATTEMPTS = 3
MAP_LIMIT = env.int("PENDANT_MAP_LIMIT", default=50_000)  # paintings up to which the worker makes the map; 0: never
ENCODER_ARTIFACT = env.str("PENDANT_ARTIFACT", default="lite0-eye1")
ARTIFACTS_DIR = Path(env.str("PENDANT_ARTIFACTS", default=str(VAR_DIR / "artifacts")))  # beside the built-in ones
INDEX_DIR = VAR_DIR / "index"  # of the index that needs no server

# --- Elasticsearch and Kafka: nothing on one machine; docs/operations.md says which servers go together -------------
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_API_KEY = env.str("ELASTICSEARCH_API_KEY", default="")
INDEX_PREFIX = env.str("PENDANT_INDEX_PREFIX", default="pendant")
INDEX_SHARDS = env.int("PENDANT_INDEX_SHARDS", default=1)
INDEX_REPLICAS = env.int("PENDANT_INDEX_REPLICAS", default=0)
INDEX_VECTORS = env.str("PENDANT_INDEX_VECTORS", default="int8_hnsw")
INDEX_EXACT = env.str("PENDANT_INDEX_EXACT", default="")  # "flat" or "script": no approximation, at a price
SEARCH_INDEX = (
    "search.indexes.elasticsearch.ElasticsearchIndex" if ELASTICSEARCH_URL else "search.indexes.database.DatabaseIndex"
)
KAFKA_BROKERS = env.str("KAFKA_BROKERS", default="")
KAFKA_OPTIONS = env.json("KAFKA_OPTIONS", default={})  # librdkafka's, such as those for SASL
TOPIC_PREFIX = env.str("PENDANT_TOPIC_PREFIX", default="paintings")
TOPIC_PARTITIONS = env.int("PENDANT_TOPIC_PARTITIONS", default=6)
TOPIC_REPLICATION = env.int("PENDANT_TOPIC_REPLICATION", default=1)
PUBLISHER = (
    "vectorizer.publishers.kafka.KafkaPublisher"
    if KAFKA_BROKERS
    else "search.publisher.ElasticsearchPublisher"
    if ELASTICSEARCH_URL
    else ""
)
if PUBLISHER:
    CELERY_BEAT_SCHEDULE["publish"] = {
        "task": "vectorizer.tasks.publish",
        "schedule": timedelta(seconds=10),
        "options": {"expires": 10},
    }

# --- Safety ----------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
# Only the origin, even to ourselves: the token of a visitor's photo, in the query, must stand in no referrer.
SECURE_REFERRER_POLICY = "strict-origin"
BEHIND_PROXY = env.bool("PENDANT_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}

# --- The REST API ----------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["gallery.api.access.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.DjangoModelPermissionsOrAnonReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser", "gallery.api.bodies.MultiPartParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS would list every artist as a choice; the schema says more
    "DEFAULT_THROTTLE_CLASSES": ["gallery.api.throttles.VisitorThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": API_RATE, "photo": PHOTO_RATE},
    # Whose address counts for the rates: the client's own word (X-Forwarded-For) only where a proxy of ours wrote it.
    "NUM_PROXIES": 1 if SECURE_PROXY_SSL_HEADER else 0,
    "URL_FORMAT_OVERRIDE": None,  # ?format= is a parameter that nobody knows, not another answer
    "EXCEPTION_HANDLER": "gallery.api.errors.handle",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
REST_KNOX = {"AUTO_REFRESH": False, "TOKEN_TTL": timedelta(days=365), "TOKEN_LIMIT_PER_USER": None}
SPECTACULAR_SETTINGS = {
    "TITLE": "Pendant",
    "DESCRIPTION": "Find paintings that look alike: by a painting, by a photo, by words and filters.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "TAGS": [{"name": name} for name in ("paintings", "search", "artists", "styles", "genres", "features")],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "gallery.api.schema.document_errors",
        "gallery.api.schema.document_parameters",
    ],
    "ENUM_NAME_OVERRIDES": {
        "NearnessEnum": "search.nearness.WORDS",
        "NearnessAskedEnum": "search.nearness.ASKED",
    },
}

# --- Logs: one line an event; never an address with its query (a photo's token stands there) --------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # Else `manage.py work` would tell every few seconds that it had nothing to do.
    "loggers": {
        "celery.app.trace": {"level": "WARNING"},
        "elastic_transport": {"level": "WARNING"},  # else a line a question
    },
    "root": {"handlers": ["stderr"], "level": env.str("PENDANT_LOG_LEVEL", default="INFO")},
}
