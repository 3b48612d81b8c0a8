"""Who may do what: tokens, and the permissions of the user behind one."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox import auth
from rest_framework.authentication import get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from gallery.models import Painting, sees_drafts
from gallery.permissions import may_change

NO_CHANGE = _("This painting is, or was, before the public: only those who may publish may change it.")


class TokenAuthentication(auth.TokenAuthentication):  # type: ignore[misc]
    """`Authorization: Token …`, the token made in the admin. Kept hashed; see django-rest-knox."""

    def authenticate(self, request: Request) -> Any:
        """The user and the token. What is no ASCII is no token: knox would fail to decode it."""
        if not get_authorization_header(request).isascii():
            raise AuthenticationFailed(gettext("Invalid token."))
        return super().authenticate(request)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document speaks of it."""

    target_class = "gallery.api.access.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "The word `Token`, a space, and the token that was made for you in the admin.",
        }


class WritesForStaff(BasePermission):
    """Who may not see drafts may write nothing, whatever else is allowed: the answer would show what was written."""

    message = _("Only those who work on the catalogue may write: staff who may see unpublished paintings.")

    def has_permission(self, request: Request, view: Any) -> bool:
        return request.method in SAFE_METHODS or sees_drafts(request.user)


class MayChange(BasePermission):
    """Who may not publish changes only what is not, and was not, before the public."""

    message = NO_CHANGE

    def has_object_permission(self, request: Request, view: Any, obj: Painting) -> bool:
        return request.method not in ("PUT", "PATCH") or may_change(request.user, obj)


class MayPublish(BasePermission):
    """The permission “Can publish paintings”."""

    message = _("You have no permission to publish paintings.")

    def has_permission(self, request: Request, view: Any) -> bool:
        return request.user.has_perm("gallery.publish_painting")


class MayWithdraw(BasePermission):
    """The permission “Can withdraw paintings”."""

    message = _("You have no permission to withdraw paintings.")

    def has_permission(self, request: Request, view: Any) -> bool:
        return request.user.has_perm("gallery.withdraw_painting")
