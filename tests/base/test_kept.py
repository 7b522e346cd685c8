"""What everybody may see is made once an edition and given again until something changes."""

from __future__ import annotations

import asyncio
import gzip
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from sqlmodel import Session

from marketplace.base import db, edition, kept, outbox
from marketplace.base.errors import NotFound
from marketplace.base.kept import KeptAnswers, Shelf
from tests.factories import NOW


def change() -> None:
    """Something that everybody may see changes."""
    db.write_now(outbox.emit, "product.changed", {}, NOW)


class Shop:
    """A page that counts how often it was made."""

    def __init__(self) -> None:
        self.made = 0
        self.app = FastAPI()
        self.app.add_middleware(KeptAnswers)

        @self.app.get("/public")
        async def public(request: Request) -> Response:
            self.made += 1
            kept.ANY.may_keep(request)
            return Response(f"page {self.made} " + "xoài " * 400, media_type="text/html")

        @self.app.get("/private")
        async def private() -> Response:
            self.made += 1
            return Response(f"basket {self.made}", headers={"ETag": '"own"'})

        @self.app.get("/missing")
        async def missing(request: Request) -> Response:
            self.made += 1
            kept.ANY.may_keep(request)
            return Response("nothing here", 404)

    def visit(self, *asked: Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]) -> list[httpx.Response]:
        async def everything() -> list[httpx.Response]:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                client.headers["accept-encoding"] = "identity"
                return [await ask(client) for ask in asked]

        return asyncio.run(everything())

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.visit(lambda client: client.get(path, **options))[0]


@pytest.mark.usefixtures("database")
def test_a_page_is_made_once_until_something_changes() -> None:
    shop = Shop()
    first, again = shop.get("/public"), shop.get("/public")
    assert (first.text, shop.made) == (again.text, 1)
    change()
    assert shop.get("/public").text != first.text
    assert shop.made == 2


@pytest.mark.usefixtures("database")
def test_a_change_that_is_rolled_back_changes_nothing() -> None:
    shop = Shop()
    shop.get("/public")
    with db.read() as session:
        outbox.emit(session, "product.changed", {}, NOW)
        session.flush()
    assert shop.get("/public").text.startswith("page 1")


