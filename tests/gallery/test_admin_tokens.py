"""Tokens for the API: shown once, kept as hashes, revoked."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from knox.auth import TokenAuthentication
from knox.models import AuthToken
from rest_framework.exceptions import AuthenticationFailed

from tests.gallery.desk import address, signed_in

pytestmark = pytest.mark.django_db

LIST, ADD = "admin:knox_authtoken_changelist", "admin:knox_authtoken_add"


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create_superuser("boss")


def until(days: int, **more: Any) -> dict[str, Any]:
    moment = timezone.now() + timedelta(days=days)
    return {"expiry_0": moment.date().isoformat(), "expiry_1": "12:00:00"} | more


def made(user: User, data: dict[str, Any]) -> str:
    """The token that the page shows."""
    return signed_in(user).post(address(ADD), data).context["token"]


def holder(token: str) -> User:
    return TokenAuthentication().authenticate_credentials(token.encode())[0]


def test_a_token_is_shown_once_works_and_is_kept_as_a_hash(curator: User) -> None:
    client = signed_in(curator)
    response = client.post(address(ADD), until(30))
    token = response.context["token"]
    assert token in response.text
    assert "no-store" in response["Cache-Control"]
    assert holder(token) == curator
    assert token not in str(list(AuthToken.objects.values()))
    listed = client.get(address(LIST)).text
    assert token not in listed
    assert token[:8] in listed


def test_a_token_may_last_for_ever_or_until_later_but_not_until_before(curator: User) -> None:
    made(curator, {})
    assert AuthToken.objects.get().expiry is None
    response = signed_in(curator).post(address(ADD), until(-1))
    assert "This time is past." in response.text
    assert AuthToken.objects.count() == 1


def test_a_curator_makes_tokens_for_nobody_else(curator: User, boss: User) -> None:
    token = made(curator, until(30, user=boss.pk))
    assert holder(token) == curator


def test_a_superuser_makes_tokens_for_others(curator: User, boss: User) -> None:
    assert holder(made(boss, until(30, user=curator.pk))) == curator


def test_everybody_sees_their_own_and_superusers_all(curator: User, boss: User) -> None:
    made(curator, {})
    made(boss, {"user": boss.pk})
    numbers = {
        user.username: len(signed_in(user).get(address(LIST)).context["cl"].result_list) for user in (curator, boss)
    }
    assert numbers == {"curator": 1, "boss": 2}


def test_a_revoked_token_works_no_more(curator: User) -> None:
    token = made(curator, {})
    place = address("admin:knox_authtoken_delete", AuthToken.objects.get().pk)
    page = signed_in(curator).get(place)
    assert token[:8] in page.text
    response = signed_in(curator).post(place, {"post": "yes"}, follow=True)
    assert "The token was revoked." in response.text
    with pytest.raises(AuthenticationFailed):
        holder(token)


def test_tokens_are_revoked_from_the_list(curator: User, boss: User) -> None:
    made(curator, {})
    others = made(boss, {"user": boss.pk})
    data = {"action": "revoke", "_selected_action": list(AuthToken.objects.values_list("pk", flat=True))}
    response = signed_in(curator).post(address(LIST), data, follow=True)
    assert "1 token was revoked." in response.text
    assert holder(others) == boss


def test_a_token_is_not_changed(boss: User) -> None:
    made(boss, {"user": boss.pk})
    place = address("admin:knox_authtoken_change", AuthToken.objects.get().pk)
    assert signed_in(boss).post(place, until(9)).status_code == 403


def test_contributors_have_no_tokens(contributor: User) -> None:
    assert signed_in(contributor).get(address(LIST)).status_code == 403
    assert signed_in(contributor).post(address(ADD), {}).status_code == 403
    assert not AuthToken.objects.exists()


def test_the_log_of_actions_names_a_token_by_its_beginning(curator: User) -> None:
    token = made(curator, {})
    text = signed_in(curator).get("/admin/").text
    assert f"{token[:8]}… of curator" in text
