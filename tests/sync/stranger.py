"""A second client, written from `docs/protocol.md` alone: none of the product's modules.

It enrols, opens a session, pushes its own events, pulls a town and verifies all it can:
the certificate, tables, each writer's chain and signatures, the town's chain, what is sealed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONE = "0" * 64


def text64(content: bytes) -> str:
    """Return bytes as the protocol writes them."""
    return base64.b64encode(content).decode()


def hexed(content: bytes) -> str:
    """Return the SHA-256 as the protocol writes it."""
    return hashlib.sha256(content).hexdigest()


def check(key: bytes, content: bytes, sig: str) -> None:
    """Check a signature over the hash of the content; raises InvalidSignature."""
    digest = hashlib.sha256(content).digest()
    Ed25519PublicKey.from_public_bytes(key).verify(base64.b64decode(sig), digest)


@dataclass
class Kept:
    """One event as it was pulled and verified."""

    seq: int
    number: str | None
    quarantined: str
    hash: str
    event: dict[str, Any]


@dataclass
class Stranger:
    """A site of somebody else's making. `pulled` is what it has verified of its town."""

    url: str
    ca: Path
    site_key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    writer_key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    inc: str = field(default_factory=lambda: os.urandom(16).hex())
    certificate: dict[str, Any] = field(default_factory=dict)
    hub_key: bytes = b""
    token: str = ""
    timeline: str = ""
    sseq: int = 0
    last: str = NONE
    seq: int = 0
    chain: str = NONE
    pulled: list[Kept] = field(default_factory=list)
    secrets: dict[str, bytes] = field(default_factory=dict)
    writers: dict[str, bytes] = field(default_factory=dict)
    own_at: dict[str, tuple[int, str]] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: object = None) -> requests.Response:
        """Do one request; nothing is packed either way."""
        headers = {"Accept-Encoding": "identity"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return requests.request(
            method, self.url + path, json=body, headers=headers, verify=str(self.ca), timeout=30
        )

    def enrol(self, code: str) -> None:
        """Section 4: become a site by a one-time code."""
        public = self.site_key.public_key().public_bytes_raw()
        writer = self.writer_key.public_key().public_bytes_raw()
        question = {
            "code": code,
            "pubkey": text64(public),
            "inc": self.inc,
            "inc_pubkey": text64(writer),
            "name": "stranger",
        }
        told = self._ok(self.ask("POST", "/v1/enrol", question))
        self.hub_key = base64.b64decode(told["hub_key"])
        check(self.hub_key, b"certificate\n" + told["certificate"].encode(), told["sig"])
        self.certificate = json.loads(told["certificate"])
        assert self.certificate["pubkey"] == text64(public)
        self.token, self.timeline = told["token"], told["timeline"]

    @property
    def town(self) -> str:
        """Code of the town."""
        return str(self.certificate["town"])

    def meet(self) -> dict[str, Any]:
        """Section 4: open the session; what the hub knows of this writer must be ours."""
        writer = {
            "inc": self.inc,
            "pubkey": text64(self.writer_key.public_key().public_bytes_raw()),
            "sseq": self.sseq,
            "hash": self.last,
        }
        question = {
            "protocol": 1,
            "writers": [writer],
            "cursors": {self.town: {"seq": self.seq, "chain": self.chain}},
            "clock": 0,
            "version": "stranger",
            "timeline": self.timeline,
        }
        told = self._ok(self.ask("POST", "/v1/session", question))
        assert base64.b64decode(told["hub_key"]) == self.hub_key
        assert told["cursors"][self.town] == "ok"
        return told

    def make(
        self,
        subject: str,
        type_: str,
        opened: dict[str, Any],
        said: dict[str, str],
        base: tuple[str, ...],
        at: int,
    ) -> dict[str, str]:
        """Section 2: write and sign the next own event; return its frame."""
        id_ = str(uuid.uuid4())
        key = self.secrets.setdefault(subject, os.urandom(32))
        nonce = hashlib.sha256(id_.encode()).digest()[:12]
        plain = json.dumps(said, ensure_ascii=False).encode()
        event = {
            "v": 1,
            "id": id_,
            "inc": self.inc,
            "sseq": self.sseq + 1,
            "prev": self.last,
            "town": self.town,
            "see_add": [],
            "see_drop": [],
            "subject": {"kind": "incident", "id": subject},
            "type": type_,
            "base": sorted(base),
            "at": at,
            "offset_ms": 0,
            "offset_age_s": 0,
            "session": "",
            "actor": "stranger",
            "role": "clerk",
            "open": opened | {"sealed": sorted(said)},
            "sealed": {
                "key": hexed(b"zhiwang secret" + key)[:16],
                "text": text64(AESGCM(key).encrypt(nonce, plain, subject.encode())),
            },
        }
        raw = json.dumps(event, ensure_ascii=False).encode()
        self.sseq, self.last = self.sseq + 1, hexed(raw)
        signature = self.writer_key.sign(hashlib.sha256(raw).digest())
        return {"is": "event", "event": raw.decode(), "sig": text64(signature)}

    def push(self, *frames: dict[str, str]) -> requests.Response:
        """Section 5: send frames with the keys of what they are about."""
        subjects = {json.loads(each["event"])["subject"]["id"] for each in frames}
        keys = [{"subject": each, "key": text64(self.secrets[each])} for each in sorted(subjects)]
        return self.ask("POST", "/v1/events", {"frames": frames, "keys": keys})

    def pull(self) -> None:
        """Section 6: take in everything up to the town's last number, and verify it."""
        more = True
        while more:
            question = {"cursors": {self.town: self.seq}, "wait": 0, "limit": 3}
            told = self._ok(self.ask("POST", "/v1/pull", question))
            page = told["towns"][self.town]
            for each in page["keys"]:
                self.secrets[each["subject"]] = base64.b64decode(each["key"])
            for entry in page["entries"]:
                self._take(entry)
            assert (self.seq, self.chain) == (page["next"], page["chain"])
            more = page["more"]

    def table(self, name: str) -> dict[str, Any]:
        """Section 6: a reference table whose signature is the hub's."""
        told = self._ok(self.ask("GET", f"/v1/tables/{name}"))
        check(self.hub_key, f"{name}\n{told['body']}".encode(), told["sig"])
        body: dict[str, Any] = json.loads(told["body"])
        return body

    def upload(self, photo: bytes, piece: int, most: int | None = None) -> str:
        """Section 6: send a photo piece by piece from where the hub stands; return its name.

        `most`: pieces after which this run ends, as if the line had.
        """
        path = f"/v1/blobs/{hexed(photo)}"
        answer = self._piece("HEAD", path, {})
        if answer.status_code == 404:
            answer = self._piece("POST", path, {"Upload-Length": str(len(photo))})
        while (at := int(answer.headers["Upload-Offset"])) < len(photo) and most != 0:
            told = {"Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}
            answer = self._piece("PATCH", path, told, photo[at : at + piece])
            assert answer.status_code == 204, answer.text
            most = most - 1 if most else most
        return path

    def download(self, path: str, piece: int) -> bytes:
        """Section 6: fetch a photo range by range."""
        come = b""
        while True:
            told = {"Range": f"bytes={len(come)}-{len(come) + piece - 1}"}
            answer = self._piece("GET", path, told)
            assert answer.status_code == 206, answer.text
            assert answer.headers["ETag"] == f'"{path.rpartition("/")[2]}"'
            come += answer.content
            if len(come) == int(answer.headers["Content-Range"].rpartition("/")[2]):
                assert hexed(come) == path.rpartition("/")[2]
                return come

    def _piece(
        self, method: str, path: str, headers: dict[str, str], body: bytes = b""
    ) -> requests.Response:
        told = {"Authorization": f"Bearer {self.token}", "Accept-Encoding": "identity"} | headers
        return requests.request(
            method, self.url + path, data=body, headers=told, verify=str(self.ca), timeout=30
        )

    def says(self, kept: Kept) -> dict[str, str]:
        """Return what is sealed in an event."""
        subject, sealed = kept.event["subject"]["id"], kept.event["sealed"]
        key = self.secrets[subject]
        assert sealed["key"] == hexed(b"zhiwang secret" + key)[:16]
        nonce = hashlib.sha256(kept.event["id"].encode()).digest()[:12]
        plain = AESGCM(key).decrypt(nonce, base64.b64decode(sealed["text"]), subject.encode())
        told: dict[str, str] = json.loads(plain)
        assert sorted(told) == kept.event["open"]["sealed"]
        return told

    def _take(self, entry: dict[str, Any]) -> None:
        """Check one entry against the town's chain, and a frame against its writer's."""
        assert entry["seq"] == self.seq + 1
        if entry["is"] == "event":
            raw = entry["event"].encode()
            event = json.loads(raw)
            self._check_writer(event, raw, entry["sig"])
            number = entry.get("number")
            told = f"{hexed(raw)}:{entry['seq']}:{entry['received_at']}:{number or ''}"
            reason = entry.get("quarantined", "")
            self.pulled.append(Kept(entry["seq"], number, reason, hexed(raw), event))
        else:
            told = entry["entry"]
        self.seq, self.chain = entry["seq"], hexed(f"{self.chain}:{told}".encode())

    def _check_writer(self, event: dict[str, Any], raw: bytes, sig: str) -> None:
        if event["inc"] not in self.writers:
            rows = self.table("writers")["writers"]
            self.writers = {each["inc"]: base64.b64decode(each["pubkey"]) for each in rows}
        check(self.writers[event["inc"]], raw, sig)
        sseq, last = self.own_at.get(event["inc"], (0, NONE))
        assert event["sseq"] == sseq + 1
        assert event["prev"] == last or (sseq == 0 and event["prev"] == "")
        self.own_at[event["inc"]] = event["sseq"], hexed(raw)

    @staticmethod
    def _ok(answer: requests.Response) -> dict[str, Any]:
        assert answer.status_code == 200, answer.text
        assert "Content-Encoding" not in answer.headers
        told: dict[str, Any] = answer.json()
        return told
