"""The steps of an application, on a phone in the field: who you are, where, papers, bank, look over and send."""

from __future__ import annotations

from typing import Any

import reflex as rx

from marketplace.base.text import Text
from marketplace.places.choosing import commune_input
from marketplace.sellers.rules import FIELD_LABELS, ApplicationStep
from marketplace.sellers.state import StartState
from marketplace.ui.blocks import badge, panel
from marketplace.ui.forms import OPTIONAL, OUTLINE, PRIMARY, QUIET, field, problem_text, suggesting_input
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, filled, h, say, when
from marketplace.ui.page import ArriveAtTop, FirstProblem
from marketplace.ui.sending import sent_photo

STEP_TITLES = {
    ApplicationStep.WHO: Text("Bạn là ai", "Who you are"),
    ApplicationStep.WHERE: Text("Bạn ở đâu", "Where you are"),
    ApplicationStep.PAPERS: Text("Giấy tờ", "Papers"),
    ApplicationStep.BANK: Text("Tài khoản nhận tiền", "Account for payouts"),
    ApplicationStep.SEND: Text("Xem lại rồi gửi", "Look over and send"),
}
STEP_HINTS = {
    ApplicationStep.WHO: Text(
        "Mở gian hàng chỉ vài phút. Mỗi mục tự lưu: mở tiếp trên máy khác cũng được.",
        "Opening a shop takes a few minutes. Every entry is saved: go on later, on another device too.",
    ),
    ApplicationStep.WHERE: Text(
        "Để khách biết hàng từ đâu và gọi được cho bạn.", "So that buyers know where goods come from, and can call you."
    ),
    ApplicationStep.PAPERS: Text(
        "Chụp rõ bốn góc. Chỉ bạn và cán bộ duyệt xem được.",
        "All four corners in the picture. Only you and the staff who review can see these.",
    ),
    ApplicationStep.BANK: Text(
        "Để nhận tiền khách trả qua ngân hàng. Chưa có thì bỏ qua, bổ sung sau.",
        "For money that buyers pay by bank. Leave it empty if you have none yet.",
    ),
    ApplicationStep.SEND: Text(
        "Cán bộ thường duyệt trong ngày làm việc.", "Staff usually decide within a working day."
    ),
}
COUNT = Text("Bước {number} trong {all}", "Step {number} of {all}")
SHOP_HINT = Text("Ví dụ: Vườn Sáu Hòa.", "For example: Vườn Sáu Hòa.")
LEGAL_HINT = Text("Để trống nếu trùng tên gian hàng.", "Leave it empty if it is the shop's name.")
TAX_HINT = Text("Hợp tác xã và doanh nghiệp cần có.", "Co-operatives and enterprises need one.")
BANK_HINT = Text("Gõ vài chữ rồi chọn: “agri”, “vietcom”.", "Type a few letters and pick: “agri”, “vietcom”.")
NO_BANK = Text("Không thấy ngân hàng nào như vậy. Thử ít chữ hơn.", "No bank fits. Try fewer letters.")
BANKS = Text("Ngân hàng gợi ý", "Suggested banks")
ACCOUNT_HINT = Text("Chỉ bạn và cán bộ duyệt xem được đủ số.", "Only you and the staff who review see it whole.")
HOLDER_HINT = Text("Viết hoa không dấu như trên thẻ.", "In capitals without accents, as on the card.")
TAKE = Text("Chụp hoặc chọn ảnh", "Take or choose a picture")
RETAKE = Text("Chụp lại", "Take it again")
NEEDED = Text("cần có", "needed")
NEXT = Text("Tiếp tục", "Go on")
BACK = Text("Quay lại", "Back")
SEND = Text("Gửi để duyệt", "Send for approval")
CHANGE = Text("Sửa", "Change")
SAID = Text("Cán bộ ghi", "What staff wrote")
TO_MEND = Text("Cần bổ sung", "To be mended")

STEPS = tuple(ApplicationStep)


def asked_for(page: Node) -> Node:
    """What the staff wrote, and the points they named."""
    return when(
        page.reason != "",
        h.div(
            h.p(SAID, class_name="text-sm text-quiet"),
            h.p(page.reason, class_name="font-semibold wrap-anywhere"),
            when(
                filled(page.asked),
                h.div(
                    h.p(TO_MEND, class_name="text-sm text-quiet"),
                    h.ul(each(page.asked, lambda label: h.li(label, class_name="pl-1")), class_name="list-disc pl-5"),
                    class_name="pt-1",
                ),
            ),
            class_name="rounded-field bg-base-200 p-3 space-y-1",
        ),
    )


