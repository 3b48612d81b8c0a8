from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The index and the questions to it."""

    name = "search"
    verbose_name = "Search"
    default_auto_field = "django.db.models.BigAutoField"
