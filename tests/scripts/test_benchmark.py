"""The benchmark: the same questions for all, no wrong answer passes, nobody left out silently."""

import importlib
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import clusters.java
import pytest

from tests.hang_guard import HANG_SECONDS

SCRIPTS = Path(__file__).parents[2] / "scripts"
DOC_COUNT = 120
WORDS = re.compile(r"[^\W_]+")


@pytest.fixture(autouse=True)
def _scripts_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))


def part(name: str) -> Any:
    """Return a module of the benchmark."""
    return importlib.import_module(f"bench.{name}")


@pytest.fixture
def corpus(tmp_path: Path) -> Any:
    """Return a small corpus of two real articles and invented ones."""
    rows = [{"id": "a", "title": "Harga\tberas", "body": "Naik.\nTurun."}] * 2
    path = tmp_path / "real.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return part("corpus").prepare_corpus([path], DOC_COUNT, tmp_path / "corpus")


@pytest.fixture
def frequencies() -> Any:
    """Return made-up frequencies of a hundred documents."""
    words = {"langka": 1, "sedang": 26, "lazim": 80, "sering": 40, "jarang": 12, "lima": 5}
    return part("choice").Frequencies(
        doc_count=100,
        words=words,
        pairs={("lazim", "sering"): 30, ("sering", "lazim"): 10},
        prefixes={"per": 50, "men": 90, "ber": 40},
        words_by_prefix={"per": 12, "men": 30, "ber": 8},
        tags={"beras": 9, "gula": 4},
        months={"2024-01": 3, "2024-02": 5},
    )


def run_of(figures: dict[str, dict[str, float]]) -> Any:
    """Return a run with these milliseconds."""
    index = part("results").IndexFigures(1_000.0, 900.0, 12.5, 0.1, "")
    return part("results").CorpusRun(
        20_000,
        10,
        "product",
        dict.fromkeys(figures, index),
        figures,
        figures,
        [],
        {"lucene": "No."},
    )


FIGURES = {
    "kliping": {"rare word": 0.1, "common word": 0.2},
    "tantivy": {"rare word": 0.3, "common word": 2.0},
}


def test_words_are_chosen_by_their_frequency(frequencies: Any) -> None:
    """Each kind takes the word whose share of the documents is nearest."""
    by_kind = {query.kind: query for query in part("choice").choose_queries(frequencies, 1)}
    assert by_kind["rare word"].words == ("langka",)
    assert by_kind["middling word"].words == ("sedang",)
    assert by_kind["common word"].words == ("lazim",)
    assert by_kind["AND of 2"].words == ("sedang", "sering")
    assert by_kind["phrase"].words == ("lazim", "sering")
    assert by_kind["prefix"].words == ("per",)
    assert by_kind["AND of 2, 1 filter"].filters == (("tag", "beras"),)
    assert by_kind["common word, 2 filters"].filters == (("tag", "beras"), ("month", "2024-02"))


def test_variants_of_a_kind_are_different_queries(frequencies: Any) -> None:
    """The next nearest word, and only one query for everything."""
    queries = part("choice").choose_queries(frequencies, 3)
    assert len(set(queries)) == len(queries)
    assert [query.kind for query in queries].count("everything") == 1
    assert [query.kind for query in queries].count("common word") == 3


def test_same_corpus_gives_the_same_queries(corpus: Any) -> None:
    """Nothing is drawn when queries are chosen."""
    choice = part("choice")
    found = [choice.count_frequencies(corpus.documents(), DOC_COUNT) for _ in range(2)]
    assert choice.choose_queries(found[0], 2) == choice.choose_queries(found[1], 2)


def test_words_that_engines_cut_differently_are_not_chosen() -> None:
    """A word that stands mostly within KOMPAS.com or in doubles is no fair question."""
    document = part("peer").BenchDocument(
        0, "a", "t", "Kompas.com undang-undang beras", (), "x", "2024-01", "", "", ""
    )
    assert set(part("choice").count_frequencies([document], 1).words) == {"beras"}


def test_facets_depend_on_the_place_alone() -> None:
    """Equal seeds give equal facets, and more documents do not change the first ones."""
    draw = part("facets").draw_facets
    few, many = draw(50), draw(2_000)
    assert many[:50] == few
    assert {len(facets.tags) for facets in many} == set(range(6))
    assert len({facets.month for facets in many}) > 150


def test_corpus_keeps_real_articles_once_and_invents_the_rest(corpus: Any) -> None:
    """Lines survive the file, tabs do not, and the count is filled."""
    documents = list(corpus.documents())
    assert (len(documents), corpus.real_count) == (DOC_COUNT, 2)
    assert documents[0].title == "Harga beras"
    assert documents[0].body == "Naik.\nTurun."
    assert [document.number for document in documents] == list(range(DOC_COUNT))


