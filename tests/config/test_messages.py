"""The files of the languages: complete, and what the application reads is what people wrote."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings

from config.messages import catalogue, extraction
from config.messages.__main__ import main

LANGUAGES = [code for code, _ in settings.LANGUAGES if not code.startswith("en")]
SCRIPT_SENTENCE = re.compile(r"""(["'`])[A-Z“][^"'`\n]*[a-z] [a-z][^"'`\n]*\1""")
SELECTOR = re.compile(r"[\[\].#>{}]|^[MmLlZz][\d ]")


def file(language: str) -> Path:
    return settings.BASE_DIR / "config" / "locale" / language / catalogue.FILE


@pytest.fixture(scope="module")
def strings() -> Catalog:
    return extraction.strings(settings.BASE_DIR)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_strings_of_the_sources_and_no_others(language: str, strings: Catalog) -> None:
    there = catalogue.read(file(language), language)
    present = {(message.id, message.context) for message in there if message.id}
    assert present == {(message.id, message.context) for message in strings if message.id}, "./run messages"
    assert not there.obsolete
    assert not [message.id for message in there if message.id and message.fuzzy]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated_with_the_same_placeholders_and_tags(language: str) -> None:
    assert list(catalogue.complaints(catalogue.read(file(language), language))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_application_reads_is_what_stands_in_the_file_for_people(language: str, strings: Catalog) -> None:
    whole = catalogue.updated(catalogue.read(file(language), language), strings, language)
    assert file(language).read_bytes() == catalogue.written(whole), "./run messages"
    assert file(language).with_suffix(".mo").read_bytes() == catalogue.compiled(whole), "./run messages"


def test_scripts_take_their_words_from_the_page() -> None:
    for path in sorted((settings.BASE_DIR / "static" / "js").glob("*.js")):
        code = re.sub(r"(?m)(^|\s)//.*$|/\*.*?\*/", "", path.read_text(encoding="utf-8"))
        own = [match[0] for match in SCRIPT_SENTENCE.finditer(code) if not SELECTOR.search(match[0][1:-1])]
        assert own == [], path.name


class TestCommand:
    @pytest.fixture
    def project(self, tmp_path: Path) -> Path:
        for folder in ("templates", "gallery", "vectorizer", "search", "config/locale"):
            (tmp_path / folder).mkdir(parents=True)
        (tmp_path / "templates" / "page.html").write_text(
            '{% load i18n %}<p>\n  {% translate "Hello" %}</p>\n    {% blocktranslate count n=n %}{{ n }} boat'
            "{% plural %}{{ n }} boats{% endblocktranslate %} 5 % isn't “{{ _('odd') }}”"
        )
        (tmp_path / "search" / "words.py").write_text(
            "from django.utils.translation import gettext_lazy as _, pgettext\n"
            'A = _("Sea")\nB = pgettext("to walk", "Go")\n'
        )
        return tmp_path

    def read(self, project: Path) -> Catalog:
        return catalogue.read(project / "config/locale/de" / catalogue.FILE, "de")

    def test_a_new_language_gets_every_string_of_templates_and_of_python(self, project: Path) -> None:
        assert main(["de"], root=project) == 5
        found = {(message.id, message.context) for message in self.read(project) if message.id}
        assert found == {
            ("Hello", None), (("%(n)s boat", "%(n)s boats"), None), ("odd", None), ("Sea", None), ("Go", "to walk"),
        }  # fmt: skip

    def test_what_is_translated_stays_and_what_no_source_has_goes(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(["de"], root=project)
        path = project / "config/locale/de" / catalogue.FILE
        done = path.read_text().replace('msgid "Sea"\nmsgstr ""', 'msgid "Sea"\nmsgstr "Meer"')
        path.write_text(done)
        (project / "templates" / "page.html").unlink()
        capsys.readouterr()
        assert main([], root=project) == 1
        assert capsys.readouterr().out == "“Go” has no translation.\nde: 2 strings, 1 to see to.\n"
        assert self.read(project)["Sea"].string == "Meer"

    def test_a_lost_placeholder_or_tag_is_named(self, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
        main(["de"], root=project)
        path = project / "config/locale/de" / catalogue.FILE
        plural = 'msgstr[0] ""\nmsgstr[1] ""'
        path.write_text(path.read_text().replace(plural, 'msgstr[0] "%(n)s Boot"\nmsgstr[1] "Boote"'))
        main([], root=project)
        assert "“%(n)s boat” and its translation have different placeholders or tags." in capsys.readouterr().out
