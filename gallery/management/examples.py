"""Commands whose `--help` ends with examples."""

from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandParser, DjangoHelpFormatter


class _KeepsExamples(DjangoHelpFormatter):
    """Breaks paragraphs into lines as ever; the examples have lines of their own."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if text.startswith("examples:") else super()._fill_text(text, width, indent)


class CommandWithExamples(BaseCommand):
    """`examples`: lines that begin with “examples:”."""

    examples: ClassVar[str]

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, epilog=self.examples, formatter_class=_KeepsExamples, **kwargs
        )
