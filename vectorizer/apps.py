from celery.signals import worker_init, worker_process_init
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class VectorizerConfig(AppConfig):
    """Images to vectors."""

    name = "vectorizer"
    verbose_name = _("Vectors")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gallery import journal
        from vectorizer import checks, tasks

        register(checks.artifact)

        if settings.CELERY_BROKER_URL:
            journal.bell.connect(tasks.on_bell, dispatch_uid="vectorize")
            if settings.PUBLISHER:
                journal.bell.connect(tasks.on_bell_publish, dispatch_uid="publish")
            worker_init.connect(checks.stop_worker)
            worker_process_init.connect(checks.share_cores)
