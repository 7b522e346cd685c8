"""Invented people: names, phones, addresses and tax codes that look right and belong to nobody."""

from __future__ import annotations

from random import Random

SURNAMES = (
    *("Nguyễn",) * 9, *("Trần",) * 4, *("Lê",) * 4, *("Phạm",) * 2, *("Huỳnh",) * 3, *("Võ",) * 2, "Phan", "Trương",
    "Bùi", "Đặng", "Đỗ", "Ngô", "Hồ", "Dương", "Đinh", "Lâm", "Lý", "Thạch", "Sơn", "Kim", "Danh", "Trịnh", "Mai", "Tô",
)  # fmt: skip
WOMEN = (
    "Thị Lan", "Thị Hồng Nhung", "Thị Mỹ Duyên", "Ngọc Bích", "Thị Cẩm Tú", "Thanh Thảo", "Thị Kim Loan", "Bảo Trân",
    "Thị Út", "Thị Diễm My", "Hồng Gấm", "Thị Bé Năm", "Kim Ngân", "Thị Thu Hà", "Phương Linh", "Thị Ánh Tuyết",
    "Minh Thư", "Thị Tuyết Mai", "Ngọc Hân", "Thị Hoa", "Như Ý", "Thị Xuân Đào", "Mộng Tuyền", "Thị Yến Nhi",
)  # fmt: skip
MEN = (
    "Văn Tám", "Minh Khang", "Hoàng Phúc", "Văn Hùng", "Quốc Việt", "Thanh Tùng", "Văn Đực", "Hữu Nghĩa", "Văn Bảy",
    "Trung Kiên", "Công Danh", "Văn Lợi", "Nhật Trường", "Thành Đạt", "Văn Sang", "Phước Lộc", "Tấn Tài", "Hồng Quân",
    "Văn Út", "Gia Bảo", "Chí Thiện", "Văn Nhựt", "Đình Khôi", "Anh Tuấn",
)  # fmt: skip
NICKNAMES = (
    "Ba Tám", "Út Mười", "Năm Hậu", "Bảy Cà Na", "Chín Hòa", "Tư Sang", "Sáu Nhỏ", "Hai Lúa", "Ba Khía", "Mười Thơm",
    "Út Lành", "Tám Ngọt", "Năm Xuân", "Bảy Lài", "Cô Ba", "Dì Tư", "Chú Chín", "Thím Hai", "Ông Năm", "Bà Sáu",
    "Út Hiền", "Ba Gừng", "Tư Điền", "Sáu Bưởi", "Hai Nhãn", "Mười Lục", "Năm Tràm", "Chín Sậy", "Bảy Phù Sa", "Út Miệt Vườn",
)  # fmt: skip
PROMISES = (
    "Phù Sa", "Hậu Giang Xanh", "Tây Đô", "Sông Hậu", "Hương Đồng", "Miệt Vườn", "Chín Rồng", "Đất Lành", "Bình Minh",
    "Thuận Thiên", "Lúa Vàng", "Hoa Tràm", "Bông Súng", "Mùa Vàng", "Sông Nước", "Tân Phát", "Phúc Lộc", "Minh Phúc",
    "Đại Phát", "Thành Công", "Hưng Thịnh", "Quê Nhà", "Cửu Long", "Nắng Mới", "Nam Sông", "Gió Chướng",
)  # fmt: skip
HAMLETS = (
    "Thạnh Lợi", "Mỹ Thuận", "Tân Long", "Phú Thành", "Bình Hòa", "Hòa Đức", "Trường Thọ", "An Phú", "Thới Bình", "Nhơn Phú",
    "Đông Lợi", "Vĩnh Thành", "Mỹ Phước", "Tân Quới", "Phước Thạnh",
)  # fmt: skip
STREETS = (
    "Nguyễn Trãi", "Trần Hưng Đạo", "Lê Lợi", "30 Tháng 4", "Nguyễn Văn Cừ", "Hùng Vương", "Võ Văn Kiệt", "Cách Mạng Tháng 8",
    "Nguyễn Huệ", "Phan Đình Phùng", "Lý Tự Trọng", "Mậu Thân",
)  # fmt: skip

PHONE_BLOCK = "+84900"
"""Mobile-shaped numbers in a block that operators do not give out, so that nobody is called by mistake."""
TAX_BLOCK = "189"
"""Tax codes of the province's prefix, far beyond the serials issued so far."""
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def full_name(random: Random) -> str:
    """A person's name."""
    return f"{random.choice(SURNAMES)} {random.choice(random.choice((WOMEN, MEN)))}"


def is_woman(name: str) -> bool:
    """Whether an invented name is a woman's."""
    return name.split(" ", 1)[1] in WOMEN or " Thị " in name


def phone(serial: int) -> str:
    """The phone number of the nth invented person, E.164."""
    return f"{PHONE_BLOCK}{serial:06d}"


def tax_code(serial: int) -> str:
    """The nth invented ten-digit tax code whose check digit fits; a serial whose check would be ten is passed over."""
    number = serial * 2
    while True:
        body = f"{TAX_BLOCK}{number:06d}"
        check = 10 - sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, body, strict=True)) % 11
        if check < 10:
            return f"{body}{check}"
        number += 1


def street(random: Random, commune: str) -> str:
    """A street and number in a ward, a hamlet in a commune."""
    if commune.startswith("Phường"):
        return f"{random.randint(2, 480)} đường {random.choice(STREETS)}"
    return f"{random.randint(2, 240)} ấp {random.choice(HAMLETS)}"