def test_another_process_is_noticed_a_moment_later(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = Shop()
    shop.get("/public")
    other = sqlite3.connect(sqlite_database.removeprefix("sqlite:///"))
    moment = NOW.strftime("%Y-%m-%d %H:%M:%S.%f")
    other.execute(
        "INSERT INTO outbox_event(topic, payload, created_at, available_at, attempts) VALUES ('x', '{}', ?, ?, 0)",
        (moment, moment),
    )
    other.commit()
    other.close()
    monkeypatch.setattr(edition, "LOOK_EVERY_SECONDS", 0.0)
    assert shop.get("/public").text.startswith("page 2")


@pytest.mark.usefixtures("database")
def test_languages_themes_and_queries_have_pages_of_their_own() -> None:
    shop = Shop()
    for options in ({}, {"params": {"lang": "en"}}, {"headers": {"cookie": "theme=dark"}}, {"params": {"q": "xoai"}}):
        shop.get("/public", **options)
    assert shop.made == 4


@pytest.mark.usefixtures("database")
def test_who_has_a_page_already_is_only_told_so() -> None:
    shop = Shop()
    tag = shop.get("/public").headers["etag"]
    for known in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        answer = shop.get("/public", headers={"if-none-match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    assert shop.get("/public", headers={"if-none-match": '"other"'}).status_code == 200
    change()
    assert shop.get("/public", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.usefixtures("database")
def test_pages_are_squeezed_for_those_who_take_it() -> None:
    shop = Shop()
    plain = shop.get("/public")

    async def raw(client: httpx.AsyncClient) -> httpx.Response:
        async with client.stream("GET", "/public", headers={"accept-encoding": "br, gzip"}) as answer:
            answer.extensions["bytes"] = b"".join([part async for part in answer.aiter_raw()])
        return answer

    (squeezed,) = shop.visit(raw)
    assert squeezed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(squeezed.extensions["bytes"]) == plain.content
    assert len(squeezed.extensions["bytes"]) == int(squeezed.headers["content-length"]) < len(plain.content)
    assert "content-encoding" not in plain.headers


@pytest.mark.usefixtures("database")
def test_what_is_not_for_everybody_and_what_is_not_there_is_never_kept() -> None:
    shop = Shop()
    assert [shop.get("/private").text, shop.get("/private").text] == ["basket 1", "basket 2"]
    assert shop.get("/private").headers["etag"] == '"own"'
    shop.get("/missing")
    assert (shop.get("/missing").status_code, shop.made) == (404, 5)


@pytest.mark.usefixtures("database")
def test_many_who_ask_for_the_same_wait_for_one_answer() -> None:
    asked: list[str] = []

    def look(_: Session, what: str) -> str:
        asked.append(what)
        return what.upper()

    async def crowd() -> list[str]:
        return await asyncio.gather(*(kept.ANY.reading(look, "xoài") for _ in range(20)))

    assert set(asyncio.run(crowd())) == {"XOÀI"}
    assert asked == ["xoài"]
    change()
    asyncio.run(crowd())
    assert asked == ["xoài", "xoài"]


@pytest.mark.usefixtures("database")
def test_what_takes_long_is_made_once_and_never_on_the_event_loop() -> None:
    threads: list[int] = []

    def figures(_session: Session, year: int) -> int:
        threads.append(threading.get_ident())
        return year

    async def ask() -> list[int]:
        asked = [kept.ANY.reading_slowly(figures, 2026) for _ in range(5)]
        assert await asyncio.gather(*asked) == [2026] * 5
        return [threading.get_ident()]

    loop = asyncio.run(ask())
    assert len(threads) == 1
    assert threads != loop


@pytest.mark.usefixtures("database")
def test_a_refusal_is_asked_anew() -> None:
    asked: list[int] = []

    def look(_: Session) -> str:
        asked.append(1)
        raise NotFound

    for _ in range(2):
        with pytest.raises(NotFound):
            asyncio.run(kept.ANY.reading(look))
    assert len(asked) == 2


@pytest.mark.usefixtures("database")
def test_the_moment_does_not_tell_one_question_from_another() -> None:
    def look(_: Session, what: str, now: Any) -> tuple[str, Any]:
        return what, now

    async def twice() -> None:
        first = await kept.ANY.reading(look, "a", NOW)
        assert await kept.ANY.reading(look, "a", NOW.replace(year=2027)) == first
        assert await kept.ANY.reading(look, "b", NOW) != first

    asyncio.run(twice())


@pytest.mark.usefixtures("database")
def test_an_answer_about_one_thing_outlives_what_happens_to_another() -> None:
    asked: list[str] = []

    def look(_: Session, what: str) -> str:
        asked.append(what)
        return what

    def happens(topic: str) -> None:
        db.write_now(outbox.emit, topic, {}, NOW)

    def ask() -> None:
        asyncio.run(kept.Subjects("seller").reading(look, "shop"))
        asyncio.run(kept.ANY.reading(look, "figures"))

    ask()
    happens("order.placed")
    ask()
    assert asked == ["shop", "figures", "figures"]
    happens("seller.suspended")
    ask()
    assert asked == ["shop", "figures", "figures", "shop", "figures"]


@pytest.mark.usefixtures("database")
def test_nothing_outlives_a_process_that_can_no_longer_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marketplace.base.edition.MOST_SUBJECTS", 2)
    shelf = Shelf(10)
    made = asyncio.run(edition.edition().current())
    shelf.keep("a", made, ("seller",), "A")
    for topic in ("x.happened", "y.happened", "z.happened"):
        db.write_now(outbox.emit, topic, {}, NOW)
        asyncio.run(edition.edition().current())
    assert shelf.find("a") is None


@pytest.mark.usefixtures("database")
def test_a_full_shelf_drops_what_was_used_least_recently() -> None:
    shelf = Shelf(100)
    for key in "abc":
        shelf.keep(key, 0, (), key.upper(), 40)
    assert [shelf.find(key) for key in "abc"] == [None, "B", "C"]
    shelf.find("b")
    shelf.keep("d", 0, (), "D", 40)
    assert [shelf.find(key) for key in "bcd"] == ["B", None, "D"]
    shelf.keep("b", 0, (), "B2", 10)
    shelf.keep("e", 0, (), "E", 40)
    assert [shelf.find(key) for key in "bde"] == ["B2", "D", "E"]
    assert len(shelf) == 3


@pytest.mark.usefixtures("database")
def test_what_a_shelf_holds_is_old_after_its_seconds_and_for_another_edition() -> None:
    shelf = Shelf(100, seconds=-1)
    shelf.keep("a", 0, (), "A")
    assert shelf.find("a") is None
    lasting = Shelf(100)
    lasting.keep("a", asyncio.run(edition.edition().current()), (), "A")
    assert lasting.find("a") == "A"
    change()
    asyncio.run(edition.edition().current())
    assert lasting.find("a") is None
