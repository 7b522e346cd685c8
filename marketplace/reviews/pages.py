"""The seller's list of reviews with answers, and the staff's list of those that were reported."""

from __future__ import annotations

from typing import Any

import reflex as rx

from marketplace.base.text import Text
from marketplace.reviews.parts import review_body
from marketplace.reviews.rules import ANSWER_LIMIT, NOTE_LIMIT, REASON_LIMIT, REPORT_LABELS
from marketplace.reviews.state import ALL, OPEN, TAKEN_DOWN, WAITING, ModerationState, SellerReviewsState
from marketplace.ui.blocks import badge, empty_state, fold, page_title, panel
from marketplace.ui.forms import OUTLINE, PRIMARY, form_problem
from marketplace.ui.layout import notice_bar
from marketplace.ui.markup import Node, each, filled, h, when
from marketplace.ui.page import BARE_FIRST_VIEW, Page, live_page
from marketplace.ui.seller import seller_frame, tab_bar, title_below
from marketplace.ui.staff import only_for_staff, staff_frame

TITLE = Text("Đánh giá của khách", "What shoppers say")
BACK = Text("Hôm nay", "Today")
EVERY = Text("Tất cả", "All")
TO_ANSWER = Text("Chưa trả lời", "To answer")
NONE = Text("Chưa có đánh giá nào", "No reviews yet")
NONE_HINT = Text(
    "Khách đánh giá được sau khi nhận hàng; đánh giá mới tự hiện ở đây.",
    "Shoppers can review once they received the goods; new reviews appear here by themselves.",
)
ANSWER = Text("Trả lời", "Answer")
CHANGE_ANSWER = Text("Sửa câu trả lời", "Change the answer")
YOUR_ANSWER = Text("Câu trả lời, ai cũng đọc được", "Your answer, for everybody to read")
REPORT = Text("Báo cán bộ", "Report to the staff")
WHY = Text("Lý do", "Reason")
NOTE = Text("Nói thêm cho cán bộ", "More for the staff")
SEND_REPORT = Text("Gửi báo cáo", "Send the report")
MORE = Text("Xem thêm", "More")
HIDDEN = Text("đã ẩn", "hidden")
STAFFS_REASON = Text("Lý do cán bộ ghi: ", "The staff's reason: ")
MODERATION = Text("Đánh giá bị báo", "Reported reviews")
TO_LOOK_AT = Text("Chờ xem", "Waiting")
TAKEN = Text("Đang ẩn", "Hidden")
NOTHING = Text("Không có đánh giá nào ở đây", "Nothing here")
NOTHING_HINT = Text("Đánh giá bị báo sẽ tự hiện ở đây.", "Reported reviews appear here by themselves.")
HIDE = Text("Ẩn, kèm lý do", "Hide, with a reason")
RESTORE = Text("Hiện lại, kèm lý do", "Show again, with a reason")
REASON = Text("Lý do, được lưu lại", "Reason, which is kept")
STANDS = Text("Để nguyên", "Let it stand")
DO_HIDE = Text("Ẩn đánh giá", "Hide the review")
DO_RESTORE = Text("Hiện lại", "Show again")


def _problem(state: Any, review: Node, name: str) -> Node:
    return when(
        state.asked == review.id,
        h.p(state.problems.get(name, ""), role="alert", class_name="text-error text-sm empty:hidden"),
    )


def _words(state: Any, review: Node, label: Text, name: str, limit: int, value: Node = "") -> Node:
    return h.label(
        h.span(label, class_name="font-semibold text-sm"),
        h.textarea(name=name, max_length=limit, default_value=value, class_name="textarea w-full text-base min-h-20"),
        _problem(state, review, name),
        class_name="block space-y-1",
    )


def _of(review: Node) -> Node:
    return h.input(type="hidden", name="review_id", value=review.id.to_string())


def _about(one: Node, *, shop: bool) -> Node:
    return h.div(
        h.a(
            one.product,
            href=one.product_href,
            class_name="link link-hover font-semibold inline-flex items-center min-h-11",
        ),
        h.span(one.store, class_name="text-sm text-quiet") if shop else None,
        when(one.hidden, badge(HIDDEN, "warning")),
        class_name="flex flex-wrap items-center gap-x-3",
    )


def _answering(one: Node) -> Node:
    review, state = one.review, SellerReviewsState
    return h.form(
        _of(review),
        _words(state, review, YOUR_ANSWER, "text", ANSWER_LIMIT, one.answer),
        h.button(when(one.answer, CHANGE_ANSWER, ANSWER), type="submit", class_name=PRIMARY),
        on_submit=SellerReviewsState.answer,
        custom_attrs={"data-once": SellerReviewsState.answered},
        class_name="space-y-2 pt-2",
    )


