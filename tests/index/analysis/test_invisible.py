"""Characters that nobody sees, and those that make one sign of several."""

import pytest

from index.analysis import INVISIBLE_CHARACTERS

FARMER = "\U0001f469\u200d\U0001f33e"
FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e007f"


@pytest.mark.parametrize("sign", [FARMER, FLAG, "\u2764\ufe0f\u200d\U0001f525"])
def test_joined_emoji_stays_whole(sign: str) -> None:
    """The joiner between two emoji is a part of the sign, as are the tags behind a flag."""
    assert INVISIBLE_CHARACTERS.sub("", f"panen {sign} raya") == f"panen {sign} raya"


@pytest.mark.parametrize(
    "text",
    [
        "be\u00adras",
        "be\u200b\u200bras",
        "be\u200dras",
        "\u200dberas\u200d",
        "beras\U000e0067\U000e0062\U000e007f",
        "\ufeffberas\x00",
    ],
)
def test_character_that_nobody_sees_is_dropped(text: str) -> None:
    """A word that was pasted with one is still found, and no text is hidden in tags."""
    assert INVISIBLE_CHARACTERS.sub("", text) == "beras"
