"""What part of the body, and what side, a section speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Place(NamedTuple):
    """Where something is: a body part and a side, either may be unknown."""

    part: str | None = None
    side: str | None = None


NOWHERE = Place()
BOTH = "bilateral"


class Surroundings:
    """The part that a section speaks of, sentence after sentence. What the beginning of a line has named holds for the lines below
    it, what is named later in a line to the end of that line."""

    def __init__(self, limbs: Mapping[str, str]) -> None:
        self.place = self._held = NOWHERE
        self._limbs = limbs
        self.levels: tuple[str, ...] = ()  # of the spine, that the section goes on about
        self.sided: list[Place] = []  # every side that the page names, with its part where it stands with one

    def enter(self, *, is_section: bool, is_line: bool, goes_on: bool = False) -> None:
        """A sentence begins, and with it a section or a line. `goes_on`: a heading only parts what is told of one part of the body, so
        that of a limb the side holds on, too."""
        if is_section:
            self.levels = ()
            held = self._held if self._held.part in self._limbs else self._held._replace(side=None)
            self._held = held if goes_on else NOWHERE
        self.place = self._held if is_section or is_line else self.place

    def leave(self, topic: Place, levels: tuple[str, ...], *, is_line: bool) -> None:
        """A sentence ends that opened with a part or a side. `levels`: those that it leaves to the next one."""
        self.levels = levels
        topic = on_same_side(topic, self.place, self._limbs)
        self.place = topic if topic.part else self.place._replace(side=topic.side or self.place.side)
        self._held = self.place if is_line else self._held


def on_same_side(place: Place, around: Place, limbs: Mapping[str, str]) -> Place:
    """A place without a side with that of what is spoken of, if both are of one limb. `limbs`: part → its limb."""
    if place.side or not around.side or place.part is None or around.part is None:
        return place
    limb = limbs.get(place.part)
    if around.side == BOTH and around.part not in (place.part, limb):
        return place  # "Knees nontender." says nothing of which ankle is told of behind it
    return place._replace(side=around.side) if limb and limb == limbs.get(around.part) else place
