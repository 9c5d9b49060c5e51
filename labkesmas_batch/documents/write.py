"""The documents of a finalize into workbooks, one a kind, the index of all files last."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

from labkesmas_batch.documents.content import Document
from labkesmas_batch.documents.context import DocumentContext
from labkesmas_batch.documents.kinds import archive_index
from labkesmas_batch.documents.kinds.archive_index import Entry
from labkesmas_batch.documents.registry import compose, findings_of
from labkesmas_batch.documents.sheets import Printed, printed, write_workbook
from labkesmas_batch.model.documents import TITLES, ApprovedSchedule, DocumentKind, Numbered


def file_name(kind: DocumentKind) -> str:
    """Return the file of a kind, numbered so that a folder lists them in the SOP's order."""
    return f"{list(DocumentKind).index(kind) + 1:02d}-{kind.value}.xlsx"


def write_documents(
    folder: Path,
    final: ApprovedSchedule,
    numbers: Sequence[Numbered],
    *,
    only: str | None = None,
) -> tuple[Path, ...]:
    """Write the documents and return the files written, in the SOP's order.

    Parameters
    ----------
    folder
        Made where it does not exist; files of the same name are replaced.
    final
        What was decided.
    numbers
        Of :func:`identities` of the same ``final``; one without its number is not made.
    only
        A :class:`DocumentKind` by its value; the index is left alone then, unless it is that kind.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = {(each.kind, each.key): each.text for each in numbers}
    composed = {
        kind: tuple(each for each in found if not each.numbered or (kind, each.key) in texts)
        for kind, found in compose(final).items()
    }
    made: dict[DocumentKind, Printed] = {}
    for kind, documents in composed.items():
        if only in (None, kind):
            made[kind] = _write(folder, final, kind, documents, texts)
    if only in (None, DocumentKind.INDEX):
        known = {
            kind: made.get(kind) or printed(TITLES[kind][0], documents, _own(documents, texts))
            for kind, documents in composed.items()
        }
        index = _index(folder, final, composed, texts, known)
        made[DocumentKind.INDEX] = _write(folder, final, DocumentKind.INDEX, index, texts)
    return tuple(folder / file_name(kind) for kind in made)


Texts = Mapping[tuple[DocumentKind, str], str]


def _write(
    folder: Path,
    final: ApprovedSchedule,
    kind: DocumentKind,
    documents: Sequence[Document],
    texts: Texts,
) -> Printed:
    created = datetime.combine(final.approved_on, time())
    path = folder / file_name(kind)
    issuer = final.reference.office.issuer
    return write_workbook(path, TITLES[kind][0], documents, _own(documents, texts), created, issuer)


def _own(documents: Sequence[Document], texts: Texts) -> dict[str, str]:
    return {each.key: texts[each.kind, each.key] for each in documents if each.numbered}


def _index(
    folder: Path,
    final: ApprovedSchedule,
    composed: Mapping[DocumentKind, Sequence[Document]],
    texts: Texts,
    made: Mapping[DocumentKind, Printed],
) -> tuple[Document, ...]:
    """Compose the index from the files as they lie there."""
    # The index names itself, too; how long it is, it knows when all else stands in it.
    own_number = texts.get((DocumentKind.INDEX, final.run_date.isoformat()), "")
    itself = Entry(
        file_name(DocumentKind.INDEX), DocumentKind.INDEX, (own_number,), 0, "berkas ini sendiri"
    )
    entries = [Entry(name, None, (), None, sha256) for name, sha256 in final.files]
    papers: list[tuple[str, Document, str, str]] = []
    for kind, documents in composed.items():
        path = folder / file_name(kind)
        if not path.exists():
            continue
        own = _own(documents, texts)
        places = made[kind].places
        papers += [
            (own[each.key], each, path.name, places[each.key])
            for each in documents
            if each.numbered
        ]
        entries.append(Entry(path.name, kind, tuple(own.values()), made[kind].pages, _sha256(path)))
    found = findings_of(document for documents in composed.values() for document in documents)
    context = DocumentContext(final)
    draft = tuple(archive_index.compose(context, (*entries, itself), papers, found))
    title = TITLES[DocumentKind.INDEX][0]
    whole = replace(itself, pages=printed(title, draft, _own(draft, texts)).pages)
    return tuple(archive_index.compose(context, (*entries, whole), papers, found))


def other_files(folder: Path, new: Path) -> tuple[tuple[str, str], ...]:
    """Return name and SHA-256 of each file of a run, those that are being added among them.

    Marks of other programs, whose names begin with a dot or ``~$``, are none of its files.
    """
    found = {
        path.relative_to(place).as_posix(): path
        for place in (folder, new)
        for path in (place.rglob("*") if place.is_dir() else ())
        if path.is_file()
    }
    return tuple((name, _sha256(found[name])) for name in sorted(found) if _is_kept(name))


def _is_kept(name: str) -> bool:
    """Tell files from marks, and from documents, which the index names by their kind."""
    parts = name.split("/")
    marks = any(part.startswith((".", "~$")) for part in parts)
    return not marks and not (len(parts) > 1 and parts[0].startswith("documents"))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
