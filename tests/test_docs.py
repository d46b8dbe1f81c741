"""What the documentation names exists; what can be set or typed is documented."""

import re
from pathlib import Path

import pytest

from index.indexer.build import build_index
from index.ingest.io.compression import PACKINGS
from index.ingest.registry import ARCHIVE_SUFFIX, READERS
from search.columnar_engine import WhooshEngine
from search.query.tree import QUERY_FIELDS
from search.request import SearchRequest
from web.settings import SETTINGS, Setting
from web.urls.url_state import PARAMETERS

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_setting_is_documented_with_its_default_and_meaning(setting: Setting) -> None:
    """One row of the table in README each."""
    assert f"| `{setting.variable}` | `{setting.default}` | {setting.text} |" in README


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.name)
def test_parameter_of_the_json_is_documented(parameter: object) -> None:
    """By its name, or by the form that the tag's parameters show for every facet."""
    name = getattr(parameter, "name", "")
    shown = re.sub(r"(?<=not_)\w+$|^\w+(?=_(size|match)$)", "tag", name)
    assert f"`{shown}" in README


def test_every_field_of_the_query_language_is_named() -> None:
    """By the name that is shown."""
    assert [f.labels[0] for f in QUERY_FIELDS if f.labels[0] not in README] == []


def test_every_kind_of_file_that_is_read_is_named() -> None:
    """By the end of its name; how it may be packed, too."""
    suffixes = [*READERS, *PACKINGS, ARCHIVE_SUFFIX]
    assert [suffix for suffix in suffixes if not re.search(rf"`[.\w]*{suffix}`", README)] == []


def test_every_exit_code_of_reindex_is_told() -> None:
    """Those that the script returns, and no others."""
    assert re.findall(r"^\| (\d) \|", README, re.MULTILINE) == ["0", "1", "2", "3"]


def test_every_module_that_the_architecture_names_exists() -> None:
    """A map with dead names misleads."""
    named = re.findall(r"`((?:index|search|web|tests)/[\w/]+\.py)`", ARCHITECTURE)
    assert len(named) > 10
    assert [name for name in named if not (PROJECT / name).is_file()] == []


def test_every_command_of_the_readme_names_a_script_that_exists() -> None:
    """So that it can be typed as it stands."""
    scripts = set(re.findall(r"scripts/\w+\.py", README))
    assert {"scripts/reindex.py", "scripts/serve.py", "scripts/make_corpus.py"} <= scripts
    assert [script for script in scripts if not (PROJECT / script).is_file()] == []


QUERY_LANGUAGE = (PROJECT / "docs" / "query-language.md").read_text(encoding="utf-8")
OPERATORS = re.findall(r"^\| [^|]+ \| `([^`]+)` \| ", QUERY_LANGUAGE, re.MULTILINE)


def test_every_operator_in_the_docs_finds_something(tmp_path: Path) -> None:
    """In the sample archive, understood without a guess."""
    build_index([PROJECT / "samples"], tmp_path / "index")
    engine = WhooshEngine(tmp_path / "index", 30)
    assert len(OPERATORS) >= 14
    for query_text in OPERATORS:
        results = engine.search(SearchRequest(query_text=query_text))
        guesses = [notice for notice in results.notices if notice.code != "synonyms"]
        assert (bool(results.total), guesses) == (True, []), query_text
    engine.close()
