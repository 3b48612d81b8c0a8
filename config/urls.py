"""Every address of the application."""

from django.contrib import admin
from django.urls import include, path

import gallery.views
import search.comparing
import search.help_page
import search.map.page
import search.part_page
import search.selection_page
import search.suggest_page
import search.timeline.page
import search.views
import search.walk_ends
import search.walk_page
from config import languages

urlpatterns = [
    path("", search.views.home, name="home"),
    path("search/", search.views.search, name="search"),
    path("search/photo", search.views.photo, name="photo"),
    path("search/part/", search.part_page.part, name="part"),
    path("suggest/", search.suggest_page.suggest, name="suggest"),
    path("why/<int:first>/<int:second>/", search.comparing.reasons, name="why"),
    path("why/<int:first>/<int:second>/regions.json", search.comparing.regions, name="regions"),
    path("why/<int:first>/<int:second>/regions.webp", search.comparing.overlay, name="overlay"),
    path("why/nearest/<int:second>/", search.comparing.nearest, {"part": True}, name="why-nearest"),
    path("compare/nearest/<int:second>/", search.comparing.nearest, name="compare-nearest"),
    path("compare/<int:first>/<int:second>/", search.comparing.compare, name="compare"),
    path("timeline/", search.timeline.page.page, name="timeline"),
    path("walk/<int:first>/", search.walk_ends.choose, name="walk-from"),
    path("walk/<int:first>/<int:second>/", search.walk_page.walk, name="walk"),
    path("selection/", search.selection_page.page, name="selection"),
    path("selection.csv", search.selection_page.table, name="selection-csv"),
    path("selection.json", search.selection_page.document, name="selection-json"),
    path("map/", search.map.page.page, name="map"),
    path("map/places.bin", search.map.page.data, name="map-data"),
    path("map/labels.json", search.map.page.labels, name="map-labels"),
    path("map/sheets/<str:name>-<int:side>.webp", search.map.page.sheet, name="map-sheet"),
    path("help/", search.help_page.help_page, name="help"),
    path("paintings/<int:pk>/", gallery.views.painting, name="painting-short"),
    path("paintings/<int:pk>/<slug:slug>/", gallery.views.painting, name="painting"),
    path("paintings/<int:pk>/images/<str:sha>/<int:width>.<str:extension>", gallery.views.rendition, name="rendition"),
    path("paintings/<int:pk>/images/<str:sha>/info.json", gallery.views.image_info, name="image-info"),
    path("paintings/<int:pk>/images/<str:sha>/<str:region>/<str:size>/0/default.jpg", gallery.views.image_part),
    path("paintings/<int:pk>/original", gallery.views.original, name="original"),
    path("language/", languages.switch, name="language"),
    path("healthz", search.views.health, name="health"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("search.api_urls")),
]
