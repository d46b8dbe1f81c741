r"""Characters that nobody sees, which no text keeps: neither an article nor a query.

Control characters, soft hyphens, zero-width and bidirectional marks, byte order marks, tags, and
surrogates without a partner. Articles and queries drop the same ones, so that a word that was
pasted with one of them is still found.

The joiner between two emoji stays, and so do the tags behind a flag: they are parts of one sign.

>>> INVISIBLE_CHARACTERS.sub("", "be\u00adras\u200b")
'beras'
>>> INVISIBLE_CHARACTERS.sub("", "\U0001f469\u200d\U0001f33e") == "\U0001f469\u200d\U0001f33e"
True
"""

import re

_EMOJI = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_FLAG_OR_TAG = "\U0001f3f4\U000e0020-\U000e007e"

INVISIBLE_CHARACTERS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
    f"(?<!(?<=[{_EMOJI}])\u200d(?=[{_EMOJI}]))"
    f"(?<!(?<=[{_FLAG_OR_TAG}])[\U000e0020-\U000e007f])[\U000e0000-\U000e007f]*"
)
"""A character that is not seen; white space is not one.

It begins with the set of all of them, which is sought fast; the exceptions are looked at behind."""
