r"""Characters that nobody sees, which no text keeps: neither an article nor a query.

Control characters, soft hyphens, zero-width and bidirectional marks, byte order marks, tags, and
surrogates without a partner. Articles and queries drop the same ones, so that a word that was
pasted with one of them is still found.

>>> INVISIBLE_CHARACTERS.sub("", "be\u00adras\u200b")
'beras'
"""

import re

INVISIBLE_CHARACTERS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]+"
)
"""A run of characters that are not seen; white space is not among them."""
