"""A signature put right: the final schedule and its papers once more, beside the first ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from labkesmas_batch.commands.documents import papers_of
from labkesmas_batch.commands.files import DOCUMENTS
from labkesmas_batch.commands.final_schedule import write_final
from labkesmas_batch.documents.numbering import assign, newest
from labkesmas_batch.documents.registry import document_findings, identities
from labkesmas_batch.documents.reissue import still_in_force
from labkesmas_batch.documents.write import other_files, write_documents
from labkesmas_batch.findings import Finding
from labkesmas_batch.model.decisions import Decisions
from labkesmas_batch.model.week import Week
from labkesmas_batch.publishing.publish import publish_into
from labkesmas_batch.register.document_codec import dump_final
from labkesmas_batch.register.session import Session
from labkesmas_batch.text.editions import names_in, next_edition


def publish_signature(
    week: Week, decisions: Decisions, signed: Path, folder: Path, session: Session
) -> tuple[Finding, ...]:
    """Write what bears the signature, then record it; return what documents still lack.

    Parameters
    ----------
    week
        As it was approved, with the new signature.
    signed
        The workbook.
    folder
        The run's. Nothing that lies there is touched.

    Raises
    ------
    InputError
        The register does not have what the documents are made of.
    """
    run, by = folder.name, decisions.signed
    made_of, kept = papers_of(run, session)
    in_force, _ = still_in_force(kept, session.history().by_number)
    issued = replace(in_force, approved_by=by.by, approved_on=by.on)
    given = session.given_numbers()
    numbers = assign(identities(issued), newest(given))
    there = names_in(folder)
    issued_into = (each.folder for each in given if each.run == run)
    documents = next_edition(DOCUMENTS, (*there, *issued_into))

    def build(temporary: Path) -> None:
        nonlocal issued
        write_final(temporary, folder, signed, week, lambda name: next_edition(name, there))
        issued = replace(issued, files=other_files(folder, temporary))
        write_documents(temporary / documents, issued, numbers)

    @contextmanager
    def recording() -> Iterator[None]:
        session.sign_again(run, decisions)
        session.issue(replace(made_of, content=dump_final(issued)), numbers, documents)
        yield
        session.keep()

    publish_into(folder, build, recording)
    return document_findings(issued)
