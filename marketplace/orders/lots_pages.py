"""A seller's lots: the list of one product with the form of a new one, and one lot in full."""

from __future__ import annotations

from typing import Any

import reflex as rx

from marketplace.base.text import Text
from marketplace.orders.lots_state import LotsState, LotState
from marketplace.orders.recall_pages import buyers_list, recall_form, recall_told
from marketplace.ui.blocks import badge, fold, folded_panel, panel
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, choice, field, problem_text, text_area
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, filled, h, say, when
from marketplace.ui.page import BARE_FIRST_VIEW, FirstProblem, Page, inner_link, live_page
from marketplace.ui.seller import seller_frame, title_below
from marketplace.ui.sending import sent_photo

TITLE = Text("Lô hàng", "Lots")
LOT = Text("Lô {number}", "Lot {number}")
BACK = Text("Về sản phẩm", "Back to the product")
BACK_TO_LOTS = Text("Về các lô", "Back to the lots")
HINT = Text(
    "Mỗi lần thu hoạch là một lô. Nhãn có mã QR dẫn khách tới hồ sơ lô: trồng ở đâu, thu hoạch ngày nào, phun thuốc khi nào. "
    "Khi đóng gói, bạn chọn lô; cần thu hồi thì báo được từng người mua.",
    "Each harvest is a lot. The QR code on its label leads buyers to its passport: where it grew, when it was harvested "
    "and sprayed. You choose the lot while packing; should you recall it, every buyer can be told.",
)
NEW = Text("Ghi lô mới", "Enter a lot")
SAVE = Text("Lưu", "Save")
CORRECT = Text("Lưu đính chính", "Save the correction")
CHANGE = Text("Sửa hồ sơ lô", "Change the lot")
CORRECTING = Text("Đính chính hồ sơ lô", "Correct the lot")
NUMBER = Text("Số lô", "Lot number")
NUMBER_HINT = Text(
    "Riêng trong gian hàng, ví dụ XC-2611-01; in trên nhãn nên không đổi được.",
    "Your own, for example XC-2611-01; it stands on labels and cannot be changed.",
)
HARVESTED_ON = Text("Ngày thu hoạch", "Day of harvest")
HARVEST = Text("Sản lượng (kg)", "Harvest (kg)")
EXPIRES_ON = Text("Dùng tốt nhất trước", "Best before")
PLACE = Text("Nơi trồng", "Where it grew")
AREA_CODE = Text("Mã số vùng trồng", "Growing-area code")
AREA_HINT = Text("Do cơ quan bảo vệ thực vật cấp, nếu có.", "Given by the plant protection authority, if you have one.")
PLOT = Text("Thửa, lô đất", "Plot")
SOWN_ON = Text("Ngày gieo trồng", "Day of sowing")
CARE = Text("Phân bón và thuốc", "Inputs and sprays")
INPUTS = Text("Phân bón, vật tư đã dùng", "Fertilisers and inputs")
SPRAY = Text("Thuốc phun lần cuối", "Last spray with")
SPRAYED_ON = Text("Ngày phun lần cuối", "Day of the last spray")
WAITING = Text("Thời gian cách ly (ngày)", "Waiting days")
WAITING_HINT = Text(
    "Ghi trên nhãn thuốc (PHI). Thu hoạch trước khi hết cách ly thì không ghi lô được.",
    "On the product's label (PHI). A harvest before they are over cannot be entered.",
)
PACKING = Text("Đóng gói", "Packing")
PACKED_ON = Text("Ngày đóng gói", "Day of packing")
PACKER = Text("Người, nơi đóng gói", "Packed by")
WHY = Text("Lý do đính chính (khách đọc được)", "Why it is corrected (buyers read it)")
WHY_HINT = Text(
    "Đã có khách mua lô này: bản cũ giữ nguyên bên cạnh bản mới.",
    "Buyers have goods of this lot: what it said stays beside what it says now.",
)
NO_LOTS = Text("Chưa có lô nào.", "No lots yet.")
HARVESTED = Text("Thu hoạch {day}", "Harvested {day}")
UNTIL = Text("dùng trước {day}", "best before {day}")
WEIGHTS = Text("{harvested} kg · đã bán {sold} kg · còn {left} kg", "{harvested} kg · {sold} kg sold · {left} kg left")
EXPIRED = Text("hết hạn", "past its day")
LABELS = Text("In tờ 24 nhãn (A4)", "Print 24 labels (A4)")
ONE_LABEL = Text("In một nhãn", "Print one label")
PASSPORT = Text("Xem hồ sơ công khai", "See the public passport")
CLOSE = Text("Ngưng đóng gói từ lô này", "Pack no more of this lot")
OPEN = Text("Mở lại lô", "Open the lot again")
TESTS = Text("Kiểm nghiệm", "Tests")
NEW_TEST = Text("Thêm phiếu kiểm nghiệm", "Add a test")
SUBJECT = Text("Chỉ tiêu", "What was tested")
LABORATORY = Text("Phòng kiểm nghiệm", "Laboratory")
TESTED_ON = Text("Ngày kiểm", "Day of the test")
RESULT = Text("Kết quả", "Result")
VERDICT = Text("Kết luận", "Verdict")
PASSED = Text("Đạt", "Passed")
NOT_PASSED = Text("Không đạt", "Not passed")
SEE = Text("Xem phiếu", "See the document")
ADD_DOCUMENT = Text("Thêm ảnh hoặc PDF", "Add a picture or PDF")
CORRECTIONS = Text("Đã đính chính", "Corrections")


