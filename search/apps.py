from celery.signals import worker_init
from django.apps import AppConfig
from django.core.checks import register


class SearchConfig(AppConfig):
    """The index and the questions to it."""

    name = "search"
    verbose_name = "Search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search import checks

        register(checks.servers)
        register(checks.values)
        worker_init.connect(checks.stop_worker)
