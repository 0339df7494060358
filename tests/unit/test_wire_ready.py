"""Several threads may read the first table, event or message of a process at the same moment."""

from __future__ import annotations

import subprocess
import sys

FORKS = 150
SCRIPT = """
import os, sys, threading
from dispatch.desk import people
from dispatch.domain.organisation import Node
from dispatch.store import outbox
from dispatch.wire import envelope, protocol, tables, writers
import msgspec

def certificate(raw):
    return protocol.decode(raw, protocol.PushAnswer, "x")

body = '{"version":"1","nodes":[{"code":"1","name":"x","level":"city","parent":null}]}'
WRITERS = '{"version":"0","town":"1","writers":[]}'
WORK = (
    lambda: tables.parse_organisation(body),
    lambda: protocol.decode(b'{"verdicts":[]}', protocol.PushAnswer, "x"),
    lambda: msgspec.convert({"why": "x"}, envelope.TYPES["returned"].body),
    lambda: msgspec.json.decode(b'{"at":1}', type=outbox._At),
    lambda: msgspec.json.decode(b'{}', type=people._Failures),
    lambda: writers.parse_register(WRITERS, "1"),
)

def child(work):
    sys.setswitchinterval(1e-6)
    barrier = threading.Barrier(4)
    def run():
        barrier.wait()
        try:
            work()
        except Exception:
            pass
    threads = [threading.Thread(target=run) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

dead = 0
for number in range(int(sys.argv[1])):
    pid = os.fork()
    if pid == 0:
        child(WORK[number % len(WORK)])
        os._exit(0)
    dead += os.waitpid(pid, 0)[1] != 0
print(dead)
"""


def test_the_first_reading_may_happen_in_many_threads_at_once() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(FORKS)], capture_output=True, text=True, check=True
    )
    assert "0" == done.stdout.strip()


EVERY = """
import gc, importlib, pkgutil
import msgspec
import console, dispatch, ui

def below(kind):
    for each in kind.__subclasses__():
        yield each
        yield from below(each)

for top in (console, dispatch, ui):
    for found in pkgutil.walk_packages(top.__path__, f"{top.__name__}."):
        if "__main__" not in found.name and "migrations" not in found.name:
            importlib.import_module(found.name)
ours = [each for each in below(msgspec.Struct) if not each.__module__.startswith("msgspec")]
assert len(ours) > 60, ours
for each in ours:
    if "StructInfo" not in {type(held).__name__ for held in gc.get_referents(each)}:
        print(each.__module__, each.__name__)
"""


def test_every_message_is_ready_when_its_module_is_imported() -> None:
    """A message that is not ends the process of the first two threads that read one at once."""
    done = subprocess.run([sys.executable, "-c", EVERY], capture_output=True, text=True, check=True)
    assert done.stdout == ""
