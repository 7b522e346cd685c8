"""What the help pages say: short, honest, and only what the app really does."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.base.text import Text


@dataclass(frozen=True, slots=True)
class Section:
    """A question of a topic with its answer; `anchor` can be linked to."""

    anchor: str
    question: Text
    answer: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of help."""

    slug: str
    symbol: str
    title: Text
    summary: Text
    sections: tuple[Section, ...]

    @property
    def href(self) -> str:
        """Where it is read."""
        return f"/help/{self.slug}"


BUYING = Topic(
    "buying",
    "basket",
    Text("Cách mua hàng", "How to buy"),
    Text("Từ giỏ hàng đến lúc nhận hàng, không cần tài khoản.", "From the basket to the door, no account needed."),
    (
        Section(
            "order",
            Text("Đặt hàng thế nào?", "How do I order?"),
            (
                Text(
                    "Chọn món, chọn số lượng rồi bấm “Thêm vào giỏ”. Hàng bán theo cân có thể gõ số lẻ, ví dụ 1,5 kg.",
                    "Choose the goods and the quantity and press “Add to basket”. Goods sold by weight take fractions, "
                    "1.5 kg for example.",
                ),
                Text(
                    "Trong giỏ, mỗi gian hàng là một đơn riêng. Bạn cho biết tên, số điện thoại, nơi nhận, xem trọn hợp "
                    "đồng của từng đơn rồi mới xác nhận.",
                    "In the basket each shop is an order of its own. You give your name, phone number and address, read "
                    "the whole contract of each order, and only then confirm.",
                ),
            ),
        ),
        Section(
            "weight",
            Text("Gà, cá, trái lớn trả theo cân là sao?", "What does “paid by weight” mean?"),
            (
                Text(
                    "Bạn đặt theo con, theo trái; giá ghi cho 1 kg kèm khoảng cân nặng và số tiền từ thấp đến cao. Người bán cân khi "
                    "đóng gói, trang đơn hàng hiện ngay số cân và số tiền cuối cùng. Bạn không bao giờ trả quá số cao nhất đã ghi, và được "
                    "yêu cầu cân lại khi nhận.",
                    "You order by the piece; the price is for the kilogram, with what a piece weighs and costs, from–to. The "
                    "seller weighs it when packing and your order's page shows weight and final amount at once. You never pay "
                    "more than the highest amount stated, and may have it weighed again on receipt.",
                ),
            ),
        ),
        Section(
            "delivery",
            Text("Phí giao hàng bao nhiêu?", "What does delivery cost?"),
            (
                Text(
                    "Mỗi gian hàng có cách giao và phí riêng, tính theo nơi nhận và cân nặng. Bạn thấy phí của từng đơn và "
                    "chọn cách giao trước khi xác nhận; sau đó không có khoản nào cộng thêm.",
                    "Each shop has its own ways and fees, by destination and weight. You see each order's fee and choose "
                    "the way before you confirm; nothing is added afterwards.",
                ),
                Text(
                    "Trong giỏ hàng, hãy cho biết xã, phường: mỗi gian hàng báo giao được cách nào, tới ngày nào, phí bao nhiêu, còn "
                    "thiếu bao nhiêu để đủ đơn tối thiểu hoặc được miễn phí. Có gian hàng cho đến lấy tại điểm hẹn theo giờ.",
                    "Say your commune in the basket: each shop tells how it can deliver there, on which days, for how much, and what is "
                    "missing to its minimum order or to free delivery. Some hand goods over at a pickup point, at a time you choose.",
                ),
            ),
        ),
        Section(
            "payment",
            Text("Trả tiền lúc nào?", "When do I pay?"),
            (
                Text(
                    "Hiện nay trả tiền mặt khi nhận hàng. Bạn được kiểm hàng trước khi trả tiền.",
                    "For now, in cash on delivery. You may check the goods before you pay.",
                ),
            ),
        ),
        Section(
            "follow",
            Text("Theo dõi và huỷ đơn ra sao?", "How do I follow or cancel an order?"),
            (
                Text(
                    "Đặt xong, mỗi đơn có một đường dẫn riêng. Ai có đường dẫn ấy đều xem được đơn, nên hãy giữ cho mình. "
                    "Nếu đã đăng nhập, mọi đơn nằm ở mục “Đơn hàng”.",
                    "Every order gets a private link. Whoever has it can see the order, so keep it to yourself. If you were "
                    "signed in, all orders are under “Orders”.",
                ),
                Text(
                    "Khi người bán chưa nhận đơn, bạn huỷ được ngay trên trang đơn hàng. Quá hạn mà người bán không trả "
                    "lời thì đơn tự hết hiệu lực, bạn không phải trả gì.",
                    "Until the seller accepts you can cancel on the order's page. An order nobody answers in time lapses by "
                    "itself and you owe nothing.",
                ),
            ),
        ),
    ),
)

