import io

import pytest

from gallery.importing import columns, mapped_csv, painter_by_numbers, sources, style_folders
from gallery.importing.rows import Problem, SourceRefused

PBN_COLUMNS = ["artist", "date", "genre", "pixelsx", "source", "style", "title", "new_filename"]


def rows(path, **mapping):
    return list(sources.find(path, mapping).rows)


@pytest.mark.parametrize("folder", ["images/", "", "train/", "test/"])
def test_painter_by_numbers_is_read_wherever_its_images_lie(collection, folder):
    collection.table(
        PBN_COLUMNS,
        ["Vincent van Gogh", "1889.0", "landscape", "24", "wikiart", "Post-Impressionism", "Olive trees", "1.png"],
        name="all_data_info.csv",
    )
    picture = collection.picture(f"{folder}1.png")

    (row,) = rows(collection.path)

    assert row.image_path.resolve() == picture
    assert (row.title, row.artists, row.display_date) == ("Olive trees", ("Vincent van Gogh",), "1889")
    assert (row.style, row.genre, row.source, row.source_id) == (
        "Post-Impressionism",
        "landscape",
        "wikiart",
        "1.png",
    )
    assert (row.line, row.where) == (2, "all_data_info.csv")


def test_what_pandas_writes_for_nothing_is_nothing(collection):
    collection.table(PBN_COLUMNS, ["nan", "nan", "NaN", "", "", "None", "Head", "1.png"], name="all_data_info.csv")
    collection.picture("1.png")

    (row,) = rows(collection.path / "all_data_info.csv")

    assert (row.artists, row.display_date, row.genre, row.style, row.source) == ((), "", "", "", "")


def test_a_painting_without_its_file_is_a_problem_with_its_line(collection):
    collection.table(
        PBN_COLUMNS,
        ["A", "", "", "", "", "", "Lost", "1.png"],
        ["A", "", "", "", "", "", "There", "2.png"],
        name="all_data_info.csv",
    )
    collection.picture("images/2.png")

    lost, there = rows(collection.path)

    assert lost == Problem(line=2, where="all_data_info.csv", reason="there is no file “1.png”.")
    assert there.title == "There"


def test_another_table_of_that_name_is_refused(collection):
    collection.table(["title"], ["x"], name="all_data_info.csv")

    with pytest.raises(SourceRefused, match="no column “new_filename”"):
        sources.find(collection.path, {})


@pytest.mark.parametrize(
    ("name", "title", "artists", "date"),
    [
        ("vincent-van-gogh_the-starry-night-1889.jpg", "The Starry Night", ("Vincent van Gogh",), "1889"),
        ("el-greco_view-of-toledo.png", "View of Toledo", ("El Greco",), ""),
        ("leonardo-da-vinci_mona-lisa-1503-1506.jpg", "Mona Lisa", ("Leonardo da Vinci",), "1503–1506"),
        ("paul-klee_head-1921(2).jpg", "Head", ("Paul Klee",), "1921"),
        ("Claude Monet_Water Lilies 1906.jpg", "Water Lilies", ("Claude Monet",), "1906"),
        ("untitled.jpg", "Untitled", (), ""),
        ("_head.jpg", "Head", (), ""),
        ("joan-miro_.jpg", "", ("Joan Miro",), ""),
        ("kazimir-malevich_1915.jpg", "1915", ("Kazimir Malevich",), ""),
    ],
)
def test_file_names_tell_artist_title_and_years(collection, name, title, artists, date):
    collection.picture(f"Post_Impressionism/{name}")

    (row,) = rows(collection.path)

    assert (row.title, row.artists, row.display_date) == (title, artists, date)
    assert (row.style, row.source_id, row.line) == ("Post Impressionism", f"Post_Impressionism/{name}", 0)


def test_hidden_files_and_litter_are_no_paintings_and_strays_are_problems(collection):
    collection.picture("Cubism/a_b.png")
    for name in ("Cubism/.DS_Store", "Cubism/Thumbs.db", ".git/x_y.png", ".hidden", "stray.png"):
        collection.file(name, b"x")
    (collection.path / "Cubism" / "deeper").mkdir()
    (collection.path / "Cubism" / "out_side.png").symlink_to("/etc/passwd")

    found = rows(collection.path)

    assert [problem.where for problem in found if isinstance(problem, Problem)] == ["stray.png", "Cubism/out_side.png"]
    assert [row.title for row in found if not isinstance(row, Problem)] == ["B"]


