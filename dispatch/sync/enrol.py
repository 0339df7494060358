"""Enrolment: a one-time code for a certificate and a token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from dispatch.domain.errors import BadInput
from dispatch.sync.answers import ask, parsed
from dispatch.sync.driver import Line
from dispatch.sync.link import HubLink, checked_url
from dispatch.sync.ops import Trouble
from dispatch.wire.keys import Signer, signed_by
from dispatch.wire.protocol import Certificate, Enrol, Enrolled, certificate_digest, decode


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a new site has after it was enrolled; all of it belongs into its folder.

    `site_key` is the certificate's, `signer` the first incarnation's (`inc`).
    """

    certificate: Certificate
    certificate_text: str = field(repr=False)
    certificate_sig: bytes = field(repr=False)
    site_key: Signer
    signer: Signer
    inc: str
    link: HubLink
    timeline: str


def enrol(url: str, code: str, name: str = "", ca: Path | None = None) -> Enrolment:
    """Enrol with the hub; raises Offline, and BadInput for a code that is not taken."""
    address = checked_url(url)
    site_key, signer, inc = Signer.new(), Signer.new(), secrets.token_hex(16)
    line = Line(HubLink(address, "", b"", ca))
    try:
        question = Enrol(code, site_key.public, inc, signer.public, name)
        answer = line.ask(ask("/v1/enrol", question))
        done = parsed(answer, Enrolled, "/v1/enrol")
    except Trouble as trouble:
        if trouble.code == "bad_code":
            raise BadInput("--code", "登记码不对、已用过或已过期") from None
        raise
    finally:
        line.close()
    certificate = decode(done.certificate.encode(), Certificate, "certificate")
    digest = certificate_digest(done.certificate)
    if not signed_by(done.hub_key, digest, done.sig) or certificate.pubkey != site_key.public:
        raise Trouble("bad_certificate", "证书与本机密钥或市级中心的签名不符")
    link = HubLink(address, done.token, done.hub_key, ca)
    return Enrolment(
        certificate, done.certificate, done.sig, site_key, signer, inc, link, done.timeline
    )
