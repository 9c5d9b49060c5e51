"""The line of ``explain``: a run's record in, an answer out. It reads no workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from labkesmas_batch.errors import InputError
from labkesmas_batch.explanation.explain import Explainer, Explanation
from labkesmas_batch.explanation.record import FORMAT
from labkesmas_batch.explanation.record_reader import Recorded, recorded
from labkesmas_batch.explanation.standing import in_order, since, source
from labkesmas_batch.model.history import REGISTER_FILE, Known
from labkesmas_batch.publishing.run_folder import RECORD, Read, read_record
from labkesmas_batch.register.register import Register
from labkesmas_batch.text.indonesian import listing


def explain(
    output: Path, register: Path | None, run: str | None, numbers: Sequence[str]
) -> Explanation:
    """Say why one request is before another, or why one has its place and day.

    Parameters
    ----------
    output, register
        Folder of all runs; the register, where it does not lie there.
    run
        Run id. None for the approved one that settled the request, else the newest one.
    numbers
        One or two.

    Raises
    ------
    InputError
        No such run or request, or the run's record cannot be read.
    """
    memory = Register(register or output / REGISTER_FILE)
    known = [found for number in numbers if (found := memory.standing(number))]
    read, record = _record(output, run, known, numbers)
    explainer = Explainer(record)
    said = explainer.one(numbers[0]) if len(numbers) == 1 else explainer.two(*numbers)
    told = (since(each, record) for each in known)
    lines = [*said.lines, source(record), *filter(None, told)]
    data = {**said.data, "sumber": _source(record), "keadaan": [_standing(each) for each in known]}
    if read.passed_over:
        note = (
            f"Catatan: jadwal {listing(read.passed_over)} lebih baru, tetapi tanpa {RECORD}; yang "
            f"dijelaskan di sini {record.run}."
        )
        return Explanation((note, *lines), {**data, "catatan": note})
    return Explanation(tuple(lines), data)


def _record(
    output: Path, run: str | None, known: Sequence[Known], numbers: Sequence[str]
) -> tuple[Read, Recorded]:
    """Read the run that is asked for.

    None named: the approved one that settled these requests, if they stand in order there; of any
    other request the newest run says most.
    """
    if run is not None:
        return _read(output, run)
    for settled in dict.fromkeys(each.run for each in known if not each.standing.waits):
        try:
            read, record = _read(output, settled)
        except InputError:  # its folder may be gone; the newest run still says that it is locked
            continue
        if len(numbers) == 1 or all(in_order(record, number) for number in numbers):
            return read, record
    return _read(output, None)


def _read(output: Path, run: str | None) -> tuple[Read, Recorded]:
    read = read_record(output, run)
    return read, recorded(read.content, str(read.path), FORMAT)


def _source(record: Recorded) -> dict[str, object]:
    signed = record.approved
    return {
        "run": record.run,
        "disahkan": signed.on.isoformat() if signed else None,
        "oleh": signed.by if signed else None,
    }


def _standing(known: Known) -> dict[str, object]:
    return {
        "no_permintaan": known.request.number,
        "keadaan": known.standing.value,
        "run": known.run,
        "mulai": known.first.isoformat() if known.first else None,
        "tim": known.team or None,
        "tanggal_nyata": known.actual.isoformat() if known.actual else None,
    }
