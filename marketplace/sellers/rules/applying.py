"""Rules of an application: its steps, what each asks, which papers a kind of business shows, and its draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from marketplace.base.errors import DomainError
from marketplace.base.text import Text
from marketplace.sellers.rules.kinds import SellerKind


class ApplicationStep(StrEnum):
    """The steps of an application, in order."""

    WHO = "who"
    WHERE = "where"
    PAPERS = "papers"
    BANK = "bank"
    SEND = "send"


class ApplicationPaper(StrEnum):
    """A document an applicant photographs."""

    IDENTITY_FRONT = "identity_front"
    IDENTITY_BACK = "identity_back"
    REGISTRATION = "registration"
    COOPERATIVE = "cooperative"


PAPER_LABELS: Mapping[ApplicationPaper, Text] = MappingProxyType(
    {
        ApplicationPaper.IDENTITY_FRONT: Text("Căn cước, mặt trước", "Identity card, front"),
        ApplicationPaper.IDENTITY_BACK: Text("Căn cước, mặt sau", "Identity card, back"),
        ApplicationPaper.REGISTRATION: Text("Giấy đăng ký kinh doanh", "Business registration"),
        ApplicationPaper.COOPERATIVE: Text("Giấy đăng ký hợp tác xã", "Co-operative's registration"),
    }
)

_IDENTITY = (ApplicationPaper.IDENTITY_FRONT, ApplicationPaper.IDENTITY_BACK)
PAPERS_ASKED: Mapping[SellerKind, tuple[ApplicationPaper, ...]] = MappingProxyType(
    {
        SellerKind.FARM: _IDENTITY,
        SellerKind.HOUSEHOLD: (*_IDENTITY, ApplicationPaper.REGISTRATION),
        SellerKind.COOPERATIVE: (*_IDENTITY, ApplicationPaper.COOPERATIVE),
        SellerKind.ENTERPRISE: (*_IDENTITY, ApplicationPaper.REGISTRATION),
    }
)
"""Which papers a kind is asked for; the identity papers are those of the person who answers for it."""

PAPERS_NEEDED: Mapping[SellerKind, frozenset[ApplicationPaper]] = MappingProxyType(
    {
        SellerKind.FARM: frozenset(),
        SellerKind.HOUSEHOLD: frozenset(),
        SellerKind.COOPERATIVE: frozenset({ApplicationPaper.COOPERATIVE}),
        SellerKind.ENTERPRISE: frozenset({ApplicationPaper.REGISTRATION}),
    }
)
"""Without which nothing is sent: what exists by registration shows it. The others may follow when staff ask."""

STEP_FIELDS: Mapping[ApplicationStep, tuple[str, ...]] = MappingProxyType(
    {
        ApplicationStep.WHO: ("kind", "shop_name", "legal_name", "tax_code"),
        ApplicationStep.WHERE: ("commune", "street", "phone"),
        ApplicationStep.PAPERS: tuple(ApplicationPaper),
        ApplicationStep.BANK: ("bank", "bank_account", "bank_holder"),
        ApplicationStep.SEND: (),
    }
)
"""Which entries each step asks."""

TYPED = frozenset(name for step, names in STEP_FIELDS.items() if step is not ApplicationStep.PAPERS for name in names)
"""Every entry a draft keeps, as typed."""
TYPED_LIMIT = 1000

FIELD_LABELS: Mapping[str, Text] = MappingProxyType(
    {
        "kind": Text("Bạn bán với tư cách", "You sell as"),
        "shop_name": Text("Tên gian hàng", "Name of the shop"),
        "legal_name": Text("Tên đăng ký kinh doanh", "Registered name"),
        "tax_code": Text("Mã số thuế", "Tax code"),
        "commune": Text("Xã, phường", "Commune or ward"),
        "street": Text("Số nhà, đường, ấp", "House number, street, hamlet"),
        "phone": Text("Số điện thoại để khách gọi", "Phone for buyers to call"),
        "bank": Text("Ngân hàng", "Bank"),
        "bank_account": Text("Số tài khoản", "Account number"),
        "bank_holder": Text("Tên chủ tài khoản", "Account holder"),
        **{paper.value: label for paper, label in PAPER_LABELS.items()},
    }
)


class PaperMissing(DomainError):
    """A paper without which nothing is sent is not there yet."""

    code = "paper_missing"
    message = Text(
        "Hãy chụp giấy tờ này: hợp tác xã và doanh nghiệp phải có mới gửi được.",
        "Take a picture of this one: co-operatives and enterprises cannot send without it.",
    )


class ApplicationClosed(DomainError):
    """The application is with the staff, or was decided: nothing in it changes now."""

    code = "application_closed"
    status = 409
    message = Text(
        "Hồ sơ đã gửi nên không đổi được lúc này. Cán bộ cần gì thêm sẽ báo ngay tại đây.",
        "The application was sent and cannot change now. Staff will say here if they need more.",
    )


def step_of(field: str) -> ApplicationStep:
    """The step that asks an entry; the last one for what no step asks."""
    return next((step for step, names in STEP_FIELDS.items() if field in names), ApplicationStep.SEND)


def points_of(kind: SellerKind) -> tuple[str, ...]:
    """What staff may ask an applicant of a kind to mend: every entry, and the papers the kind is asked for."""
    entries = (name for step in ApplicationStep for name in STEP_FIELDS[step] if name in TYPED)
    return (*entries, *(paper.value for paper in PAPERS_ASKED[kind]))


def missing_papers(kind: SellerKind, there: Collection[ApplicationPaper]) -> tuple[ApplicationPaper, ...]:
    """Papers still needed before sending, in the order asked."""
    return tuple(paper for paper in PAPERS_ASKED[kind] if paper in PAPERS_NEEDED[kind] and paper not in there)


def overwritten(
    kept: Mapping[str, str], written: Mapping[str, int], saved: Mapping[str, str], seen: int
) -> tuple[str, ...]:
    """Entries of another device that a save replaces: written after `seen`, the version this device knew, and different."""
    return tuple(name for name, value in saved.items() if written.get(name, 0) > seen and kept.get(name, "") != value)
