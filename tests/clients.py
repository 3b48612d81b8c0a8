"""Clients of the API."""

from django.contrib.auth.models import User
from knox.models import AuthToken
from rest_framework.test import APIClient


def signed_in(user: User) -> APIClient:
    """A client with a token of this user."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(user)[1]}")
    return client
