"""Classes of which a huge week makes one for each request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

Class = TypeVar("Class")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[Class]) -> type[Class]:
    """Make a dataclass with slots that nobody may change, by convention, enforced by mypy.

    A frozen dataclass of the library looks at each change at run time, too, even at those of its
    own making: it takes five times as long to make one.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
