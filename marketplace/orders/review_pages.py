"""Where a buyer says what the goods are like: stars with the thumb, words, then photos."""

from __future__ import annotations

from marketplace.base.ratings import MOST_STARS
from marketplace.base.text import Text
from marketplace.orders.review_state import ReviewState
from marketplace.reviews.rules import MOST_PHOTOS, TEXT_LIMIT
from marketplace.ui.blocks import empty_state, page_title, panel, panel_title
from marketplace.ui.forms import OUTLINE, PRIMARY, SMALL_BUTTON, form_problem, problem_text, text_area, thumb_bar
from marketplace.ui.icons import icon
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, each, filled, h, when
from marketplace.ui.page import FirstProblem, Page, live_page
from marketplace.ui.sending import sent_photo

TITLE = Text("Đánh giá hàng đã nhận", "Review what you received")
BACK = Text("Về đơn hàng", "Back to the order")
STARS = Text("Bạn thấy món này thế nào?", "How are these goods?")
STAR_LABELS = (
    Text("1 sao: rất tệ", "1 star: very bad"),
    Text("2 sao: chưa được", "2 stars: poor"),
    Text("3 sao: tạm được", "3 stars: fair"),
    Text("4 sao: ngon, tốt", "4 stars: good"),
    Text("5 sao: rất ngon, rất tốt", "5 stars: very good"),
)
WORDS = Text("Kể thêm cho người mua sau", "Tell those who come after you")
WORDS_HINT = Text(
    "Độ tươi, vị, đóng gói, giao có đúng hẹn. Tên bạn hiện rút gọn, ví dụ Nguyễn T. L.",
    "Freshness, taste, packing, delivery on time. Your name is shown shortened, like Nguyễn T. L.",
)
SEND = Text("Gửi đánh giá", "Send the review")
PHOTOS = Text("Ảnh của bạn", "Your photos")
PHOTOS_HINT = Text(
    "Nhiều nhất 4 ảnh. Vị trí và dữ liệu trong ảnh được xoá.", "At most 4. Places and data in them are removed."
)
TAKE = Text("Chụp hoặc chọn ảnh", "Take or choose photos")
REMOVE = Text("Bỏ ảnh", "Remove the photo")
OVER = Text(
    "Đã quá 30 ngày nên đánh giá này không sửa được nữa.", "After 30 days this review can no longer be changed."
)
HIDDEN = Text("Cán bộ đã ẩn đánh giá này. Lý do: ", "Staff hid this review. The reason: ")
NONE = Text("Không mở được trang này", "This page cannot be opened")
NONE_HINT = Text(
    "Đánh giá được khi đã nhận hàng, bằng tài khoản đã đặt hoặc đường dẫn riêng của đơn.",
    "You can review goods you received, with the account you ordered with or by the order's private link.",
)
MY_ORDERS = Text("Đơn hàng của tôi", "My orders")


def _stars(page: Node) -> Node:
    """Five stars as radio buttons; those before the chosen one light up with it (`theme.css`).

    Without ids: of an element that has one, Reflex sends the value whether it was chosen or not.
    """
    return h.fieldset(
        h.legend(STARS, class_name="font-semibold text-sm"),
        h.div(
            *(
                h.label(
                    h.input(
                        type="radio",
                        name="stars",
                        value=str(stars),
                        default_checked=page.review.stars == stars,
                        aria_describedby="problem-stars",
                        class_name="sr-only",
                    ),
                    h.span("★", aria_hidden="true"),
                    h.span(STAR_LABELS[stars - 1], class_name="sr-only"),
                    class_name="star size-12 grid place-items-center text-4xl leading-none cursor-pointer rounded-field",
                )
                for stars in range(1, MOST_STARS + 1)
            ),
            class_name="stars inline-flex",
        ),
        problem_text(ReviewState.problems.get("stars", ""), "stars"),
    )


