"""View models: all that a page or the JSON shows of some results, as plain values.

A function here takes what the engine returned and the context of the request, and returns a frozen
value with every label, number and URL ready. The HTML templates and `web.json_api` show the same
values. Nothing here knows the server, and nothing makes HTML.

Words: the *context* is the state of the URL with the site's addresses and language; a *chip* shows
one filter that is on; the *frame* stands around every page; a *mention* is an article in a list of
others.

>>> from search import SearchRequest, SearchResults
>>> from web.urls import Addresses, PageState
>>> request = SearchRequest(query_text="beras")
>>> results = SearchResults(
...     request=request, understood="beras", notices=(), total=1234, hits=(), facets=(), months=(),
...     alternatives=(), took_ms=3.0, generation=1,
... )
>>> page = make_results_page(results, RequestContext(PageState(request), Addresses()))
>>> page.results.total_label, page.results.paging.next_url
('1.234 artikel', '/search?q=beras&page=2')
"""

from web.views.advanced_view import form_from_args, make_advanced_page
from web.views.article_view import make_article_page, make_mention
from web.views.context import RequestContext
from web.views.coverage_view import make_coverage_page
from web.views.facet_page import ORDERS, facet_request, make_facet_page
from web.views.front_view import FrontAnswers, make_front_page
from web.views.marked_text import MarkedText
from web.views.neighbours import make_neighbours, window_of
from web.views.page_models import ArticlePage, ErrorPage, ErrorView, HelpPage, Mention, Neighbours
from web.views.results_models import FacetView, HitView, ResultsView
from web.views.results_view import make_results_page, make_results_view
from web.views.timeline import make_timeline
from web.views.timeline_models import BarView
from web.views.timeline_table import make_csv
