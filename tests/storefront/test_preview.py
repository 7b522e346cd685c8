"""What a seller sees of goods before shoppers do."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from marketplace.sellers.rules import SellerStatus
from marketplace.storefront import service
from tests.factories import NOW, make_owner, make_product, make_seller


@pytest.mark.parametrize(
    ("status", "way"), [(SellerStatus.APPLIED, False), (SellerStatus.REFUSED, False), (SellerStatus.APPROVED, True)]
)
def test_a_preview_leads_to_the_shop_once_there_is_one_to_be_seen(
    session: Session, status: SellerStatus, way: bool
) -> None:
    seller = make_seller(session, status=status)
    product = make_product(session, seller_id=seller).product_id
    page = service.preview(session, make_owner(session, seller), product, "vi", NOW)
    assert bool(page.seller.href) is way
