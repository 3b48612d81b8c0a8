import pytest

from gallery.importing.encodings import find_encoding

WESTERN = "Künstler;Titel\nAlbert Anker;Böckligumpen\nPaul Cézanne;Le château noir – étude\nHonoré Daumier;Où ça ?\n"
CYRILLIC = "художник;название\nКазимир Малевич;Чёрный супрематический квадрат\nИлья Репин;Бурлаки на Волге\n" * 5
POLISH = "artysta;tytuł\nJan Matejko;Hołd pruski\nStanisław Wyspiański;Śpiący Staś\nJózef Chełmoński;Żurawie\n" * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_encodings_that_programs_write_are_found(collection, encoding):
    path = collection.file("list.csv", WESTERN.encode(encoding))

    assert path.read_text(encoding=find_encoding(path)) == WESTERN


@pytest.mark.parametrize(("text", "encoding"), [(CYRILLIC, "cp1251"), (POLISH, "cp1250")])
def test_old_eastern_encodings_are_told_from_western_ones(collection, text, encoding):
    path = collection.file("list.csv", text.encode(encoding))

    assert path.read_text(encoding=find_encoding(path)) == text


def test_plain_latin_1_reads_as_its_letters(collection):
    path = collection.file("list.csv", "title\nLe déjeuner sur l'herbe\n".encode("latin-1"))

    assert "déjeuner" in path.read_text(encoding=find_encoding(path))


def test_what_no_windows_encoding_allows_is_latin_1(collection):
    path = collection.file("list.csv", bytes(range(0x20, 0x100)) * 3)

    assert find_encoding(path) == "latin-1"


def test_a_utf_8_file_with_one_foreign_line_is_still_utf_8(collection):
    path = collection.file("list.csv", WESTERN.encode() * 3 + "Dürer;Hase\n".encode("cp1252"))

    assert find_encoding(path) == "utf-8"


def test_an_empty_file_is_utf_8(collection):
    assert find_encoding(collection.file("list.csv", b"")) == "utf-8"