def test_corpus_that_was_prepared_is_taken_again(corpus: Any, tmp_path: Path) -> None:
    """A million articles are prepared once."""
    before = corpus.path.stat().st_mtime_ns
    again = part("corpus").prepare_corpus([tmp_path / "real.jsonl"], DOC_COUNT, tmp_path / "corpus")
    assert again == corpus
    assert corpus.path.stat().st_mtime_ns == before


@pytest.mark.parametrize("mode", ["one", "product"])
@pytest.mark.parametrize("name", ["tantivy", "sqlite", "whoosh"])
def test_peers_find_what_a_plain_count_finds(
    corpus: Any, tmp_path: Path, name: str, mode: str
) -> None:
    """Totals, and each facet without its own filter, on one field and on six."""
    choice = part("choice")
    queries = choice.choose_queries(choice.count_frequencies(corpus.documents(), DOC_COUNT), 1)
    peer = part("peers").find_peer(name, tmp_path)
    assert peer.build(corpus, tmp_path / "built", mode).doc_count == DOC_COUNT
    searcher = peer.open(tmp_path / "built", mode)
    documents = list(corpus.documents())
    for query in queries:
        found = searcher.answer(query, snippets=True)
        wanted = [document for document in documents if _matches(document, query, mode)]
        kept = [document for document in wanted if _passes(document, query, None)]
        assert found.total == len(kept)
        assert len(found.hits) == min(10, len(kept))
        months = [d.month for d in wanted if _passes(d, query, "month")]
        assert found.facets["month"] == {month: months.count(month) for month in months}
        tags = [tag for d in wanted if _passes(d, query, "tag") for tag in d.tags]
        assert all(tags.count(tag) == count for tag, count in found.facets["tag"].items())
    searcher.close()


def _matches(document: Any, query: Any, mode: str) -> bool:
    exact, stems = [document.body], []
    if mode == "product":
        exact += [document.title, *document.tags]
        stems = [document.title_stem, document.body_stem, document.tags_stem]
    texts = [" ".join(["", *WORDS.findall(text.lower()), ""]) for text in exact]
    if query.shape == "all":
        return True
    if query.shape in {"phrase", "prefix"}:
        begin = " " + " ".join(query.words) + (" " if query.shape == "phrase" else "")
        return any(begin in text for text in texts)
    hits = [
        any(f" {word} " in text for text in texts) or any(stem in text.split() for text in stems)
        for word, stem in zip(query.words, query.stems, strict=True)
    ]
    return all(hits) if query.shape == "and" else any(hits)


def _passes(document: Any, query: Any, without: str | None) -> bool:
    own = {"month": [document.month], "author": [document.author], "tag": document.tags}
    return all(value in own[facet] for facet, value in query.filters if facet != without)


def test_wrong_total_is_refused() -> None:
    """More than three of a hundred, and the run says whose answer and which query."""
    agreement, peer = part("agreement"), part("peer")
    query = peer.BenchQuery("rare word", "or", ("beras",), ("beras",))
    right = peer.Answer(1_000, (), {"tag": {"AI": 500}, "month": {}, "author": {}})
    near, wrong = replace(right, total=1_020), replace(right, total=1_040)
    told = {"kliping": {query: right}, "near": {query: near}, "wrong": {query: wrong}}
    differences = agreement.worst_differences(told, "kliping")
    agreement.check_differences([d for d in differences if d.engine == "near"])
    with pytest.raises(agreement.DisagreementError, match=r"wrong differs by 4.00 %.*rare word"):
        agreement.check_differences(differences)


def test_wrong_facet_is_refused() -> None:
    """Counts that do not fit are as wrong as a total."""
    agreement, peer = part("agreement"), part("peer")
    query = peer.BenchQuery("everything", "all", (), ())
    right = peer.Answer(1_000, (), {"tag": {"AI": 500, "beras": 100}})
    wrong = replace(right, facets={"tag": {"AI": 450, "beras": 100}})
    (difference,) = agreement.worst_differences({"a": {query: right}, "b": {query: wrong}}, "a")
    assert difference.facets == pytest.approx(50 / 600)


def test_ratios_are_of_the_same_run() -> None:
    """How many times as long as ours, by kind."""
    rounds = part("rounds")
    found = rounds.ratios(FIGURES, "kliping")["tantivy"]
    assert found == pytest.approx({"rare word": 3.0, "common word": 10.0})
    assert rounds.median_of_mix(found) == pytest.approx(6.5)


