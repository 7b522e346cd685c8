"""What buyers say: the summary with its bars on a product's page, and a page of all reviews."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.reviews.parts import review_body
from marketplace.reviews.rules import NOTE_LIMIT
from marketplace.storefront.parts import NEXT_PAGE
from marketplace.storefront.state import ReviewsState
from marketplace.ui.blocks import empty_state, fold, heading, page_title, panel
from marketplace.ui.forms import OUTLINE, PRIMARY
from marketplace.ui.icons import icon
from marketplace.ui.layout import notice_bar, shop_frame
from marketplace.ui.markup import Node, each, filled, h, is_live, live_only, when
from marketplace.ui.page import Page, live_page

REVIEWS = Text("Đánh giá", "Reviews")
EVERY = Text("Xem tất cả đánh giá", "See all reviews")
BY_STARS = Text("Đánh giá theo số sao", "Reviews by stars")
OUT_OF = Text(" trên 5", " out of 5")
ANY = Text("Mọi số sao", "Any stars")
NONE = Text("Không có đánh giá nào ở đây", "No reviews here")
NONE_HINT = Text(
    "Ai đã nhận hàng đều đánh giá được, từ trang đơn hàng.",
    "Whoever received the goods can review them from the order's page.",
)
BACK = Text("Về sản phẩm", "Back to the product")
REPORT = Text("Báo cáo", "Report")
WHY = Text("Vì sao cần xem lại?", "Why should staff look at it?")
NOTE = Text("Nói thêm (không bắt buộc)", "More (optional)")
SEND = Text("Gửi", "Send")


def _average(summary: Node) -> Node:
    return h.p(
        h.span(summary.average_text, class_name="num text-3xl font-semibold"),
        h.span(OUT_OF, class_name="sr-only"),
        h.span(summary.stars_text, aria_hidden="true", class_name="text-secondary tracking-wide"),
        h.span(summary.count_text, class_name="num text-sm text-quiet"),
        class_name="relative flex flex-wrap items-baseline gap-x-2",
    )


def _bars(summary: Node) -> Node:
    return h.ul(
        each(
            summary.bars,
            lambda bar: h.li(
                h.a(
                    h.span(bar.stars, "★", aria_hidden="true", class_name="num w-7"),
                    h.progress(
                        max=summary.count,
                        value=bar.number,
                        aria_hidden="true",
                        class_name="progress progress-secondary flex-1",
                    ),
                    h.span(bar.number, aria_hidden="true", class_name="num w-8 text-right text-quiet"),
                    h.span(bar.label, class_name="sr-only"),
                    href=bar.href,
                    rel="nofollow",
                    aria_current=when(bar.chosen, "true", "false"),
                    class_name="relative flex items-center gap-2 text-sm min-h-8 hover:text-primary "
                    "aria-[current=true]:font-semibold aria-[current=true]:text-primary",
                )
            ),
        ),
        aria_label=BY_STARS,
        class_name="max-w-sm w-full",
    )


def product_reviews(part: Node) -> Node:
    """What a product's own page says of its reviews."""
    return h.section(
        heading(REVIEWS),
        _average(part.summary),
        _bars(part.summary),
        h.ul(each(part.latest, lambda review: h.li(review_body(review))), class_name="space-y-4"),
        h.a(EVERY, href=part.href, class_name=OUTLINE),
        class_name="space-y-3 md:col-start-1",
        id="reviews",
    )


def _report(page: Node, review: Node) -> Node:
    return fold(
        REPORT,
        h.form(
            h.input(type="hidden", name="review_id", value=review.id.to_string()),
            h.label(
                h.span(WHY, class_name="text-sm font-semibold"),
                h.select(
                    each(page.reasons, lambda one: h.option(one.label, value=one.href)),
                    name="reason",
                    class_name="select w-full h-11 text-base",
                ),
                class_name="block space-y-1",
            ),
            h.label(
                h.span(NOTE, class_name="text-sm font-semibold"),
                h.input(name="note", max_length=NOTE_LIMIT, class_name="input w-full h-11 text-base"),
                class_name="block space-y-1",
            ),
            when(
                ReviewsState.asked == review.id,
                h.p(ReviewsState.problem, role="alert", class_name="text-sm text-error empty:hidden"),
            ),
            h.button(SEND, type="submit", class_name=OUTLINE),
            on_submit=ReviewsState.report,
            class_name="space-y-2 max-w-sm",
        ),
    )


def _review(page: Node, review: Node) -> Node:
    return h.li(panel(review_body(review), _report(page, review) if is_live() else None, class_name="space-y-2"))


def reviews_content(page: Node) -> Node:
    """All reviews of a product, newest first."""
    return shop_frame(
        h.a(
            icon("back", "size-4"),
            BACK,
            href=page.product_href,
            class_name="inline-flex items-center gap-1 min-h-11 text-sm text-quiet hover:text-primary",
        ),
        page_title(page.product, under=REVIEWS),
        h.div(
            h.div(
                when(page.summary.count, h.div(_average(page.summary), _bars(page.summary), class_name="space-y-2")),
                when(page.stars, h.a(ANY, href=page.all_href, class_name=f"{OUTLINE} mt-3")),
            ),
            h.div(
                when(
                    filled(page.reviews),
                    h.ul(each(page.reviews, lambda review: _review(page, review)), class_name="space-y-3"),
                    empty_state("star", NONE, NONE_HINT),
                ),
                when(
                    page.next_href,
                    h.div(
                        h.a(NEXT_PAGE, href=page.next_href, rel="next nofollow", class_name=f"{PRIMARY} px-10"),
                        class_name="flex justify-center pt-3",
                    ),
                ),
                class_name="space-y-3 min-w-0",
            ),
            class_name="grid gap-6 md:grid-cols-[20rem_1fr] items-start",
        ),
        notice=live_only(lambda: notice_bar(ReviewsState)),
        basket_count=ReviewsState.basket_count,
    )


REVIEWS_PAGE = Page(
    "/p/[product]/reviews", lambda: live_page(ReviewsState, reviews_content), ReviewsState.load, own_first_view=True
)
