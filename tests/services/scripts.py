"""Scripts of Elasticsearch: a full server has a language for them, the reduced one of these tests has none."""

import pytest

from search.indexes.elasticsearch.client import patient


def skip_without() -> None:
    """Skip the test where the server has no Painless. What is sent to one is tested without a server, too."""
    languages = {each["language"] for each in patient().get_script_languages()["language_contexts"]}
    if "painless" not in languages:
        pytest.skip("This Elasticsearch has no Painless. Set ELASTICSEARCH_URL to a full one to test script_score.")
