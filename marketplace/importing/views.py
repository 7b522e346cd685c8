"""What pages show of files of goods."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column of a file: its heading, what stands in its first rows, and what it is taken for."""

    place: str = ""
    header: str = ""
    sample: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class FaultView:
    """What is wrong in one cell."""

    row: str = ""
    column: str = ""
    typed: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ImportLine:
    """A file in the list of those that came in."""

    id: int = 0
    href: str = ""
    name: str = ""
    at: str = ""
    state_text: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class ImportView:
    """A file as its page shows it; counts are of products, `percent` of the stage that is going on."""

    id: int = 0
    name: str = ""
    state: str = ""
    stage_text: str = ""
    progress_text: str = ""
    percent: str = "0"
    decimal: str = "vi"
    rows_text: str = ""
    goods: int = 0
    good: int = 0
    new: int = 0
    existing: int = 0
    faulty: int = 0
    faulty_rows: int = 0
    made: int = 0
    changed: int = 0
    same: int = 0
    taken_back: int = 0
    left: int = 0
    can_undo: bool = False
    undo_until: str = ""
    columns: tuple[ColumnView, ...] = ()
    faults: tuple[FaultView, ...] = ()
    more_faults: int = 0
    left_names: tuple[str, ...] = ()
    faults_href: str = ""
