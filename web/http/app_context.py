"""What every page of one application shares: the engine, its addresses, its templates."""

import hashlib
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import cast

from flask import Flask, current_app, render_template, request

from search.engine import Engine
from search.request import RequestError
from web.language.messages import LANGUAGES, message
from web.urls.addresses import Addresses
from web.urls.url_state import lang_from_args

_ENGINE_KEY = "kliping_engine"


def add_engine(app: Flask, engine: Engine) -> None:
    """Hand the engine to the application."""
    app.extensions[_ENGINE_KEY] = engine


def current_engine() -> Engine:
    """Return the engine of the running application, with the newest generation taken up."""
    engine = cast("Engine", current_app.extensions[_ENGINE_KEY])
    engine.refresh()
    return engine


def current_addresses() -> Addresses:
    """Return the addresses below the path under which this request came."""
    # One slash: a proxy that passes on "//host" must not make links lead there.
    root = request.script_root.strip("/")
    return Addresses(f"/{root}" if root else "")


def current_lang() -> str:
    """Return the language of this request, the default one if it asks for none that exists."""
    try:
        return lang_from_args(request.args.lists())
    except RequestError:
        return LANGUAGES[0]


def render(template: str, page: object, lang: str, **values: object) -> str:
    """Return a template filled with a view model, and with the words of a language."""
    addresses = current_addresses()
    return render_template(
        template,
        page=page,
        say=partial(message, lang),
        static=lambda name: addresses.static(name, file_stamp("static", name)),
        **values,
    )


@cache
def file_stamp(folder: str, name: str) -> str:
    """Return what tells one content of a file of the site from another."""
    content = (files("web") / folder / name).read_bytes()
    return hashlib.blake2b(content, digest_size=6).hexdigest()


@cache
def site_stamp() -> str:
    """Return what tells one version of the program, its templates and static files from another."""
    digest = hashlib.blake2b(digest_size=6)
    for package in ("index", "search", "web"):
        folder = Path(str(files(package)))
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    return digest.hexdigest()
