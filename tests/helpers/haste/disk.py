"""Tests need not wait until the disk has what they wrote: no machine is switched off under them.

Processes of their own that tests start, and kill, write as they do in earnest.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from flows.site import store

AS_SHIPPED = store.SYNCHRONOUS


@contextmanager
def never_waited_for() -> Iterator[None]:
    """Within the block neither SQLite nor a shelf of this process waits for the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "SYNCHRONOUS", "OFF")
        patch.setattr(os, "fsync", lambda handle: None)
        yield
