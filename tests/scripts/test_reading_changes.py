"""Changes that have nothing to do with an article: they are what they say, and always the same."""

import datetime as dt
import importlib
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
LINES = [
    "Garam dipanen lebih awal tahun ini di Sumenep.",
    "Harganya naik dua kali lipat sejak Mei.",
]
TRUTH = {"title": "Panen Garam", "date": "2024-06-03", "authors": ["Ani Lestari"], "body": LINES}
PAGE = f"""<html><head><meta name="author" content="Ani Lestari">
<script type="application/ld+json">{{"datePublished": "2024-06-03"}}</script></head><body>
<h1 class="judul" id=j1>Panen Garam</h1><span>Senin, 3 Juni 2024</span>
<article><p>{LINES[0]}</p><p>{LINES[1]}</p></article></body></html>"""
ROWS = [
    {
        "title": "Panen",
        "body": "Garam naik.\nHarga turun.",
        "date": "2024-06-03",
        "tags": ["a", "b"],
    },
    {"title": "Pasar", "body": "Ikan segar.", "date": "2024-06-04", "tags": []},
]


@pytest.fixture(autouse=True)
def _scripts_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))


def part(name: str) -> Any:
    """Return a module of the changes, or a module of measuring."""
    return importlib.import_module(f"reading.{name}")


def changed(name: str, html: str = PAGE) -> str:
    """Return a page under a change."""
    page = part("changes.page_parts").find_parts(html, TRUTH)
    return str(part("changes.pages").PAGE_CHANGES[name].make(page, Random(1)))


def rows_as(name: str) -> tuple[str, str]:
    """Return the ending and the text of rows under a change."""
    made = part("changes.rows").ROW_CHANGES[name](ROWS, Random(1))
    return made.suffix, made.text


@pytest.mark.parametrize(
    ("name", "is_so"),
    [
        ("no classes or ids", lambda html: "judul" not in html and "j1" not in html),
        ("classes renamed", lambda html: "class=" in html and "judul" not in html),
        ("no JSON-LD", lambda html: "ld+json" not in html),
        ("no meta", lambda html: "<meta" not in html),
        ("no semantic elements", lambda html: "<article" not in html and "<h1" in html),
        ("bare first paragraph", lambda html: f"<article>{LINES[0]}<p>" in html),
        ("paragraphs by line breaks", lambda html: f"{LINES[0]}<br><br>" in html),
        ("tags in capitals", lambda html: "<ARTICLE>" in html and LINES[0] in html),
        ("white space minified", lambda html: "</h1><span>" in html and "\n" not in html),
    ],
)
def test_change_of_a_page_is_what_it_says(name: str, is_so: Callable[[str], bool]) -> None:
    """What it takes away is gone, and the article is still there."""
    html = changed(name)
    assert is_so(html), html
    assert LINES[1] in html


@pytest.mark.parametrize("place", ["before", "in", "after"])
def test_noise_is_put_where_it_is_said(place: str) -> None:
    """Before the first paragraph, between two, or behind the last one."""
    html = changed(f"share bar {place} the text")
    at = [html.index(text) for text in (*LINES, "Salin tautan")]
    assert sorted(at).index(at[2]) == {"before": 0, "in": 1, "after": 2}[place]


def test_date_beside_the_headline_stands_nowhere_else() -> None:
    """The reader has nothing but what is shown there."""
    html = changed("date beside the headline: 21 Januari 2019")
    assert html.count("3 Juni 2024") == 1
    assert "2024-06-03" not in html


def test_change_that_makes_no_sense_is_not_made() -> None:
    """There is no text to put noise into."""
    page = part("changes.page_parts").find_parts("<h1>Panen Garam</h1>", TRUTH)
    assert part("changes.pages").PAGE_CHANGES["teasers in the text"].make(page, Random(1)) is None


def test_every_form_of_a_day_names_it_fully() -> None:
    """Two days are never written the same way."""
    dates = part("changes.dates")
    days = [dt.date(2024, 6, 3) + dt.timedelta(days=days) for days in range(400)]
    for form in (*dates.SHOWN_FORMS, *dates.STORED_FORMS):
        assert len({dates.write_day(day, form) for day in days}) == len(days), form


@pytest.mark.parametrize(
    ("name", "suffix", "beginning"),
    [
        ("delimiter tab", ".tsv", "title\tcontent\tdate\ttags\r\n"),
        ("date in rows: 20190121", ".csv", "title,content,date,tags\r\nPanen,"),
        ("JSON lines as .jl", ".jl", '{"title": "Panen", "content": '),
        ("an object by id", ".json", '{\n "a0": {\n  "title": "Panen"'),
        ("pairs for Elasticsearch", ".jsonl", '{"index": {"_id": "0"}}\n{"title": "Panen"'),
        ("each value a list of one", ".jsonl", '{"title": ["Panen"], "content": ['),
    ],
)
def test_change_of_rows_is_what_it_says(name: str, suffix: str, beginning: str) -> None:
    """Its file has the ending and the form."""
    made = rows_as(name)
    assert made[0] == suffix
    assert made[1].startswith(beginning)


def test_header_stands_in_the_midst_once_more() -> None:
    """As in files that were joined."""
    lines = rows_as("header repeated")[1].replace("Garam naik.\n", "").splitlines()
    assert [line.partition(",")[0] for line in lines] == ["title", "Panen", "title", "Pasar"]


def test_trials_are_the_same_each_time(tmp_path: Path) -> None:
    """A wrong field that was seen can be seen again; another seed draws others."""
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "a.truth.json").write_text(json.dumps(TRUTH), encoding="utf-8")
    cases = list(part("truths").find_cases(tmp_path))
    trials = part("changes.trials")
    first, again, other = (
        list(trials.make_trials(cases, trials.Options(seed=seed))) for seed in (1, 1, 2)
    )
    assert first == again
    assert [t.change for t in first] == [t.change for t in other]
    assert first != other


def test_field_that_a_change_takes_away_is_left_out_of_account(tmp_path: Path) -> None:
    """The writer stands in a meta element alone; the date is shown, too."""
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "a.truth.json").write_text(json.dumps(TRUTH), encoding="utf-8")
    trials = part("changes.trials").make_trials(
        list(part("truths").find_cases(tmp_path)), part("changes.trials").ALL
    )
    told = {trial.change: set(trial.case.truths[0]) for trial in trials}
    assert told["no meta"] == {"title", "date", "body", "keep_out"}
    assert "authors" in told["no JSON-LD"]


def test_sample_bounds_the_files_of_a_change(tmp_path: Path) -> None:
    """For a folder of thousands."""
    for name in "abcd":
        (tmp_path / f"{name}.html").write_text(PAGE, encoding="utf-8")
        (tmp_path / f"{name}.truth.json").write_text(json.dumps(TRUTH), encoding="utf-8")
    trials = part("changes.trials")
    made = trials.make_trials(list(part("truths").find_cases(tmp_path)), trials.Options(sample=2))
    counts = [trial.change for trial in made]
    assert max(map(counts.count, counts)) == 2


def test_what_is_read_today_may_be_the_truth(tmp_path: Path) -> None:
    """So that changes can be tried on files without one."""
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    [case] = part("truths").cases_as_read(tmp_path)
    assert case.truths[0]["title"] == "Panen Garam"
    assert LINES[1] in case.truths[0]["body"]
