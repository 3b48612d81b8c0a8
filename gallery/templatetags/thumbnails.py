"""The admin's small picture of a painting, for its templates."""

from django import template

from gallery.admin.pictures import thumbnail

register = template.Library()
register.simple_tag(thumbnail)
