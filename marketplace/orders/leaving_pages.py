"""A person's own data: what there is, as a file, and the end of the account."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.ui.blocks import page_title, panel, panel_title
from marketplace.ui.forms import OUTLINE, problem_text
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import FirstView, Node, h
from marketplace.ui.page import Page, still_page

TITLE = Text("Dữ liệu của bạn", "Your data")
FRESH = Text(
    "Hai việc này cần đăng nhập trong vòng 15 phút vừa qua.", "Both of these need a sign-in of the last 15 minutes."
)
AGAIN = Text("Đăng nhập lại", "Sign in again")
FILE = Text("Tải về một tập tin", "Download it as a file")
FILE_WHY = Text(
    "Tài khoản, địa chỉ, nơi đăng nhập, đơn hàng, đánh giá và gian hàng bạn theo dõi, ở dạng JSON trong tập tin zip.",
    "Account, addresses, sign-ins, orders, reviews and the shops you follow, as JSON in a zip file.",
)
DOWNLOAD = Text("Tải về", "Download")
ERASE = Text("Xóa tài khoản", "Erase the account")
GOES = Text(
    "Mất hẳn: cách đăng nhập, sổ địa chỉ, giỏ hàng, gian hàng theo dõi. Đánh giá ở lại, không còn tên bạn.",
    "Gone for good: how you sign in, addresses, basket, shops you follow. Reviews stay, without your name.",
)
STAYS = Text(
    "Luật kế toán buộc giữ đơn hàng, hợp đồng và sổ cái. Tên, số điện thoại, địa chỉ của bạn trong đơn được niêm lại: "
    "người bán và cán bộ không còn đọc được. Bản hợp đồng đã giao kết thì giữ nguyên.",
    "Accounting law keeps orders, contracts and the ledger. Your name, phone and address in orders are sealed: neither "
    "sellers nor staff read them any more. Contracts that were concluded stay as they are.",
)
SHOP = Text("Gian hàng của riêng bạn, nếu có, sẽ đóng.", "A shop of your own, if you have one, closes.")
AGREE = Text("Tôi hiểu là không lấy lại được.", "I understand that there is no way back.")


def own_data_content(_: Node) -> Node:
    """What can be done with one's own data."""
    return shop_frame(
        h.div(
            page_title(TITLE),
            h.p(
                FRESH,
                " ",
                h.a(
                    AGAIN,
                    href="/account/sign-in?next=/account/data",
                    class_name="link text-primary inline-flex items-center min-h-11",
                ),
                class_name="text-quiet",
            ),
            panel(
                panel_title(FILE, "box"),
                h.p(FILE_WHY, class_name="text-quiet"),
                h.form(
                    h.button(DOWNLOAD, type="submit", class_name=f"{OUTLINE} w-full"),
                    action="/account/data",
                    method="post",
                ),
                class_name="space-y-3",
            ),
            panel(
                panel_title(ERASE, "trash"),
                h.p(GOES),
                h.p(STAYS),
                h.p(SHOP),
                h.form(
                    h.label(
                        h.input(
                            type="checkbox",
                            name="agree",
                            id="agree",
                            aria_describedby="problem-agree",
                            class_name="checkbox",
                        ),
                        h.span(AGREE, class_name="flex-1"),
                        class_name="flex gap-3 items-center min-h-11 cursor-pointer",
                    ),
                    problem_text("", "agree"),
                    problem_text("", "form"),
                    h.button(ERASE, type="submit", class_name=f"{OUTLINE} w-full text-error"),
                    action="/account/erase",
                    method="post",
                    custom_attrs={"data-fetch": ""},
                    class_name="space-y-3",
                ),
                class_name="space-y-3",
            ),
            class_name="max-w-md mx-auto space-y-4",
        ),
        active="me",
    )


PAGES = (
    Page(
        "/account/data",
        lambda: still_page(own_data_content),
        title=TITLE,
        first_view=FirstView(own_data_content),
    ),
)
