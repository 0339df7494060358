"""The hands of a drill: made-up people at the hub's field doors and at the desks of sites."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import requests

from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.domain.calendar import local
from dispatch.domain.codes import State
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import HubError, Offline, Refused
from dispatch.domain.incident import Incident
from dispatch.store.site import SiteStore

Now = Callable[[], int]
_TRIES: Final = 40
_REST_S: Final = 0.25
_TIMEOUT_S: Final = 30.0
_BUSY: Final = 429
_FAILED: Final = 500
_REFUSED: Final = frozenset({403, 404, 409})


@dataclass(frozen=True, slots=True)
class Played:
    """What an act gave: the incident, its state where it was done, ids of the new events.

    `facts` are ids of all events of the incident where it was done, empty where that is not told.
    """

    incident: str
    state: State
    events: tuple[str, ...]
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fix:
    """A worker's place at a time: CGCS2000 degrees, UTC milliseconds, degrees from north."""

    lon: float
    lat: float
    at: int
    heading: float


class FieldHand:
    """Everybody who has a token and no seat: requests to the hub's field doors.

    A request that got no answer is sent again under the same Idempotency-Key.
    """

    def __init__(self, url: str, tokens: Mapping[str, str]) -> None:
        self._url = f"{url}/v1/field"
        self._tokens = tokens
        self._session = requests.Session()
        # A proxy of the environment is not for a hub on loopback.
        self._session.trust_env = False

    def act(self, login: str, command: Command, pictures: Sequence[bytes]) -> Played:
        """Do an act; a rule's no is Refused."""
        form = form_of(command)
        if command.verb is Verb.REPORT:
            parts: list[tuple[str, Any]] = [("report", (None, json.dumps(form)))]
            parts += [("photo", ("photo.png", each, "image/png")) for each in pictures]
            return _played(self._send(login, "POST", "/incidents", files=parts))
        if pictures:
            form["photos"] = [
                self._send(login, "PUT", "/photos", data=each)["sha256"] for each in pictures
            ]
        path = f"/incidents/{command.incident}/{command.verb}"
        return _played(self._send(login, "POST", path, json=form))

    def sign_on(self, login: str, grid: str) -> None:
        """Sign on in a grid."""
        self._send(login, "POST", "/duty/on", json={"grid": grid})

    def sign_off(self, login: str) -> None:
        """Sign off."""
        self._send(login, "POST", "/duty/off")

    def locate(self, login: str, fixes: Sequence[Fix]) -> None:
        """Send a batch of positions, oldest first."""
        batch = [
            {
                "lon": each.lon,
                "lat": each.lat,
                "at": local(each.at).isoformat(),
                "accuracy": 8.0,
                "heading": each.heading,
            }
            for each in fixes
        ]
        self._send(login, "POST", "/positions", json={"fixes": batch})

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    # Any: what requests takes for a body, and what JSON gives.
    def _send(self, login: str, method: str, path: str, **body: Any) -> dict[str, Any]:
        headers = {
            "Authorization": f"Bearer {self._tokens[login]}",
            "Idempotency-Key": new_id(),
        }
        failed = ""
        for _ in range(_TRIES):
            try:
                answer = self._session.request(
                    method, self._url + path, headers=headers, timeout=_TIMEOUT_S, **body
                )
            except requests.RequestException as error:
                failed = type(error).__name__
            else:
                if answer.ok:
                    found: dict[str, Any] = answer.json()
                    return found
                if answer.status_code != _BUSY and answer.status_code < _FAILED:
                    raise _refusal(answer)
                failed = str(answer.status_code)
            time.sleep(_REST_S)
        raise Offline(f"{path}: {failed}")


def form_of(command: Command) -> dict[str, Any]:  # Any: JSON values
    """Return the options of a command that are set, by the names the doors know.

    What stands at its default is not sent: a door refuses an option that its verb lacks.
    """
    apart = {"verb", "incident", "seen"}
    return {
        each.name: value
        for each in fields(command)
        if each.name not in apart and (value := getattr(command, each.name)) != each.default
    }


def _played(answer: Mapping[str, Any]) -> Played:  # Any: JSON values
    return Played(answer["incident"], State(answer["state"]), tuple(answer["events"]))


def _refusal(answer: requests.Response) -> Exception:
    try:
        told = answer.json()
    except requests.JSONDecodeError:
        return HubError(f"{answer.status_code} {answer.reason}")
    code = str(told.get("code", answer.status_code))
    if answer.status_code in _REFUSED:
        return Refused(code, detail=str(told.get("detail", "")))
    return HubError(f"{answer.status_code} {code} {told.get('detail', '')}")


class SeatHand:
    """Everybody who acts at one site: each with an own session at an own desk over its store."""

    def __init__(self, site: SiteStore, now: Now, passwords: Mapping[str, str]) -> None:
        self.site = site
        self._now = now
        self._passwords = passwords
        self._desks: dict[str, Desk] = {}
        self._look = Desk(site, now)

    def act(self, login: str, command: Command, pictures: Sequence[bytes]) -> Played:
        """Do an act; a rule's no is Refused."""
        photos = tuple(self.site.photos.add(each) for each in pictures)
        if command.verb is Verb.REPORT:
            command = replace(command, incident=new_id())
        done = self.desk(login).act(command, photos).result()
        incident = self._look.incident(done.incident).result()
        state = incident.state or State.REPORTED
        facts = frozenset(each.id for each in incident.facts)
        return Played(done.incident, state, done.events, facts)

    def incident(self, id_: str) -> Incident | None:
        """Return an incident as this site knows it, None when it does not."""
        try:
            return self._look.incident(id_).result()
        except Refused:
            return None

    def shift_on(self, login: str, seat: str) -> None:
        """Take a seat in the running shift."""
        self.desk(login).shift_on(seat).result()

    def shift_off(self, login: str) -> None:
        """Leave the shift."""
        self.desk(login).shift_off().result()

    def desk(self, login: str) -> Desk:
        """Return the person's desk, logged in: at the window one is as long as one acts."""
        desk = self._desks.get(login)
        if desk is None:
            desk = self._desks[login] = Desk(self.site, self._now)
        person = desk.person
        if person is None or person.expires_at <= self._now():
            desk.login(login, self._passwords[login]).result()
        else:
            desk.seat.prolong()
        return desk