SELLING = Topic(
    "selling",
    "store",
    Text("Cách bán hàng", "How to sell"),
    Text(
        "Cho nhà vườn, hợp tác xã, hộ kinh doanh, doanh nghiệp nhỏ.", "For farms, co-operatives and small businesses."
    ),
    (
        Section(
            "start",
            Text("Mở gian hàng thế nào?", "How do I open a shop?"),
            (
                Text(
                    "Tạo tài khoản rồi đi qua năm bước ngắn: bạn là ai, ở đâu, giấy tờ, tài khoản nhận tiền, xem lại rồi "
                    "gửi. Mỗi mục tự lưu, mở tiếp trên máy khác cũng được. Cán bộ duyệt là bán được ngay; thiếu gì cán bộ "
                    "báo ngay trên trang. Tổ công nghệ số ở xã có thể giúp bạn.",
                    "Create an account and go through five short steps: who you are, where, papers, an account for payouts, "
                    "look over and send. Every entry is saved; go on later, on another device too. Once staff approve you can "
                    "sell at once; if they need more the page says so. Your commune's digital team can help.",
                ),
            ),
        ),
        Section(
            "goods",
            Text("Đăng hàng cần gì?", "What do I need to list goods?"),
            (
                Text(
                    "Ảnh chụp bằng điện thoại, tên, đơn vị bán, giá và số lượng còn. Vài giây sau là tìm thấy được.",
                    "A photo from your phone, the name, the unit, the price and how much there is. It can be found seconds "
                    "later.",
                ),
                Text(
                    "Bán theo con mà tính tiền theo cân: ở mục “Các loại và giá bán” ghi một con nặng từ bao nhiêu đến bao nhiêu, giá là "
                    "giá 1 kg. Khi đóng gói bạn cân rồi ghi số cân.",
                    "Sold by the piece and paid by weight: under “Variants and prices” say what a piece weighs, from–to; the price is "
                    "then for the kilogram. You weigh when packing and type the weight.",
                ),
            ),
        ),
        Section(
            "orders",
            Text("Có đơn thì làm gì?", "What do I do with an order?"),
            (
                Text(
                    "Nhận đơn trong thời hạn của gian hàng. Nhận đơn là lúc hợp đồng được giao kết. Rồi đóng gói, giao, thu "
                    "tiền; bấm từng bước để người mua theo dõi được.",
                    "Accept it within your shop's time limit. Accepting concludes the contract. Then pack, deliver and "
                    "collect; press each step so that the buyer can follow.",
                ),
            ),
        ),
        Section(
            "lots",
            Text("Lô hàng và nhãn QR để làm gì?", "What are lots and QR labels for?"),
            (
                Text(
                    "Mỗi lần thu hoạch ghi một lô: trồng ở đâu, phun thuốc khi nào, cách ly mấy ngày. In nhãn dán lên hàng, chọn "
                    "lô khi đóng gói; khách quét là biết, và nếu phải thu hồi, bạn báo được đúng người mua.",
                    "Enter a lot for each harvest: where it grew, when it was sprayed, how long you waited. Print its labels, "
                    "choose the lot while packing; buyers scan it, and should you recall it, you reach those who have it.",
                ),
            ),
        ),
        Section(
            "disclosure",
            Text("Người mua thấy gì về tôi?", "What do buyers see about me?"),
            (
                Text(
                    "Tên đăng ký, địa chỉ, điện thoại và mã số thuế của tổ chức, hộ kinh doanh, vì luật buộc người bán công "
                    "khai những điều này.",
                    "The registered name, address, phone and the tax code of businesses, since the law asks sellers to "
                    "disclose them.",
                ),
            ),
        ),
    ),
)

