"""Scripts that import each other find the very version that they were collected with."""

from pathlib import Path

from django.test import override_settings

from config.static_files import ModuleStaticFilesStorage


def test_modules_import_each_other_by_names_that_change_with_their_content(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "main.js").write_text(
        'import {\n  one,\n  two } from "./part.js";\n// import {} of "./nothing.js"\n'
    )
    (tmp_path / "js" / "part.js").write_text("export const one = 1, two = 2;\n")
    with override_settings(DEBUG=False):
        storage = ModuleStaticFilesStorage(location=tmp_path, base_url="/static/")
        named = {
            name: new
            for name, new, _ in storage.post_process({name: (storage, name) for name in ("js/main.js", "js/part.js")})
        }
    part = named["js/part.js"].removeprefix("js/")
    assert part != "part.js"
    assert f'import {{\n  one,\n  two }} from "./{part}";' in (tmp_path / named["js/main.js"]).read_text()
