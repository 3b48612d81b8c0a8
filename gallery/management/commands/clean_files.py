"""`manage.py clean_files`: remove files that nothing names any more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from gallery import cleaning


class Command(BaseCommand):
    help = (
        "Remove originals and renditions that no painting shows or has shown, once they are a day old: what broken-off "
        "uploads and deleted paintings leave behind. A painting's former pictures stay: its history names them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")

    def handle(self, *args: Any, **options: Any) -> None:
        cleaned = cleaning.clean(dry_run=options["dry_run"])
        verb = "Would remove" if options["dry_run"] else "Removed"
        self.stdout.write(
            f"{verb} {cleaned.images:,} unused images and {cleaned.files:,} files ({cleaned.bytes / 1e6:,.1f} MB)."
        )
