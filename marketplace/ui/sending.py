"""A photo or document on its way from the phone; `browser/photos.js` sends it."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.ui.forms import OUTLINE
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, h

WAITS = Text("Gửi lên khi bạn bấm Đăng bán.", "Sent when you put it on sale.")
SENDING = Text("Đang gửi…", "Sending…")
AGAIN = Text("Gửi lại", "Send again")
DROP = Text("Bỏ tấm này", "Leave this one out")


def sent_photo() -> Node:
    """What stands in the list for a photo on its way; photos.js copies it for each."""
    return h.div(
        h.img(
            alt="",
            width="56",
            height="56",
            custom_attrs={"data-photo": "picture"},
            class_name="size-14 rounded-field object-cover bg-base-200 shrink-0",
        ),
        h.div(
            h.p(custom_attrs={"data-photo": "name"}, class_name="text-sm truncate"),
            h.p(WAITS, custom_attrs={"data-photo": "waits"}, class_name="text-sm text-quiet"),
            h.progress(
                max="1",
                value="0",
                aria_label=SENDING,
                custom_attrs={"data-photo": "progress"},
                class_name="progress progress-primary w-full",
            ),
            h.p(
                role="alert",
                custom_attrs={"data-photo": "problem"},
                class_name="text-sm text-error font-semibold empty:hidden",
            ),
            h.button(AGAIN, type="button", custom_attrs={"data-photo": "again"}, class_name=f"{OUTLINE} mt-2"),
            class_name="flex-1 min-w-0",
        ),
        h.button(
            icon("close"),
            h.span(DROP, class_name="sr-only"),
            type="button",
            custom_attrs={"data-photo": "drop"},
            class_name="btn btn-ghost size-11 min-h-11 p-0",
        ),
        id="photo-on-its-way",
        hidden=True,
        class_name="flex items-start gap-3",
    )
