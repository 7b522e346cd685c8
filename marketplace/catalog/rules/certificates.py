"""Certificates of goods and shops: what a seller must say of one, and until when it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from marketplace.base.errors import DomainError
from marketplace.base.text import Text

LONGEST_NUMBER = 60
LONGEST_ISSUER = 120
LONGEST_VALIDITY = timedelta(days=3660)
MOST_CERTIFICATES = 12
OCOP_STARS = (3, 4, 5)


class CertificateKind(StrEnum):
    """What was certified."""

    OCOP = "ocop"
    VIETGAP = "vietgap"
    GLOBALGAP = "globalgap"
    ORGANIC = "organic"


CERTIFICATE_LABELS: dict[CertificateKind, Text] = {
    CertificateKind.OCOP: Text("OCOP {stars}★", "OCOP {stars}★"),
    CertificateKind.VIETGAP: Text("VietGAP", "VietGAP"),
    CertificateKind.GLOBALGAP: Text("GlobalG.A.P.", "GlobalG.A.P."),
    CertificateKind.ORGANIC: Text("Hữu cơ", "Organic"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate as lists know it; no stars are 0."""

    kind: CertificateKind
    stars: int
    expires_on: date


def best_stars(held: Iterable[Held]) -> int:
    """The stars a product wears: the most of its certificates; 0 for none."""
    return max((one.stars for one in held), default=0)


class StarsInvalid(DomainError):
    """OCOP honours one product with three to five stars; nothing else has stars."""

    code = "stars_invalid"
    message = Text(
        "OCOP có 3, 4 hoặc 5 sao và cấp cho từng sản phẩm; chứng nhận khác không có sao.",
        "OCOP gives one product 3, 4 or 5 stars; other certificates have none.",
    )


class ValidityInvalid(DomainError):
    """A certificate that is over, or was issued after it ends."""

    code = "validity_invalid"
    message = Text(
        "Chứng nhận phải còn hạn, và ngày cấp phải trước ngày hết hạn, không quá mười năm.",
        "The certificate must still be valid, and be issued before it ends, within ten years.",
    )


class TooManyCertificates(DomainError):
    """More certificates than anybody reads."""

    code = "too_many_certificates"
    message = Text("Nhiều nhất {limit} chứng nhận.", "At most {limit} certificates.")


def check_stars(kind: CertificateKind, stars: int | None, *, of_product: bool) -> None:
    """Raise StarsInvalid unless an OCOP certificate of a product, and no other, has its stars."""
    honoured = kind is CertificateKind.OCOP
    if (stars in OCOP_STARS and of_product) != honoured or (stars is not None) != honoured:
        raise StarsInvalid(field="stars")


def check_validity(issued_on: date | None, expires_on: date, today: date) -> None:
    """Raise ValidityInvalid for a certificate that is over or cannot be."""
    begins = issued_on or today
    if expires_on < today or begins > today or not timedelta() < expires_on - begins <= LONGEST_VALIDITY:
        raise ValidityInvalid(field="expires_on")


def counts(expires_on: date, today: date) -> bool:
    """Whether a certificate counts on a day in Vietnam: to the end of its last one."""
    return today <= expires_on
