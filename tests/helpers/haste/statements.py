"""SQL compiled for one test's office serves the next: a site opens one engine, the tests many."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache
from sqlmodel import create_engine

ENOUGH = 5000
"""More statements than all tests together make; SQLAlchemy's 500 are one site's."""


@contextmanager
def compiled_once() -> Iterator[None]:
    """Within the block, engines share what was compiled in this process.

    SQLAlchemy finds a compiled statement by its dialect and its own key: engines of one kind of
    database share the dialect of the first, which a connection has made acquainted with its server.
    """
    first: dict[str, Engine] = {}

    def create(*words: object, **settings: object) -> Engine:
        engine = create_engine(*words, **settings)  # type: ignore[call-overload]
        known = first.get(engine.dialect.name)
        if known is None:
            engine.connect().close()
            engine.dispose()  # that one was made before anybody could prepare it
            engine._compiled_cache = LRUCache(ENOUGH)
            first[engine.dialect.name] = engine
            return engine
        engine.dialect = engine.pool._dialect = known.dialect
        engine._compiled_cache = known._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.site.store.create_engine", create)
        yield
