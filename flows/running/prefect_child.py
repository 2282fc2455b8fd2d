"""The Prefect server as a child: it ends when its parent does, however the parent ends.

On SQLite every transaction of the server is made to take the write lock as it begins. Prefect's own
begin as readers, are refused with "database is locked" when another writer was quicker, and make
the client wait two seconds before it tries again: half the requests of a rehearsal did.
"""

import gc
import os
import runpy
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from socket import socket

import uvicorn
from prefect.server.database.configurations import AioSqliteConfiguration
from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction

from flows.running.prefect_tables import lay_out

GRACE_SECONDS = 10.0


def end_with_parent() -> None:
    """Ends this process once the parent's end of stdin is closed, as it is even after a kill."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)


def lock_at_begin() -> None:
    """Makes each transaction of the server's SQLite file wait for its turn instead of failing."""
    begin = AioSqliteConfiguration.begin_transaction

    @asynccontextmanager
    async def begin_and_lock(
        self: AioSqliteConfiguration, session: AsyncSession, with_for_update: bool = True
    ) -> AsyncIterator[AsyncSessionTransaction]:
        async with begin(self, session, with_for_update=True) as transaction:
            yield transaction

    AioSqliteConfiguration.begin_transaction = begin_and_lock  # type: ignore[method-assign]


def tell_when_bound(mark: Path) -> None:
    """Writes this process's number to a file once the port is its own: who answers there may be
    the server of another home that was quicker. What was loaded by then is no garbage ever after.
    """
    startup = uvicorn.Server.startup

    async def start_and_tell(self: uvicorn.Server, sockets: list[socket] | None = None) -> None:
        await startup(self, sockets)
        gc.freeze()
        gc.enable()
        if self.started:
            mark.write_text(str(os.getpid()), encoding="ascii")

    uvicorn.Server.startup = start_and_tell  # type: ignore[method-assign]


def main() -> None:
    """Runs `prefect server start` in this process; the first argument is the file to mark."""
    mark, *words = sys.argv[1:]
    lay_out(Path(os.environ["PREFECT_HOME"]))
    lock_at_begin()
    tell_when_bound(Path(mark))
    threading.Thread(target=end_with_parent, daemon=True).start()
    sys.argv = ["prefect", "server", "start", *words]
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)
