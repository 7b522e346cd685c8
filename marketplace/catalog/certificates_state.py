"""Live state of the certificates of a product and its shop."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StringConstraints

from marketplace.base import clock, db
from marketplace.base.errors import DomainError, FieldRequired, NotFound
from marketplace.base.inputs import Payload, parse
from marketplace.base.text import Text
from marketplace.catalog import service
from marketplace.catalog.commands import CertificateDraft
from marketplace.catalog.rules import CertificateKind, StarsInvalid, ValidityInvalid
from marketplace.catalog.views import CertificateView, OwnProduct
from marketplace.ui.live import Live, answering, looking_again, plain

SAVED = Text("Đã thêm chứng nhận.", "Certificate added.")


@dataclass(frozen=True, slots=True)
class CertificatesPage:
    """A product with its certificates; `drawn` counts fresh drawings of the form."""

    product: OwnProduct = field(default_factory=OwnProduct)
    certificates: tuple[CertificateView, ...] = ()
    drawn: int = 0


class CertificateChosen(Payload):
    """Which certificate."""

    certificate_id: Annotated[int, Field(ge=1, lt=2**53)]


class CertificateForm(Payload):
    """What the form sends, as typed."""

    kind: Annotated[str, StringConstraints(max_length=16)] = ""
    stars: Annotated[str, StringConstraints(max_length=1)] = ""
    number: str = ""
    issuer: str = ""
    issued_on: Annotated[str, StringConstraints(max_length=10)] = ""
    expires_on: Annotated[str, StringConstraints(max_length=10)] = ""
    of_shop: Annotated[str, StringConstraints(max_length=10)] = ""


def read_certificate(form: CertificateForm) -> CertificateDraft:
    """A form as a draft; raises what stands in the way, with its field."""
    if form.kind not in set(CertificateKind):
        raise FieldRequired(field="kind")
    if not form.expires_on.strip():
        raise FieldRequired(field="expires_on")
    if form.stars and form.stars not in "345":
        raise StarsInvalid(field="stars")
    try:
        issued_on = date.fromisoformat(form.issued_on) if form.issued_on.strip() else None
        expires_on = date.fromisoformat(form.expires_on)
    except ValueError:
        raise ValidityInvalid(field="expires_on") from None
    kind = CertificateKind(form.kind)
    return CertificateDraft(
        kind=kind,
        # The form asks for stars whatever is certified; only OCOP has them.
        stars=int(form.stars) if form.stars and kind is CertificateKind.OCOP else None,
        number=form.number,
        issuer=form.issuer,
        issued_on=issued_on,
        expires_on=expires_on,
        of_shop=bool(form.of_shop),
    )


class CertificatesState(Live, rx.State):
    """The certificates of a product and its shop."""

    page: CertificatesPage = CertificatesPage()

    @answering
    async def load(self) -> Any:
        """Open the list of the product in the address."""
        person = await self._enter()
        address = self.router.url.path.removeprefix("/seller/products/").removesuffix("/certificates").strip("/")
        try:
            await self._look(int(address) if address.isascii() and address.isdigit() else 0)
        except NotFound:
            return rx.redirect("/seller/start" if not person.seller_ids else "/seller/products")
        except DomainError:
            return rx.redirect("/account/sign-in?next=/seller/products")
        self.path = self._here()
        return None

    @answering
    async def add(self, form: dict[str, Any]) -> None:
        """Enter a certificate; its document follows from its line in the list."""
        draft = read_certificate(parse(CertificateForm, form))
        product_id = self.page.product.id
        await db.writing(service.add_certificate, await self._person(), product_id, draft, clock.now())
        await self._look(product_id)
        page = plain(self.page)
        self.page = replace(page, drawn=page.drawn + 1)
        self.notice = SAVED.say(self._locale())

    @answering
    async def remove(self, certificate_id: int) -> None:
        """Take a certificate away."""
        chosen, product_id = parse(CertificateChosen, {"certificate_id": certificate_id}), self.page.product.id
        person = await self._person()
        await db.writing(service.remove_certificate, person, product_id, chosen.certificate_id, clock.now())
        await self._look(product_id)

    @looking_again
    async def refresh(self) -> None:
        """A document has arrived."""
        await self._look(self.page.product.id)

    async def _look(self, product_id: int) -> None:
        person, locale = await self._person(), self._locale()
        product = await db.reading(service.my_product, person, product_id, locale)
        found = await db.reading(service.my_certificates, person, product_id, locale, clock.now())
        self.page = replace(plain(self.page), product=product, certificates=found)
