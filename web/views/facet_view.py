"""Make the view models of facets, and of the chips that show which filters are on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from search import (
    CHOICES_MOST,
    FACET_BY_NAME,
    FACET_SIZE_RANGE,
    Bucket,
    Facet,
    FacetChoice,
    FacetResult,
)
from web.language import format_month, format_month_short, format_number, format_span, message
from web.views.context import RequestContext
from web.views.results_models import BucketView, Chip, FacetView

DATE_SOURCES_WITH_LABEL = ("stated", "date_line", "inferred")
"""Values of the facet date_source that have a label; a URL may hold any other text."""

MORE_FACTOR = 5
"""How many times as many values "more" shows."""

ToggleUrls = Callable[[Bucket], tuple[str, str]]
"""Gives the URLs that choose a value, or no longer, and that exclude it, or no longer."""


def make_facet_view(result: FacetResult, context: RequestContext) -> FacetView:
    """Return one facet as it is shown."""
    facet = FACET_BY_NAME[result.name]
    choice = context.request.choice(facet.name)
    size = choice.size or facet.size
    is_whole = result.other == 0
    more = "" if is_whole or size == FACET_SIZE_RANGE[1] else _more(size)
    size_slot = context.links.at(f"{facet.name}_size")
    return FacetView(
        name=facet.name,
        label=context.say(f"facet_{facet.name}"),
        buckets=tuple(_bucket_views(facet.name, result.buckets, context)),
        total=result.total,
        shown_label="" if is_whole else _shown_label(result, context),
        missing=result.missing,
        missing_label=context.say(f"missing_{facet.name}"),
        missing_count_label=format_number(context.lang, result.missing),
        missing_selected=result.missing_selected,
        missing_toggle_url=_missing_toggle_url(facet.name, context),
        other=result.other,
        more_url=size_slot.address((more,)) if more else "",
        fewer_url=size_slot.address(()) if size > facet.size else "",
        more_size=more,
        fewer_size=str(facet.size) if size > facet.size else "",
        all_url="" if is_whole else _all_url(facet, context),
        match=choice.match,
        match_clear_url=context.url_choosing(facet.name, match="") if choice.match else "",
        searchable=facet.order == "count" and (result.total > facet.size or bool(choice.match)),
    )


def make_chips(context: RequestContext) -> tuple[Chip, ...]:
    """Return the active filters of the request, each with the URL that removes it."""
    chosen = (
        replace(chip, of_time=name == "month")
        for name, choice in context.request.choices
        for chip in _choice_chips(name, choice, context)
    )
    return (*chosen, *(replace(chip, of_time=True) for chip in _date_chips(context)))


def value_label(facet_name: str, value: str, lang: str) -> str:
    """Return a facet value in full, as a reader sees it."""
    if facet_name == "date_source" and value in DATE_SOURCES_WITH_LABEL:
        return message(lang, f"date_source_{value}")
    return format_month(lang, value) if facet_name == "month" else value


def _shown_label(result: FacetResult, context: RequestContext) -> str:
    shown = sum(bucket.count > 0 for bucket in result.buckets)
    return context.say("shown_of", shown=shown, total=result.total)


def _more(size: int) -> str:
    return str(min(size * MORE_FACTOR, FACET_SIZE_RANGE[1]))


def _all_url(facet: Facet, context: RequestContext) -> str:
    """Return the page with all values by letter; months have a list by year already."""
    return context.addresses.facet(facet.name, context.state) if facet.order == "count" else ""


def _missing_toggle_url(facet_name: str, context: RequestContext) -> str:
    chosen = {facet_name} ^ {name for name, choice in context.request.choices if choice.without}
    return context.links.at("without").address([name for name in FACET_BY_NAME if name in chosen])


def _bucket_views(
    facet_name: str, buckets: Sequence[Bucket], context: RequestContext
) -> Iterator[BucketView]:
    lang, is_month = context.lang, facet_name == "month"
    most = max((bucket.count for bucket in buckets), default=0)
    urls_of = _toggle_urls(facet_name, context)
    for bucket in buckets:
        value = bucket.value
        full_label = value_label(facet_name, value, lang)
        toggle_url, exclude_url = urls_of(bucket)
        yield BucketView(
            value=value,
            label=format_month_short(lang, value) if is_month else full_label,
            full_label=full_label,
            count=bucket.count,
            count_label=format_number(lang, bucket.count),
            share=100 * bucket.count // most if most else 0,
            selected=bucket.selected,
            excluded=bucket.excluded,
            group=value[:4] if is_month else "",
            toggle_url=toggle_url,
            exclude_url=exclude_url,
        )


def _toggle_urls(facet_name: str, context: RequestContext) -> ToggleUrls:
    """Return the URLs of a facet's values.

    Most values are neither chosen nor excluded, so their URLs differ in nothing but the value.
    """
    choice = context.request.choice(facet_name)
    include, exclude = choice.include, choice.exclude
    slot = context.links.at(facet_name, f"not_{facet_name}")
    choosing = slot.adding(facet_name, include, exclude)
    excluding = slot.adding(f"not_{facet_name}", include, exclude)
    is_full = max(len(include), len(exclude)) >= CHOICES_MOST

    def urls_of(bucket: Bucket) -> tuple[str, str]:
        value = bucket.value
        if bucket.selected or bucket.excluded or is_full:
            return (
                slot.address(_toggled(include, value), _without(exclude, value)),
                slot.address(_without(include, value), _toggled(exclude, value)),
            )
        return choosing.to(value), excluding.to(value)

    return urls_of


def _choice_chips(name: str, choice: FacetChoice, context: RequestContext) -> Iterator[Chip]:
    for value in choice.include:
        url = context.url_choosing(name, include=_without(choice.include, value))
        yield _chip(value_label(name, value, context.lang), url, context)
    for value in choice.exclude:
        url = context.url_choosing(name, exclude=_without(choice.exclude, value))
        yield _chip(value_label(name, value, context.lang), url, context, excluded=True)
    if choice.without:
        url = context.url_choosing(name, without=False)
        yield _chip(context.say(f"missing_{name}"), url, context)


def _date_chips(context: RequestContext) -> Iterator[Chip]:
    start, end = context.request.from_date, context.request.to_date
    if start and end:
        url = context.url_with(from_date=None, to_date=None)
        yield _chip(format_span(context.lang, start, end), url, context)
    elif start:
        url = context.url_with(from_date=None)
        yield _chip(context.say("chip_from", day=start), url, context)
    elif end:
        yield _chip(context.say("chip_to", day=end), context.url_with(to_date=None), context)


def _chip(label: str, url: str, context: RequestContext, *, excluded: bool = False) -> Chip:
    key = "chip_remove_excluded" if excluded else "chip_remove"
    remove_label = context.say(key, label=label)
    return Chip(label=label, excluded=excluded, remove_url=url, remove_label=remove_label)


def _toggled(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    """Return the values with this one added or removed; the oldest goes when they are too many."""
    return _without(values, value) if value in values else (*values, value)[-CHOICES_MOST:]


def _without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(kept for kept in values if kept != value)
