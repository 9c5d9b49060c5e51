"""The documents of a finalize into workbooks, one a kind, the index of all files last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from labkesmas_batch.documents.content import TITLES, Document, Kind
from labkesmas_batch.documents.dossier import Finalized
from labkesmas_batch.documents.numbering import Numbered
from labkesmas_batch.documents.paper import write_workbook
from labkesmas_batch.documents.registry import compose


def file_name(kind: Kind) -> str:
    """Return the file of a kind, numbered so that a folder lists them in the SOP's order."""
    return f"{list(Kind).index(kind) + 1:02d}-{kind.value}.xlsx"


def write_documents(
    folder: Path,
    final: Finalized,
    numbers: Sequence[Numbered],
    *,
    only: str | None = None,
    others: Sequence[Path] = (),
) -> tuple[Path, ...]:
    """Write the documents and return the files written, in the SOP's order.

    Parameters
    ----------
    folder
        Made where it does not exist; files of the same name are replaced.
    final
        What was decided.
    numbers
        The numbers of :func:`papers` of the same ``final``.
    only
        A :class:`Kind` by its value; the index is left alone then, unless it is that kind.
    others
        Files of the run that the index names beside the documents.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = Kind(only) if only else None
    texts = {(each.kind, each.key): each.text for each in numbers}
    created = datetime.combine(final.approved_on, time())
    written = []
    for kind, documents in compose(final, wanted).items():
        path = folder / file_name(kind)
        own = {document.key: texts[kind, document.key] for document in _numbered(documents)}
        write_workbook(path, TITLES[kind][0], documents, own, created)
        written.append(path)
    return tuple(written)


def _numbered(documents: Sequence[Document]) -> Sequence[Document]:
    return [document for document in documents if document.numbered]
