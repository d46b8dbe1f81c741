"""What the routes of one application share: the engine, addresses, templates and JSON responses."""

import hashlib
from dataclasses import replace
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, current_app, render_template, request

from search import Engine, RequestError
from web.http.bots import is_bot
from web.json_api import to_json
from web.language import message
from web.settings import Site
from web.urls import Addresses, PageState, lang_from_args, state_from_args
from web.views import RequestContext

_ENGINE_KEY = "kliping_engine"
_SITE_KEY = "kliping_site"
_BOT_SITE_KEY = "kliping_bot_site"


def add_engine(app: Flask, engine: Engine, site: Site, *, has_bot_facets: bool = True) -> None:
    """Give the application its engine, and the presentation of the site to readers and crawlers."""
    app.extensions[_ENGINE_KEY] = engine
    app.extensions[_SITE_KEY] = site
    app.extensions[_BOT_SITE_KEY] = site if has_bot_facets else replace(site, facets=())


def current_engine() -> Engine:
    """Return the application's engine, after it has looked for a new index generation."""
    engine = cast("Engine", current_app.extensions[_ENGINE_KEY])
    engine.refresh()
    return engine


def current_site() -> Site:
    """Return the presentation of the site: its name, text, language and facets."""
    key = _BOT_SITE_KEY if is_bot(request.headers.get("User-Agent", "")) else _SITE_KEY
    return cast("Site", current_app.extensions[key])


def site_varies() -> bool:
    """Return whether crawlers see another site than readers."""
    sites = current_app.extensions
    return bool(sites[_SITE_KEY] != sites[_BOT_SITE_KEY])


def current_addresses() -> Addresses:
    """Return the site's addresses, below the path under which this request came."""
    # One slash only: if a proxy sends "//host" as the path, links must not lead to that host.
    root = request.script_root.strip("/")
    return Addresses(f"/{root}" if root else "", site_lang=current_site().lang)


def current_lang() -> str:
    """Return the language of this request; the site's if the URL names an unknown one."""
    site = current_site()
    try:
        return lang_from_args(request.args.lists(), site.lang)
    except RequestError:
        return site.lang


def current_state(*, strict: bool = False) -> PageState:
    """Return the state of this request's URL; see `web.urls.state_from_args`."""
    args = request.args.items(multi=True)
    return state_from_args(args, site_lang=current_site().lang, strict=strict)


def make_context(state: PageState | None = None) -> RequestContext:
    """Return the context from which view models are made; without a state, that of a bare URL."""
    site = current_site()
    return RequestContext(state or PageState(lang=site.lang), current_addresses(), site)


def render(template: str, page: object, lang: str, **values: object) -> str:
    """Return a template filled with a view model and with messages in a language."""
    addresses = current_addresses()
    return render_template(
        template,
        page=page,
        say=partial(message, lang),
        static=lambda name: addresses.static(name, file_stamp("static", name)),
        **values,
    )


def json_response(value: Any) -> Response:
    """Return a response of JSON."""
    return Response(to_json(value), mimetype="application/json")


@cache
def file_stamp(folder: str, name: str) -> str:
    """Return a hash of a file of the package `web`."""
    content = (files("web") / folder / name).read_bytes()
    return hashlib.blake2b(content, digest_size=6).hexdigest()


@cache
def program_stamp() -> str:
    """Return a hash of the whole program: its code, templates, static files and data."""
    digest = hashlib.blake2b(digest_size=6)
    for package in ("index", "search", "web"):
        folder = Path(str(files(package)))
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    return digest.hexdigest()