def _state_badge(lot: Node) -> Node:
    return when(
        lot.recalled,
        badge(lot.state_text, "error"),
        when(
            lot.expired,
            badge(EXPIRED, "warning"),
            when(lot.open, badge(lot.state_text, "success"), badge(lot.state_text)),
        ),
    )


def _days(lot: Node) -> Node:
    return h.p(
        say(HARVESTED, day=lot.harvested_text),
        when(lot.expires_text, h.span(" · ", say(UNTIL, day=lot.expires_text))),
        class_name="num text-sm",
    )


def _weights(lot: Node) -> Node:
    return h.p(
        say(WEIGHTS, harvested=lot.harvested_kg, sold=lot.sold_kg, left=lot.left_kg),
        class_name="num text-sm text-quiet",
    )


def _lot(lot: Node) -> Node:
    return h.li(
        inner_link(
            h.div(
                h.span(lot.number, class_name="num font-semibold"),
                _state_badge(lot),
                class_name="flex justify-between gap-3",
            ),
            _days(lot),
            _weights(lot),
            to=lot.edit_href,
            class_name="block rounded-box bg-base-100 border border-base-300 p-3 space-y-0.5 hover:border-primary",
        ),
        key=lot.code,
    )


def _entries(state: Any, typed: Node) -> tuple[Node, ...]:
    """The inputs of a lot but its number, filled with what is known."""

    def problem(name: str) -> Node:
        return state.problems.get(name, "")

    def day(label: Text, name: str, known: Node, *, optional: bool = True) -> Node:
        return field(label, name, problem=problem(name), type="date", optional=optional, default_value=known)

    def line(label: Text, name: str, known: Node, limit: int, hint: Text | None = None) -> Node:
        return field(
            label, name, problem=problem(name), hint=hint, optional=True, max_length=limit, default_value=known
        )

    two = "grid sm:grid-cols-2 gap-3 items-start"
    return (
        h.div(
            day(HARVESTED_ON, "harvested_on", typed.harvested_on, optional=False),
            field(
                HARVEST,
                "harvested",
                problem=problem("harvested"),
                input_mode="decimal",
                max_length=16,
                default_value=typed.harvested,
            ),
            class_name=two,
        ),
        day(EXPIRES_ON, "expires_on", typed.expires_on),
        fold(
            PLACE,
            h.div(
                line(AREA_CODE, "area_code", typed.area_code, 30, AREA_HINT),
                line(PLOT, "plot", typed.plot, 120),
                day(SOWN_ON, "sown_on", typed.sown_on),
                class_name="space-y-3",
            ),
        ),
        h.fieldset(
            h.legend(CARE, class_name="font-semibold"),
            text_area(
                INPUTS,
                "inputs",
                problem=problem("inputs"),
                optional=True,
                max_length=1000,
                default_value=typed.inputs,
            ),
            line(SPRAY, "spray", typed.spray, 120),
            h.div(
                day(SPRAYED_ON, "last_sprayed_on", typed.last_sprayed_on),
                field(
                    WAITING,
                    "waiting_days",
                    problem=problem("waiting_days"),
                    hint=WAITING_HINT,
                    optional=True,
                    input_mode="numeric",
                    max_length=3,
                    default_value=typed.waiting_days,
                ),
                class_name=two,
            ),
            class_name="space-y-3",
        ),
        fold(
            PACKING,
            h.div(
                day(PACKED_ON, "packed_on", typed.packed_on),
                line(PACKER, "packer", typed.packer, 120),
                class_name=two,
            ),
        ),
    )


