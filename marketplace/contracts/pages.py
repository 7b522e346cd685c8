"""The page where anybody verifies a contract, without learning what is private."""

from __future__ import annotations

import reflex as rx

from marketplace.base import clock, db
from marketplace.base.text import Text
from marketplace.contracts import service
from marketplace.contracts.views import VerificationView
from marketplace.ui.blocks import fold, page_title, panel
from marketplace.ui.forms import PRIMARY
from marketplace.ui.icons import icon
from marketplace.ui.layout import shop_frame
from marketplace.ui.live import Live, answering
from marketplace.ui.markup import FirstView, Node, h, initial, when
from marketplace.ui.page import Page, live_page

TITLE = Text("Xác minh hợp đồng điện tử", "Verify an electronic contract")
HINT = Text(
    "Gõ mã ghi trên hợp đồng, ví dụ HD-7K2M-…, hoặc quét mã QR.",
    "Type the code on the contract, e.g. HD-7K2M-…, or scan its QR.",
)
CODE = Text("Mã hợp đồng", "Contract code")
CHECK = Text("Xác minh", "Verify")
GENUINE = Text("Hợp đồng thật", "Genuine")
GENUINE_HINT = Text(
    "Nội dung và nhật ký bằng chứng còn nguyên vẹn từ khi được ghi.",
    "Its text and its evidence are unchanged since they were recorded.",
)
BROKEN = Text("Hợp đồng đã bị thay đổi", "Altered")
BROKEN_HINT = Text(
    "Nội dung hoặc nhật ký không còn khớp. Hãy báo cho cơ quan quản lý.",
    "Its text or evidence no longer fits. Tell the authority.",
)
UNKNOWN = Text("Không có hợp đồng mang mã này", "No contract has this code")
UNKNOWN_HINT = Text("Hãy xem lại từng chữ, số của mã.", "Check every letter and digit of the code.")
STATE = Text("Tình trạng", "State")
STORE = Text("Bên bán", "Seller")
OFFERED = Text("Đề nghị lúc", "Offered at")
CONCLUDED = Text("Giao kết lúc", "Concluded at")
ENDED = Text("Kết thúc lúc", "Ended at")
VERSION = Text("Mẫu", "Template")
LEVEL = Text("Mức bảo đảm", "Assurance level")
HASH = Text("Dấu vân tay nội dung (SHA-256)", "Fingerprint of the text (SHA-256)")
ENTRIES = Text("Mục bằng chứng", "Entries of evidence")
TECHNICAL = Text("Chi tiết kỹ thuật", "Technical details")
WHAT_IS_IT = Text("Hợp đồng điện tử là gì?", "What is an electronic contract?")
PRIVATE = Text(
    "Trang này không cho biết người mua, hàng hoá hay giá. Các bên xem đầy đủ trong trang đơn hàng.",
    "This page shows neither buyer nor goods nor prices. The parties see everything on the order's page.",
)


class VerificationState(Live, rx.State):
    """What the page knows."""

    page: VerificationView = VerificationView()

    @answering
    async def load(self) -> None:
        """Open the page for the code in its address."""
        await self._enter()
        url = self.router.url
        code = read_code(url.path.removeprefix("/verify").strip("/") or str(url.query_parameters.get("code", "")))
        locale = self._locale()
        self.page = await db.reading(service.verification, code, locale, clock.now()) if code else VerificationView()
        self.path = self._here()


def read_code(typed: str) -> str:
    """A code as people type it: any case, spaces around."""
    return typed.strip().upper()[:40]


def _row(label: Text, value: Node) -> Node:
    return when(
        value,
        h.div(
            h.dt(label, class_name="text-quiet text-sm"),
            h.dd(value, class_name="num break-all"),
            class_name="py-2 sm:grid sm:grid-cols-[16rem_1fr] gap-x-4",
        ),
    )


def _banner(symbol: str, title: Text, hint: Text, tone: str) -> Node:
    return h.div(
        icon(symbol, "size-10"),
        h.div(h.h2(title, class_name="text-xl font-semibold"), h.p(hint)),
        role="status",
        class_name=f"flex gap-4 items-center rounded-box border p-4 {tone}",
    )


def verification_content(page: Node) -> Node:
    """A form for the code, and what it leads to."""
    return shop_frame(
        h.div(
            page_title(TITLE, under=HINT),
            h.form(
                h.label(CODE, html_for="code", class_name="font-semibold text-sm w-full"),
                h.input(
                    id="code",
                    name="code",
                    **initial(page.code),
                    auto_complete="off",
                    auto_capitalize="characters",
                    max_length=40,
                    class_name="input h-11 flex-1 num text-base min-w-0",
                ),
                h.button(CHECK, type="submit", class_name=PRIMARY),
                action="/verify",
                method="get",
                class_name="flex flex-wrap gap-x-3 gap-y-1",
            ),
            when(
                page.known,
                panel(
                    when(
                        page.genuine,
                        _banner("shield", GENUINE, GENUINE_HINT, "border-success/40 bg-success/10 text-success"),
                        _banner("contract", BROKEN, BROKEN_HINT, "border-error/40 bg-error/10 text-error"),
                    ),
                    h.dl(
                        _row(STATE, page.state_text),
                        _row(STORE, page.store_name),
                        _row(OFFERED, page.offered_at),
                        _row(CONCLUDED, page.concluded_at),
                        _row(ENDED, page.ended_at),
                        class_name="divide-y divide-base-300",
                    ),
                    fold(
                        TECHNICAL,
                        h.dl(
                            _row(LEVEL, page.level),
                            _row(VERSION, page.template_version),
                            _row(ENTRIES, page.evidence_text),
                            _row(HASH, page.terms_hash),
                            class_name="divide-y divide-base-300",
                        ),
                    ),
                    h.p(
                        h.a(
                            WHAT_IS_IT,
                            href="/help/contracts",
                            class_name="link text-primary inline-flex items-center min-h-11",
                        ),
                    ),
                    h.p(PRIVATE, class_name="text-sm text-quiet"),
                    class_name="space-y-4",
                ),
                when(
                    page.code,
                    _banner("warning", UNKNOWN, UNKNOWN_HINT, "border-urgent/40 bg-base-100 text-urgent"),
                ),
            ),
            class_name="max-w-2xl mx-auto space-y-6",
        ),
        basket_count=VerificationState.basket_count,
    )


VERIFICATION_VIEW = FirstView(verification_content)

PAGES = (
    Page("/verify", lambda: live_page(VerificationState, verification_content), VerificationState.load, TITLE, True),
    Page(
        "/verify/[code]",
        lambda: live_page(VerificationState, verification_content),
        VerificationState.load,
        TITLE,
        True,
    ),
)
