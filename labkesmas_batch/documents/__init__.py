"""The SOP's documents: composed as data, numbered, and written as workbooks ready to print."""

from labkesmas_batch.documents.content import Kind
from labkesmas_batch.documents.dossier import Finalized
from labkesmas_batch.documents.numbering import Numbered, Paper, assign
from labkesmas_batch.documents.registry import document_findings, papers
from labkesmas_batch.documents.write import file_name, write_documents

__all__ = [
    "Finalized",
    "Kind",
    "Numbered",
    "Paper",
    "assign",
    "document_findings",
    "file_name",
    "papers",
    "write_documents",
]
