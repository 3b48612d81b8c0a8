"""Lists in pages: `{"count", "next", "previous", "results"}`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response

PAGE_SIZE = 60
MAX_PAGE_SIZE = 200


class Pages(PageNumberPagination):
    """`page` counts from 1, `size` is how many a page; a wrong number is named, a page beyond the end is not found."""

    page_size = PAGE_SIZE
    max_page_size = MAX_PAGE_SIZE
    page_size_query_param = "size"

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any] | None:
        self.request = request
        size = whole_number(request.query_params, "size", self.page_size, self.max_page_size)
        number = whole_number(request.query_params, "page", 1)
        paginator = self.django_paginator_class(queryset, size)
        self.count = paginator.count
        check_page(number, paginator.num_pages)
        self.page = paginator.page(number)
        return list(self.page)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            _parameter("page", "Which page, from 1.", minimum=1, default=1),
            _parameter("size", "How many a page.", minimum=1, maximum=self.max_page_size, default=self.page_size),
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        described = super().get_paginated_response_schema(schema)
        for name, page in (("next", 3), ("previous", 1)):
            described["properties"][name]["example"] = f"https://paintings.example/api/v1/…/?page={page}"
        return described

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {
                "count": self.count,
                "next": self.get_next_link(),
                "previous": self.get_previous_link(),
                "results": data,
            }
        )


def whole_number(params: Mapping[str, str], name: str, default: int, most: int | None = None) -> int:
    """The parameter as a whole number from 1. ValidationError that says what is accepted."""
    text = params.get(name, "")
    if text == "":
        return default
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if number < 1 or (most is not None and number > most):
        sentence = _("Write a whole number from 1 to %(most)s.") if most else _("Write a whole number from 1.")
        raise ValidationError({name: [sentence % {"most": most} if most else sentence]})
    return number


def check_page(number: int, last: int) -> None:
    """NotFound where there is no such page. An empty list has one page."""
    if number > max(last, 1):
        shown = {
            name: number_format(value, force_grouping=True)
            for name, value in {"page": number, "last": max(last, 1)}.items()
        }
        raise NotFound(_("There is no page %(page)s: the last is page %(last)s.") % shown)


def page_of(
    results: Sequence[Any], *, count: int, page: int, last: int, address: Callable[[int], str]
) -> dict[str, Any]:
    """A page as JSON; `address` gives the absolute address of another page."""
    return {
        "count": count,
        "next": address(page + 1) if page < last else None,
        "previous": address(page - 1) if page > 1 else None,
        "results": results,
    }


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": {"type": "integer", **schema},
    }
