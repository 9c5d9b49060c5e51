"""Everything that was read for a week, and nothing decided yet."""

from __future__ import annotations

from dataclasses import dataclass

from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.model.week import Source


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that was read, and nothing decided yet."""

    intakes: tuple[Source, ...]
    tables: tuple[RawTable, ...]
    remarks: tuple[str, ...]
    reference_source: Source
    packaged: bool
    reference_tables: dict[str, RawTable | None]
    reference_content: bytes = b""