def application_form(page: Node) -> Node:
    """The step the application is at."""
    return rx.match(
        page.at,
        (ApplicationStep.WHERE.value, _where(page)),
        (ApplicationStep.PAPERS.value, _papers(page)),
        (ApplicationStep.BANK.value, _bank(page)),
        (ApplicationStep.SEND.value, _send(page)),
        _who(page),
    )


def _problem(name: str) -> Node:
    return StartState.problems.get(name, "")


def _step(step: ApplicationStep, page: Node, *content: Node) -> Node:
    number = STEPS.index(step) + 1
    return rx.fragment(
        ArriveAtTop.create() if number > 1 else None,
        h.div(
            h.p(say(COUNT, number=str(number), all=str(len(STEPS))), class_name="text-sm text-quiet num"),
            h.progress(
                value=str(number),
                max=str(len(STEPS)),
                aria_label=say(COUNT, number=str(number), all=str(len(STEPS))),
                class_name="progress progress-primary w-full",
            ),
            h.h1(STEP_TITLES[step], class_name="text-2xl font-semibold outline-none", tab_index=-1),
            h.p(STEP_HINTS[step], class_name="text-quiet"),
            class_name="space-y-2",
        ),
        h.p(StartState.notice, role="status", class_name="rounded-field bg-warning/20 p-3 empty:hidden"),
        asked_for(page),
        *content,
        key=f"step-{step}",
    )


def _form(step: ApplicationStep, *content: Node) -> Node:
    return h.form(
        panel(*content, class_name="space-y-4"),
        problem_text(_problem("form"), "form"),
        FirstProblem.create(problems=StartState.problems),
        _actions(step, h.button(NEXT, type="submit", class_name=f"{PRIMARY} flex-1 text-base")),
        on_submit=StartState.next,
        no_validate=True,
        custom_attrs={"data-once": StartState.answered},
        key=f"form-{step}",
        class_name="space-y-4",
    )


def _actions(step: ApplicationStep, onward: Node) -> Node:
    number = STEPS.index(step)
    back = (
        h.button(BACK, type="button", on_click=StartState.go(STEPS[number - 1].value), class_name=QUIET)
        if number
        else None
    )
    return h.div(back, onward, class_name="flex gap-3")


def _entry(name: str, **properties: Any) -> Node:
    # Saved as soon as it is left: what was typed outlives the step, the connection and the battery.
    return field(FIELD_LABELS[name], name, problem=_problem(name), on_blur=StartState.keep(name), **properties)


def _who(page: Node) -> Node:
    return _step(
        ApplicationStep.WHO,
        page,
        _form(
            ApplicationStep.WHO,
            h.fieldset(
                h.legend(FIELD_LABELS["kind"], class_name="font-semibold text-sm pb-2"),
                h.div(
                    each(
                        page.kinds,
                        lambda kind: h.label(
                            h.input(
                                type="radio",
                                name="kind",
                                value=kind.value,
                                default_checked=page.start.kind == kind.value,
                                class_name="radio radio-primary",
                            ),
                            h.span(kind.label),
                            class_name="flex items-center gap-3 min-h-12 px-3 rounded-field border border-base-300 "
                            "cursor-pointer has-checked:border-primary has-checked:bg-primary/10",
                        ),
                    ),
                    class_name="grid gap-2 sm:grid-cols-2",
                ),
                problem_text(_problem("kind"), "kind"),
            ),
            _entry("shop_name", hint=SHOP_HINT, max_length=120, default_value=page.start.shop_name),
            _entry("legal_name", hint=LEGAL_HINT, optional=True, max_length=160, default_value=page.start.legal_name),
            _entry(
                "tax_code",
                hint=TAX_HINT,
                optional=True,
                input_mode="numeric",
                max_length=20,
                default_value=page.start.tax_code,
            ),
        ),
    )


def _where(page: Node) -> Node:
    return _step(
        ApplicationStep.WHERE,
        page,
        _form(
            ApplicationStep.WHERE,
            commune_input(StartState, _problem("commune")),
            _entry("street", auto_complete="street-address", max_length=200, default_value=page.start.street),
            _entry(
                "phone",
                type="tel",
                input_mode="tel",
                auto_complete="tel",
                max_length=30,
                default_value=page.start.phone,
            ),
        ),
    )


