"""Renditions as AVIF. The worker makes those of the pictures that were there before; until then they are seen as WebP."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gallery", "0004_verbose_names")]

    operations = [
        migrations.AddField(
            model_name="image",
            name="avif",
            field=models.BooleanField(default=False, help_text="Every rendition exists as AVIF, too."),
        ),
    ]
