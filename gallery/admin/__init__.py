"""The curators' workplace: one module a subject, each registers what it shows."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from gallery.admin import paintings, terms, tokens

__all__ = ["paintings", "terms", "tokens"]

admin.site.site_title = "Pendant"
admin.site.site_header = "Pendant"
admin.site.index_title = _("The curators’ desk")
admin.site.enable_nav_sidebar = False  # the room is for pictures