def test_any_table_is_read_by_the_columns_that_are_named(collection):
    collection.table(
        ["Datei", "Titel", "Künstler", "Datierung", "Inv.-Nr."],
        ["a.png", " Kopf \n einer  Frau ", "Anker; Workshop of Rembrandt;Anker", "um 1870", "7"],
        delimiter=";",
        encoding="cp1252",
    )
    collection.picture("a.png")

    (row,) = rows(
        collection.path / "list.csv",
        image="datei",
        title="Titel",
        artist="Künstler",
        date="Datierung",
        object_number="Inv.-Nr.",
    )

    assert (row.title, row.artists) == ("Kopf einer Frau", ("Anker", "Workshop of Rembrandt"))
    assert (row.display_date, row.object_number, row.source_id) == ("um 1870", "7", "7")


def test_the_template_needs_no_mapping(collection):
    template = io.StringIO()
    columns.template(template)
    collection.file("list.csv", template.getvalue().encode())
    collection.picture("images/sunflowers.jpg")

    (row,) = rows(collection.path)

    assert (row.title, row.artists) == ("Sunflowers", ("Vincent van Gogh", "workshop of Another Painter"))
    assert row.source_id == "1924-7"


def test_without_any_number_the_files_name_is_the_id(collection):
    collection.table(["Image", "TITLE"], ["a.png", "Head"])
    collection.picture("a.png")

    assert rows(collection.path)[0].source_id == "a.png"


@pytest.mark.parametrize(
    ("header", "mapping", "reason"),
    [
        (["file", "title"], {}, "No column of list.csv is named “image”. Its columns are: file, title .read as utf-8;"),
        (["image", "name"], {}, "No column of list.csv is named “title”"),
        (["image", "title"], {"artist": "painter"}, "has no column “painter”"),
        (["image", "title"], {"artiste": "title"}, "knows no field “artiste”"),
        (["image", "title", "title"], {}, "has several columns “title”"),
    ],
)
def test_columns_that_do_not_fit_are_refused_with_a_sentence(collection, header, mapping, reason):
    path = collection.table(header, ["x"] * len(header))

    with pytest.raises(SourceRefused, match=reason):
        sources.find(path, mapping)


def test_columns_of_the_same_name_that_nobody_needs_do_no_harm(collection):
    collection.table(["image", "title", "x", "x"], ["a.png", "Head", "1", "2"])
    collection.picture("a.png")

    assert rows(collection.path)[0].title == "Head"


def test_broken_records_and_refused_files_are_told_with_their_lines(collection):
    collection.file("list.csv", b"image,title\n../../etc/passwd,A\na.png\na.png,B\n")
    collection.picture("a.png")

    outside, short, good = rows(collection.path)

    assert (outside.line, short.line, good.line) == (2, 3, 4)


def test_a_mapping_turns_a_painter_by_numbers_folder_into_any_table(collection):
    collection.table(PBN_COLUMNS, ["A", "", "", "", "", "", "Head", "1.png"], name="all_data_info.csv")
    collection.picture("1.png")

    (row,) = rows(collection.path, image="new_filename")

    assert (row.title, row.source) == ("Head", "")


def test_each_format_knows_its_own(collection):
    collection.picture("Cubism/a_b.png")
    assert style_folders.detect(collection.path)
    assert not mapped_csv.detect(collection.path)
    assert not painter_by_numbers.detect(collection.path)


@pytest.mark.parametrize(
    ("path", "mapping", "reason"),
    [
        ("nowhere", {}, "does not exist"),
        (".", {}, "holds nothing that can be imported. It must be a Painter by Numbers folder"),
        (".", {"title": "x"}, "is no table and has none in it"),
    ],
)
def test_a_path_that_holds_nothing_is_refused_with_a_sentence(collection, path, mapping, reason):
    with pytest.raises(SourceRefused, match=reason):
        sources.find(collection.path / path, mapping)


def test_two_tables_in_a_folder_are_ambiguous(collection):
    collection.table(["image", "title"])
    collection.table(["image", "title"], name="other.csv")

    with pytest.raises(SourceRefused, match="holds nothing that can be imported"):
        sources.find(collection.path, {})


def test_a_source_tells_how_it_was_understood(collection):
    path = collection.table(["image", "title"], ["a.png", "Head"], delimiter="\t", name="museum.tsv")

    source = sources.find(path, {})

    assert source.name == "museum"
    assert source.about == "a table: museum.tsv, 2 columns, encoding utf-8, delimiter tab"
    assert source.expected >= 1


def test_a_folder_that_may_not_be_read_is_refused(collection, monkeypatch):
    def denied(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(style_folders, "files", denied)

    with pytest.raises(SourceRefused, match="can't be read: Permission denied"):
        sources.find(collection.path, {})
