"""A record behaves as a frozen dataclass with slots."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.record import record

Decorator = Callable[[type], type]
frozen: Decorator = dataclass(frozen=True, slots=True)


def point(decorator: Decorator) -> Any:
    class Point:
        """Every kind of field."""

        name: str
        count: float = 0
        tags: list[str] = field(default_factory=list)
        note: str = field(default="", compare=False)
        secret: str = field(default="", repr=False)
        kept: tuple[int, ...] = field(default=(), hash=False)

        def shout(self) -> str:
            return self.name.upper()

    Point.__qualname__ = "Point"
    return decorator(Point)


def single(decorator: Decorator) -> Any:
    class Single:
        only: float

    Single.__qualname__ = "Single"
    return decorator(Single)


@record
class Pickled:
    name: str
    inner: Pickled | None = None


@record
class Checked:
    count: int

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("below 0")


OURS, THEIRS = point(record), point(frozen)
ONE, THEIR_ONE = single(record), single(frozen)
ARGUMENTS = st.fixed_dictionaries(
    {"name": st.text(max_size=3)},
    optional={
        "count": st.floats() | st.integers(0, 2),
        "tags": st.lists(st.text(max_size=2), max_size=2),
        "note": st.text(max_size=2),
        "secret": st.text(max_size=2),
        "kept": st.tuples(st.integers(0, 2)),
    },
)


@given(ARGUMENTS, ARGUMENTS)
def test_values_compare_and_print_as_those_of_a_dataclass(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert repr(OURS(**one)) == repr(THEIRS(**one))
    assert asdict(OURS(**one)) == asdict(THEIRS(**one))
    assert (OURS(**one) == OURS(**other)) == (THEIRS(**one) == THEIRS(**other))
    assert OURS(**one) != THEIRS(**one)


@given(ARGUMENTS, ARGUMENTS)
def test_equal_values_have_one_hash(one: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = OURS(**one | {"tags": ()}), OURS(**other | {"tags": ()})
    assert first != second or hash(first) == hash(second) or first.kept != second.kept
    assert hash(first) == hash(replace(first, kept=(9,), note="other"))


@given(ARGUMENTS, ARGUMENTS)
def test_replace_gives_a_new_value(one: dict[str, Any], other: dict[str, Any]) -> None:
    value = OURS(**one)
    assert replace(value, **other) == OURS(**one | other)
    assert repr(value) == repr(OURS(**one))


@given(st.floats() | st.integers())
def test_one_field_is_compared_like_many(value: float) -> None:
    ours, theirs = ONE(value), THEIR_ONE(value)
    assert (ours == ONE(value), hash(ours)) == (theirs == THEIR_ONE(value), hash(theirs))


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_copies_and_pickles_are_equal(copied: Callable[[Any], Any]) -> None:
    value = Pickled("outer", Pickled("inner"))
    assert copied(value) == value
    assert copied(value) is not value


@pytest.mark.parametrize("name", ["name", "count", "unheard_of"])
def test_a_record_is_frozen(name: str) -> None:
    value = OURS("a")
    with pytest.raises(AttributeError):
        setattr(value, name, "b")
    with pytest.raises(AttributeError):
        delattr(value, name)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        value.name = "b"
    assert not hasattr(value, "__dict__")
    assert value == OURS("a")


@pytest.mark.parametrize("wrong", [{}, {"name": "a", "unheard_of": 1}])
def test_wrong_arguments_are_refused_in_the_same_words(wrong: dict[str, Any]) -> None:
    messages = []
    for made in (OURS, THEIRS):
        with pytest.raises(TypeError) as error:
            made(**wrong)
        messages.append(str(error.value))
    assert messages[0] == messages[1]


def test_a_default_factory_is_called_for_every_value() -> None:
    assert OURS("a").tags is not OURS("a").tags


def test_the_class_tells_its_fields_as_a_dataclass_does() -> None:
    def told(made: Any) -> list[tuple[object, ...]]:
        return [
            (entry.name, entry.type, entry.default, entry.compare, entry.repr, entry.hash) for entry in fields(made)
        ]

    assert told(OURS) == told(THEIRS)
    assert dataclasses.is_dataclass(OURS)
    assert OURS.__match_args__ == THEIRS.__match_args__
    assert list(inspect.signature(OURS).parameters) == list(inspect.signature(THEIRS).parameters)
    assert (OURS.__doc__, OURS("a").shout()) == ("Every kind of field.", "A")


def test_what_a_class_defines_itself_stays() -> None:
    @record
    class ByIdentity:
        name: str
        __eq__ = object.__eq__
        __hash__ = object.__hash__

        def __repr__(self) -> str:
            return "own"

    assert ByIdentity("a") != ByIdentity("a")
    assert repr(ByIdentity("a")) == "own"


def test_a_class_that_compares_itself_is_hashed_by_its_fields() -> None:
    @record
    class Loose:
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Loose) and other.name == self.name

    assert len({Loose("a"), Loose("a")}) == 1


def test_a_record_that_holds_itself_can_be_shown() -> None:
    holder: list[object] = []
    value = OURS("a", tags=holder)
    holder.append(value)
    assert "tags=[...]" in repr(value)


def test_a_value_is_checked_when_it_is_made() -> None:
    assert Checked(1).count == 1
    with pytest.raises(ValueError, match="below 0"):
        Checked(-1)


@pytest.mark.parametrize("option", [{"init": False}, {"kw_only": True}])
def test_a_field_that_is_no_plain_argument_is_refused(option: dict[str, bool]) -> None:
    class Odd:
        count: int = field(default=0, **option)  # type: ignore[call-overload]

    with pytest.raises(TypeError, match=r"Odd\.count"):
        record(Odd)
