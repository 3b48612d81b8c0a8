"""Curators see how far the vectors are, and may have an image tried again."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

CURATOR = ("view_attempt", "change_attempt", "view_encodermodel", "view_vectors")


def extend_groups(apps, schema_editor):
    database = schema_editor.connection.alias
    create_permissions(installed.get_app_config("vectorizer"), verbosity=0, using=database, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    curator = apps.get_model("auth", "Group").objects.using(database).get(name="curator")
    curator.permissions.add(*permissions.filter(content_type__app_label="vectorizer", codename__in=CURATOR))


class Migration(migrations.Migration):
    dependencies = [("vectorizer", "0001_initial"), ("gallery", "0002_groups")]

    operations = [migrations.RunPython(extend_groups, migrations.RunPython.noop)]
