"""Where styles and scripts are collected, each under a name that changes with what is in it."""

from typing import ClassVar

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

MODULE_IMPORT = r'(?P<matched>import (?P<names>\{[^}]*\}) from "(?P<url>\./[^"]+)";)'


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Our own modules import each other by these names, too.

    Django's `support_js_module_import_aggregation` would also look for imports in other people's files, and stop at
    what stands there in comments.
    """

    patterns: ClassVar = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((MODULE_IMPORT, 'import %(names)s from "%(url)s";'),)),
    )
