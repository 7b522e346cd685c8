"""Contract of an order, version 2026-11.

Sources: Civil Code 91/2015/QH13 (articles 386 to 400 on offer and acceptance, 430 to 454 on sale); Law on Electronic
Transactions 20/2023/QH15; Law on E-commerce 122/2025/QH15 and, where still in force, Decree 52/2013/NĐ-CP articles 15 to
23 as amended by 85/2021/NĐ-CP; Law on Consumer Protection 19/2023/QH15; Law on Personal Data Protection 91/2025/QH15.
"""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.contracts.templates.shape import OrderTemplate, Paragraph, Section

ORDER_2026_11 = OrderTemplate(
    version="2026-11",
    title=Text("HỢP ĐỒNG MUA BÁN HÀNG HOÁ", "CONTRACT OF SALE"),
    seller_kinds=(
        ("farm", Text("nhà vườn, trang trại", "farm")),
        ("household", Text("hộ kinh doanh", "household business")),
        ("cooperative", Text("hợp tác xã", "co-operative")),
        ("enterprise", Text("doanh nghiệp", "enterprise")),
    ),
    sections=(
        Section(
            Text("Các bên", "The parties"),
            (
                Paragraph(
                    Text(
                        "Bên bán: {seller_legal_name} ({seller_kind}), gian hàng “{seller_store}”, "
                        "địa chỉ {seller_address}, điện thoại {seller_phone}.",
                        "Seller: {seller_legal_name} ({seller_kind}), shop “{seller_store}”, "
                        "address {seller_address}, phone {seller_phone}.",
                    )
                ),
                Paragraph(
                    Text("Mã số thuế của bên bán: {seller_tax_code}.", "The seller's tax code: {seller_tax_code}."),
                    only_with="seller_tax_code",
                ),
                Paragraph(
                    Text(
                        "Bên mua: {buyer_name}, điện thoại {buyer_phone}, nơi nhận hàng {buyer_address}.",
                        "Buyer: {buyer_name}, phone {buyer_phone}, delivery to {buyer_address}.",
                    )
                ),
            ),
        ),
        Section(
            Text("Hàng hoá và giá", "Goods and prices"),
            (
                Paragraph(
                    Text(
                        "{line_name}: {line_quantity} {line_unit} × {line_price} = {line_total}.",
                        "{line_name}: {line_quantity} {line_unit} × {line_price} = {line_total}.",
                    ),
                    each_line=True,
                ),
                Paragraph(
                    Text(
                        "Tiền hàng: {goods_total}. Giá đã gồm các loại thuế, phí của bên bán.",
                        "Goods: {goods_total}. Prices include the seller's taxes and fees.",
                    )
                ),
                Paragraph(Text("Lời nhắn của bên mua: {note}", "The buyer's note: {note}"), only_with="note"),
            ),
        ),
        Section(
            Text("Chất lượng", "Quality"),
            (
                Paragraph(
                    Text(
                        "Hàng đúng tên, loại, khối lượng và mô tả trên trang sản phẩm vào lúc đặt; an toàn theo quy định "
                        "với loại hàng đó.",
                        "The goods match the name, grade, weight and description on the product page when ordered, and "
                        "are safe as the law asks.",
                    )
                ),
            ),
        ),
        Section(
            Text("Giao hàng", "Delivery"),
            (
                Paragraph(
                    Text(
                        "Cách giao: {delivery_label}, {delivery_days} kể từ khi hợp đồng được giao kết. "
                        "Phí giao: {delivery_fee}.",
                        "Delivery: {delivery_label}, {delivery_days} from the conclusion of the contract. "
                        "Delivery fee: {delivery_fee}.",
                    )
                ),
                Paragraph(
                    Text(
                        "Rủi ro chuyển sang bên mua khi bên mua nhận hàng.",
                        "The risk passes to the buyer when the buyer receives the goods.",
                    )
                ),
            ),
        ),
        Section(
            Text("Thanh toán", "Payment"),
            (
                Paragraph(
                    Text(
                        "Tổng cộng bên mua phải trả: {total}. Cách trả: {payment_label}. Không có khoản nào khác.",
                        "Total to be paid by the buyer: {total}. Payment: {payment_label}. There are no other charges.",
                    )
                ),
            ),
        ),
        Section(
            Text("Kiểm hàng, đổi trả", "Inspection and return"),
            (
                Paragraph(
                    Text(
                        "Bên mua được kiểm hàng trước khi trả tiền và có quyền từ chối hàng sai, thiếu, hỏng mà không "
                        "phải trả gì. Hàng tươi sống: báo trong 24 giờ kể từ khi nhận, kèm ảnh; hàng khác: trong 7 ngày. "
                        "Bên bán đổi hàng hoặc hoàn tiền phần bị sai.",
                        "The buyer may inspect the goods before paying and refuse wrong, missing or spoiled goods at no "
                        "cost. Fresh goods: claims within 24 hours of receipt with a photo; other goods: within 7 days. "
                        "The seller replaces or refunds what is wrong.",
                    )
                ),
            ),
        ),
        Section(
            Text("Giao kết", "Formation"),
            (
                Paragraph(
                    Text(
                        "Đơn đặt hàng của bên mua là đề nghị giao kết. Hợp đồng được giao kết khi trả lời chấp nhận của "
                        "bên bán đến với bên mua. Nếu bên bán không trả lời trong {acceptance_hours} giờ thì đề nghị hết "
                        "hiệu lực và không bên nào phải làm gì.",
                        "The buyer's order is an offer. The contract is concluded when the seller's acceptance reaches "
                        "the buyer. If the seller does not answer within {acceptance_hours} hours the offer lapses and "
                        "neither side owes anything.",
                    )
                ),
                Paragraph(
                    Text(
                        "Hai bên xác nhận bằng thao tác trên Chợ Quê; nền tảng đóng dấu điện tử làm chứng (mức L1). "
                        "Đây không phải chữ ký số của các bên.",
                        "Both sides confirm by their action on Chợ Quê; the platform seals it as evidence (level L1). "
                        "This is not a digital signature of the parties.",
                    )
                ),
            ),
        ),
        Section(
            Text("Dữ liệu cá nhân", "Personal data"),
            (
                Paragraph(
                    Text(
                        "Tên, số điện thoại và địa chỉ của bên mua chỉ dùng để thực hiện hợp đồng này và lưu giữ theo "
                        "luật. Bên mua được xem, yêu cầu sửa hoặc xoá dữ liệu của mình theo Luật Bảo vệ dữ liệu cá nhân "
                        "91/2025/QH15, trừ phần luật buộc phải lưu.",
                        "The buyer's name, phone and address serve only to perform this contract and are kept as the law "
                        "requires. Under the Law on Personal Data Protection 91/2025/QH15 the buyer may see them and ask "
                        "for their correction or deletion, except what the law requires to be kept.",
                    )
                ),
            ),
        ),
        Section(
            Text("Tranh chấp", "Disputes"),
            (
                Paragraph(
                    Text(
                        "Hai bên thương lượng trước; sau đó có thể nhờ cơ quan quản lý thương mại của tỉnh hoà giải, hoặc "
                        "đưa ra toà án có thẩm quyền.",
                        "The parties first negotiate; then they may ask the province's trade authority to mediate, or go "
                        "to the competent court.",
                    )
                ),
            ),
        ),
        Section(
            Text("Căn cứ pháp lý và ngôn ngữ", "Legal basis and language"),
            (
                Paragraph(
                    Text(
                        "Hợp đồng theo Bộ luật Dân sự 91/2015/QH13, Luật Giao dịch điện tử 20/2023/QH15, Luật Thương mại "
                        "điện tử 122/2025/QH15, Luật Bảo vệ quyền lợi người tiêu dùng 19/2023/QH15, và Nghị định "
                        "52/2013/NĐ-CP (sửa đổi bởi 85/2021/NĐ-CP) trong phần còn hiệu lực.",
                        "The contract follows the Civil Code 91/2015/QH13, the Law on Electronic Transactions "
                        "20/2023/QH15, the Law on E-commerce 122/2025/QH15, the Law on Consumer Protection 19/2023/QH15, "
                        "and Decree 52/2013/NĐ-CP (amended by 85/2021/NĐ-CP) where still in force.",
                    )
                ),
                Paragraph(
                    Text(
                        "Bản tiếng Việt có giá trị ràng buộc; bản tiếng Anh chỉ để tham khảo.",
                        "The Vietnamese text binds; the English text is a courtesy.",
                    )
                ),
            ),
        ),
    ),
)
