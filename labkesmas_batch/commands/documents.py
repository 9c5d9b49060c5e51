"""``documents``: what the register keeps of an approved run in, its documents out again.

Dates and teams stay as they were locked. With another reference the documents that say something
else become revisions; the others keep their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from labkesmas_batch.commands.files import DOCUMENTS, OUTPUT, tidy_up
from labkesmas_batch.commands.inputs import KeptBook, gather_kept, reference_again
from labkesmas_batch.commands.new_contacts import Followed, follow
from labkesmas_batch.documents.registry import document_findings, identities
from labkesmas_batch.documents.reissue import lacking, number_again, still_in_force
from labkesmas_batch.documents.write import file_name, write_documents
from labkesmas_batch.errors import InputError, RefusedError
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.model.documents import ApprovedSchedule, DocumentKind
from labkesmas_batch.model.history import REGISTER_FILE
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.week import Source
from labkesmas_batch.publishing.publish import publish_edition
from labkesmas_batch.reference.read import check_reference
from labkesmas_batch.register.document_codec import dump_final, load_final
from labkesmas_batch.register.documents import DocumentSources
from labkesmas_batch.register.register import Register, Say, silent
from labkesmas_batch.register.rows import run_order
from labkesmas_batch.register.session import Session
from labkesmas_batch.text.indonesian import listing
from labkesmas_batch.text.names import tidy

_RUN = re.compile(r"\d{4}-\d{2}-\d{2}-r\d+")


@dataclass(frozen=True, slots=True)
class Reissued:
    """What ``documents`` made.

    Parameters
    ----------
    folder, files, written
        Where the documents are, all that were asked for, and those that were not there before.
    reference
        Name of the acuan.
    revised, new
        Numbers of documents that say something else than before, and of documents that are new.
    left_out
        Numbers of requests and documents that were decided otherwise since.
    corrected
        Numbers of requests whose contact data follow the form.
    elsewhere
        Numbers of requests whose papers a later run revised, with that run.
    also
        Kinds that would change as well and were not asked for.
    findings
        What documents still lack.
    """

    run: str
    folder: Path
    files: tuple[Path, ...]
    written: tuple[str, ...]
    reference: str
    revised: tuple[str, ...]
    new: tuple[str, ...]
    left_out: tuple[str, ...]
    corrected: tuple[str, ...]
    elsewhere: tuple[tuple[str, str], ...]
    also: tuple[str, ...]
    findings: tuple[Finding, ...]


def reissue(
    named: str,
    only: str | None,
    reference: Path | None,
    output: Path | None,
    register: Path | None,
    say: Say = silent,
    intake: Path | None = None,
) -> Reissued:
    """Make the documents of an approved run again.

    Parameters
    ----------
    named
        The run's id, its folder, or a file in that.
    only
        A :class:`DocumentKind` by its value, None for all.
    reference
        An acuan whose tariffs, officials and texts are to be used from now on; None for the one
        that the run's documents were last made with.
    intake
        A form, or a folder of them, whose contact data are to be used from now on, in the register
        as well.

    Raises
    ------
    InputError
        No such run, not approved, or the reference does not fit what was locked.
    RefusedError
        The reference has errors.
    """
    run, output = _locate(named, output)
    memory = Register(register or output / REGISTER_FILE)
    memory.must_exist("Sebut folder hasil dengan --output, atau registernya dengan --register.")
    book = gather_kept(reference) if reference else None
    with memory.holding("documents", say) as session:
        tidy_up(output, memory, session)
        _check_approved(run, memory.path, session)
        final, made_of_sources, gone = _final(run, book, session)
        followed = Followed(final)
        if intake is not None:
            followed, made_of_sources, more = _followed(final, made_of_sources, intake, session)
            gone = (*gone, *more)
        return _issue(followed, made_of_sources, gone, only, output / run, session)


def _issue(
    followed: Followed,
    made_of: DocumentSources,
    gone: Sequence[str],
    only: str | None,
    place: Path,
    session: Session,
) -> Reissued:
    """Give documents their numbers, write them where nothing gives way, and record what is new."""
    final, given = followed.final, session.given_numbers()
    numbers, overtaken = number_again(
        identities(final), given, final.run, lambda run: run_order(run) > run_order(final.run)
    )
    known = {each.number for each in given}
    # The index names the documents of all kinds, so it is never newer than they are.
    chosen = [each for each in numbers if only in (None, DocumentKind.INDEX, each.kind)]
    fresh = [each for each in chosen if each not in known]
    taken = {each.folder for each in given if each.run == final.run} if fresh else set()

    def build(folder: Path) -> None:
        written = write_documents(
            folder, final, numbers, only=None if only == DocumentKind.INDEX else only
        )
        for path in written:
            if only == DocumentKind.INDEX and path.name != file_name(DocumentKind.INDEX):
                path.unlink()

    @contextmanager
    def recording(folder: str) -> Iterator[None]:
        if fresh or followed.requests:
            session.issue(made_of, chosen, folder)
            session.put_contacts(followed.requests)
        yield
        session.keep()

    folder, written = publish_edition(place, DOCUMENTS, build, taken, recording)
    wanted = None if only in (None, DocumentKind.INDEX) else DocumentKind(only)
    return Reissued(
        final.run,
        folder,
        tuple(folder / file_name(kind) for kind in DocumentKind if only in (None, kind)),
        written,
        final.reference_file,
        tuple(each.text for each in fresh if each.revision),
        tuple(each.text for each in fresh if not each.revision),
        (*gone, *overtaken),
        tuple(each.number for each in followed.requests),
        followed.elsewhere,
        tuple(dict.fromkeys(e.kind.value for e in numbers if e not in known and e not in chosen)),
        document_findings(final, wanted),
    )


def _locate(named: str, output: Path | None) -> tuple[str, Path]:
    """Return the run's id and the folder of all runs."""
    path = Path(named).absolute()
    if path.exists():
        for each in (path, *path.parents):
            if _RUN.fullmatch(each.name):
                return each.name, output or each.parent
    if _RUN.fullmatch(tidy(named)):
        return tidy(named), output or OUTPUT
    raise InputError(
        f"“{named}” bukan nomor jadwal dan bukan folder jadwal. Sebut seperti 2026-11-23-r1, atau "
        "foldernya seperti output/2026-11-23-r1."
    )