def test_tables_show_figures_ratios_and_who_is_absent() -> None:
    """Markdown with a row for each kind, and a line for each engine that could not run."""
    machine = {"cores": "2", "processor": "X", "python": "3.11"}
    versions = {name: name.title() for name in FIGURES}
    report = part("results").Report(machine, versions, [run_of(FIGURES)])
    text = part("tables").markdown_tables(report)
    assert "| common word | 0.200 | 2.000 (10.0×) |" in text
    assert "| 20,000 | six weighted fields | off | 0.150 | 1.150 (6.5×) |" in text
    assert "20,000 documents, six weighted fields, without lucene: No." in text


def test_chart_has_a_bar_for_each_figure() -> None:
    """Well-formed SVG; ten times as long is one power of ten further right."""
    root = ET.fromstring(part("chart").draw_chart(run_of(FIGURES)))  # noqa: S314 - our own
    bars = [rect for rect in root.iter("{http://www.w3.org/2000/svg}rect") if rect.get("y") != "34"]
    assert len(bars) == 4
    widths = [float(bar.get("width", 0)) for bar in bars]
    one_power = (760 - 170 - 70) / 2
    assert widths[3] - widths[2] == pytest.approx(one_power, abs=0.2)


def test_block_of_the_page_is_replaced_and_nothing_else() -> None:
    """The text around the markers stays; a page without them is refused."""
    figures_page = part("figures_page")
    text = "before\n<!-- benchmark:start -->\nold\n<!-- benchmark:end -->\nafter\n"
    new = figures_page.replace_block(text, "new")
    assert (new.startswith("before\n"), new.endswith("\nafter\n")) == (True, True)
    assert "new" in new
    assert "old" not in new
    assert figures_page.replace_block(new, "new") == new
    with pytest.raises(figures_page.MarkersMissingError, match="put <!-- benchmark:start -->"):
        figures_page.replace_block("no markers", "new")


def test_java_that_is_too_old_is_no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A Java of 17 in JAVA_HOME and none elsewhere: the reason says what to install."""
    java = part("java")
    program = tmp_path / "bin" / "java"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 'openjdk version \"17.0.1\"' >&2\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(clusters.java, "JAVA_FOLDERS", ())
    with pytest.raises(part("peer").CannotRunError, match="Java 21 or newer was not found"):
        java.find_java({"JAVA_HOME": str(tmp_path), "PATH": str(tmp_path)})


def test_engine_that_cannot_run_is_named_with_the_reason(tmp_path: Path) -> None:
    """The run goes on without it, and its rows say why."""
    command = [sys.executable, str(SCRIPTS / "benchmark.py"), "--documents", "60", "--quick"]
    command += ["--rounds", "1", "--modes", "one", "--no-server", "--peers", "sqlite", "lucene"]
    command += ["--work", str(tmp_path), "--json", str(tmp_path / "figures.json")]
    environment = {"PATH": str(tmp_path), "JAVA_HOME": str(tmp_path)}
    # With no Maven on the path, Lucene cannot be fetched, wherever Java stands.
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=HANG_SECONDS, env=environment
    )
    assert ran.returncode == 0, ran.stderr
    assert re.search(r"lucene +left out: (Java|Maven)", ran.stdout)
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert list(figures["runs"][0]["absent"]) == ["lucene"]
    assert figures["runs"][0]["plain"]["sqlite"]["everything"] > 0


def test_wrong_file_of_articles_is_told_in_one_sentence(tmp_path: Path) -> None:
    """Exit code 1 and no trace."""
    command = [sys.executable, str(SCRIPTS / "benchmark.py"), "--documents", "10", "--work"]
    command += [str(tmp_path), "--peers", "sqlite", "--articles", str(tmp_path / "none.jsonl")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=HANG_SECONDS)
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert "cannot be read as lines of JSON" in ran.stderr


@pytest.mark.parametrize("content", [None, "{}", "no JSON"])
def test_server_is_not_measured_beside_figures_that_are_none(
    tmp_path: Path, content: str | None
) -> None:
    """Before anything is built, one sentence names the file."""
    figures = tmp_path / "figures.json"
    if content is not None:
        figures.write_text(content)
    command = [sys.executable, str(SCRIPTS / "benchmark.py"), "--server-only", "--json"]
    ran = subprocess.run(
        [*command, str(figures)], capture_output=True, text=True, check=False, timeout=HANG_SECONDS
    )
    assert ran.returncode == 1
    assert "figures.json" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_percentiles_are_values_that_were_measured() -> None:
    """The smallest value that so many of a hundred do not exceed."""
    percentile = part("load").percentile
    assert percentile([3.0, 1.0, 2.0], 50) == 2.0
    assert percentile(list(range(1, 101)), 99) == 99
