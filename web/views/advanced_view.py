"""Make the page of the form for readers who know no syntax, and read what it sends.

The form is sent to its own address, which answers with the address of the results: so the query is
written in the query language, where a reader sees it and may change it.

>>> form_from_args({"w_all": "harga beras", "w_reach": "x"})
QueryForm(all_words='harga beras', any_word='', phrase='', near='', reach=5, title='', none_of='', \
rest='')
>>> form_from_args({"q": "harga beras"})
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from search.query import FIELD_LENGTH_MOST, REACH_MOST, QueryForm, read_form
from web.views.context import RequestContext
from web.views.page_models import Frame

WORD_FIELDS = {
    "w_all": "all_words",
    "w_any": "any_word",
    "w_phrase": "phrase",
    "w_near": "near",
    "w_title": "title",
    "w_none": "none_of",
}
"""The parameter of each field of words, and what of the form it is."""

_OWN = frozenset({"q", "from", "to", "any"})
"""Parameters of a search that the form has fields for."""


class FormField(NamedTuple):
    """A field of the form: its parameter, label, hint and value."""

    name: str
    label: str
    hint: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvancedPage:
    """The form for readers who know no syntax.

    Attributes:
        form_url: where it is sent.
        fields: of words.
        reach: how many words may stand between near ones.
        reach_most: the most that may.
        dates: the first and the last day.
        length_most: characters of a field.
        hidden_fields: (name, value) of the filters that are kept, and of the language.
        rest: what of the query no field can hold; it is kept. "" for nothing.
        rest_note: says so.
    """

    frame: Frame
    form_url: str
    fields: tuple[FormField, ...]
    reach: FormField
    reach_most: int
    dates: tuple[FormField, ...]
    length_most: int
    hidden_fields: tuple[tuple[str, str], ...]
    rest: FormField
    rest_note: str


def form_from_args(args: Mapping[str, str]) -> QueryForm | None:
    """Return the form that was sent; None where none was."""
    if not any(name in args for name in WORD_FIELDS):
        return None
    words = {key: args.get(name, "")[:FIELD_LENGTH_MOST] for name, key in WORD_FIELDS.items()}
    reach = args.get("w_reach", "")
    return QueryForm(
        **words,
        reach=int(reach) if reach.isascii() and reach.isdigit() and len(reach) < len("1000") else 5,
        rest=args.get("w_rest", ""),
    )


def make_advanced_page(context: RequestContext) -> AdvancedPage:
    """Return the form, filled with the query of the context."""
    request = context.request
    form = read_form(request.query_text, any_word=request.any_word)
    days = (("from", request.from_date), ("to", request.to_date))
    return AdvancedPage(
        frame=context.make_frame(context.addresses.advanced),
        form_url=context.addresses.advanced_form(),
        fields=tuple(
            _field(context, name, getattr(form, key)) for name, key in WORD_FIELDS.items()
        ),
        reach=_field(context, "w_reach", str(form.reach)),
        reach_most=REACH_MOST,
        dates=tuple(
            FormField(
                name,
                context.say(f"date_{name}"),
                context.say("date_hint"),
                context.date_label(day) if day else "",
            )
            for name, day in days
        ),
        length_most=FIELD_LENGTH_MOST,
        hidden_fields=tuple(
            pair for pair in context.addresses.args(context.state) if pair[0] not in _OWN
        ),
        rest=_field(context, "w_rest", form.rest),
        rest_note=context.say("advanced_rest", query=form.rest) if form.rest else "",
    )


def _field(context: RequestContext, name: str, value: str) -> FormField:
    return FormField(name, context.say(f"advanced_{name}"), context.say(f"hint_{name}"), value)
