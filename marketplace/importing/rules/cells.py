"""What the cells of a row say of goods, and the same the other way round; plain values in and out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from marketplace.base.clock import VIETNAM, day_bounds
from marketplace.base.errors import DomainError
from marketplace.base.media import StoredPicture, picture_url
from marketplace.base.money import read_money
from marketplace.base.quantity import plain_quantity, read_quantity, show_quantity
from marketplace.base.text import Locale, Text, fold
from marketplace.catalog.commands import WholeProduct, WholeVariant
from marketplace.catalog.rules import (
    LONGEST_SALE,
    MEASURE_LABELS,
    UNIT_LABELS,
    WIDEST,
    Attribute,
    AttributeInvalid,
    AttributeKind,
    CategoryUnknown,
    Content,
    ContentInvalid,
    ExpectedInvalid,
    FactsInvalid,
    Measure,
    PieceInvalid,
    PieceWeight,
    ProductStatus,
    Sale,
    SaleInvalid,
    Tier,
    TiersInvalid,
    Unit,
    attribute_text,
    read_attribute,
    read_weight,
    season_mask,
    season_months,
)
from marketplace.importing.rules.columns import Column

NOTHING = frozenset({"-", "–", "—"})
"""Typed into a cell to empty what is there; an empty cell leaves it."""
UNITS: dict[str, Unit] = {
    **{
        fold(name).strip(): unit
        for unit, text in UNIT_LABELS.items()
        for name in (unit.value, text.vi, text.en, re.sub(r"\(.*", "", text.vi) if "(10)" not in text.vi else text.vi)
    },

        "chuc": Unit.DOZEN, "ky": Unit.KILOGRAM, "kilo": Unit.KILOGRAM, "kilogam": Unit.KILOGRAM, "ki": Unit.KILOGRAM,
        "gam": Unit.GRAM, "gr": Unit.GRAM, "qua": Unit.FRUIT, "lo": Unit.JAR, "hu": Unit.JAR, "lon": Unit.JAR,
        "bich": Unit.BAG, "bao": Unit.BAG, "goi": Unit.BAG, "tui": Unit.BAG, "l": Unit.LITRE, "litre": Unit.LITRE,
        "liter": Unit.LITRE, "ta": Unit.QUINTAL, "yen": Unit.YEN, "tan": Unit.TON, "pcs": Unit.PIECE, "each": Unit.PIECE,
        "chiec": Unit.PIECE, "dozen": Unit.DOZEN_OF_TWELVE
    ,
}  # fmt: skip
MEASURES: dict[str, tuple[int, Measure]] = {
    "g": (1, Measure.GRAM), "gr": (1, Measure.GRAM), "gam": (1, Measure.GRAM), "kg": (1000, Measure.GRAM),
    "ky": (1000, Measure.GRAM), "ml": (1, Measure.MILLILITRE), "l": (1000, Measure.MILLILITRE),
    "lit": (1000, Measure.MILLILITRE), "litre": (1000, Measure.MILLILITRE), "liter": (1000, Measure.MILLILITRE),
    "trai": (1, Measure.FRUIT), "qua": (1, Measure.FRUIT), "fruit": (1, Measure.FRUIT), "cai": (1, Measure.PIECE),
    "piece": (1, Measure.PIECE), "pieces": (1, Measure.PIECE), "con": (1, Measure.PIECE), "chiec": (1, Measure.PIECE),
}  # fmt: skip
STATUSES = {
    "dang ban": ProductStatus.ACTIVE, "ban": ProductStatus.ACTIVE, "on sale": ProductStatus.ACTIVE,
    "active": ProductStatus.ACTIVE, "true": ProductStatus.ACTIVE, "1": ProductStatus.ACTIVE, "co": ProductStatus.ACTIVE,
    "tam ngung": ProductStatus.PAUSED, "ngung": ProductStatus.PAUSED, "ngung ban": ProductStatus.PAUSED,
    "an": ProductStatus.PAUSED, "paused": ProductStatus.PAUSED, "draft": ProductStatus.PAUSED,
    "inactive": ProductStatus.PAUSED, "false": ProductStatus.PAUSED, "0": ProductStatus.PAUSED, "khong": ProductStatus.PAUSED,
}  # fmt: skip
STATUS_NAMES = {
    ProductStatus.ACTIVE: Text("Đang bán", "On sale"),
    ProductStatus.PAUSED: Text("Tạm ngưng", "Paused"),
    ProductStatus.DRAFT: Text("Tạm ngưng", "Paused"),
}
_MEDIA = re.compile(r"/media/([0-9a-f]{32})-\d{2,4}\.(?:webp|avif)$")
_PARTS = re.compile(r'\s*((?:"[^"]*"|[^;"\n]|"(?![^"]*"))*)\s*(?:;|\n|$)')


class UnitUnknown(DomainError):
    """A unit nothing is sold by."""

    code = "unit_unknown"
    message = Text(
        "Chưa biết đơn vị “{typed}”. Hãy ghi như kg, trái, hộp, chai (xem trang Đơn vị của tệp mẫu).",
        "There is no unit “{typed}”. Write kg, fruit, box or bottle (see the sheet of units in the template).",
    )


class CategoryNotFound(CategoryUnknown):
    """A category nobody knows, or one of several of that name."""

    code = "category_unknown"
    message = Text(
        "Chưa biết danh mục “{typed}”. {hint}",
        "There is no category “{typed}”. {hint}",
    )


class PhotoUnknown(DomainError):
    """A photo that did not come along and is not the shop's."""

    code = "photo_unknown"
    message = Text(
        "Không thấy ảnh “{name}”. Hãy gửi kèm trong tệp .zip, hoặc ghi địa chỉ ảnh của gian hàng (/media/…).",
        "There is no photo “{name}”. Send it along in the .zip, or give the address of one of your photos (/media/…).",
    )