def _check_approved(run: str, register: Path, session: Session) -> None:
    """Refuse a run that the register does not know, and a draft."""
    runs = session.runs()
    if run not in runs:
        approved = [each for each in runs if session.approved_decisions(each)]
        there = f"; yang sudah disahkan: {listing(approved[-5:])}" if approved else ""
        raise InputError(
            f"Jadwal {run} tidak tercatat di register {register}{there}. Periksa nomornya, atau "
            "sebut register yang benar dengan --register."
        )
    if not session.approved_decisions(run):
        raise InputError(
            f"Jadwal {run} masih rancangan, belum disahkan; dokumennya belum ada. Isi keputusan "
            "pada jadwal.xlsx, tanda tangani, lalu jalankan finalize."
        )


def _final(
    run: str, book: KeptBook | None, session: Session
) -> tuple[ApprovedSchedule, DocumentSources, tuple[str, ...]]:
    """Return what was decided with the reference to use, and the numbers of what is over."""
    before, final = papers_of(run, session)
    if book is None or book.content == before.reference:
        return final, before, ()
    name = book.source.name
    known = session.history().by_number
    final, gone = still_in_force(final, known)
    final = replace(final, reference=_checked(name, book.tables), reference_file=name)
    if missing := lacking(final):
        told = "; ".join(f"{what} (dipakai {listing(used)})" for what, used in missing.items())
        raise InputError(
            f"{name}: tidak memuat {told}. Tanggal dan tim sudah terkunci: tambahkan kembali "
            "barisnya pada acuan itu, lalu jalankan lagi."
        )
    return final, DocumentSources(run, dump_final(final), book.content), gone


def papers_of(run: str, session: Session) -> tuple[DocumentSources, ApprovedSchedule]:
    """Return what the documents of an approved run are made of, as it is kept and as it is read.

    Raises
    ------
    InputError
        The register does not have it.
    """
    made_of = session.papers(run)
    if made_of is None:
        raise InputError(
            f"Jadwal {run} disahkan dengan program yang lama, yang tidak menyimpan bahan dokumen "
            "di register. Pakai dokumen di folder documents jadwal itu."
        )
    return made_of, _kept(made_of)


def _kept(made_of: DocumentSources) -> ApprovedSchedule:
    kept = Source(Path(schema.REFERENCE.file), schema.REFERENCE.file, "", "")
    reference = _checked(kept.name, reference_again(kept, made_of.reference))
    return load_final(made_of.run, made_of.content, reference)


def _followed(
    final: ApprovedSchedule, before: DocumentSources, intake: Path, session: Session
) -> tuple[Followed, DocumentSources, tuple[str, ...]]:
    """Return what was decided with the contact data of a form, and the numbers of what is over."""
    known = session.history().by_number
    in_force, gone = still_in_force(final, known)
    followed = follow(intake, in_force, known, session.given_numbers())
    if not followed.requests:
        return replace(followed, final=final), before, ()
    return followed, replace(before, content=dump_final(followed.final)), gone


def _checked(name: str, tables: dict[str, RawTable | None]) -> Reference:
    checked = check_reference(tables, name)
    if checked.reference is None:
        raise RefusedError(
            f"{name}: acuan berisi galat; perbaiki dahulu menurut temuan di atas. Dokumen tidak "
            "diubah.",
            checked.findings,
        )
    return checked.reference
