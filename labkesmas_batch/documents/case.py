"""What a finalize locked in; one case file a request feeds all of its documents, so they agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from labkesmas_batch import findings
from labkesmas_batch.documents.content import Gap, Rupiah, Value
from labkesmas_batch.findings import Finding
from labkesmas_batch.model.documents import ApprovedSchedule, SetAside
from labkesmas_batch.model.institution import Method
from labkesmas_batch.model.reference import Tariff
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Returned, Unplaced, Visit
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.text.indonesian import DAYS, long_date, short_date
from labkesmas_batch.text.names import fold

REQUEST_SHEET = SheetName.REQUESTS


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One parameter of a request with its price, gaps where it is not known."""

    parameter: Value
    samples: int
    unit: str
    tariff: Rupiah | Gap
    subtotal: Rupiah | Gap
    basis: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One request: what it asks, what became of it, what it costs.

    A visit that does not take place any more is ``told`` where customers had heard of it.
    """

    request: Request
    visit: Visit | None
    returned: Returned | None
    unplaced: Unplaced | None
    method: Method | None
    lines: tuple[PriceLine, ...]
    total: Rupiah | Gap
    aside: SetAside | None = None
    told: Visit | None = None

    @property
    def unit(self) -> str:
        """Return what the samples are counted in."""
        return (self.method.unit if self.method else "") or "contoh uji"

    @property
    def amount(self) -> str:
        """Return ``10 botol Air Minum``."""
        return f"{self.request.samples:,} ".replace(",", ".") + f"{self.unit} {self.sample_type}"

    @property
    def sample_type(self) -> str:
        """Return the Jenis Contoh Uji."""
        return self.request.sample_type

    @property
    def place(self) -> str:
        """Return site and region."""
        return f"{self.request.site}, {self.request.region}"

    @property
    def days(self) -> str:
        """Return the visit's days in full, '' without a visit."""
        return span(self.visit.first, self.visit.last) if self.visit else ""

    def sample_code(self, number: int) -> str:
        """Return the code of the request's n-th sample, from 1."""
        width = max(2, len(str(self.request.samples)))
        return f"{self.request.number}/{number:0{width}d}"


@dataclass(frozen=True, slots=True)
class Trip:
    """A team's journey to one region from one day on, with its visits; none where withdrawn."""

    team: str
    first: date
    last: date
    region: str
    case_files: tuple[CaseFile, ...]

    @property
    def key(self) -> str:
        """Return what names the trip from run to run."""
        return f"{self.team}|{self.first}|{self.region}"


def span(first: date, last: date) -> str:
    """Return ``Selasa, 24 November 2026`` or ``Senin, 30 November s.d. Rabu, 2 Desember 2026``."""
    until = f"{DAYS[last.weekday()]}, {long_date(last)}"
    if first == last:
        return until
    since = f"{DAYS[first.weekday()]}, {long_date(first)}"
    if first.year == last.year:
        since = since.rpartition(" ")[0]
    return f"{since} s.d. {until}"


def request_gap(label: str, kind: findings.FindingKind, request: Request, **words: object) -> Gap:
    """Return a gap for something that the intake leaves open."""
    found = findings.finding(
        kind,
        file=request.file,
        sheet=REQUEST_SHEET,
        row=request.row,
        number=request.number,
        **words,  # type: ignore[arg-type]  # named fields of the kind's texts
    )
    return Gap(label, finding=found)


def open_case_files(final: ApprovedSchedule) -> tuple[CaseFile, ...]:
    """Open a case file for each request: visits in order of date, then returned, then unplaced."""
    visits = sorted(final.visits, key=lambda v: (v.first, v.team, v.ranked.rank, v.request.number))
    return (
        *(_open(final, visit.request, visit=visit) for visit in visits),
        *(_open(final, each.request, returned=each) for each in final.returned),
        *(_open(final, each.request, unplaced=each) for each in final.unplaced),
    )


def open_set_aside(final: ApprovedSchedule) -> tuple[CaseFile, ...]:
    """Open a case file for each request set aside, which its customer's page alone uses."""
    told = {visit.request.number: visit for visit in final.withdrawn}
    return tuple(
        replace(_open(final, each.request), aside=each, told=told.get(each.request.number))
        for each in final.set_aside
    )


def _open(
    final: ApprovedSchedule,
    request: Request,
    visit: Visit | None = None,
    returned: Returned | None = None,
    unplaced: Unplaced | None = None,
) -> CaseFile:
    method = final.reference.office.methods.get(request.sample_type)
    unit = (method.unit if method else "") or "contoh uji"
    lines = tuple(_price_lines(final, request, unit))
    return CaseFile(request, visit, returned, unplaced, method, lines, _total(lines))