class StatusUnknown(DomainError):
    """Neither on sale nor paused."""

    code = "status_unknown"
    message = Text("Hãy ghi Đang bán hoặc Tạm ngưng.", "Write On sale or Paused.")


class OriginUnknown(DomainError):
    """No such commune, or more than one."""

    code = "origin_unknown"
    message = Text(
        "Chưa biết xã, phường “{typed}”. Hãy ghi tên như Phường Ninh Kiều, hoặc mã năm chữ số.",
        "There is no commune “{typed}”. Write a name such as Ninh Kieu, or its code of five digits.",
    )


class WholeNumberWanted(DomainError):
    """A number with a part, or none."""

    code = "whole_number"
    message = Text("Hãy ghi một số nguyên, ví dụ 500.", "Write a whole number, such as 500.")


@dataclass(frozen=True, slots=True)
class Known:
    """What cells may name: by folded name, and how it is named in a file that goes out."""

    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    category_names: Mapping[str, Text] = field(default_factory=dict)
    attributes: Mapping[str, Sequence[Attribute]] = field(default_factory=dict)
    """By the slug of a category."""
    communes: Mapping[str, str] = field(default_factory=dict)
    commune_names: Mapping[str, str] = field(default_factory=dict)
    photos: Mapping[str, StoredPicture] = field(default_factory=dict)
    """Those sent along, by their folded file name."""
    pictures: Mapping[str, StoredPicture] = field(default_factory=dict)
    """Those of the shop's goods, by their key."""


def parts_of(typed: str) -> list[str]:
    """`a; "b; c"` → `a`, `b; c`."""
    found = [match[1].strip() for match in _PARTS.finditer(typed)]
    return [part[1:-1] if len(part) > 1 and part[0] == part[-1] == '"' else part for part in found if part]


def read_unit(typed: str) -> Unit:
    """A unit by any of its names; raises UnitUnknown."""
    bare = " ".join(fold(typed).split())
    unit = UNITS.get(bare)
    if unit is None:
        raise UnitUnknown(field=Column.UNIT, typed=typed[:40])
    return unit