def _new_lot(page: Node) -> Node:
    return h.form(
        panel(
            h.h2(NEW, class_name="font-semibold text-lg"),
            field(
                NUMBER,
                "number",
                problem=LotsState.problems.get("number", ""),
                hint=NUMBER_HINT,
                max_length=20,
                auto_complete="off",
                auto_capitalize="characters",
            ),
            *_entries(LotsState, _Blank()),
            problem_text(LotsState.problems.get("form", ""), "form"),
            FirstProblem.create(problems=LotsState.problems),
            h.button(NEW, type="submit", class_name=f"{PRIMARY} w-full"),
            class_name="space-y-4",
        ),
        key=page.drawn.to_string(),
        on_submit=LotsState.add,
        no_validate=True,
        custom_attrs={"data-once": LotsState.answered},
    )


class _Blank:
    """A lot of which nothing is known yet."""

    def __getattr__(self, _name: str) -> str:
        return ""


def lots_content(page: Node) -> Node:
    """The lots of a product, and the form of a new one."""
    return seller_frame(
        title_below(BACK, page.goods_href, TITLE, under=page.product_name),
        h.p(LotsState.notice, role="status", class_name="font-semibold text-success empty:hidden"),
        h.p(say(HINT), class_name="text-sm text-quiet"),
        when(
            filled(page.lots),
            h.ul(each(page.lots, _lot), class_name="space-y-3"),
            h.p(NO_LOTS, class_name="text-sm"),
        ),
        _new_lot(page),
        active="goods",
        narrow=True,
    )


def _test(test: Node) -> Node:
    return h.li(
        h.div(
            h.p(h.span(test.subject, class_name="font-semibold"), " · ", test.result),
            h.p(test.laboratory, " · ", h.span(test.tested_text, class_name="num"), class_name="text-sm text-quiet"),
            class_name="flex-1 min-w-56",
        ),
        when(test.passed, badge(test.verdict, "success"), badge(test.verdict, "error")),
        h.div(
            when(test.document_href, h.a(SEE, href=test.document_href, target="_blank", class_name=f"{QUIET} px-2")),
            h.label(
                icon("camera"),
                ADD_DOCUMENT,
                h.input(
                    type="file",
                    accept="application/pdf,image/jpeg,image/png,image/webp",
                    class_name="sr-only",
                    custom_attrs={"data-upload": test.upload_href, "data-refresh": "#photos-arrived"},
                ),
                class_name=f"{OUTLINE} cursor-pointer relative focus-within:outline-3 focus-within:outline-primary",
            ),
            class_name="flex flex-wrap gap-2",
        ),
        key=test.id.to_string(),
        class_name="flex flex-wrap gap-2 items-center py-3",
    )


