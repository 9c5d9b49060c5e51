"""The SOP's documents: composed as data, numbered, and written as workbooks ready to print."""

from labkesmas_batch.documents.again import (
    KINDS,
    kind_of,
    lacking,
    number_again,
    still_in_force,
)
from labkesmas_batch.documents.archive_index import span
from labkesmas_batch.documents.content import Kind
from labkesmas_batch.documents.dossier import Finalized, SetAside
from labkesmas_batch.documents.numbering import Given, Numbered, Paper, assign, newest
from labkesmas_batch.documents.registry import document_findings, papers
from labkesmas_batch.documents.write import file_name, other_files, write_documents

__all__ = [
    "KINDS",
    "Finalized",
    "Given",
    "Kind",
    "Numbered",
    "Paper",
    "SetAside",
    "assign",
    "document_findings",
    "file_name",
    "kind_of",
    "lacking",
    "newest",
    "number_again",
    "other_files",
    "papers",
    "span",
    "still_in_force",
    "write_documents",
]
