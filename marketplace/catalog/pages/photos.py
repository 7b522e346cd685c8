"""Photos of a product, sent from the phone."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.catalog.state import TO_THE_FRONT, EditState
from marketplace.ui.blocks import badge, panel
from marketplace.ui.forms import OUTLINE, SMALL_BUTTON, problem_text
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, filled, h, when
from marketplace.ui.pictures import picture_of
from marketplace.ui.sending import sent_photo

PHOTOS = Text("Ảnh", "Photos")
PHOTOS_HINT = Text(
    "Ảnh đầu là ảnh bìa. Chụp gần, đủ sáng; ảnh lớn được thu nhỏ trước khi gửi.",
    "The first is the cover. Close and well lit; large photos are made smaller before they are sent.",
)
TAKE_PHOTO = Text("Chụp hoặc chọn ảnh", "Take or choose photos")
COVER = Text("Ảnh bìa", "Cover")
MAKE_COVER = Text("Làm bìa", "Make cover")
EARLIER = Text("Đưa ảnh lên trước", "Move the photo forward")
LATER = Text("Đưa ảnh ra sau", "Move the photo back")
REMOVE = Text("Bỏ ảnh", "Remove the photo")
REMOVED = Text("Đã bỏ một ảnh.", "One photo removed.")
PUT_BACK = Text("Hoàn tác", "Undo")


def _photo(product: Node, picture: Node) -> Node:
    first = picture.id == product.pictures[0].id
    return h.li(
        h.div(
            picture_of(
                picture.key,
                (320, 640),
                "(min-width: 640px) 200px, 45vw",
                class_name="size-full object-cover rounded-field",
            ),
            when(
                first,
                h.span(badge(COVER, "primary"), class_name="absolute top-2 left-2"),
                h.button(
                    icon("star", "size-4"),
                    MAKE_COVER,
                    type="button",
                    on_click=EditState.move_picture(picture.id, TO_THE_FRONT),
                    class_name="btn btn-sm min-h-11 absolute bottom-1 left-1 bg-base-100/90 border-base-300",
                ),
            ),
            class_name="relative aspect-square",
        ),
        h.div(
            h.button(
                icon("back"),
                h.span(EARLIER, class_name="sr-only"),
                type="button",
                on_click=EditState.move_picture(picture.id, -1),
                disabled=first,
                class_name=SMALL_BUTTON,
            ),
            h.button(
                icon("forward"),
                h.span(LATER, class_name="sr-only"),
                type="button",
                on_click=EditState.move_picture(picture.id, 1),
                disabled=picture.id == product.pictures[-1].id,
                class_name=SMALL_BUTTON,
            ),
            h.button(
                icon("trash"),
                h.span(REMOVE, class_name="sr-only"),
                type="button",
                on_click=EditState.remove_picture(picture.id),
                class_name=f"{SMALL_BUTTON} text-error",
            ),
            class_name="flex justify-between",
        ),
        key=picture.id.to_string(),
    )


def photos_of(product: Node) -> Node:
    """The photos a product has, those on their way, and the button that takes more."""
    return panel(
        h.h2(PHOTOS, class_name="font-semibold"),
        h.button(id="photos-arrived", type="button", hidden=True, on_click=EditState.refresh),
        when(
            filled(product.pictures),
            h.ul(
                each(product.pictures, lambda picture: _photo(product, picture)),
                class_name="grid grid-cols-2 sm:grid-cols-3 gap-3",
            ),
        ),
        when(
            EditState.can_put_back,
            h.div(
                h.span(REMOVED),
                h.button(PUT_BACK, type="button", on_click=EditState.put_back, class_name=OUTLINE),
                role="status",
                class_name="flex items-center justify-between gap-3",
            ),
        ),
        h.ul(id="photos", class_name="space-y-3 empty:hidden"),
        sent_photo(),
        h.label(
            icon("camera"),
            TAKE_PHOTO,
            h.input(
                type="file",
                accept="image/jpeg,image/png,image/webp,image/*",
                multiple=True,
                class_name="sr-only",
                custom_attrs={
                    "data-upload": product.upload_href,
                    "data-made-with": product.creation_key,
                    "data-refresh": "#photos-arrived",
                },
            ),
            class_name=f"{OUTLINE} w-full cursor-pointer focus-within:outline-3 focus-within:outline-primary",
        ),
        problem_text(EditState.problems.get("picture", ""), "picture"),
        h.p(PHOTOS_HINT, class_name="text-sm text-quiet"),
        class_name="space-y-3",
    )