def _reporting(one: Node) -> Node:
    review = one.review
    return h.form(
        _of(review),
        h.label(
            h.span(WHY, class_name="font-semibold text-sm"),
            h.select(
                *(h.option(label, value=reason.value) for reason, label in REPORT_LABELS.items()),
                name="reason",
                class_name="select w-full h-11 text-base",
            ),
            class_name="block space-y-1",
        ),
        _words(SellerReviewsState, review, NOTE, "note", NOTE_LIMIT),
        h.button(SEND_REPORT, type="submit", class_name=OUTLINE),
        on_submit=SellerReviewsState.report,
        custom_attrs={"data-once": SellerReviewsState.answered},
        class_name="space-y-2 pt-2",
    )


def _sellers_review(one: Node) -> Node:
    return h.li(
        panel(
            _about(one, shop=False),
            review_body(one.review),
            when(one.hidden_reason, h.p(STAFFS_REASON, one.hidden_reason, class_name="text-sm text-urgent")),
            fold(when(one.answer, CHANGE_ANSWER, ANSWER), _answering(one)),
            " ",
            when(one.hidden, None, fold(REPORT, _reporting(one))),
            class_name="space-y-2",
        ),
        key=one.review.id.to_string(),
    )


def seller_reviews_content(page: Node) -> Node:
    """What shoppers say, to answer."""
    state = SellerReviewsState
    return seller_frame(
        title_below(
            BACK,
            "/seller",
            TITLE,
            under=when(page.count, h.span("★ ", page.average_text, " · ", page.count, class_name="num")),
        ),
        tab_bar(
            TITLE,
            ((ALL, EVERY, None), (OPEN, TO_ANSWER, page.unanswered)),
            state.show,
            state.show_only,
        ),
        form_problem(state.problems.get("form", "")),
        when(
            filled(page.reviews),
            h.ul(each(page.reviews, _sellers_review), class_name="space-y-3"),
            empty_state("star", NONE, NONE_HINT),
        ),
        when(
            page.older,
            h.button(MORE, type="button", on_click=state.show_more, class_name=f"{OUTLINE} w-full"),
        ),
        active="more",
        notice=notice_bar(state),
    )


def _judging(one: Node, label: Text, button: Text, decide: Any) -> Node:
    return fold(
        label,
        h.form(
            _of(one.review),
            _words(ModerationState, one.review, REASON, "text", REASON_LIMIT),
            h.button(button, type="submit", class_name=OUTLINE),
            on_submit=decide,
            custom_attrs={"data-once": ModerationState.answered},
            class_name="space-y-2 pt-2",
        ),
    )


def _reported(one: Node) -> Node:
    return h.li(
        panel(
            _about(one, shop=True),
            review_body(one.review),
            h.ul(
                each(one.reports, h.li),
                class_name="text-sm rounded-field bg-warning/20 p-3 space-y-1 empty:hidden",
            ),
            when(
                one.hidden,
                h.div(
                    h.p(STAFFS_REASON, one.hidden_reason, class_name="text-sm"),
                    _judging(one, RESTORE, DO_RESTORE, ModerationState.restore),
                ),
                h.div(
                    h.button(
                        STANDS,
                        type="button",
                        on_click=ModerationState.let_stand(one.review.id),
                        class_name=OUTLINE,
                    ),
                    _judging(one, HIDE, DO_HIDE, ModerationState.hide),
                    class_name="space-y-2",
                ),
            ),
            class_name="space-y-3",
        ),
        key=one.review.id.to_string(),
    )


def moderation_content(page: Node) -> Node:
    """Reviews somebody reported, and those that are hidden."""
    state = ModerationState
    return staff_frame(
        page_title(MODERATION),
        tab_bar(
            MODERATION,
            ((WAITING, TO_LOOK_AT, state.waiting), (TAKEN_DOWN, TAKEN, None)),
            state.show,
            state.show_only,
        ),
        form_problem(state.problems.get("form", "")),
        when(
            filled(page),
            h.ul(each(page, _reported), class_name="space-y-4 max-w-3xl"),
            empty_state("check", NOTHING, NOTHING_HINT),
        ),
        active="reviews",
        notice=notice_bar(state),
    )


def _moderation() -> rx.Component:
    return live_page(
        ModerationState, lambda page: only_for_staff(ModerationState, moderation_content(page), "/staff/reviews")
    )


PAGES = (
    Page(
        "/seller/reviews",
        lambda: live_page(SellerReviewsState, seller_reviews_content),
        SellerReviewsState.load,
        TITLE,
        first_view=BARE_FIRST_VIEW,
    ),
    Page("/staff/reviews", _moderation, ModerationState.load, MODERATION, first_view=BARE_FIRST_VIEW),
)
