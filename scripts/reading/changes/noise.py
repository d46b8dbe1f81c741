"""Noise: what surrounds the articles of news sites, invented and drawn from a seed.

>>> "Baca juga" in NOISE["read also"](Random(1)) or "BACA JUGA" in NOISE["read also"](Random(1))
True
"""

from collections.abc import Callable, Mapping
from random import Random

HEADLINES = (
    "Warga Muara Kelingi Gotong Royong Membersihkan Embung",
    "Kapal Penyapu Ranjau Tua Dipamerkan di Dermaga Tirta",
    "Pelatih Kepala Mundur Setelah Kalah Lima Kali Beruntun",
    "Jalan Lingkar Selatan Ditutup Selama Dua Pekan",
    "Begini Cara Merawat Tanaman Kantong Semar di Rumah",
    "Festival Layang-Layang Tanjung Sembilang Kembali Digelar",
)
"""Headlines of other articles; no text that is measured has them."""
SUMMARIES = (
    "Kepala lingkungan menyebut endapan lumpur sudah setinggi lutut, dan alat berat belum datang.",
    "Kurator museum bahari menyebut lambung kapal itu masih asli sejak tahun peluncurannya.",
)
SHARES = ("Bagikan artikel ini", "Salin tautan", "Kirim ke WhatsApp", "Bagikan ke Facebook")
FORM_WORDS = ("Tulis komentar Anda", "Alamat surel tidak akan ditampilkan", "Kirim komentar")
COOKIE_WORDS = (
    "Situs ini memakai kuki untuk mengingat pilihan Anda",
    "Pelajari kebijakan privasi",
)
TEASED_NAME = "Panji Wirasatya"
KEEP_OUT = (*HEADLINES, *SUMMARIES, *SHARES, *FORM_WORDS, *COOKIE_WORDS, TEASED_NAME)
"""What must not stand in a text, wherever noise was put."""

_HEADINGS = ("Berita Terkait", "Berita Lainnya", "Terpopuler", "Rekomendasi untuk Anda", "Terkini")
_CLASSES = ("", "", ' class="list"', ' class="related"', ' class="box-4"', ' class="widget"')
_DATES = ("04/03/2021 10:15 WIB", "Kamis, 4 Maret 2021", "2 jam yang lalu", "4 Mar 2021, 08:20")


def _draw(draw: Random, count: int) -> list[str]:
    return [
        f'<a href="/baca/{draw.randrange(9999)}">{h}</a>' for h in draw.sample(HEADLINES, count)
    ]


def list_teasers(draw: Random) -> str:
    """A box of links to other articles, some with a picture and a summary."""
    links = _draw(draw, draw.randint(2, 5))
    if draw.random() < 1 / 3:
        items = (f"<div><h4>{link}</h4><p>{draw.choice(SUMMARIES)}</p></div>" for link in links)
        return (
            f"<div{draw.choice(_CLASSES)}><h3>{draw.choice(_HEADINGS)}</h3>{''.join(items)}</div>"
        )
    items = (f"<li>{link}</li>" for link in links)
    heading = draw.choice(_HEADINGS)
    return f"<div{draw.choice(_CLASSES)}><h3>{heading}</h3><ul>{''.join(items)}</ul></div>"


def list_dated_headlines(draw: Random) -> str:
    """Headlines of other articles, each with its date."""
    items = (
        f"<li><span>{draw.choice(_DATES)}</span> {link}</li>"
        for link in _draw(draw, draw.randint(3, 6))
    )
    return f"<ul{draw.choice(_CLASSES)}>{''.join(items)}</ul>"


def read_also(draw: Random) -> str:
    """A link to another article in one of the forms that newsrooms put between paragraphs."""
    first, second = _draw(draw, 2)
    forms = (
        f"<p><strong>Baca juga: {first}</strong></p>",
        f"<p>Baca Juga : {first}</p>",
        f"<div{draw.choice(_CLASSES)}><b>BACA JUGA</b><br>{first}</div>",
        f"<p><b>Baca juga:</b></p><ul><li>{first}</li><li>{second}</li></ul>",
        f"<table><tr><td><b>Baca juga</b></td></tr><tr><td>{first}</td></tr></table>",
    )
    return draw.choice(forms)


def share_bar(draw: Random) -> str:
    """Links to share the page."""
    items = "".join(f'<a href="https://bagi.example/{n}">{w}</a> ' for n, w in enumerate(SHARES))
    tag = draw.choice(("div", "p", "ul"))
    return f"<{tag}{draw.choice(_CLASSES)}>{items}</{tag}>"


def comment_form(_draw: Random) -> str:
    """A form for comments."""
    title, hint, button = FORM_WORDS
    return (
        f'<form action="/komentar" method="post"><h3>{title}</h3><p>{hint}</p><label>Nama '
        f'<input name="nama"></label><textarea name="isi"></textarea>'
        f"<button>{button}</button></form>"
    )


def cookie_notice(_draw: Random) -> str:
    """A notice about cookies."""
    text, link = COOKIE_WORDS
    return (
        f'<div role="dialog" class="cookie-consent"><p>{text}. <a href="/privasi">{link}</a></p>'
        "<button>Setuju</button></div>"
    )


NOISE: Mapping[str, Callable[[Random], str]] = {
    "teasers": list_teasers,
    "dated headlines": list_dated_headlines,
    "read also": read_also,
    "share bar": share_bar,
    "comment form": comment_form,
    "cookie notice": cookie_notice,
}
"""What is put before, in and after a text."""
