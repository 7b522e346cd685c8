"""What becomes of an import, what its file may be, and what is said when it may not."""

from __future__ import annotations

from enum import StrEnum

from marketplace.base.errors import DomainError
from marketplace.base.text import Text

LARGEST_FILE = 12 * 1024 * 1024
LARGEST_UNPACKED = 50 * 1024 * 1024
MOST_MEMBERS = 200
MOST_RATIO = 100
LARGEST_PHOTOS = 48 * 1024 * 1024
LARGEST_PHOTOS_UNPACKED = 200 * 1024 * 1024
MOST_PHOTOS = 500
MOST_ROWS = 10_000
MOST_COLUMNS = 60
LONGEST_CELL = 5_000
KEPT_DAYS = 30
"""So long an import can be looked at and taken back."""


class ImportState(StrEnum):
    """How far an import is."""

    MATCHING = "matching"
    """Its columns wait for the seller's yes."""
    CHECKING = "checking"
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"


IMPORT_MOVES: dict[ImportState, frozenset[ImportState]] = {
    ImportState.MATCHING: frozenset({ImportState.CHECKING}),
    ImportState.CHECKING: frozenset({ImportState.CHECKED}),
    ImportState.CHECKED: frozenset({ImportState.APPLYING, ImportState.MATCHING}),
    ImportState.APPLYING: frozenset({ImportState.APPLIED}),
    ImportState.APPLIED: frozenset({ImportState.UNDOING}),
    ImportState.UNDOING: frozenset({ImportState.UNDONE}),
    ImportState.UNDONE: frozenset(),
}
MOVING = (ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING)
"""What the background works on."""


class GoodsState(StrEnum):
    """What became of one product of an import."""

    WAITING = "waiting"
    GOOD = "good"
    FAULTY = "faulty"
    MADE = "made"
    CHANGED = "changed"
    SAME = "same"
    """The file says what is already so."""
    TAKEN_BACK = "taken_back"
    LEFT = "left"
    """Not taken back, since it was sold or changed meanwhile."""


class FileUnreadable(DomainError):
    """Not a file of goods."""

    code = "file_unreadable"
    message = Text(
        "Không đọc được tệp này. Hãy lưu lại dạng Excel (.xlsx) không đặt mật khẩu, hoặc CSV, rồi gửi lại.",
        "This file cannot be read. Save it as Excel (.xlsx) without a password, or as CSV, and send it again.",
    )


class FileHasMacros(DomainError):
    """A spreadsheet that carries programs."""

    code = "file_has_macros"
    message = Text(
        "Tệp có macro hoặc tệp nhúng nên không nhận. Hãy lưu lại dạng .xlsx thường rồi gửi lại.",
        "The file carries macros or embedded files and is not taken. Save it as a plain .xlsx and send it again.",
    )


class FileTooLarge(DomainError):
    """More bytes than a file of goods has."""

    code = "file_too_large"
    status = 413
    message = Text(
        "Tệp lớn quá: nhiều nhất 12 MB. Hãy chia thành nhiều tệp nhỏ hơn.",
        "The file is too large: at most 12 MB. Split it into smaller ones.",
    )


class FileEmpty(DomainError):
    """No row of goods in it."""

    code = "file_empty"
    message = Text(
        "Tệp không có dòng hàng nào. Dòng đầu là tên cột, hàng bắt đầu từ dòng thứ hai.",
        "There are no goods in the file. Its first row names the columns; goods begin in the second.",
    )


class TooManyRows(DomainError):
    """More rows than go in at once."""

    code = "too_many_rows"
    message = Text("Mỗi tệp nhiều nhất {limit} dòng. Hãy chia nhỏ.", "At most {limit} rows a file. Split it.")


class PhotosUnreadable(DomainError):
    """Not an archive of photos."""

    code = "photos_unreadable"
    message = Text(
        "Không mở được tệp ảnh. Hãy nén các ảnh thành một tệp .zip không đặt mật khẩu.",
        "The photos cannot be opened. Put them into one .zip without a password.",
    )


class PhotosTooLarge(DomainError):
    """More photos than go in at once."""

    code = "photos_too_large"
    status = 413
    message = Text(
        "Tệp ảnh lớn quá: nhiều nhất 48 MB và 500 ảnh. Hãy chia làm nhiều lần.",
        "Too many photos: at most 48 MB and 500 of them. Send them in parts.",
    )


class ColumnsMissing(DomainError):
    """A column that goods cannot be without was not found."""

    code = "columns_missing"
    message = Text("Còn thiếu cột: {names}. Hãy chọn cột tương ứng.", "Still missing: {names}. Choose the columns.")


class ColumnTwice(DomainError):
    """Two columns of a file for the same thing."""

    code = "column_twice"
    message = Text("Hai cột cùng là “{name}”. Hãy bỏ một cột.", "Two columns are “{name}”. Leave one of them out.")


class ImportBusy(DomainError):
    """Another file of the shop is being worked on."""

    code = "import_busy"
    status = 409
    message = Text(
        "Một tệp khác của gian hàng đang chạy. Hãy đợi tệp đó xong.",
        "Another file of your shop is being worked on. Wait until it is done.",
    )
