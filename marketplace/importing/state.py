"""Live state of bringing goods in by the file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StringConstraints

from marketplace.base import clock, db
from marketplace.base.errors import DomainError, NotFound
from marketplace.base.inputs import Payload, parse
from marketplace.base.text import Locale
from marketplace.importing import service
from marketplace.importing.rules import (
    MOST_ROWS,
    FileEmpty,
    FileHasMacros,
    FileTooLarge,
    FileUnreadable,
    ImportState,
    PhotosTooLarge,
    PhotosUnreadable,
    TooManyRows,
)
from marketplace.importing.views import ImportLine, ImportView
from marketplace.sellers import service as sellers
from marketplace.ui.live import Live, answering, looking_again, plain
from marketplace.ui.news import watch

REFUSALS: dict[str, type[DomainError]] = {
    error.code: error
    for error in (
        FileEmpty,
        FileHasMacros,
        FileTooLarge,
        FileUnreadable,
        PhotosTooLarge,
        PhotosUnreadable,
        TooManyRows,
    )
}


@dataclass(frozen=True, slots=True)
class FilesPage:
    """A shop's files of goods, and one of them where it is open."""

    store_name: str = ""
    open: bool = False
    file: ImportView = field(default_factory=ImportView)
    recent: tuple[ImportLine, ...] = ()
    drawn: int = 0


class FileChosen(Payload):
    """Which file, by the page's address."""

    file: Annotated[int, Field(ge=1, lt=2**53)]


class ColumnsForm(Payload):
    """How the columns of a file are taken."""

    decimal: Annotated[str, StringConstraints(max_length=2)] = "vi"


class ColumnChoice(Payload):
    """What one column is taken for."""

    column: Annotated[str, StringConstraints(max_length=20)] = ""


class FilesState(Live, rx.State):
    """The page of files of goods; the file stands in its address."""

    page: FilesPage = FilesPage()

    @answering
    async def load(self) -> Any:
        """Open the page; those without a shop are led to open one."""
        person = await self._enter()
        query = self.router.url.query_parameters
        try:
            seller = await db.reading(sellers.seller_of, person)
        except DomainError:
            return rx.redirect("/seller/start" if person.signed_in else "/account/sign-in?next=/seller/products/import")
        self.page = FilesPage(seller.store_name, drawn=self.page.drawn + 1)
        if query.get("file"):
            chosen = parse(FileChosen, {"file": str(query["file"])}).file
            try:
                await self._look(chosen)
            except NotFound:
                return rx.redirect("/seller/products/import")
            watch(self, f"import:{chosen}")
        self.page = replace(plain(self.page), recent=await self._recent())
        self.path = self._here()
        refused = REFUSALS.get(str(query.get("refused", "")))
        if refused is not None:
            raise refused(field="file", limit=MOST_ROWS)
        return None

    @looking_again
    async def refresh(self) -> None:
        """The file came further."""
        await self._look(self._open())

    @answering
    async def check(self, form: dict[str, Any]) -> None:
        """Take the columns as chosen and check every row; nothing is changed yet."""
        import_id, person = self._open(), await self._person()
        decimal: Locale = "en" if parse(ColumnsForm, {"decimal": form.get("decimal", "vi")}).decimal == "en" else "vi"
        places = range(len(self.page.file.columns))
        columns = [parse(ColumnChoice, {"column": form.get(f"column_{place}", "")}).column for place in places]
        await db.writing(service.choose_columns, person, import_id, columns, decimal, clock.now())
        await self._go(ImportState.CHECKING)

    @answering
    async def change_columns(self) -> None:
        """Go back to the columns after a dry run."""
        await db.writing(service.stop_matching, await self._person(), self._open(), clock.now())
        await self._look(self._open())

    @answering
    async def apply(self) -> None:
        """Bring what is good in."""
        await self._go(ImportState.APPLYING)

    @answering
    async def undo(self) -> None:
        """Take the whole import back."""
        await db.writing(service.start_undo, await self._person(), self._open(), clock.now())
        await self._look(self._open())

    async def _go(self, target: ImportState) -> None:
        await db.writing(service.start, await self._person(), self._open(), target, clock.now())
        await self._look(self._open())

    def _open(self) -> int:
        if not self.page.open:
            raise NotFound
        return self.page.file.id

    async def _look(self, import_id: int) -> None:
        person, locale = await self._person(), self._locale()
        file = await db.reading_slowly(service.my_import, person, import_id, locale, clock.now())
        self.page = replace(plain(self.page), open=True, file=file)

    async def _recent(self) -> tuple[ImportLine, ...]:
        return await db.reading_slowly(service.my_imports, await self._person(), self._locale())
