"""A table of what people type, and what they mean by it."""

from __future__ import annotations

import unicodedata

import pytest

from marketplace.catalog.search.window import Question, Window
from tests.catalog.market import open_window

MEANINGS = (
    # Without accents, in any case, among signs, in any order.
    ("sau rieng", "Sầu riêng Ri6"),
    ("SẦU RIÊNG", "Sầu riêng Ri6"),
    ("  sầu,   riêng!! ", "Sầu riêng Ri6"),
    ("riêng sầu", "Sầu riêng Ri6"),
    ("Sầu-Riêng", "Sầu riêng Ri6"),
    ("duong thot not", "Đường thốt nốt hũ 0,5 kg"),
    ("DUONG THOT NOT", "Đường thốt nốt hũ 0,5 kg"),
    ("xoai cat hoa loc", "Xoài cát Hòa Lộc"),
    ("ca loc", "Cá lóc đồng"),
    ("so co la", "Sô-cô-la đen ca cao vườn"),
    ("mat ong", "Mật ong hoa tràm"),
    ("nuoc mam", "Nước mắm cá cơm chai 500ml"),
    # As you type.
    ("sau r", "Sầu riêng Ri6"),
    ("sầu ri", "Sầu riêng Ri6"),
    ("sau rieng mon", "Sầu riêng Monthong"),
    ("xo", "Xoài cát Hòa Lộc"),
    ("gạo st", "Gạo ST25 túi 5kg"),
    ("duong th", "Đường thốt nốt hũ 0,5 kg"),
    ("khoai la", "Khoai lang tím"),
    ("bánh p", "Bánh pía sầu riêng Sóc Trăng"),
    ("ba ro", "Thịt heo ba rọi"),
    # Exact accents first.
    ("dừa", "Dừa xiêm xanh"),
    ("dưa", "Dưa hấu ruột đỏ"),
    ("dua", "Dưa hấu ruột đỏ"),
    ("cá", "Cá lóc đồng"),
    ("cà", "Cà phê robusta rang mộc"),
    ("cà t", "Cà tím"),
    ("cá tra", "Cá tra phi lê"),
    ("trà", "Trà mãng cầu"),
    ("nếp", "Nếp sáp"),
    ("mận", "Mận hồng đào đá"),
    ("đường", "Đường thốt nốt hũ 0,5 kg"),
    ("bò", "Thịt bò tơ"),
    ("cải", "Cải xanh"),
    ("củ cải", "Củ cải trắng Vĩnh Châu"),
    ("mực", "Mực một nắng"),
    ("hoa hồng", "Trà hoa hồng"),
    # What a thing is comes before what it is made with.
    ("sữa", "Sữa bắp"),
    ("xoài", "Xoài cát Hòa Lộc"),
    ("gừng", "Gừng già"),
    ("chuối", "Chuối xiêm"),
    ("cà phê", "Cà phê robusta rang mộc"),
    ("tôm", "Tôm sú Trần Đề"),
    # Slips of finger and accent.
    ("sau rieg", "Sầu riêng Ri6"),
    ("sau reing", "Sầu riêng Ri6"),
    ("sâu riêng", "Sầu riêng Ri6"),
    ("saurieng", "Sầu riêng Ri6"),
    ("saurieg", "Sầu riêng Ri6"),
    ("sầuriêng", "Sầu riêng Ri6"),
    ("xoaì", "Xoài cát Hòa Lộc"),
    ("xaoi", "Xoài cát Hòa Lộc"),
    ("xoia cat", "Xoài cát Hòa Lộc"),
    ("nuocmam", "Nước mắm cá cơm chai 500ml"),
    ("trnag thuận hưng", "Bánh tráng Thuận Hưng"),
    ("chom chm", "Chôm chôm nhãn"),
    ("luc bnh", "Giỏ lục bình đan tay"),
    ("robuta", "Cà phê robusta rang mộc"),
    ("monthog", "Sầu riêng Monthong"),
    # Both places of the tone.
    ("hoà lộc", "Xoài cát Hòa Lộc"),
    ("hòa lộc", "Xoài cát Hòa Lộc"),
    ("thuỷ liễu", "Thủy liễu bần chua"),
    ("thủy liễu", "Thủy liễu bần chua"),
    # Amounts.
    ("gạo 5kg", "Gạo ST25 túi 5kg"),
    ("gạo 10 kg", "Gạo ST25 túi 10kg"),
    ("gao 5 ký", "Gạo ST25 túi 5kg"),
    ("gạo 5 ki lô", "Gạo ST25 túi 5kg"),
    ("10kg gạo", "Gạo ST25 túi 10kg"),
    ("gạo 1000g", "Gạo lứt đỏ hộp 1kg"),
    ("nước mắm 0,5 lít", "Nước mắm cá cơm chai 500ml"),
    ("nước mắm nửa lít", "Nước mắm cá cơm chai 500ml"),
    ("nuoc mam 1l", "Nước mắm cá linh chai 1 lít"),
    ("nuoc mam 1000 ml", "Nước mắm cá linh chai 1 lít"),
    ("đường 500 gram", "Đường thốt nốt hũ 0,5 kg"),
    ("mắm 4 lạng", "Mắm cá linh hũ 400g"),
    # Other words for the same.
    ("dứa", "Khóm Cầu Đúc"),
    ("thơm", "Gạo Đài Thơm 8"),
    ("trái thơm", "Khóm Cầu Đúc"),
    ("pineapple", "Khóm Cầu Đúc"),
    ("thịt lợn", "Thịt heo ba rọi"),
    ("lợn", "Thịt heo ba rọi"),
    ("thit lon", "Thịt heo ba rọi"),
    ("ngô", "Bắp nếp tươi"),
    ("lạc", "Đậu phộng Lai Hòa"),
    ("vừng", "Mè đen rang"),
    ("sắn", "Củ sắn"),
    ("mướp đắng", "Khổ qua rừng"),
    ("quả na", "Mãng cầu ta"),
    ("cá quả", "Cá lóc đồng"),
    ("mùi tàu", "Ngò gai"),
    ("súp lơ", "Bông cải xanh"),
    ("hột vịt", "Trứng vịt chạy đồng"),
    ("giò lụa", "Chả lụa lá chuối"),
    ("cafe", "Cà phê robusta rang mộc"),
    ("chè sen", "Trà sen"),
    ("nước cốt dứa", "Nước cốt khóm"),
    ("chocolate", "Sô-cô-la đen ca cao vườn"),
    ("bưởi 5 roi", "Bưởi Năm Roi"),
    ("bắp cải", "Cải bắp Đà Lạt"),
    ("cà chua bi", "Cà chua bi"),
    # English words.
    ("durian", "Sầu riêng Ri6"),
    ("mango", "Xoài cát Hòa Lộc"),
    ("dried mango", "Xoài sấy dẻo gói 200g"),
    ("honey", "Mật ong hoa tràm"),
    ("fish sauce", "Nước mắm cá cơm chai 500ml"),
    ("coffee", "Cà phê robusta rang mộc"),
    ("eggs", "Trứng gà ta"),
    ("duck eggs", "Trứng vịt chạy đồng"),
    ("pork", "Thịt heo ba rọi"),
    ("chicken", "Gà ta thả vườn"),
    ("brown rice", "Gạo lứt đỏ hộp 1kg"),
    ("mangoes", "Xoài cát Hòa Lộc"),
    # Shops, communes, categories.
    ("xoài ba tám", "Xoài Đài Loan"),
    ("gạo út mười", "Gạo Đài Thơm 8"),
    ("bánh phong điền", "Bánh tét lá cẩm"),
    ("citrus", "Bưởi da xanh"),
    ("do thu cong", "Giỏ lục bình đan tay"),
    ("rau lá", "Rau muống hạt"),
    # Keys of an input method that was off.
    ("xoaif", "Xoài cát Hòa Lộc"),
    ("sauf rieengs", "Sầu riêng Ri6"),
    ("saafu rieeng", "Sầu riêng Ri6"),
    ("duwaf", "Dừa xiêm xanh"),
    ("duwa", "Dưa hấu ruột đỏ"),
    ("dduwowngf", "Đường thốt nốt hũ 0,5 kg"),
    ("ca1 lo1c", "Cá lóc đồng"),
    ("d9u7o7ng2 tho61t", "Đường thốt nốt hũ 0,5 kg"),
    ("nu7o7c1 ma81m", "Nước mắm cá cơm chai 500ml"),
    # Words that say nothing of the goods.
    ("mua sầu riêng", "Sầu riêng Ri6"),
    ("bán xoài cát giá rẻ", "Xoài cát Hòa Lộc"),
    ("giá gạo st25 bao nhiêu", "Gạo ST25 túi 5kg"),
    ("cần mua mật ong ở đâu ngon", "Mật ong hoa tràm"),
    ("buy honey online", "Mật ong hoa tràm"),
    # Sold out comes after, unless it is what was asked for.
    ("cam", "Cam sành"),
    ("cam xoàn", "Cam xoàn"),
    ("bưởi", "Bưởi da xanh"),
    ("tôm càng", "Tôm càng xanh"),
)


@pytest.fixture(scope="module")
def market() -> tuple[Window, dict[int, str]]:
    return open_window()


def test_the_market_is_worth_searching(market: tuple[Window, dict[int, str]]) -> None:
    assert len(market[1]) >= 115
    assert len(set(market[1].values())) == len(market[1])
    assert {first for _, first in MEANINGS} <= set(market[1].values())


@pytest.mark.parametrize(("typed", "first"), MEANINGS)
def test_the_first_hit_is_what_was_meant(market: tuple[Window, dict[int, str]], typed: str, first: str) -> None:
    window, names = market
    for form in ("NFC", "NFD"):
        found = window.find(Question(text=unicodedata.normalize(form, typed), limit=5))
        assert [names[number] for number in found.products][:1] == [first], [names[n] for n in found.products]
