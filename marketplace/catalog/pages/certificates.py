"""The certificates of one product and its shop: the list with their documents, and the form to enter one."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.catalog.certificates_state import CertificatesState
from marketplace.catalog.pages.variants import BACK
from marketplace.catalog.rules import CERTIFICATE_LABELS, OCOP_STARS, CertificateKind
from marketplace.ui.blocks import badge, panel
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, choice, field, problem_text
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, h, say, when
from marketplace.ui.seller import seller_frame, title_below
from marketplace.ui.sending import sent_photo

TITLE = Text("Chứng nhận", "Certificates")
HINT = Text(
    "Khách thấy chứng nhận còn hạn trên trang sản phẩm; hết hạn thì tự mất. Thêm ảnh hoặc PDF để khách xem được bản gốc.",
    "Shoppers see certificates that are valid; they go by themselves when they expire. Add a picture or PDF of each.",
)
NEW = Text("Thêm chứng nhận", "Add a certificate")
KIND = Text("Loại", "Kind")
STARS = Text("Số sao OCOP", "OCOP stars")
NONE = Text("không", "none")
NUMBER = Text("Số chứng nhận, quyết định", "Number")
ISSUER = Text("Nơi cấp", "Issuer")
ISSUED = Text("Ngày cấp", "Issued")
EXPIRES = Text("Hết hạn", "Expires")
OF_SHOP = Text("Cho cả gian hàng, không riêng món này", "For the whole shop, not this product alone")
SHOP = Text("cả gian hàng", "whole shop")
SEE = Text("Xem bản gốc", "See the document")
ADD_DOCUMENT = Text("Thêm ảnh hoặc PDF", "Add a picture or PDF")
REMOVE = Text("Bỏ", "Remove")
OVER = Text("hết hạn", "expired")
OCOP = Text("OCOP", "OCOP")


def _problem(name: str) -> Node:
    return CertificatesState.problems.get(name, "")


def _certificate(product: Node, certificate: Node) -> Node:
    upload = product.edit_href + "/certificates/" + certificate.id.to_string() + "/document"
    return h.li(
        h.div(
            h.div(
                h.p(certificate.title, class_name="font-semibold"),
                h.p(certificate.told, class_name="text-sm empty:hidden"),
                h.p(
                    certificate.until_text,
                    when(certificate.of_shop, h.span(" · ", SHOP)),
                    class_name="text-sm text-quiet",
                ),
                class_name="flex-1 min-w-0",
            ),
            when(certificate.counts, None, badge(OVER, "warning")),
            class_name="flex gap-2 items-start",
        ),
        h.div(
            when(
                certificate.document_href,
                h.a(SEE, href=certificate.document_href, target="_blank", class_name=f"{QUIET} px-2"),
            ),
            h.label(
                icon("camera"),
                ADD_DOCUMENT,
                h.input(
                    type="file",
                    accept="application/pdf,image/jpeg,image/png,image/webp",
                    class_name="sr-only",
                    custom_attrs={"data-upload": upload, "data-refresh": "#photos-arrived"},
                ),
                class_name=f"{OUTLINE} flex-1 cursor-pointer relative focus-within:outline-3 "
                "focus-within:outline-primary",
            ),
            h.button(
                REMOVE,
                type="button",
                on_click=CertificatesState.remove(certificate.id),
                class_name=f"{QUIET} px-2 text-error",
            ),
            class_name="flex flex-wrap gap-2",
        ),
        key=certificate.id.to_string(),
        class_name="rounded-box bg-base-100 border border-base-300 p-3 space-y-3",
    )


def _form(page: Node) -> Node:
    kinds = [
        h.option(OCOP if kind is CertificateKind.OCOP else label, value=kind.value)
        for kind, label in CERTIFICATE_LABELS.items()
    ]
    stars = [h.option(NONE, value=""), *(h.option(f"{number} ★", value=str(number)) for number in OCOP_STARS)]
    return h.form(
        panel(
            h.h2(NEW, class_name="font-semibold text-lg"),
            h.div(
                choice(KIND, "kind", kinds, problem=_problem("kind")),
                choice(STARS, "stars", stars, problem=_problem("stars")),
                class_name="grid grid-cols-2 gap-3 items-start",
            ),
            field(NUMBER, "number", problem=_problem("number"), max_length=60),
            field(ISSUER, "issuer", problem=_problem("issuer"), max_length=120),
            h.div(
                field(ISSUED, "issued_on", problem=_problem("issued_on"), type="date", optional=True),
                field(EXPIRES, "expires_on", problem=_problem("expires_on"), type="date"),
                class_name="grid sm:grid-cols-2 gap-3",
            ),
            h.label(
                h.input(type="checkbox", name="of_shop", class_name="checkbox checkbox-primary"),
                OF_SHOP,
                class_name="flex items-center gap-2 min-h-11",
            ),
            problem_text(_problem("form"), "form"),
            h.button(NEW, type="submit", class_name=f"{PRIMARY} w-full"),
            class_name="space-y-3",
        ),
        key=page.drawn.to_string(),
        on_submit=CertificatesState.add,
        no_validate=True,
        custom_attrs={"data-once": CertificatesState.answered},
    )


def certificates_content(page: Node) -> Node:
    """A product's certificates and the form of a new one."""
    return seller_frame(
        title_below(BACK, page.product.edit_href, TITLE, under=page.product.name),
        h.p(CertificatesState.notice, role="status", class_name="font-semibold text-success empty:hidden"),
        h.p(say(HINT), class_name="text-sm text-quiet"),
        h.button(id="photos-arrived", type="button", hidden=True, on_click=CertificatesState.refresh),
        h.ul(
            each(page.certificates, lambda certificate: _certificate(page.product, certificate)),
            class_name="space-y-3 empty:hidden",
        ),
        h.ul(id="photos", class_name="space-y-3 empty:hidden"),
        sent_photo(),
        _form(page),
        active="goods",
        narrow=True,
    )
