"""The groups: contributors prepare paintings, curators decide what is shown."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

CATALOGUE = ("painting", "artist", "attribution", "style", "genre", "image")
CONTRIBUTOR = {
    "gallery": [
        *(f"{verb}_{model}" for model in ("painting", "artist", "attribution") for verb in ("view", "add", "change")),
        "view_image",
        "add_image",
        "view_style",
        "view_genre",
    ],
}
CURATOR = {
    "gallery": [
        *(f"{verb}_{model}" for model in CATALOGUE for verb in ("view", "add", "change", "delete")),
        "publish_painting",
        "withdraw_painting",
    ],
    "knox": ["view_authtoken", "add_authtoken", "delete_authtoken"],
}


def make_groups(apps, schema_editor):
    # On a new database permissions are otherwise made only after the last migration.
    database = schema_editor.connection.alias
    for app in ("gallery", "knox"):
        create_permissions(installed.get_app_config(app), verbosity=0, using=database, apps=apps)
    for name, permissions in (("contributor", CONTRIBUTOR), ("curator", CURATOR)):
        group, _ = apps.get_model("auth", "Group").objects.using(database).get_or_create(name=name)
        for app, codenames in permissions.items():
            group.permissions.add(
                *apps.get_model("auth", "Permission").objects.using(database).filter(
                    content_type__app_label=app, codename__in=codenames
                )
            )


class Migration(migrations.Migration):
    dependencies = [
        ("gallery", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("knox", "0009_extend_authtoken_field"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
