"""What this process counts of the requests it answers, for the monitoring."""

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from flows.upkeep.gauges import Gauge as Figure

PROCESS = str(os.getpid())
"""Several processes listen at one address: whoever asks meets any of them."""
OWN = CollectorRegistry()
REQUESTS = Counter(
    "yisong_requests",
    "requests answered, by route and class of answer",
    ["process", "method", "route", "answer"],
    registry=OWN,
)
SECONDS = Histogram(
    "yisong_request_seconds",
    "how long answers took",
    ["process"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=OWN,
)
DATABASE = Histogram(
    "yisong_request_database_seconds",
    "how long the database took of an answer",
    ["process"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
    registry=OWN,
)


def count(route: tuple[str, str], status: int, seconds: float, of_database: float) -> None:
    """Counts one answer; `route`: its method and the path as the program writes it."""
    method, path = route
    REQUESTS.labels(PROCESS, method, path, f"{status // 100}xx").inc()
    SECONDS.labels(PROCESS).observe(seconds)
    DATABASE.labels(PROCESS).observe(of_database)


def exposition(figures: tuple[Figure, ...]) -> bytes:
    """The site's figures and this process's own, as Prometheus reads them."""
    registry = CollectorRegistry()
    made: dict[str, Gauge] = {}
    for name, told, labels, value in figures:
        if name not in made:
            made[name] = Gauge(name, told, sorted(labels), registry=registry)
        one = made[name].labels(**labels) if labels else made[name]
        one.set(float(value))
    return generate_latest(registry) + generate_latest(OWN)
