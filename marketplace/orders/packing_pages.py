"""Choosing lots while an order is packed, and what its pages say of lots and recalls."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.orders.order_state import OrderState
from marketplace.orders.seller_state import SellerOrderState
from marketplace.orders.weighing_pages import weighing_inputs
from marketplace.ui.forms import OUTLINE, PRIMARY
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, filled, h, say, when
from marketplace.ui.page import inner_link

LOT = Text("Lô {number}", "Lot {number}")
LOT_RECALLED = Text("đã thu hồi", "recalled")
CHOOSE = Text("Lấy hàng từ lô nào?", "Packed from which lot?")
CHOOSE_HINT = Text(
    "Lô hết hạn trước xếp trên cùng. Khách xem được lô của mình và sẽ được báo nếu lô bị thu hồi.",
    "The lot that expires first is on top. The buyer sees it, and is told should it be recalled.",
)
NO_LOT = Text(
    "Không có lô nào còn hạn và còn đủ hàng; món này sẽ không ghi lô.",
    "No lot is fit and holds enough; this will be packed without one.",
)
NEEDS_LOT = Text(
    "Lô của món này đã bị thu hồi: hãy ghi lô của hàng thay thế rồi mới đóng gói.",
    "The lot of these goods was recalled: enter the lot of what replaces it, then pack.",
)
TO_LOTS = Text("Ghi lô mới", "Enter a lot")
PACK = Text("Đã đóng gói", "Packed")
REPACK = Text("Đã đóng gói lại", "Packed anew")
REPACK_HINT = Text(
    "Đơn này đóng gói từ lô đã thu hồi nên chưa được giao. Hãy thay bằng hàng của lô khác.",
    "This order was packed from a lot that was recalled and must not leave. Replace it by goods of another lot.",
)
RECALLED = Text("Thu hồi: {goods}, lô {number}", "Recall: {goods}, lot {number}")
WHAT_TO_DO = Text("Bạn cần làm gì", "What to do")
SEE_PASSPORT = Text("Xem hồ sơ lô hàng", "See the lot's passport")
I_KNOW = Text("Tôi đã biết và sẽ làm theo", "I know, and will do so")


def line_lot(line: Node) -> Node:
    """The lot a line was packed from, leading to its passport."""
    return when(
        line.lot_number,
        h.p(
            h.a(say(LOT, number=line.lot_number), href=line.lot_href, class_name="link num"),
            when(line.lot_recalled, h.span(" · ", LOT_RECALLED, class_name="text-error font-semibold")),
            class_name="text-sm",
        ),
    )


def _choice(line: Node) -> Node:
    return h.div(
        h.label(
            h.span(line.name, class_name="font-semibold"),
            " · ",
            h.span(line.quantity_text, class_name="num text-quiet"),
            html_for=line.field,
            class_name="text-sm block",
        ),
        when(
            filled(line.lots),
            h.select(
                each(line.lots, lambda lot: h.option(lot.label, value=lot.code)),
                id=line.field,
                name=line.field,
                class_name="select w-full h-11 text-base num",
            ),
            h.p(
                when(line.needs_lot, say(NEEDS_LOT), say(NO_LOT)),
                " ",
                inner_link(TO_LOTS, to=line.lots_href, class_name="link inline-flex items-center min-h-11"),
                class_name="text-sm text-quiet",
            ),
        ),
        h.p(SellerOrderState.problems.get(line.field, ""), role="alert", class_name="text-error text-sm empty:hidden"),
        class_name="space-y-1",
    )


def lot_choices(page: Node) -> Node:
    """The lots of what is packed now: part of the form in which an order is packed."""
    return h.fieldset(
        h.legend(CHOOSE, class_name="font-semibold"),
        h.p(CHOOSE_HINT, class_name="text-sm text-quiet"),
        each(page.packing, _choice),
        class_name="space-y-3",
    )


def packing_form(page: Node) -> Node:
    """An order whose goods are weighed or come from lots, to be packed or to be packed anew."""
    return h.form(
        when(page.repacking, h.p(REPACK_HINT, class_name="font-semibold text-error")),
        when(filled(page.to_weigh), weighing_inputs(page)),
        when(filled(page.packing), lot_choices(page)),
        h.button(
            icon("box"),
            when(page.repacking, say(REPACK), say(PACK)),
            type="submit",
            class_name=f"{PRIMARY} w-full text-base",
        ),
        on_submit=SellerOrderState.pack,
        no_validate=True,
        custom_attrs={"data-once": SellerOrderState.answered},
        class_name="rounded-box bg-base-100 border border-base-300 p-4 space-y-3",
    )


def recall_banners(page: Node) -> Node:
    """What an order's page says of its recalled lots, above everything else."""
    return when(
        filled(page.recalls),
        h.section(
            each(
                page.recalls,
                lambda recall: h.div(
                    h.h2(
                        icon("warning", "size-6"),
                        h.span(say(RECALLED, goods=recall.goods, number=recall.number)),
                        class_name="font-semibold text-error flex gap-2",
                    ),
                    h.p(recall.reason),
                    h.h3(WHAT_TO_DO, class_name="font-semibold text-sm"),
                    h.p(recall.advice, class_name="whitespace-pre-line"),
                    h.p(
                        h.a(
                            SEE_PASSPORT,
                            href=recall.href,
                            class_name="link inline-flex items-center min-h-11",
                        ),
                        " ",
                        h.span(recall.at, class_name="num text-sm text-quiet"),
                    ),
                    h.p(recall.acknowledged_text, class_name="num text-sm text-quiet empty:hidden"),
                    class_name="space-y-1.5",
                ),
            ),
            when(
                page.must_acknowledge,
                h.button(
                    I_KNOW, type="button", on_click=OrderState.acknowledge, class_name=f"{OUTLINE} w-full bg-base-100"
                ),
            ),
            role="alert",
            class_name="rounded-box border-2 border-error bg-error/10 p-4 space-y-4",
        ),
    )
