"""Rules of sellers: kinds, states and allowed moves, tax codes, addresses of stores."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from marketplace.accounts.rules import MemberRole as MemberRole
from marketplace.accounts.rules import Task as Task
from marketplace.base.errors import DomainError, FieldRequired
from marketplace.base.text import Text, slugify
from marketplace.sellers.rules.applying import FIELD_LABELS as FIELD_LABELS
from marketplace.sellers.rules.applying import PAPER_LABELS as PAPER_LABELS
from marketplace.sellers.rules.applying import PAPERS_ASKED as PAPERS_ASKED
from marketplace.sellers.rules.applying import PAPERS_NEEDED as PAPERS_NEEDED
from marketplace.sellers.rules.applying import STEP_FIELDS as STEP_FIELDS
from marketplace.sellers.rules.applying import TYPED as TYPED
from marketplace.sellers.rules.applying import TYPED_LIMIT as TYPED_LIMIT
from marketplace.sellers.rules.applying import ApplicationClosed as ApplicationClosed
from marketplace.sellers.rules.applying import ApplicationPaper as ApplicationPaper
from marketplace.sellers.rules.applying import ApplicationStep as ApplicationStep
from marketplace.sellers.rules.applying import PaperMissing as PaperMissing
from marketplace.sellers.rules.applying import missing_papers as missing_papers
from marketplace.sellers.rules.applying import overwritten as overwritten
from marketplace.sellers.rules.applying import points_of as points_of
from marketplace.sellers.rules.applying import step_of as step_of
from marketplace.sellers.rules.banks import Bank as Bank
from marketplace.sellers.rules.banks import BankAccountWrong as BankAccountWrong
from marketplace.sellers.rules.banks import BankHolderWrong as BankHolderWrong
from marketplace.sellers.rules.banks import BankUnknown as BankUnknown
from marketplace.sellers.rules.banks import bank_named as bank_named
from marketplace.sellers.rules.banks import banks as banks
from marketplace.sellers.rules.banks import find_banks as find_banks
from marketplace.sellers.rules.banks import holder_of as holder_of
from marketplace.sellers.rules.banks import mask_account as mask_account
from marketplace.sellers.rules.banks import parse_bank as parse_bank
from marketplace.sellers.rules.banks import parse_bank_account as parse_bank_account
from marketplace.sellers.rules.banks import parse_bank_holder as parse_bank_holder
from marketplace.sellers.rules.earnings import Earning as Earning
from marketplace.sellers.rules.earnings import commission as commission
from marketplace.sellers.rules.earnings import earning as earning
from marketplace.sellers.rules.kinds import KIND_LABELS as KIND_LABELS
from marketplace.sellers.rules.kinds import REGISTERED as REGISTERED
from marketplace.sellers.rules.kinds import SellerKind as SellerKind
from marketplace.sellers.rules.shop import SCHEMA_DAYS as SCHEMA_DAYS
from marketplace.sellers.rules.shop import STORY_LIMIT as STORY_LIMIT
from marketplace.sellers.rules.shop import THEME_LABELS as THEME_LABELS
from marketplace.sellers.rules.shop import WEEKDAYS as WEEKDAYS
from marketplace.sellers.rules.shop import Opening as Opening
from marketplace.sellers.rules.shop import ShopPicture as ShopPicture
from marketplace.sellers.rules.shop import ShopTheme as ShopTheme
from marketplace.sellers.rules.shop import check_hours as check_hours
from marketplace.sellers.rules.shop import check_near as check_near
from marketplace.sellers.rules.shop import days_of as days_of
from marketplace.sellers.rules.shop import delivery_days_text as delivery_days_text
from marketplace.sellers.rules.shop import mask_of as mask_of
from marketplace.sellers.rules.shop import opening_lines as opening_lines
from marketplace.sellers.rules.shop import read_position as read_position
from marketplace.sellers.rules.shop import read_time as read_time
from marketplace.sellers.rules.shop import show_minutes as show_minutes


class SellerStatus(StrEnum):
    """Where a seller stands with the province's staff."""

    APPLIED = "applied"
    NEEDS_MORE = "needs_more"
    APPROVED = "approved"
    REFUSED = "refused"
    SUSPENDED = "suspended"


STATUS_LABELS: Mapping[SellerStatus, Text] = MappingProxyType(
    {
        SellerStatus.APPLIED: Text("Chờ duyệt", "Waiting for approval"),
        SellerStatus.NEEDS_MORE: Text("Cần bổ sung", "More is needed"),
        SellerStatus.APPROVED: Text("Đang bán", "Selling"),
        SellerStatus.REFUSED: Text("Chưa được duyệt", "Refused"),
        SellerStatus.SUSPENDED: Text("Tạm ngưng bán", "Suspended"),
    }
)

SELLER_MOVES: Mapping[SellerStatus, frozenset[SellerStatus]] = MappingProxyType(
    {
        SellerStatus.APPLIED: frozenset({SellerStatus.NEEDS_MORE, SellerStatus.APPROVED, SellerStatus.REFUSED}),
        SellerStatus.NEEDS_MORE: frozenset({SellerStatus.APPLIED, SellerStatus.REFUSED}),
        SellerStatus.REFUSED: frozenset({SellerStatus.APPLIED}),
        SellerStatus.APPROVED: frozenset({SellerStatus.SUSPENDED}),
        SellerStatus.SUSPENDED: frozenset({SellerStatus.APPROVED}),
    }
)

MEMBER_LABELS: Mapping[MemberRole, Text] = MappingProxyType(
    {
        MemberRole.OWNER: Text("Chủ gian hàng", "Owner"),
        MemberRole.STAFF: Text("Người phụ bán", "Staff"),
    }
)

