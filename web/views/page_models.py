"""The view models of a page's frame, an article's page, the help page and an error.

Templates and the JSON see only view models (these and `web.views.results_models`). They are
complete: every number is counted, every URL built, every label in the right language. A template
chooses what to show and computes nothing.
"""

from dataclasses import dataclass
from typing import NamedTuple

from web.language import HelpSection
from web.views.marked_text import MarkedText


class Link(NamedTuple):
    """A link; `selected` if it leads to what is shown already."""

    label: str
    url: str
    selected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the content of every page.

    Attributes:
        lang: the language of the page.
        site_name: the name of the site.
        site_text: what the site is, in one sentence.
        query_text: the text in the search box.
        languages: links to the same page in each language.
        search_url: the target of the search form.
        suggest_url: the suggestions of the search box.
        home_url: the front page.
        advanced_url: the form for readers who know no syntax, filled with the query.
        help_url: the help page.
        coverage_url: the page that shows what the archive has.
        lang_fields: (name, value) of the hidden field that keeps the page's language, if one is
            needed.
    """

    lang: str
    site_name: str
    site_text: str
    query_text: str
    languages: tuple[Link, ...]
    search_url: str
    suggest_url: str
    home_url: str
    advanced_url: str
    help_url: str
    coverage_url: str
    lang_fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One line of an article's body."""

    text: MarkedText
    is_subhead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Another article in a list: a near duplicate, or one on the same subject.

    Attributes:
        date: YYYY-MM-DD, or "" without a date.
        is_representative: whether it is the representative of its group of near duplicates.
        is_here: whether it is the very article whose page lists it.
    """

    doc_id: str
    title: str
    date: str
    date_label: str
    source: str
    page_url: str
    is_representative: bool = False
    is_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Where an article stands in the results, and the links from there.

    Attributes:
        rank_label: "4 dari 662"; "" where the article is not in the results at its rank.
        previous_url, next_url: the articles before and after it; "" for none.
        previous_title, next_title: their headlines.
        back_url: the results at the place of the hit.
    """

    rank_label: str
    previous_url: str
    previous_title: str
    next_url: str
    next_title: str
    back_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """One article in full.

    Attributes:
        place: where it was written, from its date line.
        date: YYYY-MM-DD, or "" without a date.
        date_mark: what stands behind the date: "(perkiraan)", "(meragukan)" or "".
        date_note: explains an inferred or doubtful date; "" for any other.
        correction_note: says which fields were corrected by hand, and when; "" for none.
        url: the article at its source, "" unless it is http or https.
        place_before: the place again, where it has to be printed before the text.
        neighbours: its place in the results from which the reader came, and the way back.
        mentions_label: how often the text has the query's words; "" for no query.
        description: the beginning of the text, for who links to the article.
        citation: a line to cite.
        canonical_url: its address without a search, whole where the site's origin is known.
        copies: near duplicates of the story, this article included; some of `copy_total`.
        similar: articles on the same subject.
    """

    frame: Frame
    doc_id: str
    title: MarkedText
    paragraphs: tuple[Paragraph, ...]
    caption: str
    credit: str
    place: str
    place_before: str
    date: str
    date_label: str
    date_mark: str
    date_note: str
    correction_note: str
    authors: tuple[Link, ...]
    editors: tuple[Link, ...]
    tags: tuple[Link, ...]
    category: str
    source: str
    url: str
    page_url: str
    neighbours: Neighbours
    mentions_label: str
    description: str
    citation: str
    canonical_url: str
    json_url: str
    copies: tuple[Mention, ...]
    copy_total: int
    copies_note: str
    similar: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """A number with what it counts, and a link to these articles; "" without one."""

    label: str
    count: int
    count_label: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetPage:
    """All values of a facet that begin with a letter.

    Attributes:
        heading: the facet, and the results whose values these are.
        letters: links to the values of each letter, and to all.
        orders: links to the same values by name, and by count.
        rows: the values, each with a link to the results that have it.
        shown_label: how many there are, or how many of how many are shown.
        back_url: the results.
    """

    frame: Frame
    heading: str
    letters: tuple[Link, ...]
    orders: tuple[Link, ...]
    rows: tuple[CountRow, ...]
    shown_label: str
    back_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletView:
    """What the archive has of an outlet.

    Attributes:
        row: its name, how many articles it has, and a link to them.
        span_label: first and last day; "" without a dated article.
        years: articles by year, the newest first.
        undated_label: how many have no date; "" if all have one.
        gaps_label: the gaps in a sentence; "" without any.
    """

    row: CountRow
    span_label: str
    years: tuple[CountRow, ...]
    undated_label: str
    gaps_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePage:
    """What the archive has, and what was refused.

    Attributes:
        summary: how many articles of how many outlets.
        updated_label: when the index was made.
        years: articles by year, the newest first.
        outlets: the largest outlets, with those articles that have none.
        others_label: how many outlets are not listed; "" if all are.
        refused, refused_by_update: what was refused, by reason.
        json_url: the same as JSON, with all outlets that are kept.
    """

    frame: Frame
    summary: str
    updated_label: str
    years: tuple[CountRow, ...]
    outlets: tuple[OutletView, ...]
    others_label: str
    refused: tuple[CountRow, ...]
    refused_by_update: tuple[CountRow, ...]
    json_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """The help page."""

    frame: Frame
    sections: tuple[HelpSection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorView:
    """One error, as its page and its JSON show it.

    Attributes:
        status: the HTTP status.
        code: its code in the table of errors (see `web.language.problems`).
        parameter: the wrong parameter of the URL, "" if none is.
        title: the kind of error.
        text: what is wrong.
        advice: what to do next.
    """

    status: int
    code: str
    parameter: str
    title: str
    text: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """The page of an error; `mended_url` is the search without the wrong parameter, or ""."""

    frame: Frame
    error: ErrorView
    mended_url: str
