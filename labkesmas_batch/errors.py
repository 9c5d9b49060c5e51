"""Errors that end a command. Bad rows are findings, never exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labkesmas_batch.findings import Finding


class LabkesmasError(Exception):
    """No run is possible; the message is one Indonesian sentence or two for the user."""


class InputError(LabkesmasError):
    """A workbook that cannot be read, or is not the workbook that it should be."""


class OutputError(LabkesmasError):
    """A folder or file that cannot be written."""


class TakenError(Exception):
    """Another command has taken a run's name meanwhile; the next one has to do."""


class NotCopiedError(LabkesmasError):
    """No annotated copy can be made of a workbook; its findings stand all the same."""


class RefusedError(LabkesmasError):
    """The inputs were read, but their findings rule a run out.

    Parameters
    ----------
    message
        What was refused, in one sentence.
    findings
        Everything that was found, so that all of it can be fixed in one go.
    """

    def __init__(self, message: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(message)
        self.findings = findings
