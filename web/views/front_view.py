"""Make the view model of the front page: what the archive has today beside its newest articles."""

from dataclasses import dataclass, replace

from search import FacetChoice, Hit, SearchRequest, SearchResults
from web.language import format_day_of_year, format_month, format_number
from web.views.context import RequestContext
from web.views.hit_view import make_hit_view
from web.views.page_models import Link
from web.views.results_page import CountedLink, DatedLink, FrontView, ResultsPage
from web.views.results_view import make_results_page


@dataclass(frozen=True, slots=True)
class FrontAnswers:
    """What the archive answers to the requests of the front page, for one index and day.

    Attributes:
        results: all articles, with their facets and months.
        newest: the newest articles that are shown, with their ranks among all.
        month: the newest month with articles, YYYY-MM; "" without any.
        subjects: tags that stand out in it, with its articles that have them.
        days: an article of this day of each earlier year that has one, the last year first.
        examples: queries to try.
        is_cut_short: whether anything was left out for want of time.
    """

    results: SearchResults
    newest: tuple[tuple[int, Hit], ...]
    month: str
    subjects: tuple[tuple[str, int], ...]
    days: tuple[Hit, ...]
    examples: tuple[str, ...]
    is_cut_short: bool


def make_front_page(answers: FrontAnswers, context: RequestContext) -> ResultsPage:
    """Return the front page: the page of all results, with the newest ones chosen."""
    page = make_results_page(replace(answers.results, request=context.request, hits=()), context)
    return replace(page, front=_make_front(answers, context))


def _make_front(answers: FrontAnswers, context: RequestContext) -> FrontView:
    month = format_month(context.lang, answers.month)
    day = format_day_of_year(context.lang, context.today)
    has_tags = "tag" in context.site.facets
    return FrontView(
        newest=tuple(make_hit_view(hit, rank, context) for rank, hit in answers.newest),
        subjects_heading=context.say("subjects_heading", month=month),
        subjects=tuple(
            CountedLink(
                value,
                _subject_url(value, answers.month, context),
                format_number(context.lang, count),
            )
            for value, count in (answers.subjects if has_tags else ())
        ),
        days_heading=context.say("days_heading", day=day),
        days=tuple(
            DatedLink(f"{hit.date:%Y}", hit.title.text, context.article_url(hit.doc_id))
            for hit in answers.days
            if hit.date
        ),
        examples=tuple(
            Link(query, context.url_of(SearchRequest(query_text=query)))
            for query in answers.examples
        ),
    )


def _subject_url(value: str, month: str, context: RequestContext) -> str:
    request = SearchRequest().with_choice("tag", FacetChoice(include=(value,)))
    return context.url_of(request.with_choice("month", FacetChoice(include=(month,))))
