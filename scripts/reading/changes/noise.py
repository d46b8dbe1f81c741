"""Noise: what surrounds the articles of news sites, invented and drawn from a seed.

>>> any(headline in NOISE["read also"](Random(1)) for headline in HEADLINES)
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
FORM_WORDS = (
    "Tulis komentar Anda",
    "Alamat surel tidak akan ditampilkan",
    "Kirim komentar",
    "Silakan masuk untuk berkomentar",
    "Jadilah yang pertama berkomentar",
)
COOKIE_TEXTS = (
    "Situs ini memakai kuki untuk mengingat pilihan Anda",
    "Kami menggunakan cookie agar situs ini berjalan dengan baik",
    "Dengan melanjutkan, Anda menyetujui penggunaan cookie",
    "We use cookies to improve your experience on our site",
)
COOKIE_LINKS = ("Pelajari kebijakan privasi", "Terima semua cookie", "Accept all cookies")
TEASED_NAME = "Panji Wirasatya"
KEEP_OUT = (
    *(*HEADLINES, *SUMMARIES, *SHARES),
    *(*FORM_WORDS, *COOKIE_TEXTS, *COOKIE_LINKS, TEASED_NAME),
)
"""What must not stand in a text, wherever noise was put."""

_HEADINGS = (
    *("Berita Terkait", "Berita Lainnya", "Terpopuler", "Rekomendasi untuk Anda", "Terkini"),
    *("BERITA TERKAIT", "Artikel Terkait", "Pilihan Redaksi", "Lihat juga", "Berita Populer"),
)
_CLASSES = ("", "", ' class="list"', ' class="related"', ' class="box-4"', ' class="widget"')
_DATES = (
    *("04/03/2021 10:15 WIB", "Kamis, 4 Maret 2021", "2 jam yang lalu", "4 Mar 2021, 08:20"),
    *("Kamis, 04 Mar 2021 09:12 WIB", "Ekonomi | 3 jam lalu", "2021-03-04 07:00", "5 menit lalu"),
)


def _draw(draw: Random, count: int) -> list[str]:
    return [
        f'<a href="/baca/{draw.randrange(9999)}">{h}</a>' for h in draw.sample(HEADLINES, count)
    ]


def list_teasers(draw: Random) -> str:
    """A box of links to other articles, some with a picture and a summary."""
    links = _draw(draw, draw.randint(2, 5))
    image = '<img src="/foto.jpg" alt="">'
    items = draw.choice(
        (
            f"<ul>{''.join(f'<li>{link}</li>' for link in links)}</ul>",
            f"<ol>{''.join(f'<li>{link}</li>' for link in links)}</ol>",
            "".join(f"<p>{link}</p>" for link in links),
            "".join(f"<div>{image}<h4>{link}</h4></div>" for link in links),
            "".join(f"<div><h4>{link}</h4><p>{draw.choice(SUMMARIES)}</p></div>" for link in links),
        )
    )
    tag = draw.choice(("h2", "h3", "h4", "div", "p", "strong"))
    heading = f"<{tag}>{draw.choice(_HEADINGS)}</{tag}>"
    return f"<div{draw.choice(_CLASSES)}>{heading}{items}</div>"


def list_dated_headlines(draw: Random) -> str:
    """Headlines of other articles, each with its date."""
    links = _draw(draw, draw.randint(3, 6))
    dates = [f"<span>{draw.choice(_DATES)}</span>" for _ in links]
    pairs = list(zip(dates, links, strict=True))
    forms = (
        f"<ul>{''.join(f'<li>{date} {link}</li>' for date, link in pairs)}</ul>",
        f"<ul>{''.join(f'<li>{link}<br>{date}</li>' for date, link in pairs)}</ul>",
        "".join(f"<div><h3>{link}</h3>{date}</div>" for date, link in pairs),
        "".join(f"<p>{date} - {link}</p>" for date, link in pairs),
    )
    return f"<div{draw.choice(_CLASSES)}>{draw.choice(forms)}</div>"


def read_also(draw: Random) -> str:
    """A link to another article in one of the forms that newsrooms put between paragraphs."""
    first, second = _draw(draw, 2)
    forms = (
        f"<p><strong>Baca juga: {first}</strong></p>",
        f"<p>Baca Juga : {first}</p>",
        f"<p>(Baca: {first})</p>",
        f"<p><em>Simak juga: {first}</em></p>",
        f"<div{draw.choice(_CLASSES)}><b>BACA JUGA</b><br>{first}</div>",
        f"<p><b>Baca juga:</b></p><ul><li>{first}</li><li>{second}</li></ul>",
        f"<table><tr><td><b>Baca juga</b></td></tr><tr><td>{first}</td></tr></table>",
        f"<blockquote><p>Baca juga: {first}</p></blockquote>",
    )
    return draw.choice(forms)


def share_bar(draw: Random) -> str:
    """Links to share the page."""
    links = [f'<a href="https://bagi.example/{n}">{words}</a>' for n, words in enumerate(SHARES)]
    forms = (
        f"<div{draw.choice(_CLASSES)}>{' '.join(links)}</div>",
        f"<ul{draw.choice(_CLASSES)}>{''.join(f'<li>{link}</li>' for link in links)}</ul>",
        f"<p>{' '.join(links)}</p>",
        f"<div{draw.choice(_CLASSES)}><span>{'</span><span>'.join(SHARES)}</span></div>",
    )
    return draw.choice(forms)


def comment_form(draw: Random) -> str:
    """A form for comments, or what asks to log in for it."""
    title, hint, button, log_in, first = FORM_WORDS
    fields = '<label>Nama <input name="nama"></label><textarea name="isi"></textarea>'
    link = f'<a href="/masuk">{log_in}</a>'
    forms = (
        f"<form><h3>{title}</h3><p>{hint}</p>{fields}<button>{button}</button></form>",
        f"<div{draw.choice(_CLASSES)}><h4>0 Komentar</h4><p>{first}</p>{link}</div>",
        f'<section id="komentar"><h3>{title}</h3><p>{log_in}</p></section>',
    )
    return draw.choice(forms)


def cookie_notice(draw: Random) -> str:
    """A notice about cookies."""
    text, words = draw.choice(COOKIE_TEXTS), draw.choice(COOKIE_LINKS)
    link = f'<a href="/privasi">{words}</a>'
    forms = (
        f'<div role="dialog" class="cookie-consent"><p>{text}. {link}</p><button>OK</button></div>',
        f'<div id="cookie-bar">{text}. <button>{words}</button></div>',
        f"<div{draw.choice(_CLASSES)}><p>{text}.</p><p>{link}</p></div>",
    )
    return draw.choice(forms)


NOISE: Mapping[str, Callable[[Random], str]] = {
    "teasers": list_teasers,
    "dated headlines": list_dated_headlines,
    "read also": read_also,
    "share bar": share_bar,
    "comment form": comment_form,
    "cookie notice": cookie_notice,
}
"""What is put before, in and after a text."""