def _photo(photo: Node) -> Node:
    return h.li(
        h.img(src=photo.src, alt="", width="96", height="96", class_name="size-24 rounded-field object-cover"),
        h.button(
            icon("trash"),
            h.span(REMOVE, class_name="sr-only"),
            type="button",
            on_click=ReviewState.remove_photo(photo.id),
            class_name=f"{SMALL_BUTTON} text-error",
        ),
        key=photo.id.to_string(),
        class_name="flex flex-col items-center",
    )


def _photos(page: Node) -> Node:
    return panel(
        panel_title(PHOTOS, "camera"),
        h.button(id="photos-arrived", type="button", hidden=True, on_click=ReviewState.refresh),
        when(
            filled(page.review.photos),
            h.ul(each(page.review.photos, _photo), class_name="flex flex-wrap gap-3"),
        ),
        h.ul(id="photos", class_name="space-y-3 empty:hidden"),
        sent_photo(),
        when(
            page.review.photos.length() < MOST_PHOTOS,
            h.label(
                icon("camera"),
                TAKE,
                h.input(
                    type="file",
                    accept="image/jpeg,image/png,image/webp,image/*",
                    multiple=True,
                    class_name="sr-only",
                    custom_attrs={"data-upload": page.upload_href, "data-refresh": "#photos-arrived"},
                ),
                class_name=f"{OUTLINE} w-full relative cursor-pointer focus-within:outline-3 "
                "focus-within:outline-primary",
            ),
        ),
        h.p(PHOTOS_HINT, class_name="text-sm text-quiet"),
        class_name="space-y-3",
    )


def _form(page: Node) -> Node:
    return h.form(
        panel(
            _stars(page),
            text_area(
                WORDS,
                "text",
                problem=ReviewState.problems.get("text", ""),
                hint=WORDS_HINT,
                optional=True,
                max_length=TEXT_LIMIT,
                default_value=page.review.text,
            ),
            problem_text(ReviewState.problems.get("form", ""), "form"),
            FirstProblem.create(problems=ReviewState.problems),
            class_name="space-y-4",
        ),
        thumb_bar(h.button(SEND, type="submit", class_name=f"{PRIMARY} flex-1 text-base")),
        on_submit=ReviewState.save,
        no_validate=True,
        custom_attrs={"data-once": ReviewState.answered},
        class_name="space-y-4",
    )


def review_content(page: Node) -> Node:
    """What was received, and what its buyer says of it."""
    return shop_frame(
        when(
            page.line_id,
            h.div(
                h.a(
                    icon("back", "size-4"),
                    BACK,
                    href=page.order_href,
                    class_name="inline-flex items-center gap-1 min-h-11 text-sm text-quiet hover:text-primary",
                ),
                page_title(TITLE),
                h.div(
                    h.img(
                        src=page.picture,
                        alt="",
                        width="64",
                        height="64",
                        class_name="size-16 rounded-field object-cover bg-base-200",
                    ),
                    h.div(
                        h.p(page.name, class_name="font-semibold"),
                        h.p(page.store_name, class_name="text-sm text-quiet"),
                    ),
                    class_name="flex items-center gap-3",
                ),
                h.p(ReviewState.notice, role="status", class_name="font-semibold text-success empty:hidden"),
                when(
                    page.review.hidden_reason,
                    h.p(HIDDEN, page.review.hidden_reason, class_name="rounded-box bg-error/10 text-error p-4"),
                ),
                when(
                    page.review.may_edit,
                    h.div(_form(page), when(page.review.id, _photos(page)), class_name="space-y-4"),
                    panel(h.p(OVER)),
                ),
                class_name="max-w-md mx-auto space-y-4",
            ),
            h.div(
                form_problem(ReviewState.problem),
                empty_state(
                    "star", NONE, NONE_HINT, h.a(MY_ORDERS, href="/account/orders", class_name=OUTLINE), alone=True
                ),
            ),
        ),
        active="orders",
        acts=True,
        basket_count=ReviewState.basket_count,
    )


REVIEW_PAGE = Page(
    "/orders/[number]/review/[line]", lambda: live_page(ReviewState, review_content), ReviewState.load, TITLE
)