def _paper(paper: Node) -> Node:
    return h.li(
        h.p(
            h.span(paper.label, class_name="font-semibold"),
            when(paper.needed, badge(NEEDED, "warning"), h.span("· ", OPTIONAL, class_name="text-sm text-quiet")),
            class_name="flex flex-wrap items-center gap-2",
        ),
        when(
            paper.src != "",
            h.img(
                src=paper.src,
                alt=paper.label,
                width="640",
                height="400",
                class_name="w-full aspect-8/5 object-contain rounded-field bg-base-200",
            ),
        ),
        h.label(
            icon("camera"),
            when(paper.src != "", say(RETAKE), say(TAKE)),
            h.span(" · ", paper.label, class_name="sr-only"),
            h.input(
                type="file",
                accept="image/jpeg,image/png,image/webp,image/*",
                class_name="sr-only",
                custom_attrs={"data-upload": "/seller/application/" + paper.paper, "data-refresh": "#photos-arrived"},
            ),
            class_name=f"{OUTLINE} w-full relative cursor-pointer focus-within:outline-3 focus-within:outline-primary",
        ),
        h.p(
            StartState.problems[paper.paper],
            id="problem-" + paper.paper,
            role="alert",
            class_name="text-error text-sm empty:hidden",
        ),
        key=paper.paper,
        class_name="space-y-2",
    )


def _papers(page: Node) -> Node:
    return _step(
        ApplicationStep.PAPERS,
        page,
        _form(
            ApplicationStep.PAPERS,
            h.ul(each(page.papers, _paper), class_name="space-y-5"),
            h.ul(id="photos", class_name="space-y-3 empty:hidden"),
            h.button(id="photos-arrived", type="button", hidden=True, on_click=StartState.refresh),
            sent_photo(),
        ),
    )


def _bank(page: Node) -> Node:
    return _step(
        ApplicationStep.BANK,
        page,
        _form(
            ApplicationStep.BANK,
            suggesting_input(
                FIELD_LABELS["bank"],
                "bank",
                value=StartState.bank_name,
                on_typed=StartState.find_bank,
                suggestions=StartState.banks,
                on_pick=StartState.pick_bank,
                problem=_problem("bank"),
                hint=BANK_HINT,
                none_found=when(
                    StartState.bank_unknown, h.p(NO_BANK, role="status", class_name="text-sm text-urgent pt-1")
                ),
                list_label=BANKS,
                max_length=80,
            ),
            _entry(
                "bank_account",
                hint=ACCOUNT_HINT,
                input_mode="numeric",
                auto_complete="off",
                max_length=30,
                default_value=page.start.bank_account,
            ),
            _entry(
                "bank_holder",
                hint=HOLDER_HINT,
                auto_capitalize="characters",
                auto_complete="off",
                max_length=100,
                default_value=page.start.bank_holder,
            ),
        ),
    )


def _part(step: ApplicationStep, answers: Node) -> Node:
    return panel(
        h.div(
            h.h2(STEP_TITLES[step], class_name="font-semibold"),
            h.button(
                CHANGE,
                h.span(" · ", STEP_TITLES[step], class_name="sr-only"),
                type="button",
                on_click=StartState.go(step.value),
                class_name=f"{QUIET} -my-2 -mr-2",
            ),
            class_name="flex items-center justify-between gap-2",
        ),
        h.dl(
            each(
                answers,
                lambda answer: h.div(
                    h.dt(answer.label, class_name="text-sm text-quiet"),
                    h.dd(answer.value, class_name="font-semibold wrap-anywhere"),
                ),
            ),
            class_name="space-y-2",
        ),
        class_name="space-y-2",
    )


def _send(page: Node) -> Node:
    return _step(
        ApplicationStep.SEND,
        page,
        _part(ApplicationStep.WHO, page.who),
        _part(ApplicationStep.WHERE, page.where),
        _part(ApplicationStep.PAPERS, page.shown),
        _part(ApplicationStep.BANK, page.bank),
        problem_text(_problem("form"), "form"),
        h.form(
            _actions(ApplicationStep.SEND, h.button(SEND, type="submit", class_name=f"{PRIMARY} flex-1 text-base")),
            on_submit=StartState.send,
            custom_attrs={"data-once": StartState.answered},
            key="form-send",
        ),
    )