def _price_lines(final: ApprovedSchedule, request: Request, unit: str) -> Iterable[PriceLine]:
    if not request.parameters:
        gap = request_gap("parameter", findings.NO_PARAMETER, request, header=Header.PARAMETERS)
        yield PriceLine(gap, request.samples, unit, Gap("tarif"), Gap("jumlah"), "")
    for parameter in request.parameters:
        tariff, basis = _tariff(final, request.sample_type, parameter)
        subtotal = (
            Rupiah(tariff.amount * request.samples) if isinstance(tariff, Rupiah) else Gap("jumlah")
        )
        yield PriceLine(parameter, request.samples, unit, tariff, subtotal, basis)


def _tariff(final: ApprovedSchedule, sample_type: str, parameter: str) -> tuple[Rupiah | Gap, str]:
    """Return the tariff of a parameter and what it rests on; a gap unless there is just one."""

    def gap(kind: findings.FindingKind, hint: str = "") -> tuple[Gap, str]:
        found = findings.finding(
            kind,
            file=final.reference_file,
            sheet=SheetName.TARIFFS,
            header=Header.TARIFF,
            value=parameter,
            words=sample_type,
            hint=hint,
        )
        return Gap("tarif", finding=found), ""

    rows: list[Tariff] = [
        tariff
        for tariff in final.reference.tariffs
        if fold(tariff.sample_type) == fold(sample_type)
        and fold(tariff.parameter) == fold(parameter)
    ]
    amounts = {row.amount for row in rows if row.amount is not None}
    if not amounts:
        return gap(findings.NO_TARIFF)
    if len(amounts) > 1:
        return gap(findings.TARIFF_UNUSABLE, "tertulis lebih dari satu tarif yang berbeda")
    amount = amounts.pop()
    if not float(amount).is_integer():
        return gap(findings.TARIFF_UNUSABLE, "bukan rupiah bulat")
    return Rupiah(int(amount)), rows[0].basis


def _total(lines: Iterable[PriceLine]) -> Rupiah | Gap:
    amounts = [line.subtotal for line in lines]
    if any(isinstance(amount, Gap) for amount in amounts):
        return Gap("jumlah, sesudah tarif lengkap")
    return Rupiah(sum(amount.amount for amount in amounts if isinstance(amount, Rupiah)))


def trips(final: ApprovedSchedule, case_files: Iterable[CaseFile]) -> tuple[Trip, ...]:
    """Return each trip that this finalize touched, with all of its visits, by day and team."""
    touched = {_trip_of(visit): visit for visit in (*final.withdrawn, *final.visits)}
    members: dict[tuple[date, str, str], list[CaseFile]] = {key: [] for key in touched}
    new = {case_file.request.number: case_file for case_file in case_files if case_file.visit}
    standing = [
        _open(final, visit.request, visit=visit)
        for visit in final.standing
        if visit.request.number not in new
    ]
    for case_file in (*new.values(), *standing):
        if case_file.visit and _trip_of(case_file.visit) in members:
            members[_trip_of(case_file.visit)].append(case_file)
    return tuple(
        Trip(
            team=key[1],
            first=key[0],
            region=key[2],
            last=max([d.visit.last for d in members[key] if d.visit] or [touched[key].last]),
            case_files=tuple(members[key]),
        )
        for key in sorted(touched)
    )


def _trip_of(visit: Visit) -> tuple[date, str, str]:
    return visit.first, visit.team, visit.request.region


def earliest(case_file: CaseFile) -> date | None:
    """Return the first day that a request without a visit may ask for."""
    if case_file.returned:
        return case_file.returned.ask_from
    return case_file.unplaced.nearest if case_file.unplaced else None


def deadline(first: date, hours: float | None) -> str:
    """Say until when samples of that day keep: the hour follows from when they are taken."""
    if hours is None:
        return ""
    days, rest = divmod(hours, 24)
    day = short_date(first + timedelta(days=int(days)))
    return f"{day}, jam ambil" + (f" + {rest:g} jam".replace(".", ",") if rest else "")


def unique_findings(gaps: Iterable[Gap]) -> tuple[Finding, ...]:
    """Return the findings behind gaps, each once, in the order of their codes."""
    found = dict.fromkeys(gap.finding for gap in gaps if gap.finding is not None)
    return tuple(sorted(found, key=lambda each: (each.kind.code, each.sheet, each.row)))
