import django.db.models.deletion
import search.map.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gallery', '0003_tiles'),
        ('search', '0002_recognition'),
        ('vectorizer', '0002_groups'),
    ]

    operations = [
        migrations.CreateModel(
            name='CollectionMap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.PositiveIntegerField(default=1)),
                ('whole', models.BooleanField(default=False)),
                ('position', models.PositiveBigIntegerField(default=0)),
                ('laid_out', models.PositiveIntegerField(default=0)),
                ('stamp', models.CharField(default=search.map.models._stamp, max_length=16)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('model', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vectorizer.encodermodel')),
            ],
            options={
                'verbose_name': 'map',
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(db_index=True, max_length=32)),
                ('count', models.PositiveSmallIntegerField(default=0)),
                ('map', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='search.collectionmap')),
            ],
            options={
                'verbose_name': 'sheet of the map',
                'verbose_name_plural': 'sheets of the map',
                'constraints': [models.UniqueConstraint(fields=('map', 'number'), name='sheet_once_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('column', models.PositiveIntegerField()),
                ('row', models.PositiveIntegerField()),
                ('region', models.PositiveSmallIntegerField(default=0)),
                ('colour', models.PositiveIntegerField(default=9077883)),
                ('cell', models.PositiveSmallIntegerField(default=0)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='gallery.image')),
                ('map', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='search.collectionmap')),
                ('painting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='gallery.painting')),
                ('sheet', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='places', to='search.sheet')),
            ],
            options={
                'verbose_name': 'place on the map',
                'verbose_name_plural': 'places on the map',
                'indexes': [models.Index(fields=['map', 'column', 'row'], name='place_by_field')],
                'constraints': [models.UniqueConstraint(fields=('map', 'painting'), name='place_once_a_painting')],
            },
        ),
    ]