MENDABLE = frozenset({SellerStatus.NEEDS_MORE, SellerStatus.REFUSED})
"""States in which the applicant changes an application and sends it again."""

INVITATION_LASTS = timedelta(days=7)

TASK_LABELS: Mapping[Task, Text] = MappingProxyType(
    {
        Task.GOODS: Text(
            "Hàng: đăng, sửa giá, kho, lô, trả lời đánh giá", "Goods: add, price, stock, lots, answer reviews"
        ),
        Task.ORDERS: Text("Đơn: nhận, đóng gói, giao", "Orders: accept, pack, deliver"),
        Task.MONEY: Text("Tiền: xem doanh thu và phí", "Money: see earnings and fees"),
        Task.CONTRACTS: Text("Hợp đồng: đọc và tải về", "Contracts: read and download"),
    }
)


class NoTask(DomainError):
    """A helper who may do nothing helps nobody."""

    code = "no_task"
    message = Text("Hãy chọn ít nhất một việc.", "Choose at least one task.")


def write_tasks(tasks: Collection[Task]) -> str:
    """Tasks as they are kept; raises NoTask for none."""
    if not tasks:
        raise NoTask(field="tasks")
    return ",".join(sorted(set(tasks)))


def read_tasks(kept: str) -> tuple[Task, ...]:
    """Tasks from how they are kept, in the order of the table."""
    found = set(filter(None, kept.split(",")))
    return tuple(task for task in Task if task.value in found)


class ShopAlreadyOwned(DomainError):
    """The account owns a shop, or has applied for one; an account owns at most one."""

    code = "shop_already_owned"
    status = 409
    message = Text(
        "Bạn đã có gian hàng hoặc đơn mở gian hàng rồi. Hãy mở trang Gian hàng của tôi.",
        "You already have a shop or have applied for one. See My shop.",
    )


class InvitationSpent(DomainError):
    """The invitation was used, has ended or never was."""

    code = "invitation_spent"
    status = 410
    message = Text(
        "Lời mời đã dùng hoặc đã hết hạn. Hãy xin chủ gian hàng một lời mời mới.",
        "This invitation was used or has ended. Ask the shop's owner for a new one.",
    )


class TaxCodeWrong(DomainError):
    """Not a tax code, or its check digit does not fit."""

    code = "tax_code_wrong"
    message = Text(
        "Mã số thuế chưa đúng. Hãy xem lại: 10 số, hoặc 10 số kèm -001 cho chi nhánh.",
        "This tax code is not right. Check it: 10 digits, or 10 digits with -001 for a branch.",
    )


class PersonalNumberNotForCompanies(DomainError):
    """A personal identification number was given where only a business's tax code counts."""

    code = "personal_number_not_for_companies"
    message = Text(
        "Số định danh cá nhân chỉ dùng cho nhà vườn và hộ kinh doanh. Hãy ghi mã số thuế của đơn vị.",
        "A personal number is only for farms and household businesses. Give the organisation's tax code.",
    )


_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_HIGHEST_BIRTHPLACE = 96


def parse_tax_code(typed: str, kind: SellerKind, *, field: str = "tax_code") -> str | None:
    """The tax code as stored (`0100233488`, `0100233488-001`, or a 12-digit personal number); None when empty.

    Circular 86/2024/TT-BTC: ten digits with a check digit, a branch adds three; since July 2025 the personal number is
    the tax code of households and individuals. Raises FieldRequired for kinds that are registered, TaxCodeWrong, or
    PersonalNumberNotForCompanies.
    """
    spaceless = re.sub(r"[\s.]", "", typed)
    compact = spaceless.replace("-", "")
    if not compact:
        if kind in REGISTERED:
            raise FieldRequired(field=field)
        return None
    if re.fullmatch(r"[0-9]+", compact) is None:
        raise TaxCodeWrong(field=field)
    # A hyphen separates a branch, so `0314409058-02` is a branch misspelt and nobody's personal number.
    if is_personal_number(spaceless):
        if kind in REGISTERED:
            raise PersonalNumberNotForCompanies(field=field)
        return compact
    number, branch = compact[:10], compact[10:]
    if len(number) != 10 or not _check_digit_fits(number) or (branch and (len(branch) != 3 or branch == "000")):
        raise TaxCodeWrong(field=field)
    return f"{number}-{branch}" if branch else number


def is_personal_number(code: str) -> bool:
    """Whether a code is a person's 12-digit number: province of birth 001 to 096, century and sex, year, six more."""
    return re.fullmatch(r"[0-9]{12}", code) is not None and 1 <= int(code[:3]) <= _HIGHEST_BIRTHPLACE


def public_tax_code(code: str | None) -> str | None:
    """What a shop's page discloses: a business's code in full, of a personal number only its last three digits."""
    if code is not None and is_personal_number(code):
        return "•" * 9 + code[-3:]
    return code


def _check_digit_fits(number: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, number[:9], strict=True))
    return 10 - total % 11 == int(number[9])


SLUG_LIMIT = 60
NAMELESS = "gian-hang"


def store_slug(name: str, taken: Collection[str]) -> str:
    """A free address for a store of this name: `vuon-ba-tam`, then `vuon-ba-tam-2` and so on."""
    base = slug_base(name)
    if base not in taken:
        return base
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{base}-{number}") not in taken)


def slug_base(name: str) -> str:
    """The address before a number makes it free."""
    return slugify(name, SLUG_LIMIT) or NAMELESS
