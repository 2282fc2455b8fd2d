"""Registries of named functions that the tables of `config/` may call, with their promises."""

from collections.abc import Callable
from typing import Generic, TypeVar

F = TypeVar("F", bound=Callable[..., object])


class Registry(Generic[F]):
    """Functions by name; used as a decorator, it registers a function under its own name.

    A name is given once (ValueError); an unknown one raises KeyError.
    """

    def __init__(self) -> None:
        self._functions: dict[str, F] = {}

    def __call__(self, function: F) -> F:
        """Registers a function under its own name."""
        name = function.__name__.rstrip("_")
        if name in self._functions:
            raise ValueError(f"{name} is registered twice")
        self._functions[name] = function
        return function

    def __getitem__(self, name: str) -> F:
        return self._functions[name]

    def names(self) -> frozenset[str]:
        """Every registered name."""
        return frozenset(self._functions)

    def place(self, name: str) -> tuple[str, int]:
        """The file and the line at which the function stands."""
        function = self._functions[name]
        return function.__module__.replace(".", "/") + ".py", function.__code__.co_firstlineno

    def promise(self, name: str) -> str:
        """The first line of the function's docstring."""
        return (self._functions[name].__doc__ or "").strip().split("\n")[0]
