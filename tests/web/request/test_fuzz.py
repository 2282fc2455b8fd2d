"""Whatever file comes to whichever door, it is answered in Chinese and the server lives."""

import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable

from starlette.testclient import TestClient

from tests.helpers.mutants import mutant, sound_files
from tests.web.conftest import Workbench

SECONDS = float(os.environ.get("YISONG_FUZZ_SECONDS", "6"))
SEED = int(os.environ.get("YISONG_FUZZ_SEED", "11"))
"""The same in every run of the tests; what a change has to pass draws another each time."""
LONGEST = 60.0
STANDS = re.compile("[一-鿿]{4}")
ANSWERED = frozenset({200, 400, 413, 422, 429})
Door = Callable[[TestClient, str, bytes], tuple[int, str]]
KIND = "transfer_letter"


def _sent_to(path: str, **typed: str) -> Door:
    def door(client: TestClient, name: str, raw: bytes) -> tuple[int, str]:
        answer = client.post(path, files={"file": (name, raw)}, data=typed)
        return answer.status_code, answer.text

    return door


DOORS = {
    "work orders": ("desk", _sent_to("/clues/import")),
    "subjects": ("supervisor", _sent_to("/rosters/import", roster="subjects")),
    "officers": ("supervisor", _sent_to("/rosters/import", roster="officers")),
    "template": ("legal", _sent_to(f"/templates/{KIND}/check")),
    "calendar": ("administrator", _sent_to("/admin/calendar/upload", year="2027", notice="国办")),
    "verification": ("", _sent_to("/verify")),
    "evidence": ("handler", _sent_to("/clues/XS2026000001/evidence", title="a", kind="other")),
}


def test_files_made_bad_by_chance_are_answered_at_every_door(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch", "accept")
    clients = {
        name: workbench.at(chair) if chair else workbench.nobody()
        for name, (chair, _) in DOORS.items()
    }
    chance, sound = random.Random(SEED), sound_files()
    met: Counter[tuple[str, int]] = Counter()
    until = time.monotonic() + SECONDS
    while time.monotonic() < until or len({name for name, _ in met}) < len(DOORS):
        name, file = chance.choice(sorted(DOORS)), chance.choice(sorted(sound))
        raw = mutant(chance, sound[file])
        workbench.clock.pass_(seconds=5)
        before = time.monotonic()

        status, text = DOORS[name][1](clients[name], file, raw)

        told = f"seed {SEED}, {sum(met.values())} files before: {name}, {file}, {status}"
        assert status in ANSWERED, told
        assert STANDS.search(text), told
        assert time.monotonic() - before < LONGEST, told
        met[name, status] += 1
    sys.stdout.write(f"seed {SEED}: {dict(sorted(met.items()))}\n")
    assert workbench.at("handler").get("/clues").status_code == 200
    assert any(status == 422 for _, status in met) and any(status == 200 for _, status in met)
