"""What the seller weighs before packing."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.orders.seller_state import SellerOrderState
from marketplace.ui.forms import marks, problem_text
from marketplace.ui.markup import Node, each, h

TITLE = Text("Cân trước khi đóng gói", "Weigh before packing")
HINT = Text(
    "Cân khối lượng tịnh, không bao bì. Người mua thấy ngay số cân và số tiền cuối cùng; ghi rồi không sửa được.",
    "Net weight, without packing. The buyer sees weight and final amount at once; it cannot be changed afterwards.",
)


def _weight(line: Node) -> Node:
    problem = SellerOrderState.problems.get(line.field, "")
    return h.div(
        h.label(line.label, html_for=line.field, class_name="font-semibold text-sm block"),
        h.input(
            id=line.field,
            name=line.field,
            input_mode="decimal",
            auto_complete="off",
            max_length=20,
            class_name="input w-full h-11 text-base num",
            **marks(line.field, problem, hint=True),
        ),
        h.p(line.hint, id="hint-" + line.field, class_name="text-quiet text-sm"),
        problem_text(problem, line.field),
        key=line.field,
        class_name="space-y-1",
    )


def weighing_inputs(page: Node) -> Node:
    """A weight for each line that has one: part of the form in which an order is packed."""
    return h.fieldset(
        h.legend(TITLE, class_name="font-semibold"),
        h.p(HINT, class_name="text-sm text-quiet"),
        each(page.to_weigh, _weight),
        class_name="space-y-3",
    )
