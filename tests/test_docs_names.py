"""Every name in the documents exists: paths, links, commands, options, addresses, bare names."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from index.ingest.rows.name_words import WORDS_OF_KEYS
from tests.documents import (
    DOCUMENTS,
    PROJECT,
    code_blocks,
    code_spans,
    definitions,
    modules,
    options_of,
    text_of,
    tree_of,
)
from web import create_app
from web.language.messages import load_messages
from web.settings import SETTINGS, read_settings
from web.urls.url_state import PARAMETERS

FOLDERS_BESIDE_THE_CODE = ("var", "tests", "docs", "samples", "generations")
"""Where paths lead that are no modules; those of the project are tested as paths."""
SCRIPTS = tuple(path for path in modules() if path.parent == Path("scripts"))
OTHERS = frozenset(
    "make mypy pytest tantivy lucene sqlite whoosh intervals match match_phrase content".split()
)
"""Names of things that are no part of the code: tools, other engines, what those have."""

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


@pytest.fixture(scope="module")
def app() -> Flask:
    """Return the application, without an index."""
    return create_app(read_settings({}, index="nowhere"))


@each_document
def test_every_link_leads_to_a_file(document: Path) -> None:
    """And to a heading of it, where it names one."""
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(document)):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        path = (document.parent / name).resolve() if name else document
        assert path.exists(), target
        headings = re.findall(r"^#+ (.+)$", text_of(path), re.MULTILINE) if anchor else []
        assert not anchor or anchor in {_anchor(heading) for heading in headings}, target


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@each_document
def test_every_path_in_the_docs_exists(document: Path) -> None:
    """Files and folders of the project, in text and in commands."""
    named = re.findall(
        r"(?<![\w/.-])((?:index|search|web|scripts|tests|docs|samples)/[\w./-]*\w)",
        text_of(document),
    )
    assert [path for path in named if not (PROJECT / path).exists()] == []


@each_document
def test_every_command_in_the_docs_can_be_typed(document: Path) -> None:
    """Its script has the options that it names, and make has its targets."""
    targets = re.findall(r"^(\w+):", text_of(PROJECT / "Makefile"), re.MULTILINE)
    shown = [*code_blocks(document).splitlines(), *code_spans(document)]
    for line in shown:
        command = line.partition(" #")[0]
        if target := re.match(r"make (\w+)", command):
            assert target[1] in targets, line
        if script := re.search(r"(?:scripts/)?(\w+\.py)\b(.*)", command):
            assert script[1] in {path.name for path in modules()}, line
            named = set(re.findall(r"(?<![\w-])--[a-z-]+", script[2]))
            assert not named or named <= _options_of(script[1]), line


@each_document
def test_every_option_and_setting_in_the_docs_exists(document: Path) -> None:
    """Wherever it stands in the text."""
    options = {option for script in SCRIPTS for option in _options_of(script.name)}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text_of(document))) <= options
    variables = set(re.findall(r"\bKLIPING_[A-Z_]+", text_of(document)))
    assert variables <= {setting.variable for setting in SETTINGS}


def _options_of(script: str) -> set[str]:
    return options_of(Path("scripts") / script) | {"--help"}


@each_document
def test_every_address_in_the_docs_is_answered(document: Path, app: Flask) -> None:
    """Code that begins with a slash is a route; a parameter in it exists."""
    router = app.url_map.bind("localhost")
    parameters = {parameter.name for parameter in PARAMETERS}
    for span in code_spans(document):
        if re.fullmatch(r"/[\w/.<>?=%-]*", span):
            router.match(span.partition("?")[0].replace("<", "").replace(">", ""))
    for name in re.findall(r"`((?:not_)?[a-z_]+)=[^`]*`", text_of(document)):
        assert name in parameters, name


@each_document
def test_every_bare_name_in_the_docs_exists(document: Path) -> None:
    """It is a module, something that the code defines, or a text that it uses."""
    spans = code_spans(document)
    pattern = r"[a-z][a-z0-9_]{0,39}|[A-Z]+[a-z]+[A-Z]\w+"
    names = {span for span in spans if re.fullmatch(pattern, span)}
    assert sorted(names - _known_names() - OTHERS) == []


@each_document
def test_every_part_of_a_path_in_the_docs_exists(document: Path) -> None:
    """Such as execution/evaluator: the end of a module's path, or of a package's."""
    spans = {span for span in code_spans(document) if re.fullmatch(r"[a-z_]+(/[a-z_]+)+", span)}
    paths = {f"/{path.with_suffix('').as_posix()}" for path in modules()}
    folders = {f"/{folder.as_posix()}" for path in modules() for folder in path.parents}
    own = {span for span in spans if span.partition("/")[0] not in FOLDERS_BESIDE_THE_CODE}
    known = paths | folders
    assert [span for span in own if not any(path.endswith(f"/{span}") for path in known)] == []


@cache
def _known_names() -> frozenset[str]:
    """Return the names of modules and packages, what they define, and texts that are a name."""
    names = {part for path in modules() for part in path.with_suffix("").parts}
    names |= {key.partition("_")[2] for key in load_messages()}
    names |= {word for words in WORDS_OF_KEYS.values() for word in words.split()}
    for module in modules():
        if module.parts[0] != "tests":
            names |= {part for name in definitions(module) for part in name.split(".")}
            names |= {name for node in ast.walk(tree_of(module)) if (name := _name_in(node))}
    return frozenset(names)


def _name_in(node: ast.AST) -> str:
    """Return the name of an argument, or a text that could be one."""
    if isinstance(node, ast.arg):
        return node.arg
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text and node.value.isidentifier() else ""
