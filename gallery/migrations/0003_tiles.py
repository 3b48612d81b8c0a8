"""Tiles of large pictures. The worker makes them, with the renditions, of the pictures that were there before."""

from django.db import migrations, models
from django.db.models import Q


def make_those_of_large_pictures(apps, schema_editor):
    images = apps.get_model("gallery", "Image").objects.using(schema_editor.connection.alias)
    images.filter(Q(width__gt=2048) | Q(height__gt=3 * 2048)).update(rendered=False)


class Migration(migrations.Migration):
    dependencies = [("gallery", "0002_groups")]

    operations = [
        migrations.AddField(
            model_name="image",
            name="tile_side",
            field=models.PositiveSmallIntegerField(default=0, help_text="Pixels; 0 while there are no tiles."),
        ),
        migrations.RunPython(make_those_of_large_pictures, migrations.RunPython.noop),
    ]
