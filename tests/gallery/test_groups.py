"""The groups that the migrations make."""

import pytest
from django.contrib.auth.models import Group, User

from gallery import permissions
from gallery.models import Painting
from tests.factories import make_painting

pytestmark = pytest.mark.django_db

CURATORS_ONLY = (
    "gallery.publish_painting",
    "gallery.withdraw_painting",
    "gallery.delete_painting",
    "gallery.change_style",
    "gallery.delete_artist",
    "vectorizer.change_attempt",
    "vectorizer.view_encodermodel",
    "knox.add_authtoken",
    "knox.delete_authtoken",
)
BOTH = (
    "gallery.view_painting",
    "gallery.add_painting",
    "gallery.change_painting",
    "gallery.add_artist",
    "gallery.change_attribution",
    "gallery.view_style",
    "gallery.add_image",
)


def test_a_new_database_has_both_groups() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {"contributor", "curator"}


@pytest.mark.parametrize("permission", CURATORS_ONLY)
def test_what_only_curators_may(permission: str, curator: User, contributor: User) -> None:
    assert curator.has_perm(permission)
    assert not contributor.has_perm(permission)


@pytest.mark.parametrize("permission", BOTH)
def test_what_contributors_may_too(permission: str, curator: User, contributor: User) -> None:
    assert curator.has_perm(permission)
    assert contributor.has_perm(permission)


@pytest.mark.parametrize("state", Painting.State)
def test_contributors_change_what_was_not_published(state: str, curator: User, contributor: User) -> None:
    painting = make_painting(state=state, live=False)
    is_open = state in (Painting.State.DRAFT, Painting.State.REVIEW)

    assert permissions.may_change(curator, painting)
    assert permissions.may_change(contributor, painting) is is_open
    assert list(permissions.changeable(contributor, Painting.objects.all())) == ([painting] if is_open else [])
    assert list(permissions.changeable(curator, Painting.objects.all())) == [painting]


def test_who_has_no_permission_changes_nothing() -> None:
    visitor = User.objects.create_user("visitor")
    painting = make_painting(state="draft", live=False)
    assert not permissions.may_change(visitor, painting)
    assert not permissions.changeable(visitor, Painting.objects.all())
