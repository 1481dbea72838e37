"""Frozen values with slots: what `dataclass(frozen=True, slots=True)` makes, in a third of the time.

A dataclass writes and compiles its methods anew for every class, and a run that checks one request in a new process makes
some hundred classes. Here only `__init__` is compiled; the other methods are shared. `fields`, `replace`, `asdict`, copies
and pickles work as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """A frozen class with slots; its annotations name its fields. Methods that the class defines itself stay. Raises
    TypeError for a field that is no plain argument (`init=False`, `kw_only=True`)."""
    own = {name for name, method in vars(cls).items() if method is not None}  # beside an own __eq__, __hash__ is None
    cls.__doc__ = cls.__doc__ or f"{cls.__name__}."  # else dataclass looks for a signature to write here
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    every = fields(made)
    compared = _values([entry.name for entry in every if entry.compare])
    hashed = _values([entry.name for entry in every if (entry.compare if entry.hash is None else entry.hash)])

    def equals(self: Any, other: Any) -> Any:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def digest(self: Any) -> int:
        return hash(hashed(self))

    for name, method in {**SHARED, "__init__": _init(made, every), "__eq__": equals, "__hash__": digest}.items():
        if name not in own:
            setattr(made, name, method)
    frozen: type[T] = made
    return frozen


def _init(cls: Any, every: Sequence[Field[Any]]) -> Callable[..., None]:
    """`__init__` with the fields as arguments; it sets the slots past the guard that keeps the value frozen."""
    names: dict[str, Any] = {"MISSING": MISSING}
    arguments, lines = ["self"], ["pass"]
    for entry in every:
        name = argument = value = entry.name
        if not entry.init or entry.kw_only:
            raise TypeError(f"{cls.__name__}.{name}: a field of a record is a plain argument")
        if entry.default is not MISSING:
            names[f"default_{name}"] = entry.default
            argument = f"{name}=default_{name}"
        elif entry.default_factory is not MISSING:
            names[f"make_{name}"] = entry.default_factory
            argument, value = f"{name}=MISSING", f"make_{name}() if {name} is MISSING else {name}"
        names[f"set_{name}"] = getattr(cls, name).__set__
        arguments.append(argument)
        lines.append(f"set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(arguments)}):\n " + "\n ".join(lines), names)
    init: Callable[..., None] = names["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _values(names: Sequence[str]) -> Callable[[Any], Any]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)  # attrgetter makes no tuple of one


def _refuse_set(self: Any, name: str, value: Any) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


@recursive_repr("...")
def _shown(self: Any) -> str:
    shown = ", ".join(f"{entry.name}={getattr(self, entry.name)!r}" for entry in fields(self) if entry.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _state(self: Any) -> list[Any]:
    return [getattr(self, entry.name) for entry in fields(self)]


def _set_state(self: Any, state: Sequence[Any]) -> None:
    for entry, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, entry.name, value)


SHARED = {
    "__setattr__": _refuse_set,
    "__delattr__": _refuse_delete,
    "__repr__": _shown,
    "__getstate__": _state,
    "__setstate__": _set_state,
}
