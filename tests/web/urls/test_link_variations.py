"""Link variations are the same URLs as those built one by one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from search.request import FacetChoice, SearchRequest
from web.urls import Addresses, LinkVariations, PageState

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4)
values = st.lists(texts, max_size=3, unique=True).map(tuple)


@settings(max_examples=100, deadline=None)
@given(texts, values, values, texts, st.sampled_from(["tag", "not_tag"]))
def test_value_is_added_after_its_own_and_before_all_others(
    query_text: str,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    value: str,
    name: str,
) -> None:
    """The order of a URL's parameters is fixed, so that one state has one address."""
    request = SearchRequest(query_text=query_text).with_choice(
        "tag", FacetChoice(include, exclude, size=5)
    )
    slot = LinkVariations(Addresses(), PageState(request, "en")).at("tag", "not_tag")
    added = ((*include, value), exclude) if name == "tag" else (include, (*exclude, value))
    assert slot.adding(name, include, exclude).to(value) == slot.address(*added)
