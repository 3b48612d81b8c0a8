"""What the API says of a painting, an artist, a style or a genre."""

from typing import Any

from rest_framework import serializers

from gallery import rights
from gallery.models import Attribution, Image, Painting
from gallery.rendering import EXTENSIONS, formats
from gallery.renditions import Format
from gallery.templatetags import pictures
from gallery.term import Term


class ReferenceSerializer(serializers.Serializer[Any]):
    """A style or genre, by name and slug."""

    name = serializers.CharField()
    slug = serializers.CharField(help_text="Its name in filters and addresses.")


class AttributionSerializer(serializers.Serializer[Any]):
    """Who made a painting, in which role and how surely."""

    name = serializers.CharField()
    slug = serializers.CharField()
    role = serializers.ChoiceField(choices=Attribution.Role.choices)
    qualifier = serializers.ChoiceField(
        choices=Attribution.Qualifier.choices, help_text="“workshop of”, “after” …; empty for the artist's own hand."
    )


class RightsSerializer(serializers.Serializer[Any]):
    """A rights statement of Creative Commons or RightsStatements.org."""

    uri = serializers.URLField()
    label = serializers.CharField()  # type: ignore[assignment]


class RenditionSerializer(serializers.Serializer[Any]):
    """A smaller copy of a picture."""

    width = serializers.IntegerField(help_text="Pixels.")
    height = serializers.IntegerField(help_text="Pixels.")
    format = serializers.ChoiceField(choices=[(name, name) for name in EXTENSIONS])
    url = serializers.URLField()


class ImageSerializer(serializers.Serializer[Any]):
    """A painting's picture."""

    width = serializers.IntegerField(help_text="Of the original, in pixels.")
    height = serializers.IntegerField(help_text="Of the original, in pixels.")
    placeholder = serializers.CharField(help_text="A tiny picture as a data: address, to show until another is there.")
    renditions = RenditionSerializer(many=True)


class PaintingSerializer(serializers.Serializer[Painting]):
    """A painting as everybody may see it. Wants `with_details()`; then no query a painting."""

    id = serializers.IntegerField()
    url = serializers.URLField(help_text="Its page.")
    title = serializers.CharField()
    artists = AttributionSerializer(many=True)
    style = ReferenceSerializer(allow_null=True)  # type: ignore[assignment]
    genre = ReferenceSerializer(allow_null=True)
    display_date = serializers.CharField(help_text="The date as it is shown: “c. 1665”.")
    first_year = serializers.IntegerField(allow_null=True, help_text="The first year that the date may mean.")
    last_year = serializers.IntegerField(allow_null=True, help_text="The last one.")
    medium = serializers.CharField()
    dimensions = serializers.CharField()
    object_number = serializers.CharField()
    collection = serializers.CharField()
    credit_line = serializers.CharField()
    rights = RightsSerializer(allow_null=True)
    alt_text = serializers.CharField(help_text="What is seen, for those who can't see it.")
    authority_uris = serializers.ListField(child=serializers.URLField())
    image = ImageSerializer()

    def to_representation(self, painting: Painting) -> dict[str, Any]:
        site = self.context["request"].build_absolute_uri("/")[:-1]
        plain = {name: getattr(painting, name) for name in _PLAIN}
        values = plain | {
            "url": site + painting.get_absolute_url(),
            "artists": [_attribution(attribution) for attribution in painting.attributions.all()],
            "style": _reference(painting.style),
            "genre": _reference(painting.genre),
            "rights": {"uri": painting.rights, "label": rights.name(painting.rights)} if painting.rights else None,
            "authority_uris": painting.authority_uris.split(),
            "image": _image(painting, site),
        }
        return {name: values[name] for name in PUBLIC}


class PaintingRecordSerializer(PaintingSerializer):
    """A painting with what only those who work on the catalogue see; the others get it without."""

    state = serializers.ChoiceField(choices=Painting.State.choices, required=False)
    ready = serializers.BooleanField(
        required=False, help_text="Whether the newest image has its vectors and renditions: without, nobody sees it."
    )
    notes = serializers.CharField(required=False, help_text="Internal; never shown to visitors.")
    source = serializers.CharField(  # type: ignore[assignment]
        required=False, help_text="Where the record came from."
    )
    source_id = serializers.CharField(required=False, help_text="Its id there.")
    version = serializers.IntegerField(required=False, help_text="The last entry in the journal about it.")

    def to_representation(self, painting: Painting) -> dict[str, Any]:
        shown = super().to_representation(painting)
        if not self.context["sees_drafts"]:
            return shown
        ready = painting.live_image_id == painting.image_id
        return shown | {name: getattr(painting, name) for name in _INTERNAL} | {"ready": ready}


class TermSerializer(serializers.Serializer[Any]):
    """A style or genre, and how many public paintings it has."""

    name = serializers.CharField()
    slug = serializers.CharField(help_text="Its name in filters and addresses; stays when the name changes.")
    authority_uris = serializers.ListField(child=serializers.URLField(), help_text="Getty, Wikidata, Iconclass …")
    paintings = serializers.IntegerField(help_text="How many paintings everybody can see.")

    def to_representation(self, term: Any) -> dict[str, Any]:
        # The view's query counts `paintings_seen`.
        values = {name: getattr(term, name) for name in map(str, self.fields) if name != "paintings"}
        return values | {"authority_uris": term.authority_uris.split(), "paintings": term.paintings_seen}


class ArtistSerializer(TermSerializer):
    """A person, a workshop or an unnamed hand."""

    sort_name = serializers.CharField(help_text="“Gogh, Vincent van”; empty where it is the name.")
    birth_year = serializers.IntegerField(allow_null=True)
    death_year = serializers.IntegerField(allow_null=True)


PUBLIC = tuple(PaintingSerializer().fields)
_PLAIN = (
    "id", "title", "display_date", "first_year", "last_year", "medium", "dimensions", "object_number", "collection",
    "credit_line", "alt_text",
)  # fmt: skip
_INTERNAL = ("state", "notes", "source", "source_id", "version")


def _attribution(attribution: Attribution) -> dict[str, str]:
    artist = attribution.artist
    return {
        "name": artist.name,
        "slug": artist.slug,
        "role": attribution.role,
        "qualifier": attribution.qualifier,
    }


def _reference(term: Term | None) -> dict[str, str] | None:
    return {"name": term.name, "slug": term.slug} if term else None


def _image(painting: Painting, site: str) -> dict[str, Any]:
    image = (painting.live_image if painting.is_public else None) or painting.image
    folder = site + pictures.folder(painting, image)
    return {
        "width": image.width,
        "height": image.height,
        "placeholder": image.placeholder,
        "renditions": [_rendition(image, width, format, folder) for width in image.widths for format in formats(image)],
    }


def _rendition(image: Image, width: int, format: Format, folder: str) -> dict[str, Any]:
    return {
        "width": width,
        "height": max(1, round(width * image.height / image.width)),
        "format": format,
        "url": f"{folder}{width}.{EXTENSIONS[format]}",
    }
