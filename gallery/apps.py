from django.apps import AppConfig


class GalleryConfig(AppConfig):
    """The catalogue."""

    name = "gallery"
    verbose_name = "Catalogue"
    default_auto_field = "django.db.models.BigAutoField"
