import pytest

from gallery.importing.rows import Problem, SourceRefused
from gallery.importing.tables import Record, open_table


def read(path, encoding=None):
    return list(open_table(path, encoding).records())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encoding_and_delimiter_are_found_out(collection, encoding, delimiter):
    path = collection.table(
        ["Titel", "Künstler"], ["Mädchen, lesend; sitzend", "Anker"], encoding=encoding, delimiter=delimiter
    )

    assert read(path) == [Record(line=2, values={"Titel": "Mädchen, lesend; sitzend", "Künstler": "Anker"})]


def test_commas_inside_of_values_do_not_hide_the_semicolon(collection):
    path = collection.file("list.csv", b"title;date\nHead, study;1889\nA, b, c;1890\n")

    assert open_table(path).delimiter == ";"


def test_a_table_of_one_column_is_read(collection):
    assert read(collection.file("list.csv", b"title\nHead\n")) == [Record(line=2, values={"title": "Head"})]


def test_the_line_by_which_excel_declares_the_delimiter_is_no_record(collection):
    path = collection.file("list.csv", b"sep=;\r\ntitle;date\r\nHead;1889\r\n")

    assert read(path) == [Record(line=3, values={"title": "Head", "date": "1889"})]


def test_lines_are_counted_with_line_breaks_in_values_and_empty_lines(collection):
    path = collection.file("list.csv", b'title,date\n"Two\nlines",1889\n\n , \nHead,1890\n')

    assert [(record.line, record.values["title"]) for record in read(path)] == [(2, "Two\nlines"), (6, "Head")]


def test_a_record_with_missing_or_shifted_values_is_a_problem_and_the_others_go_on(collection):
    path = collection.file("list.csv", b"title,date\nHead\nHead, study,1889\nHead,1890,,\n")

    short, shifted, good = read(path)

    assert (short.line, short.reason[:15], short.where) == (2, "it has 1 values", "list.csv")
    assert (shifted.line, shifted.reason[:15]) == (3, "it has 3 values")
    assert good.values == {"title": "Head", "date": "1890"}


def test_an_unclosed_quotation_mark_costs_one_record(collection):
    path = collection.file("list.csv", b'title,date\n"Head,1889\nHand,1890\nFoot,1891\n')

    broken, *good = read(path)

    assert broken == Problem(line=2, where="list.csv", reason=broken.reason)
    assert "quotation marks do not match" in broken.reason
    assert [(record.line, record.values["title"]) for record in good] == [(3, "Hand"), (4, "Foot")]


def test_quotation_marks_in_the_middle_of_a_quoted_value_are_a_problem(collection):
    path = collection.file("list.csv", b'title,date\n"The "Great" wave",1831\nHand,1890\n')

    broken, good = read(path)

    assert isinstance(broken, Problem)
    assert good.values["title"] == "Hand"


def test_a_huge_value_is_a_problem(collection):
    path = collection.file("list.csv", b"title,date\n" + b"x" * 200_000 + b",1889\nHand,1890\n")

    huge, good = read(path)

    assert "longer than" in huge.reason
    assert good.line == 3


def test_nul_characters_are_a_problem(collection):
    nul, good = read(collection.file("list.csv", b"title,date\nHe\0ad,1889\nHand,1890\n"))

    assert "NUL" in nul.reason
    assert good.line == 3


def test_a_line_in_another_encoding_is_a_problem(collection):
    rows = "title,date\nMädchen,1889\nBöhmen,1890\nFrüchte,1891\n".encode() + "Hände,1892\n".encode("cp1252")

    *good, broken = read(collection.file("list.csv", rows))

    assert len(good) == 3
    assert (broken.line, "not in the encoding" in broken.reason) == (5, True)


def test_cells_that_look_like_formulas_are_text(collection):
    path = collection.table(["title", "date"], ["=HYPERLINK(1)", "@x"])

    assert read(path)[0].values == {"title": "=HYPERLINK(1)", "date": "@x"}


def test_columns_of_the_same_name_are_known_as_such(collection):
    table = open_table(collection.table(["title", "date", "title"], ["a", "b", "c"]))

    assert table.ambiguous == {"title"}


def test_an_encoding_can_be_told(collection):
    path = collection.table(["title"], ["Mädchen"], encoding="cp850")

    assert read(path, "cp850")[0].values == {"title": "Mädchen"}
    assert isinstance(read(path, "ascii")[0], Problem)


@pytest.mark.parametrize(
    ("data", "encoding", "reason"),
    [
        (b"", None, "no line with the names of its columns"),
        (b"\n\n", None, "no line with the names of its columns"),
        (b'"title,date\n', None, "no line with the names of its columns"),
        (b"PK\x03\x04....", None, "is a spreadsheet or zip file"),
        (b"%PDF-1.7", None, "is a PDF file"),
        (b"title\n", "klingon", "“klingon” is no encoding"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(collection, data, encoding, reason):
    with pytest.raises(SourceRefused, match=reason):
        open_table(collection.file("list.csv", data), encoding)


def test_a_file_that_is_not_there_is_refused(collection):
    with pytest.raises(SourceRefused, match="can't be read: No such file"):
        open_table(collection.path / "list.csv")
