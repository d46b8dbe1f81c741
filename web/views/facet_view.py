"""From facet results to the view models of facets and chips."""

from collections.abc import Callable, Iterable, Iterator

from search.facets import FACET_BY_NAME
from search.request import CHOICES_MOST, FACET_SIZE_RANGE
from search.results import Bucket, FacetResult
from web.language import formatting
from web.language.messages import message
from web.urls.addresses import quoted
from web.views.context import Reader
from web.views.results_models import BucketView, Chip, FacetView

DATED = ("stated", "date_line", "inferred")
"""Where a date that is known can come from; in an address stands whatever anyone wrote there."""

MORE_FACTOR = 5
"""How many times as many values "more" shows."""


def facet_view(result: FacetResult, reader: Reader) -> FacetView:
    """Return one facet as it is shown."""
    facet = FACET_BY_NAME[result.name]
    choice = reader.request.choice(facet.name)
    size = choice.size or facet.size
    is_whole = result.other == 0
    more = min(size * MORE_FACTOR, FACET_SIZE_RANGE[1])
    sizes = reader.varied.at(f"{facet.name}_size")
    return FacetView(
        name=facet.name,
        label=reader.say(f"facet_{facet.name}"),
        buckets=tuple(_buckets(facet.name, result.buckets, reader)),
        total=result.total,
        shown_label="" if is_whole else _shown_label(result, reader),
        missing=result.missing,
        missing_label=reader.say(f"missing_{facet.name}"),
        missing_count_label=formatting.number(reader.lang, result.missing),
        missing_selected=result.missing_selected,
        missing_toggle_url=_missing_toggle_url(facet.name, reader),
        other=result.other,
        more_url="" if is_whole or more == size else sizes.address((str(more),)),
        fewer_url=sizes.address(()) if size > facet.size else "",
        match=choice.match,
        match_clear_url=reader.choosing(facet.name, match="") if choice.match else "",
        searchable=facet.order == "count" and (result.total > facet.size or bool(choice.match)),
    )


def chips(reader: Reader) -> tuple[Chip, ...]:
    """Return everything that narrows the results, each with the address that removes it."""
    return (*_choice_chips(reader), *_date_chips(reader))


def value_label(facet_name: str, value: str, lang: str) -> str:
    """Return a facet's value in full, as a reader sees it."""
    if facet_name == "date_source" and value in DATED:
        return message(lang, f"date_source_{value}")
    return formatting.month(lang, value) if facet_name == "month" else value


def _shown_label(result: FacetResult, reader: Reader) -> str:
    shown = sum(bucket.count > 0 for bucket in result.buckets)
    return reader.say("shown_of", shown=shown, total=result.total)


def _missing_toggle_url(facet_name: str, reader: Reader) -> str:
    chosen = {facet_name} ^ {name for name, choice in reader.request.choices if choice.without}
    return reader.varied.at("without").address([name for name in FACET_BY_NAME if name in chosen])


def _buckets(facet_name: str, buckets: Iterable[Bucket], reader: Reader) -> Iterator[BucketView]:
    lang, is_month = reader.lang, facet_name == "month"
    addresses = _bucket_addresses(facet_name, reader)
    for bucket in buckets:
        value = bucket.value
        full_label = value_label(facet_name, value, lang)
        toggle_url, exclude_url = addresses(bucket)
        yield BucketView(
            value=value,
            label=formatting.month_short(lang, value) if is_month else full_label,
            full_label=full_label,
            count=bucket.count,
            count_label=formatting.number(lang, bucket.count),
            selected=bucket.selected,
            excluded=bucket.excluded,
            group=value[:4] if is_month else "",
            toggle_url=toggle_url,
            exclude_url=exclude_url,
        )


def _bucket_addresses(facet_name: str, reader: Reader) -> Callable[[Bucket], tuple[str, str]]:
    """Return what tells the addresses of a value chosen or not, and excluded or not.

    Most values are neither, and their addresses differ in nothing but the value.
    """
    choice = reader.request.choice(facet_name)
    include, exclude = choice.include, choice.exclude
    place = reader.varied.at(facet_name, f"not_{facet_name}")
    before, after = place.adding(facet_name, include, exclude)
    before_not, after_not = place.adding(f"not_{facet_name}", include, exclude)
    has_room = max(len(include), len(exclude)) < CHOICES_MOST

    def addresses(bucket: Bucket) -> tuple[str, str]:
        value = bucket.value
        if has_room and not (bucket.selected or bucket.excluded):
            written = quoted(value)
            return f"{before}{written}{after}", f"{before_not}{written}{after_not}"
        return (
            place.address(_toggled(include, value), _removed(exclude, value)),
            place.address(_removed(include, value), _toggled(exclude, value)),
        )

    return addresses


def _choice_chips(reader: Reader) -> Iterator[Chip]:
    for name, choice in reader.request.choices:
        for value in choice.include:
            url = reader.choosing(name, include=_removed(choice.include, value))
            yield _chip(value_label(name, value, reader.lang), url, reader)
        for value in choice.exclude:
            url = reader.choosing(name, exclude=_removed(choice.exclude, value))
            yield _chip(value_label(name, value, reader.lang), url, reader, excluded=True)
        if choice.without:
            yield _chip(reader.say(f"missing_{name}"), reader.choosing(name, without=False), reader)


def _date_chips(reader: Reader) -> Iterator[Chip]:
    start, end = reader.request.from_date, reader.request.to_date
    if start:
        yield _chip(reader.say("chip_from", day=start), reader.results(from_date=None), reader)
    if end:
        yield _chip(reader.say("chip_to", day=end), reader.results(to_date=None), reader)


def _chip(label: str, url: str, reader: Reader, *, excluded: bool = False) -> Chip:
    key = "chip_remove_excluded" if excluded else "chip_remove"
    remove_label = reader.say(key, label=label)
    return Chip(label=label, excluded=excluded, remove_url=url, remove_label=remove_label)


def _toggled(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    """Return the values with this one added or removed; the oldest goes when they are too many."""
    return _removed(values, value) if value in values else (*values, value)[-CHOICES_MOST:]


def _removed(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(kept for kept in values if kept != value)
