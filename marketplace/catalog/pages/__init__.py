"""A seller's goods: the list with price and stock at hand, and the form with photos from the phone."""

from __future__ import annotations

from marketplace.catalog.certificates_state import CertificatesState
from marketplace.catalog.pages.certificates import TITLE as CERTIFICATES
from marketplace.catalog.pages.certificates import certificates_content
from marketplace.catalog.pages.form import EDIT, NEW, edit_content
from marketplace.catalog.pages.goods import goods_content
from marketplace.catalog.pages.sections import TITLE as SECTIONS
from marketplace.catalog.pages.sections import sections_content
from marketplace.catalog.pages.variants import TITLE, variants_content
from marketplace.catalog.pages.words import GOODS
from marketplace.catalog.sections_state import SectionsState
from marketplace.catalog.state import EditState, GoodsState
from marketplace.catalog.variants_state import VariantsState
from marketplace.ui.page import BARE_FIRST_VIEW, Page, live_page

PAGES = (
    Page(
        "/seller/products",
        lambda: live_page(GoodsState, goods_content),
        GoodsState.load,
        GOODS,
        first_view=BARE_FIRST_VIEW,
    ),
    Page(
        "/seller/products/new",
        lambda: live_page(EditState, edit_content),
        EditState.load,
        NEW,
        first_view=BARE_FIRST_VIEW,
    ),
    Page(
        "/seller/products/[product]",
        lambda: live_page(EditState, edit_content),
        EditState.load,
        EDIT,
        first_view=BARE_FIRST_VIEW,
    ),
    Page(
        "/seller/products/[product]/certificates",
        lambda: live_page(CertificatesState, certificates_content),
        CertificatesState.load,
        CERTIFICATES,
        first_view=BARE_FIRST_VIEW,
    ),
    Page(
        "/seller/products/[product]/variants",
        lambda: live_page(VariantsState, variants_content),
        VariantsState.load,
        TITLE,
        first_view=BARE_FIRST_VIEW,
    ),
    Page(
        "/seller/shop/sections",
        lambda: live_page(SectionsState, sections_content),
        SectionsState.load,
        SECTIONS,
        first_view=BARE_FIRST_VIEW,
    ),
)
