"""From facet results to the view models of facets and chips."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from search.facets import FACET_BY_NAME
from search.request import FACET_SIZE_RANGE, FacetChoice
from search.results import Bucket, FacetResult
from web import formatting
from web.addresses import Addresses
from web.url_state import PageState
from web.view_models import BucketView, Chip, FacetView

Say = Callable[..., str]

MORE_FACTOR = 5
"""How many times as many values "more" shows."""


def facet_view(result: FacetResult, state: PageState, say: Say, addresses: Addresses) -> FacetView:
    """Return one facet as it is shown."""
    facet = FACET_BY_NAME[result.name]
    choice = state.request.choice(facet.name)
    size = choice.size or facet.size
    is_whole = result.other == 0

    def url(**changes: object) -> str:
        return _with(addresses, state, facet.name, **changes)

    return FacetView(
        name=facet.name,
        label=say(f"facet_{facet.name}"),
        buckets=tuple(_bucket(facet.name, b, state, addresses) for b in result.buckets),
        total=result.total,
        shown_label="" if is_whole else _shown_label(result, say),
        missing=result.missing,
        missing_label=say(f"missing_{facet.name}"),
        missing_count_label=formatting.number(state.lang, result.missing),
        missing_selected=result.missing_selected,
        missing_toggle_url=url(without=not choice.without),
        other=result.other,
        more_url="" if is_whole else url(size=min(size * MORE_FACTOR, FACET_SIZE_RANGE[1])),
        fewer_url=url(size=None) if choice.size and choice.size > facet.size else "",
        match=choice.match,
        match_clear_url=url(match="") if choice.match else "",
        searchable=facet.order == "count" and (result.total > facet.size or bool(choice.match)),
    )


def chips(state: PageState, say: Say, addresses: Addresses) -> tuple[Chip, ...]:
    """Return everything that narrows the results, each with the address that removes it."""
    return (*_choice_chips(state, say, addresses), *_date_chips(state, say, addresses))


def value_label(facet_name: str, value: str, lang: str) -> str:
    """Return a facet's value in full, as a reader sees it."""
    return formatting.month(lang, value) if facet_name == "month" else value


def _shown_label(result: FacetResult, say: Say) -> str:
    shown = sum(bucket.count > 0 for bucket in result.buckets)
    return say("shown_of", shown=shown, total=result.total)


def _bucket(facet_name: str, bucket: Bucket, state: PageState, addresses: Addresses) -> BucketView:
    choice = state.request.choice(facet_name)
    value, is_month = bucket.value, facet_name == "month"
    full_label = value_label(facet_name, value, state.lang)
    return BucketView(
        value=value,
        label=formatting.month_short(state.lang, value) if is_month else full_label,
        full_label=full_label,
        count=bucket.count,
        count_label=formatting.number(state.lang, bucket.count),
        selected=bucket.selected,
        excluded=bucket.excluded,
        group=value[:4] if is_month else "",
        toggle_url=_with(
            addresses,
            state,
            facet_name,
            include=_toggled(choice.include, value),
            exclude=_removed(choice.exclude, value),
        ),
        exclude_url=_with(
            addresses,
            state,
            facet_name,
            exclude=_toggled(choice.exclude, value),
            include=_removed(choice.include, value),
        ),
    )


def _choice_chips(state: PageState, say: Say, addresses: Addresses) -> Iterator[Chip]:
    for name, choice in state.request.choices:
        for value in choice.include:
            label = value_label(name, value, state.lang)
            url = _with(addresses, state, name, include=_removed(choice.include, value))
            yield _chip(label, url, say)
        for value in choice.exclude:
            label = value_label(name, value, state.lang)
            url = _with(addresses, state, name, exclude=_removed(choice.exclude, value))
            yield _chip(label, url, say, excluded=True)
        if choice.without:
            yield _chip(say(f"missing_{name}"), _with(addresses, state, name, without=False), say)


def _date_chips(state: PageState, say: Say, addresses: Addresses) -> Iterator[Chip]:
    request = state.request
    if request.from_date:
        unlimited = PageState(replace(request, from_date=None, page=1), state.lang)
        yield _chip(say("chip_from", day=request.from_date), addresses.results(unlimited), say)
    if request.to_date:
        unlimited = PageState(replace(request, to_date=None, page=1), state.lang)
        yield _chip(say("chip_to", day=request.to_date), addresses.results(unlimited), say)


def _chip(label: str, url: str, say: Say, *, excluded: bool = False) -> Chip:
    key = "chip_remove_excluded" if excluded else "chip_remove"
    return Chip(label=label, excluded=excluded, remove_url=url, remove_label=say(key, label=label))


def _with(addresses: Addresses, state: PageState, facet_name: str, **changes: object) -> str:
    choice: FacetChoice = replace(state.request.choice(facet_name), **changes)  # type: ignore[arg-type]  # named fields
    request = state.request.with_choice(facet_name, choice)
    return addresses.results(PageState(request, state.lang))


def _toggled(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return _removed(values, value) if value in values else (*values, value)


def _removed(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(kept for kept in values if kept != value)
