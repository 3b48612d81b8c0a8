"""`manage.py demo_curator`: the account with which a newcomer opens the admin."""

import secrets
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand

NAME = "curator"


class Command(BaseCommand):
    help = f"Create the account “{NAME}” and print its password, this once; do nothing if it is there."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(username=NAME).exists():
            self.stdout.write(
                f"The account “{NAME}” is there. The command changepassword {NAME} gives it a new password."
            )
            return
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(NAME, password=password, is_staff=True)
        user.groups.add(Group.objects.get(name="curator"))
        self.stdout.write(
            f"The account “{NAME}” has the password {password} (shown this once; the admin can change it)."
        )
