"""TLS and passwords in front of a node: who gets in, and what those are told who do not."""

import json
import logging
import runpy
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clusters.cluster import Cluster

from tests.cluster.gate import make_certificate, opened_gate
from web import create_app, read_settings

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate"),
]
SCRIPTS = Path(__file__).parents[2] / "scripts"
PASSWORD = "rahasia"  # noqa: S105 - of a test
WRONG_PASSWORD = "keliru-sekali"  # noqa: S105 - the same
Values = Callable[..., dict[str, str]]
Build = Callable[[dict[str, str]], int]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate of 127.0.0.1."""
    return make_certificate(tmp_path_factory.mktemp("certificate"), "IP:127.0.0.1")


@pytest.fixture
def address(one_node: Cluster, index_name: str, certificate: Path) -> Iterator[str]:
    """Return the address of an index behind TLS and a password."""
    with opened_gate(one_node.nodes[0].port, certificate, "ana") as gate:
        yield f"opensearchs://127.0.0.1:{gate.port}/{index_name}"


@pytest.fixture
def values_of(address: str, certificate: Path, tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Return what gives the settings of somebody who may read the cluster, with some others."""

    def values(**others: str) -> dict[str, str]:
        if others.get("OPENSEARCH_CA"):
            others["OPENSEARCH_CA"] = str(make_certificate(tmp_path, others["OPENSEARCH_CA"]))
        return settings_of(address, certificate, **others)

    return values


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], int]:
    """Return what runs the command that builds an index of one article."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "title": "Beras", "body": "Naik."}))

    def run(values: dict[str, str]) -> int:
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        main = runpy.run_path(str(SCRIPTS / "reindex.py"))["main"]
        return int(main(["a.jsonl", "--processes", "1"]))

    return run


def settings_of(address: str, certificate: Path, **others: str) -> dict[str, str]:
    """Return the settings of somebody who has the password, with some others; "" for none."""
    known = {
        "INDEX": address,
        "METRICS_FROM": "127.0.0.1",
        "OPENSEARCH_USER": "ana",
        "OPENSEARCH_PASSWORD": PASSWORD,
        "OPENSEARCH_CA": str(certificate),
    }
    return {f"KLIPING_{name}": value for name, value in {**known, **others}.items() if value}


WAYS_IN: dict[str, dict[str, str]] = {
    "variable": {},
    "file": {"OPENSEARCH_PASSWORD": "", "OPENSEARCH_PASSWORD_FILE": "password"},
    "insecure": {"OPENSEARCH_CA": "", "OPENSEARCH_INSECURE": "yes"},
}


@pytest.mark.parametrize("how", WAYS_IN)
def test_who_has_the_password_and_the_authority_gets_in(
    how: str, values_of: Values, build: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    """To build and to serve; without the authority only who checks no certificate does, warned."""
    values = values_of(**WAYS_IN[how])
    Path("password").write_text(f"{PASSWORD}\n")
    assert build(values) == 0
    client = create_app(read_settings(values)).test_client()
    assert client.get("/api/search?q=beras").json["total"] == 1
    assert client.get("/readyz").status_code == 200
    told = "".join(capsys.readouterr())
    assert ("KLIPING_OPENSEARCH_INSECURE is on" in told) == (how == "insecure")
    shown = "".join(client.get(path).text for path in ("/healthz", "/metrics", "/readyz"))
    assert PASSWORD not in told + shown


REFUSED = {
    "no authority": ({"OPENSEARCH_CA": ""}, "nobody that this machine trusts has signed"),
    "another authority": (
        {"OPENSEARCH_CA": "IP:127.0.0.1"},
        "nobody that this machine trusts has signed",
    ),
    "a wrong password": ({"OPENSEARCH_PASSWORD": WRONG_PASSWORD}, "refuses this user"),
    "no user": ({"OPENSEARCH_USER": ""}, "refuses this user"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_who_does_not_is_told_in_a_sentence_what_to_set(
    case: str,
    values_of: Values,
    build: Build,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """By the command and by /healthz and /readyz; no password is in what is printed or logged."""
    others, said = REFUSED[case]
    values = values_of(**others)
    with caplog.at_level(logging.DEBUG):
        assert build(values) == 1
        client = create_app(read_settings(values)).test_client()
        health, page = client.get("/healthz"), client.get("/?lang=en")
        ready, metrics = client.get("/readyz"), client.get("/metrics")
    told = capsys.readouterr()
    assert said in told.err
    assert "KLIPING_OPENSEARCH_" in told.err
    assert told.err.count("\n") == 1
    assert (health.status_code, ready.status_code, page.status_code) == (503, 503, 503)
    assert said in health.json["problem"]
    assert said in ready.json["reason"]
    everything = (told.out, told.err, caplog.text, health.text, page.text, metrics.text)
    assert [secret for secret in (PASSWORD, WRONG_PASSWORD) if secret in "".join(everything)] == []


def test_certificate_of_another_host_is_told(
    one_node: Cluster, tmp_path: Path, build: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    """Though its authority is known."""
    other = make_certificate(tmp_path, "DNS:es1.example")
    with opened_gate(one_node.nodes[0].port, other) as gate:
        assert build(settings_of(f"opensearchs://127.0.0.1:{gate.port}/berita", other)) == 1
    assert "its certificate is that of another host" in capsys.readouterr().err
