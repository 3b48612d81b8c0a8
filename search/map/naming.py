"""What a region of the map is called: by the style that is commonest in it, and whatever else tells it from others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gallery.models import Genre, Painting, Style
from search.map.atlas import Region

MOSTLY = 0.5  # of those that have a style


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A region for the page, with some of its paintings. `short` is what stands on the map itself."""

    region: Region
    name: str
    short: str
    paintings: tuple[Painting, ...]


def named(regions: Sequence[Region]) -> tuple[Named, ...]:
    """In a constant number of queries. What is not public any more is no example."""
    styles, genres = _names(Style, regions, "styles"), _names(Genre, regions, "genres")
    wanted = [id_ for region in regions for id_ in region.examples]
    found = {painting.pk: painting for painting in Painting.objects.public().with_details().filter(pk__in=wanted)}
    return tuple(
        Named(
            region=region,
            name=name,
            short=_first(region.styles, styles) or name,
            paintings=tuple(found[id_] for id_ in region.examples if id_ in found),
        )
        for region, name in zip(regions, _distinct(regions, styles, genres), strict=True)
    )


def _names(kind: type[Style] | type[Genre], regions: Sequence[Region], terms: str) -> Mapping[int, str]:
    ids = {id_ for region in regions for id_, _count in getattr(region, terms)[:2]}
    return dict(kind.objects.filter(pk__in=ids).values_list("pk", "name"))


def _distinct(regions: Sequence[Region], styles: Mapping[int, str], genres: Mapping[int, str]) -> list[str]:
    """Those that would have the same name get their commonest genre, too."""
    plain = [_style(region, styles) for region in regions]
    often = Counter(plain)
    names: list[str] = []
    for region, name in zip(regions, plain, strict=True):
        genre = _first(region.genres, genres)
        if name and genre and often[name] > 1:
            name = _("%(style)s: %(genre)s") % {"style": name, "genre": genre}
        names.append(name or genre or _("Without a style"))
    return names


def _first(counted: Sequence[tuple[int, int]], names: Mapping[int, str]) -> str:
    return next((names[id_] for id_, _count in counted if id_ in names), "")


def _style(region: Region, styles: Mapping[int, str]) -> str:
    """The commonest style; the first two where neither is most of it."""
    known = [(styles[id_], count) for id_, count in region.styles if id_ in styles]
    total = sum(count for _id, count in region.styles)
    if not known:
        return ""
    if len(known) == 1 or known[0][1] >= MOSTLY * total:
        return known[0][0]
    return _("%(first)s and %(second)s") % {"first": known[0][0], "second": known[1][0]}
