r"""Markdown in a text: the plain words of what programs write that turn pages into Markdown.

>>> strip_markdown("## Panen\n**PALU** - [Garam](https://pagi.example/garam) naik.")
'Panen\nPALU - Garam naik.'
>>> strip_markdown("Juara #1 dunia (2 ** 3 = 8) di [sic] (Palu)")
'Juara #1 dunia (2 ** 3 = 8) di [sic] (Palu)'
"""

import re

_SIGNS = ("](", "**", "# ")
"""What a text has that is Markdown."""
_ADDRESS = r"\((?:https?://|/)[^()\s]{0,2000}(?: \"[^\"\n]{0,300}\")?\)"
_RULES = (
    (re.compile(rf"!\[[^\[\]\n]{{0,300}}\]{_ADDRESS}"), ""),
    (re.compile(rf"\[([^\[\]\n]{{1,500}})\]{_ADDRESS}"), r"\1"),
    (re.compile(r"(\*{2,3})(?=\S)([^*\n]{1,1000})(?<=\S)\1"), r"\2"),
    (re.compile(r"^#{1,6} (?=\S)", re.MULTILINE), ""),
)
"""Pictures, links, bold words, headings, and what stays of each."""


def strip_markdown(text: str) -> str:
    """Return a text without the signs of Markdown and the addresses of its links."""
    if not any(sign in text for sign in _SIGNS):  # as in nearly every text
        return text
    for pattern, kept in _RULES:
        text = pattern.sub(kept, text)
    return text