CONTRACTS = Topic(
    "contracts",
    "contract",
    Text("Hợp đồng điện tử và xác minh", "Electronic contracts and verification"),
    Text("Mỗi đơn hàng là một hợp đồng, ai cũng kiểm được.", "Every order is a contract that anyone can check."),
    (
        Section(
            "formation",
            Text("Hợp đồng hình thành khi nào?", "When does a contract come about?"),
            (
                Text(
                    "Bấm đặt hàng là lời đề nghị của bạn. Hợp đồng được giao kết khi người bán nhận đơn và bạn được báo. "
                    "Người bán không trả lời đúng hạn thì lời đề nghị hết hiệu lực.",
                    "Your order is an offer. The contract is concluded when the seller accepts and you are told. If the "
                    "seller does not answer in time, the offer lapses.",
                ),
            ),
        ),
        Section(
            "document",
            Text("Lấy bản hợp đồng ở đâu?", "Where do I get the document?"),
            (
                Text(
                    "Trên trang đơn hàng, dạng PDF có con dấu điện tử của sàn. Con dấu cho thấy tệp không bị sửa kể từ khi "
                    "sàn ghi nhận; đó không phải chữ ký số của hai bên.",
                    "On the order's page, as a PDF with the platform's electronic seal. The seal shows that the file is "
                    "unchanged since it was recorded; it is not a digital signature of the parties.",
                ),
            ),
        ),
        Section(
            "verify",
            Text("Xác minh bằng cách nào?", "How do I verify one?"),
            (
                Text(
                    "Quét mã QR trên hợp đồng, hoặc gõ mã bắt đầu bằng HD- vào trang Xác minh. Trang này chỉ cho biết hợp "
                    "đồng có thật, còn nguyên vẹn và đang ở tình trạng nào, không lộ người mua, hàng hoá hay giá.",
                    "Scan its QR code or type the code that begins with HD- on the Verify page. It tells only whether the "
                    "contract is genuine, unchanged and where it stands, never buyer, goods or prices.",
                ),
            ),
        ),
    ),
)