def read_content(typed: str) -> Content:
    """`500 ml`, `5 kg`, `1,5 lít`, `30 cái`; raises ContentInvalid."""
    match = re.fullmatch(r"([0-9][0-9.,]*)\s*([a-z]+)", fold(typed).strip())
    if match is None or match[2] not in MEASURES:
        raise ContentInvalid(field=Column.CONTENT)
    factor, measure = MEASURES[match[2]]
    try:
        # Grams and millilitres are whole, so that a sign before three digits parts thousands there.
        thousandths = read_quantity(match[1], "vi" if factor == 1 else None)
    except DomainError:
        raise ContentInvalid(field=Column.CONTENT) from None
    if thousandths * factor % 1000:
        raise ContentInvalid(field=Column.CONTENT)
    return Content(thousandths * factor // 1000, measure)


def read_piece(typed: str) -> PieceWeight:
    """`1,6 - 2,0`: what one weighs in kg; raises PieceInvalid."""
    ends = [end for end in re.split(r"\s*(?:-|–|—|;|đến|den|to)\s*", typed.strip()) if end]
    if len(ends) != 2:
        raise PieceInvalid(field=Column.PIECE, widest=WIDEST)
    try:
        return PieceWeight(read_weight(ends[0]), read_weight(ends[1]))
    except DomainError:
        raise PieceInvalid(field=Column.PIECE, widest=WIDEST) from None


def read_moment(typed: str, *, ends: bool = False) -> datetime:
    """`31/12/2026` or `31/12/2026 08:00`, in Vietnam; a day that ends something ends with its last moment."""
    bare = typed.strip()
    for shape in ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%H:%M %d/%m/%Y"):
        try:
            return datetime.strptime(bare, shape).replace(tzinfo=VIETNAM).astimezone(UTC)
        except ValueError:
            continue
    first, after = day_bounds(read_day(bare))
    return after if ends else first


def read_day(typed: str) -> date:
    """`31/12/2026`, `31-12-2026` or `2026-12-31`; raises ValueError."""
    bare = typed.strip()
    for shape in ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(bare, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError("no day")


def read_sale(typed: str, now: datetime) -> Sale:
    """`55000; 01/12/2026; 31/12/2026`, or without a beginning from now on; raises SaleInvalid."""
    parts = [part.strip() for part in typed.split(";")]
    try:
        if len(parts) == 2:
            parts = [parts[0], "", parts[1]]
        price, since, until = parts
        return Sale(read_money(price), read_moment(since) if since else now, read_moment(until, ends=True))
    except (ValueError, DomainError):
        raise SaleInvalid(field=Column.SALE, days=LONGEST_SALE.days) from None


def read_tiers(typed: str, decimal: Locale) -> tuple[Tier, ...]:
    """`10: 60000; 50: 55000`; raises TiersInvalid."""
    try:
        pairs = [part.split(":") for part in typed.replace("\n", ";").split(";") if part.strip()]
        return tuple(Tier(read_quantity(quantity, decimal), read_money(price)) for quantity, price in pairs)
    except (ValueError, DomainError):
        raise TiersInvalid(field=Column.TIERS) from None


def read_season(typed: str) -> int:
    """`3-6` or `1, 2, 12` as a mask of months; raises FactsInvalid."""
    months: set[int] = set()
    for part in re.split(r"[,;/\s]+", re.sub(r"\s*[-–]\s*", "-", fold(typed).replace("thang", " ")).strip()):
        match = re.fullmatch(r"([0-9]{1,2})(?:-([0-9]{1,2}))?", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= 12 or not 1 <= last <= 12:
            raise FactsInvalid(field=Column.SEASON, highest=12)
        months.update(range(first, last + 1) if first <= last else [*range(first, 13), *range(1, last + 1)])
    return season_mask(months)


def read_whole_number(typed: str, column: Column) -> int:
    """`500` or `1.500`; raises WholeNumberWanted."""
    bare = re.sub(r"(?<=[0-9])[.,](?=[0-9]{3}(?:\D|$))", "", typed.strip())
    if not re.fullmatch(r"[0-9]{1,9}", bare):
        raise WholeNumberWanted(field=column)
    return int(bare)


def read_expected(typed: str) -> date:
    """When a harvest will be there; raises ExpectedInvalid."""
    try:
        return read_day(typed)
    except ValueError:
        raise ExpectedInvalid(field=Column.EXPECTED) from None


def read_attributes(typed: str, attributes: Sequence[Attribute]) -> dict[str, str]:
    """`Giống: Cát Hòa Lộc; Phân loại: Loại 1` by the keys of a category's attributes; raises AttributeInvalid."""
    named = {fold(name): one for one in attributes for name in (one.key, one.name.vi, one.name.en)}
    found: dict[str, str] = {}
    for part in parts_of(typed):
        name, _, value = part.partition(":")
        attribute = named.get(fold(name).strip())
        if attribute is None:
            raise AttributeInvalid(field=Column.ATTRIBUTES, name=name.strip()[:40])
        value = value.strip()
        if attribute.kind is AttributeKind.CHOICE:
            labels = {fold(said): key for key, label in attribute.choices for said in (key, label.vi, label.en)}
            value = labels.get(fold(value), value)
        elif attribute.kind is AttributeKind.NUMBER and attribute.unit:
            value = re.sub(r"(?<=[0-9])\s*[^0-9.,]+$", "", value)
        if value:
            found[attribute.key] = read_attribute(attribute, value)
    return found


def read_status(typed: str) -> ProductStatus:
    """On sale or paused; raises StatusUnknown."""
    status = STATUSES.get(" ".join(fold(typed).split()))
    if status is None:
        raise StatusUnknown(field=Column.STATUS)
    return status


def read_photos(typed: str, known: Known) -> tuple[StoredPicture, ...]:
    """Photos by file name or address, in their order and each once; raises PhotoUnknown for the first missing."""
    found: dict[str, StoredPicture] = {}
    for name in re.split(r"\s*[;\n,|]\s*", typed):
        if not name:
            continue
        media = _MEDIA.search(name)
        picture = known.pictures.get(media[1]) if media else known.photos.get(photo_name(name))
        if picture is None:
            raise PhotoUnknown(field=Column.PHOTOS, name=name[:80])
        found[picture.key] = picture
    return tuple(found.values())


def media_keys(cells: Sequence[str], place: int | None) -> set[str]:
    """The photos of the platform that a row names in the cell of its photos."""
    if place is None or place >= len(cells):
        return set()
    return {media[1] for name in re.split(r"\s*[;\n,|]\s*", cells[place]) if (media := _MEDIA.search(name))}


def photo_name(path: str) -> str:
    """What a file is called, whatever folder it lies in, as names are compared."""
    return " ".join(fold(re.split(r"[\\/]", path)[-1]).split())


def write_sale(sale: Sale | None) -> str:
    """As `read_sale` reads it, to the minute; a last moment at midnight is the day before."""
    if sale is None:
        return ""
    until = sale.until.astimezone(VIETNAM)
    whole_day = until.time() == datetime.min.time()
    shown = (until - timedelta(days=1)).strftime("%d/%m/%Y") if whole_day else until.strftime("%d/%m/%Y %H:%M")
    return f"{sale.price}; {sale.since.astimezone(VIETNAM):%d/%m/%Y %H:%M}; {shown}"


def write_rows(goods: WholeProduct, known: Known, locale: Locale, decimal: Locale) -> list[dict[Column, str]]:
    """A product as rows of a file, one for each variant; numbers as a program writes them where a column holds one."""
    facts = goods.facts
    attributes = known.attributes.get(goods.category, ())
    shared = {
        Column.PRODUCT: goods.slug,
        Column.NAME: goods.name,
        Column.CATEGORY: known.category_names[goods.category].say(locale),
        Column.DESCRIPTION: goods.description,
        Column.ATTRIBUTES: "; ".join(
            _quoted(f"{one.name.say(locale)}: {_attribute(one, facts.attributes[one.key], decimal)}")
            for one in attributes
            if one.key in facts.attributes
        ),
        Column.SEASON: ", ".join(str(month) for month in season_months(facts.season)),
        Column.LIFE: str(facts.shelf_life_days or ""),
        Column.STORAGE: facts.storage,
        Column.REACH: str(facts.reach_hours or ""),
        Column.EXPECTED: facts.expected_on.strftime("%d/%m/%Y") if facts.expected_on else "",
        Column.ORIGIN: f"{known.commune_names.get(facts.origin_code, '')} ({facts.origin_code})" if facts.origin_code else "",
        Column.PHOTOS: "; ".join(picture_url(picture.key) for picture in goods.pictures or ()),
        Column.STATUS: STATUS_NAMES[goods.status].say(locale),
    }  # fmt: skip
    return [{**shared, **_variant_cells(variant, locale, decimal)} for variant in goods.variants]


def _variant_cells(variant: WholeVariant, locale: Locale, decimal: Locale) -> dict[Column, str]:
    content, piece = variant.content, variant.piece
    return {
        Column.SKU: variant.code,
        Column.VARIANT: variant.label,
        Column.UNIT: UNIT_LABELS[variant.unit].say(locale),
        Column.PRICE: str(variant.price),
        Column.STOCK: show_quantity(variant.stock, decimal),
        Column.SEEN: show_quantity(variant.stock, decimal),
        Column.STEP: show_quantity(variant.step, decimal),
        Column.MINIMUM: show_quantity(variant.minimum, decimal),
        Column.CONTENT: f"{content.amount} {MEASURE_LABELS[content.measure].say(locale)}" if content else "",
        Column.WEIGHT: "" if piece else str(variant.unit_grams),
        Column.PIECE: f"{show_quantity(piece.lightest, decimal)} - {show_quantity(piece.heaviest, decimal)}" if piece else "",
        Column.SALE: write_sale(variant.sale),
        Column.TIERS: "; ".join(f"{show_quantity(tier.quantity, decimal)}: {tier.price}" for tier in variant.tiers),
    }  # fmt: skip


def _attribute(attribute: Attribute, value: str, locale: Locale) -> str:
    if attribute.kind is AttributeKind.NUMBER:
        return plain_quantity(read_quantity(value)) if locale == "en" else show_quantity(read_quantity(value))
    return attribute_text(attribute, value, locale)


def _quoted(part: str) -> str:
    return f'"{part}"' if ";" in part else part
