"""Others' tus clients upload to the hub: `tuspy` and `tus-js-client`, where they can be had.

Neither is a dependency. `ZHIWANG_TUS_CLIENTS` names a folder with `python/` (pip install --target)
and `node_modules/` (npm install tus-js-client); without it these tests say that they were skipped.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dispatch.hub.hub import Hub
from tests.given import TOWN
from tests.hub.asking import headers_of
from tests.hub.office import given_seat
from tests.hub.serving import Door
from tests.hub.test_uploads import picture

FOLDER = "ZHIWANG_TUS_CLIENTS"

TUSPY = """
import sys
from tusclient.client import TusClient
url, token, file, sha256, first = sys.argv[1:]
client = TusClient(url + "/v1/blobs", headers={"Authorization": "Bearer " + token})
metadata = {"sha256": sha256} if sha256 else {}
uploader = client.uploader(file, chunk_size=50_000, metadata=metadata)
uploader.upload(stop_at=int(first))
again = client.uploader(file, chunk_size=70_000, url=uploader.url)
assert again.offset >= int(first), again.offset
again.upload()
"""

TUS_JS = """
const fs = require("fs");
const tus = require("tus-js-client");
const [url, token, file, sha256, first] = process.argv.slice(1);
const options = {
  endpoint: url + "/v1/blobs", chunkSize: 50000, retryDelays: null,
  headers: { Authorization: "Bearer " + token },
  metadata: sha256 ? { sha256 } : {},
  uploadSize: fs.statSync(file).size,
  onError: (error) => { console.error(error.message); process.exit(1); },
};
const half = new tus.Upload(fs.createReadStream(file), { ...options,
  onChunkComplete: async (_, sent) => {
    if (sent < Number(first)) return;
    await half.abort();
    new tus.Upload(fs.createReadStream(file), { ...options, uploadUrl: half.url }).start();
  } });
half.start();
"""


def there(what: str) -> Path:
    """Return the folder of others' clients; without it the test is skipped, and says so."""
    told = os.environ.get(FOLDER, "")
    if not told or not (Path(told) / what).is_dir():
        pytest.skip(f"{what} is not here: {FOLDER} names no folder that has it")
    return Path(told).resolve()


@pytest.mark.parametrize("named", [True, False], ids=["with its SHA-256", "empty metadata"])
@pytest.mark.parametrize("client", ["tuspy", "tus-js-client"])
def test_it_uploads_stops_and_goes_on(
    hub: Hub, door: Door, tmp_path: Path, client: str, named: bool
) -> None:
    seat = given_seat(hub)
    content = picture(400_000, client)
    sha256 = hashlib.sha256(content).hexdigest()
    file = tmp_path / "photo.png"
    file.write_bytes(content)
    given = [door.url, seat.token, str(file), sha256 if named else "", "150000"]
    environment = dict(os.environ)
    if client == "tuspy":
        environment["PYTHONPATH"] = str(there("python") / "python")
        words = [sys.executable, "-c", TUSPY, *given]
    else:
        environment["NODE_PATH"] = str(there("node_modules") / "node_modules")
        words = ["node", "-e", TUS_JS, *given]

    done = subprocess.run(words, env=environment, capture_output=True, timeout=120, check=False)

    assert (0, b"") == (done.returncode, done.stderr)
    assert content == door.get(f"/v1/blobs/{sha256}", headers=headers_of(seat)).content
    assert hub.photos.find(TOWN, sha256) is not None
