"""The Celery application. Without a broker nothing is sent: `manage.py work` runs the same tasks in its own process."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("pendant")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
