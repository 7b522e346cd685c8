"""The text of order contracts, by version. Vietnamese binds; English is a courtesy.

A version never changes once contracts were concluded on it: a new text is a new version. Sources: Civil Code 91/2015/QH13
(articles 386 to 400, 430 to 454), Decree 52/2013/NĐ-CP articles 15 to 23 as amended by 85/2021, Law on E-commerce
122/2025/QH15, Law on Electronic Transactions 20/2023/QH15, Law on Personal Data Protection 91/2025/QH15.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marketplace.base.money import show_money
from marketplace.base.text import Locale, Text
from marketplace.contracts.rules import Clause

VERSION = "2026-11"

TITLE = Text("HỢP ĐỒNG MUA BÁN HÀNG HOÁ", "CONTRACT OF SALE")
_PARTIES = Text("Các bên", "The parties")
_SELLER = Text(
    "Bên bán: {legal_name} (gian hàng “{store}”), {tax}địa chỉ {address}, điện thoại {phone}.",
    "Seller: {legal_name} (shop “{store}”), {tax}address {address}, phone {phone}.",
)
_TAX = Text("mã số thuế {tax_code}, ", "tax code {tax_code}, ")
_BUYER = Text(
    "Bên mua: {name}, điện thoại {phone}, nơi nhận hàng {address}.",
    "Buyer: {name}, phone {phone}, delivery to {address}.",
)
_GOODS = Text("Hàng hoá và giá", "Goods and prices")
_LINE = Text(
    "{name}: {quantity} {unit} × {price} = {total}.",
    "{name}: {quantity} {unit} × {price} = {total}.",
)
_GOODS_TOTAL = Text(
    "Tiền hàng: {total}. Giá đã gồm các loại thuế, phí của bên bán.",
    "Goods: {total}. Prices include the seller's taxes and fees.",
)
_QUALITY = Text("Chất lượng", "Quality")
_QUALITY_TEXT = Text(
    "Hàng đúng tên, loại, khối lượng và mô tả trên trang sản phẩm vào lúc đặt; an toàn theo quy định với loại hàng đó.",
    "The goods match the name, grade, weight and description on the product page when ordered, and are safe as the law asks.",
)
_DELIVERY = Text("Giao hàng", "Delivery")
_DELIVERY_TEXT = Text(
    "Cách giao: {label}, {days} kể từ khi hợp đồng được giao kết. Phí giao: {fee}.",
    "Delivery: {label}, {days} from the conclusion of the contract. Delivery fee: {fee}.",
)
_RISK = Text(
    "Rủi ro chuyển sang bên mua khi bên mua nhận hàng.",
    "The risk passes to the buyer when the buyer receives the goods.",
)
_PAYMENT = Text("Thanh toán", "Payment")
_PAYMENT_TEXT = Text(
    "Tổng cộng bên mua phải trả: {total}. Cách trả: {label}. Không có khoản nào khác.",
    "Total to be paid by the buyer: {total}. Payment: {label}. There are no other charges.",
)
_INSPECTION = Text("Kiểm hàng, đổi trả", "Inspection and return")
_INSPECTION_TEXT = Text(
    "Bên mua được kiểm hàng trước khi trả tiền và có quyền từ chối hàng sai, thiếu, hỏng mà không phải trả gì. Hàng tươi sống: "
    "báo trong 24 giờ kể từ khi nhận, kèm ảnh; hàng khác: trong 7 ngày. Bên bán đổi hàng hoặc hoàn tiền phần bị sai.",
    "The buyer may inspect the goods before paying and refuse wrong, missing or spoiled goods at no cost. Fresh goods: claims "
    "within 24 hours of receipt with a photo; other goods: within 7 days. The seller replaces or refunds what is wrong.",
)
_FORMATION = Text("Giao kết", "Formation")
_FORMATION_TEXT = Text(
    "Đơn đặt hàng của bên mua là đề nghị giao kết. Hợp đồng được giao kết khi trả lời chấp nhận của bên bán đến với bên mua. "
    "Nếu bên bán không trả lời trong {hours} giờ thì đề nghị hết hiệu lực và không bên nào phải làm gì.",
    "The buyer's order is an offer. The contract is concluded when the seller's acceptance reaches the buyer. "
    "If the seller does not answer within {hours} hours the offer lapses and neither side owes anything.",
)
_LEVEL = Text(
    "Hai bên xác nhận bằng thao tác trên Chợ Quê; nền tảng đóng dấu điện tử làm chứng (mức L1). Đây không phải chữ ký số của các bên.",
    "Both sides confirm by their action on Chợ Quê; the platform seals it as evidence (level L1). "
    "This is not a digital signature of the parties.",
)
_DATA = Text("Dữ liệu cá nhân", "Personal data")
_DATA_TEXT = Text(
    "Tên, số điện thoại và địa chỉ của bên mua chỉ dùng để thực hiện hợp đồng này và lưu giữ theo luật.",
    "The buyer's name, phone and address serve only to perform this contract and are kept as the law requires.",
)
_DISPUTES = Text("Tranh chấp", "Disputes")
_DISPUTES_TEXT = Text(
    "Hai bên thương lượng trước; sau đó có thể nhờ cơ quan quản lý thương mại của tỉnh hoà giải, hoặc đưa ra toà án có thẩm quyền.",
    "The parties first negotiate; then they may ask the province's trade authority to mediate, or go to the competent court.",
)
_NOTE = Text("Lời nhắn của bên mua: {note}", "The buyer's note: {note}")


def clauses(terms: Mapping[str, Any], locale: Locale) -> list[Clause]:
    """A contract's clauses in one language, for the page and the document."""
    seller, buyer, delivery, payment = terms["seller"], terms["buyer"], terms["delivery"], terms["payment"]
    tax = _TAX.say(locale, tax_code=seller["tax_code"]) if seller["tax_code"] else ""
    parties = [
        _SELLER.say(
            locale,
            legal_name=seller["legal_name"],
            store=seller["store"],
            tax=tax,
            address=seller["address"],
            phone=seller["phone"],
        ),
        _BUYER.say(locale, **buyer),
    ]
    goods = [
        _LINE.say(
            locale,
            name=line["name"],
            quantity=line["quantity"] if locale == "en" else line["quantity"].replace(".", ","),
            unit=line["unit"][locale],
            price=show_money(line["price"]),
            total=show_money(line["total"]),
        )
        for line in terms["lines"]
    ]
    goods.append(_GOODS_TOTAL.say(locale, total=show_money(terms["goods_total"])))
    if terms["note"]:
        goods.append(_NOTE.say(locale, note=terms["note"]))
    found = [
        (_PARTIES, parties),
        (_GOODS, goods),
        (_QUALITY, [_QUALITY_TEXT.say(locale)]),
        (
            _DELIVERY,
            [
                _DELIVERY_TEXT.say(
                    locale,
                    label=delivery["label"][locale],
                    days=delivery["days"][locale],
                    fee=show_money(delivery["fee"]),
                ),
                _RISK.say(locale),
            ],
        ),
        (
            _PAYMENT,
            [_PAYMENT_TEXT.say(locale, total=show_money(terms["total"]), label=payment["label"][locale])],
        ),
        (_INSPECTION, [_INSPECTION_TEXT.say(locale)]),
        (_FORMATION, [_FORMATION_TEXT.say(locale, hours=terms["acceptance_hours"]), _LEVEL.say(locale)]),
        (_DATA, [_DATA_TEXT.say(locale)]),
        (_DISPUTES, [_DISPUTES_TEXT.say(locale)]),
    ]
    return [
        Clause(f"{number}. {title.say(locale)}", tuple(paragraphs))
        for number, (title, paragraphs) in enumerate(found, start=1)
    ]
