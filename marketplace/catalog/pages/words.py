"""What the list of goods and the form of one both say."""

from __future__ import annotations

from marketplace.base.text import Text

GOODS = Text("Hàng của tôi", "My goods")
NOT_OPEN = Text(
    "Gian hàng chưa được duyệt, hàng chưa lên chợ.", "The shop is not approved yet; goods are not on the market."
)
PAUSE = Text("Tạm ngưng", "Pause")
RESUME = Text("Bán lại", "Sell again")
PREVIEW = Text("Xem trước", "Preview")
SEE = Text("Xem trên chợ", "See on the market")