def _tests(page: Node) -> Node:
    verdicts = [h.option(PASSED, value="yes"), h.option(NOT_PASSED, value="no")]

    def problem(name: str) -> Node:
        return LotState.problems.get(name, "")

    return panel(
        h.h2(TESTS, class_name="font-semibold"),
        h.button(id="photos-arrived", type="button", hidden=True, on_click=LotState.refresh),
        h.ul(each(page.tests, _test), class_name="divide-y divide-base-300 empty:hidden"),
        h.ul(id="photos", class_name="space-y-3 empty:hidden"),
        sent_photo(),
        fold(
            NEW_TEST,
            h.form(
                field(SUBJECT, "subject", problem=problem("subject"), max_length=120),
                field(LABORATORY, "laboratory", problem=problem("laboratory"), max_length=120),
                field(RESULT, "result", problem=problem("result"), max_length=120),
                h.div(
                    field(TESTED_ON, "tested_on", problem=problem("tested_on"), type="date"),
                    choice(VERDICT, "passed", verdicts, problem=problem("passed")),
                    class_name="grid sm:grid-cols-2 gap-3 items-start",
                ),
                h.button(NEW_TEST, type="submit", class_name=f"{OUTLINE} w-full"),
                key=page.drawn.to_string(),
                on_submit=LotState.add_test,
                no_validate=True,
                custom_attrs={"data-once": LotState.answered},
                class_name="space-y-3",
            ),
        ),
        class_name="space-y-2",
    )


def _change(page: Node) -> Node:
    lot = page.lot
    return folded_panel(
        when(lot.packed_from, say(CORRECTING), say(CHANGE)),
        h.form(
            *_entries(LotState, lot.typed),
            when(
                lot.packed_from,
                field(WHY, "why", problem=LotState.problems.get("why", ""), hint=WHY_HINT, max_length=300),
            ),
            problem_text(LotState.problems.get("form", ""), "form"),
            h.button(when(lot.packed_from, say(CORRECT), say(SAVE)), type="submit", class_name=f"{PRIMARY} w-full"),
            key=page.drawn.to_string(),
            on_submit=LotState.change,
            no_validate=True,
            custom_attrs={"data-once": LotState.answered},
            class_name="space-y-4",
        ),
    )


def _correction(one: Node) -> Node:
    return h.li(
        h.p(
            one.label,
            ": ",
            h.s(one.before, class_name="text-quiet"),
            " → ",
            h.span(one.after, class_name="font-semibold"),
        ),
        h.p(one.why, class_name="num text-sm text-quiet"),
        class_name="py-2",
    )


def lot_content(page: Node) -> Node:
    """One lot: its labels and passport, tests, corrections, its recall and its buyers."""
    lot = page.lot
    labels = lot.edit_href + "/labels.pdf"
    return seller_frame(
        title_below(BACK_TO_LOTS, lot.goods_href + "/lots", say(LOT, number=lot.number), under=lot.product_name),
        h.p(LotState.notice, role="status", class_name="font-semibold text-success empty:hidden"),
        when(lot.recalled, recall_told(lot.recall_reason, lot.recall_advice, lot.recalled_at)),
        panel(
            h.div(_days(lot), _state_badge(lot), class_name="flex justify-between gap-3"),
            _weights(lot),
            h.div(
                when(
                    lot.recalled,
                    None,
                    rx.fragment(
                        h.a(LABELS, href=labels, target="_blank", class_name=OUTLINE),
                        h.a(ONE_LABEL, href=labels + "?one=1", target="_blank", class_name=OUTLINE),
                        h.button(
                            when(lot.open, say(CLOSE), say(OPEN)),
                            type="button",
                            on_click=LotState.switch,
                            class_name=QUIET,
                        ),
                    ),
                ),
                h.a(PASSPORT, href=lot.href, target="_blank", class_name=QUIET),
                class_name="grid sm:grid-cols-2 gap-2 pt-2",
            ),
        ),
        _tests(page),
        _change(page),
        when(
            filled(page.corrections),
            panel(
                h.h2(CORRECTIONS, class_name="font-semibold"),
                h.ul(each(page.corrections, _correction), class_name="divide-y divide-base-300"),
            ),
        ),
        when(lot.recalled, None, recall_form(LotState)),
        buyers_list(LotState, page),
        active="goods",
        narrow=True,
    )


PAGES = (
    Page(
        "/seller/products/[product]/lots",
        lambda: live_page(LotsState, lots_content),
        LotsState.load,
        TITLE,
        first_view=BARE_FIRST_VIEW,
    ),
    Page(
        "/seller/lots/[lot]",
        lambda: live_page(LotState, lot_content),
        LotState.load,
        TITLE,
        first_view=BARE_FIRST_VIEW,
    ),
)