PRIVACY = Topic(
    "privacy",
    "lock",
    Text("Dữ liệu cá nhân", "Personal data"),
    Text("Chúng tôi giữ gì, để làm gì, ai xem được.", "What we keep, what for, and who sees it."),
    (
        Section(
            "kept",
            Text("Chúng tôi giữ những gì?", "What do we keep?"),
            (
                Text(
                    "Khi đặt hàng: tên, số điện thoại, nơi nhận, và e-mail nếu bạn ghi. Khi có tài khoản: thêm mật khẩu đã "
                    "băm, không ai đọc lại được.",
                    "For an order: name, phone number, address, and e-mail if you give it. For an account: also your "
                    "password as a hash that nobody can read back.",
                ),
                Text(
                    "Một cookie để nhớ giỏ hàng và phiên đăng nhập, hai cookie nhớ ngôn ngữ và màu nền, một cookie mười phút khi "
                    "bạn nhập mã. Không có quảng cáo, không có mã theo dõi của bên khác.",
                    "One cookie remembers your basket and session, two remember language and colours, one for ten minutes "
                    "that you are typing a code. There is no advertising and no tracking by others.",
                ),
            ),
        ),
        Section(
            "who",
            Text("Ai xem được?", "Who sees it?"),
            (
                Text(
                    "Người bán của đơn thấy tên, số điện thoại và nơi nhận để giao hàng. Số liệu công khai chỉ là tổng "
                    "cộng, và ô nào ít người quá thì được che.",
                    "The seller of an order sees name, phone and address to deliver it. Public figures are totals only, "
                    "and cells about too few people are hidden.",
                ),
                Text(
                    "Khi một lô hàng bị thu hồi, cán bộ tỉnh cũng thấy tên và số điện thoại của người mua hàng lô đó, để gọi "
                    "báo cho kịp.",
                    "When a lot of goods is recalled, the province's staff also see names and phone numbers of those who "
                    "bought of it, so that everybody is reached in time.",
                ),
            ),
        ),
        Section(
            "rights",
            Text("Bạn có quyền gì?", "What are your rights?"),
            (
                Text(
                    "Luật Bảo vệ dữ liệu cá nhân (91/2025/QH15) cho bạn quyền được biết, xem, sửa và yêu cầu xoá. Hợp đồng "
                    "và chứng từ phải giữ theo luật kế toán nên chỉ xoá được khi hết hạn lưu.",
                    "The Law on Personal Data Protection (91/2025/QH15) lets you know, see, correct and ask to delete. "
                    "Contracts and records that accounting law asks us to keep go when that time is over.",
                ),
            ),
        ),
    ),
)

COMPLAINTS = Topic(
    "complaints",
    "question",
    Text("Khiếu nại", "Complaints"),
    Text("Hàng không đúng, giao trễ, hoặc không đồng ý.", "Wrong goods, late delivery, or disagreement."),
    (
        Section(
            "at-the-door",
            Text("Hàng không đúng lúc nhận?", "The goods are not right at the door?"),
            (
                Text(
                    "Bạn được kiểm hàng trước khi trả tiền. Không đúng thì đừng nhận và đừng trả; người bán ghi là giao "
                    "không thành công, bạn không nợ gì.",
                    "You may check before paying. If they are not right, refuse and do not pay; the seller records a failed "
                    "delivery and you owe nothing.",
                ),
            ),
        ),
        Section(
            "seller",
            Text("Sau khi đã nhận?", "After you have taken them?"),
            (
                Text(
                    "Gọi người bán trước: số điện thoại có ở trang gian hàng và trong hợp đồng. Hãy đọc mã đơn (DH-…) và mã "
                    "hợp đồng (HD-…); điều khoản chất lượng, đổi trả nằm trong hợp đồng của đơn.",
                    "Call the seller first: the number is on the shop's page and in the contract. Give the order number "
                    "(DH-…) and contract code (HD-…); quality and returns are in your order's contract.",
                ),
            ),
        ),
        Section(
            "recalled",
            Text("Hàng bị thu hồi?", "Goods were recalled?"),
            (
                Text(
                    "Trang đơn hàng báo ngay và nói bạn cần làm gì. Có nhãn trên tay, hãy quét mã QR: hồ sơ lô cho biết lô "
                    "đó có bị thu hồi không.",
                    "Your order's page says so at once, and what to do. With a label in the hand, scan its QR code: the "
                    "lot's passport says whether it was recalled.",
                ),
            ),
        ),
        Section(
            "authority",
            Text("Không thoả thuận được?", "No agreement?"),
            (
                Text(
                    "Đem hợp đồng PDF đến Uỷ ban nhân dân xã, phường của gian hàng, hoặc gọi tổng đài bảo vệ người tiêu dùng "
                    "1800 6838 (miễn phí). Hợp đồng có xác minh là bằng chứng của bạn.",
                    "Take the contract's PDF to the People's Committee of the shop's commune, or call the consumer "
                    "protection hotline 1800 6838 (free). A verified contract is your evidence.",
                ),
            ),
        ),
    ),
)

TOPICS = (BUYING, SELLING, CONTRACTS, PRIVACY, COMPLAINTS)
