"""URLs: the parameters of a URL as a request, a request as parameters, and every link of the site.

The URL is the whole state of a page: what `state_from_args` reads, `args_from_state` writes.
Nothing here knows the server or the index.

Words: *args* are (name, value) pairs in the order of a URL; a *page state* is a search request
and the language of the page; *addresses* builds the site's URLs below the path where it runs; a
*link variation* differs from a page's own URL in one or two parameters, whose place in the URL is
a *slot*.

>>> state = state_from_args([("q", "beras"), ("tag", "AI"), ("utm_source", "surat")])
>>> state.request.choice("tag").include
('AI',)
>>> Addresses("/arsip").results(state)
'/arsip/search?q=beras&tag=AI'
"""

from web.urls.addresses import Addresses
from web.urls.link_variations import LinkAround, LinkVariations, Slot
from web.urls.spans import DATE_NAMES, date_args
from web.urls.url_state import (
    CHARTS,
    PARAMETERS,
    VIEWS,
    PageState,
    Parameter,
    args_from_state,
    lang_from_args,
    rank_from_args,
    state_from_args,
)
