"""What a painting's label says beside its fields."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django import template
from django.utils.translation import gettext as _

from gallery.models import Artist, Painting
from gallery.templatetags.pictures import described
from gallery.years import span, year

register = template.Library()

KNOWN = {
    "wikidata.org": "Wikidata",
    "vocab.getty.edu": "Getty",
    "viaf.org": "VIAF",
    "d-nb.info": "GND",
    "iconclass.org": "Iconclass",
    "rkd.nl": "RKD",
    "wikipedia.org": "Wikipedia",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A painting in somebody else's catalogue."""

    uri: str
    label: str


@register.filter
def authorities(painting: Painting) -> tuple[Authority, ...]:
    """The web addresses among its authority addresses, each labelled by whose it is."""
    uris = dict.fromkeys(painting.authority_uris.split())
    return tuple(Authority(uri=uri, label=_whose(uri)) for uri in uris if urlsplit(uri).scheme in ("http", "https"))


@register.filter
def life(artist: Artist) -> str:
    """“1853–1890”, “born 1853”, “died 1890”, or nothing."""
    born, died = artist.birth_year, artist.death_year
    if born is not None and died is not None:
        return span(born, died)
    if born is not None:
        return _("born %(year)s") % {"year": year(born)}
    return _("died %(year)s") % {"year": year(died)} if died is not None else ""


@register.filter
def summary(painting: Painting) -> str:
    """One sentence that describes the page, for search engines and for links that are shared."""
    facts = (described(painting.title, painting.artist_line), painting.years, painting.medium, painting.collection)
    return _("%(facts)s. See the paintings that look like it.") % {"facts": ", ".join(fact for fact in facts if fact)}


def _whose(uri: str) -> str:
    host = (urlsplit(uri).hostname or uri).removeprefix("www.")
    return next((name for known, name in KNOWN.items() if host == known or host.endswith(f".{known}")), host)
