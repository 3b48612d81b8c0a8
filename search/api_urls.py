"""The addresses of the API, below /api/v1/."""

from django.conf import settings
from django.urls import include, path, re_path
from django.utils import translation
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from gallery.api.terms import ArtistViewSet, GenreViewSet, StyleViewSet
from gallery.api.views import NothingHere
from search.api.features import FeatureViewSet
from search.api.map import MapView
from search.api.paintings import PaintingViewSet
from search.api.search import SearchView
from search.api.suggest import SuggestView
from search.api.timeline import TimelineView
from search.api.walk import WalkView
from search.api.why import WhyView

router = SimpleRouter(use_regex_path=False)
router.register("paintings", PaintingViewSet, basename="api-painting")
router.register("artists", ArtistViewSet, basename="api-artist")
router.register("styles", StyleViewSet, basename="api-style")
router.register("genres", GenreViewSet, basename="api-genre")
router.register("features", FeatureViewSet, basename="api-feature")

in_english = translation.override(settings.LANGUAGE_CODE)  # the document of the API is the same for everybody

urlpatterns = [
    path("schema/", in_english(SpectacularAPIView.as_view()), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(template_name="search/api_docs.html"), name="docs"),
    path("search/", SearchView.as_view(), name="api-search"),
    path("suggest/", SuggestView.as_view(), name="api-suggest"),
    path("map/", MapView.as_view(), name="api-map"),
    path("paintings/<int:first>/why/<int:second>/", WhyView.as_view(), name="api-why"),
    path("timeline/", TimelineView.as_view(), name="api-timeline"),
    path("paintings/<int:first>/walk/<int:second>/", WalkView.as_view(), name="api-walk"),
    path("", include(router.urls)),
    re_path("", NothingHere.as_view()),
]
