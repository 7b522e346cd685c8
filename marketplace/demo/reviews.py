"""What buyers said of what they received: words that fit the goods and the stars, some answers, a few photos."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import insert
from sqlmodel import Session

from marketplace.demo.catalogue import Goods
from marketplace.demo.rows import Writer, table_of
from marketplace.reviews.models import Review, ReviewAnswer, ReviewCount, ReviewPhoto, ReviewReport
from marketplace.reviews.rules import ReportReason, ReviewState, short_name

SHARE = 0.42
"""So many of the lines that were received have a review."""
STARS = ((5, 4, 3, 2, 1), (60, 26, 8, 4, 2))
QUICKEST, SLOWEST = timedelta(hours=3), timedelta(days=16)

TASTE: dict[str, dict[int, tuple[str, ...]]] = {
    "trai-cay": {
        5: ("Trái chín tới, ngọt thanh, mùi thơm khắp nhà.", "Cắt ra vàng ươm, cơm dày, cả nhà khen.",
            "Trái đều, tươi, cuống còn xanh. Đúng chất vườn nhà."),
        4: ("Trái ngọt, có vài trái hơi nhỏ nhưng ngon.", "Ngon, để thêm một ngày là vừa ăn."),
        3: ("Vị được, nhưng trái chưa đều như hình.", "Có trái còn sượng, phải ủ thêm mấy hôm."),
        2: ("Hai trái bị dập ở đáy thùng, phần còn lại ăn được.",), 1: ("Nửa thùng chín quá, không dùng được.",),
    },
    "gao-hat": {
        5: ("Gạo mới, cơm dẻo mà không bết, để nguội vẫn mềm.", "Hạt trong, ít tấm, vo nước trong. Sẽ mua bao lớn hơn.",
            "Nấu thơm cả bếp, mấy đứa nhỏ ăn thêm chén."),
        4: ("Cơm ngon, hơi ráo so với nhà mình quen ăn.", "Gạo sạch, thơm nhẹ. Đóng bao chắc chắn."),
        3: ("Ăn được, mùi thơm không rõ lắm.",), 2: ("Có lẫn nhiều tấm hơn lần trước.",), 1: ("Bao rách, gạo đổ ra ngoài.",),
    },
    "thuy-san": {
        5: ("Cá còn tươi rói, thịt chắc, kho lên rất ngọt.", "Tôm đến nơi còn búng, làm sạch sẽ.",
            "Ướp đá kỹ, mở ra không tanh. Nấu canh chua tuyệt vời."),
        4: ("Tươi, cỡ hơi nhỏ hơn mình nghĩ.", "Thịt chắc, giao nhanh. Giá hợp lý."),
        3: ("Tạm ổn, đá tan gần hết khi tới nơi.",), 2: ("Giao trễ nên không còn tươi như mong.",), 1: ("Mở ra đã có mùi, tiếc quá.",),
    },
    "rau-cu": {
        5: ("Rau giòn, lá xanh mướt, nhặt gần như không bỏ.", "Củ chắc tay, sạch đất, nấu mau mềm.",
            "Cắt buổi sáng mà chiều đã có, tươi như ngoài rẫy."),
        4: ("Rau tươi, bó hơi lớn cho nhà hai người.", "Ngon, có vài lá dập do vận chuyển."),
        3: ("Bình thường, như mua ngoài chợ.",), 2: ("Rau hơi héo khi nhận.",), 1: ("Củ bị hư nhiều.",),
    },
    "mat-thao-moc": {
        5: ("Mật sánh, thơm mùi hoa, ngọt dịu không gắt cổ.", "Pha nước ấm buổi sáng rất dễ uống.",
            "Có ghi rõ ngày khai thác, yên tâm khi dùng."),
        4: ("Mật thơm, chai hơi khó mở.", "Dùng tốt, mong có chai nhỏ hơn."),
        3: ("Mùi nhạt hơn loại nhà mình hay dùng.",), 2: ("Nắp rỉ ra ngoài một ít.",), 1: ("Chai bể khi giao.",),
    },
    "trung-gia-cam": {
        5: ("Trứng lòng đỏ tươi, không vỡ quả nào.", "Thịt gà chắc, da vàng, luộc lên thơm ngọt.",
            "Đóng gói có chèn rơm, tới nơi còn nguyên."),
        4: ("Trứng mới, cỡ vừa. Vỡ một quả được bù.", "Gà dai ngon, hơi nhỏ con."),
        3: ("Được, nhưng cỡ không đều.",), 2: ("Vỡ ba quả.",), 1: ("Giao nhầm loại.",),
    },
    "dan-lat": {
        5: ("Đan khéo, mối chắc, mùi cỏ khô dễ chịu.", "Đẹp hơn hình, khách tới nhà ai cũng hỏi.",
            "Giỏ cứng cáp, đi chợ đựng nặng vẫn tốt."),
        4: ("Đẹp, màu hơi nhạt hơn hình.", "Đan đều tay, quai hơi ngắn."),
        3: ("Ổn so với giá.",), 2: ("Có chỗ sợi bị bung.",), 1: ("Kích thước không đúng như ghi.",),
    },
    "nuoc-mam-gia-vi": {
        5: ("Đậm đà, hậu ngọt, chấm rau luộc là hết cơm.", "Thơm mà không nồng, đúng vị ngày xưa.",
            "Kho cá lên màu đẹp, không cần nêm nhiều."),
        4: ("Ngon, hơi mặn so với khẩu vị nhà mình.", "Vị ngon, mong có chai lớn hơn."),
        3: ("Được, chưa thấy khác mấy loại ngoài tiệm.",), 2: ("Chai bị rỉ nhẹ.",), 1: ("Mặn gắt, không hợp.",),
    },
    "banh-keo": {
        5: ("Bánh mềm, béo vừa, không ngọt gắt.", "Mới làm nên còn thơm, mua biếu ai cũng thích.",
            "Vỏ mỏng, nhân đầy, đóng hộp đẹp."),
        4: ("Ngon, hơi ngọt với người lớn tuổi.", "Bánh thơm, hạn dùng ngắn nên mua vừa đủ."),
        3: ("Vị được, bánh hơi khô.",), 2: ("Hộp móp, bánh vỡ mấy cái.",), 1: ("Nhận thì bánh đã cứng.",),
    },
    "tra-ca-phe": {
        5: ("Trà thơm, nước trong, hậu ngọt lâu.", "Pha đá hay nóng đều ngon, mùi tự nhiên.",
            "Cà phê đậm, không khét, uống xong tỉnh cả buổi."),
        4: ("Thơm, vị hơi nhẹ so với mình.", "Ngon, mong có gói lớn hơn."),
        3: ("Uống được, mùi chưa đậm.",), 2: ("Gói hở miệng nên bớt thơm.",), 1: ("Không giống mô tả.",),
    },
}  # fmt: skip
ABOUT: dict[int, tuple[str, ...]] = {
    5: ("Người bán gọi trước khi giao, rất chu đáo.", "Giao đúng hẹn, gói kỹ.", "Lần thứ hai mua rồi, vẫn như lần đầu.", "",
        "", "Cân đủ, còn cho thêm.", "Sẽ ủng hộ dài dài."),
    4: ("Giao hơi trễ một buổi.", "Gói cẩn thận.", "", "", "Giá vậy là được."),
    3: ("Mong lần sau kỹ hơn.", "", "Người bán có xin lỗi."),
    2: ("Đã gọi, người bán hứa bù lần sau.", ""),
    1: ("Người bán đã hoàn lại tiền phần hư.", "Mong shop kiểm tra kỹ trước khi giao."),
}  # fmt: skip
THANKS = (
    "Cảm ơn anh chị đã tin dùng, hẹn gặp lại mùa sau ạ!",
    "Dạ cảm ơn mình nhiều. Nhà vườn xin giữ đúng chất lượng như vậy.",
    "Cảm ơn anh chị. Cả nhà đọc mà vui lắm ạ.",
)
SORRY = (
    "Dạ xin lỗi anh chị, lần này chúng tôi gói chưa kỹ. Đơn sau xin gửi bù ạ.",
    "Cảm ơn anh chị đã góp ý. Chúng tôi đã đổi cách đóng thùng để không còn dập.",
    "Xin lỗi vì giao trễ do nước lớn. Chúng tôi sẽ gọi báo trước nếu trễ nữa.",
)

DOUBT = "Chúng tôi đã gọi hỏi, khách nói không đặt món này."


class Reviews:
    """Writes reviews beside the history, drawing from a source of its own so that they change no order."""

    def __init__(self, writer: Writer, seed: int, now: datetime) -> None:
        self._writer = writer
        self._random = Random(f"reviews {seed}")  # noqa: S311 - invented data, no secret
        self._now = now
        self._numbers: Counter[tuple[int, int]] = Counter()
        self.products: dict[int, tuple[int, int]] = {}
        self.shops: dict[int, tuple[int, int]] = {}

    def write(
        self,
        order_line_id: int,
        goods: Goods,
        *,
        seller_id: int,
        owner_id: int,
        theme: str,
        buyer: str,
        account_id: int | None,
        received: datetime,
    ) -> None:
        """What the buyer of a line said, if anything."""
        random = self._random
        drawn = random.random()
        at = received + QUICKEST + (SLOWEST - QUICKEST) * random.random() ** 2
        stars = random.choices(*STARS)[0]
        text = " ".join(part for part in (random.choice(TASTE[theme][stars]), random.choice(ABOUT[stars])) if part)
        wordless, photo, answers = random.random() < 0.12, random.random() < 0.08, random.random()
        reports = random.random() < 0.3
        pause = timedelta(hours=random.randint(2, 60))
        reply = random.choice(THANKS if stars > 3 else SORRY)
        if drawn > SHARE or at >= self._now:
            return
        review_id = self._writer.add(
            Review,
            order_line_id=order_line_id,
            product_id=goods.product_id,
            seller_id=seller_id,
            account_id=account_id,
            author=short_name(buyer),
            variant=goods.variant.vi,
            stars=stars,
            text="" if wordless and stars > 3 else text,
            state=ReviewState.SHOWN,
            written_at=at,
            edited_at=None,
            hidden_reason=None,
        )
        if photo and goods.picture:
            self._writer.add(ReviewPhoto, review_id=review_id, key=goods.picture, position=0)
        if answers < (0.25 if stars > 3 else 0.8) and at + pause < self._now:
            self._writer.add(
                ReviewAnswer,
                review_id=review_id,
                account_id=owner_id,
                text=reply,
                written_at=at + pause,
                edited_at=None,
            )
        if stars < 3 and reports and at + pause < self._now:
            self._writer.add(
                ReviewReport,
                review_id=review_id,
                account_id=owner_id,
                reason=ReportReason.UNTRUE,
                note=DOUBT,
                reported_at=at + pause,
                settled_at=None,
            )
        self._numbers[goods.product_id, stars] += 1
        for sums, key in ((self.products, goods.product_id), (self.shops, seller_id)):
            number, together = sums.get(key, (0, 0))
            sums[key] = (number + 1, together + stars)

    def close(self, session: Session) -> None:
        """Write how many reviews of each number of stars there are."""
        if self._numbers:
            session.execute(
                insert(table_of(ReviewCount)),
                [
                    {"product_id": product_id, "stars": stars, "number": number}
                    for (product_id, stars), number in self._numbers.items()
                ],
            )
