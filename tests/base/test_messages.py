"""Messages: sent once their transaction commits, tried again for a day, erased once sent, and never in a log."""

from __future__ import annotations

import asyncio
import json
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlmodel import Session, select
from structlog.testing import capture_logs

from marketplace import background
from marketplace.base import clock, db, messages
from marketplace.base.messages import Channel, Message
from marketplace.base.messages.posting import ROWS_KEPT
from marketplace.base.messages.sending import LOG_NAME
from marketplace.base.models import OutboxEvent, OutgoingMessage
from marketplace.settings import read_settings, settings
from tests.conftest import forget_process_state
from tests.mail import MailServer, mail_server

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
CODE = "428193"
TO = "lan@example.vn"


def written(session: Session, now: datetime, *, lasts: timedelta = messages.posting.LASTS) -> int:
    letter = messages.letter("vi", TO, f"Mã của bạn: {CODE}", ["Xin chào <Lan> & bạn,"], CODE, ["Đừng đọc cho ai."])
    return messages.post(session, Channel.MAIL, letter, "code", now, lasts=lasts)


def post(**changes: timedelta) -> int:
    return db.write_now(written, clock.now(), **changes)


def send_off() -> int:
    return asyncio.run(background.outbox.send_off())


def row(message_id: int) -> OutgoingMessage:
    with db.read() as session:
        found = session.exec(select(OutgoingMessage).where(OutgoingMessage.id == message_id)).one()
        session.expunge(found)
    return found


@pytest.fixture
def server(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with mail_server(user="chợ", password="mật khẩu/@") as running:
        address = running.address.replace("chợ:mật khẩu/@", "ch%E1%BB%A3:m%E1%BA%ADt%20kh%E1%BA%A9u%2F%40")
        monkeypatch.setenv("MARKETPLACE_SMTP_URL", address)
        monkeypatch.setenv("MARKETPLACE_MAIL_FROM", "Chợ Quê <khong-tra-loi@choque.example>")
        forget_process_state()
        yield running


def test_a_mail_arrives_with_both_forms_of_its_words(server: MailServer) -> None:
    message_id = post()
    assert send_off() == 1
    mail = server.mails[0]
    assert server.recipients == [TO]
    assert (mail["To"], mail["Subject"]) == (TO, f"Mã của bạn: {CODE}")
    assert "khong-tra-loi@choque.example" in mail["From"]
    assert mail["Message-ID"] == f"<message-{message_id}@choque.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert CODE in plain.get_content()
    assert "Xin chào <Lan> & bạn," in plain.get_content()
    assert "Xin chào &lt;Lan&gt; &amp; bạn," in html.get_content()
    assert f">{CODE}</p>" in html.get_content()


def test_nothing_of_a_message_is_left_once_it_is_sent_and_it_is_sent_once(server: MailServer) -> None:
    message_id = post()
    waiting = row(message_id)
    assert waiting.sealed is not None
    assert CODE not in waiting.sealed
    assert TO not in waiting.sealed
    assert send_off() == 1
    assert send_off() == 0
    # Even if the outbox, whose promise is "at least once", comes a second time.
    asyncio.run(messages.carry({"message_id": message_id}))
    assert len(server.mails) == 1
    assert (row(message_id).sealed, row(message_id).ended) == (None, "sent")


def test_a_message_of_a_transaction_that_failed_is_never_sent(server: MailServer) -> None:
    with pytest.raises(RuntimeError), db.write() as session:
        written(session, clock.now())
        raise RuntimeError
    assert send_off() == 0
    assert server.mails == []


def test_whoever_says_later_is_asked_later_and_again(server: MailServer) -> None:
    server.recipient_reply = "451 try again later"
    with time_machine.travel(START, tick=False) as moving:
        message_id = post()
        assert send_off() == 1
        assert send_off() == 0
        server.recipient_reply = "250 OK"
        moving.shift(timedelta(seconds=11))
        assert send_off() == 1
    assert len(server.mails) == 1
    assert row(message_id).ended == "sent"


def test_a_mailbox_that_does_not_exist_is_not_asked_again(server: MailServer) -> None:
    server.recipient_reply = "550 no such mailbox"
    with time_machine.travel(START, tick=False) as moving:
        message_id = post()
        send_off()
        moving.shift(timedelta(hours=2))
        assert send_off() == 0
    assert (row(message_id).sealed, row(message_id).ended) == (None, "refused")


@pytest.mark.usefixtures("database")
def test_a_server_that_is_down_for_a_day_loses_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_server() as gone:
        address = gone.address
    monkeypatch.setenv("MARKETPLACE_SMTP_URL", address)
    forget_process_state()
    with time_machine.travel(START, tick=False) as moving:
        message_id = post()
        for _ in range(24):
            send_off()
            moving.shift(timedelta(hours=1))
        assert row(message_id).sealed is not None
        with mail_server() as back:
            monkeypatch.setenv("MARKETPLACE_SMTP_URL", back.address)
            settings.cache_clear()
            assert send_off() == 1
            assert len(back.mails) == 1


def test_a_message_out_of_date_is_erased_unsent(server: MailServer) -> None:
    server.recipient_reply = "451 later"
    with time_machine.travel(START, tick=False) as moving:
        first, second = post(lasts=timedelta(minutes=10)), post(lasts=timedelta(minutes=10))
        send_off()
        moving.shift(timedelta(minutes=9))
        assert asyncio.run(background.erase_stale()) == 0
        moving.shift(timedelta(minutes=1))
        server.recipient_reply = "250 OK"
        asyncio.run(messages.carry({"message_id": first}))
        assert asyncio.run(background.erase_stale()) == 1
        assert [row(one).ended for one in (first, second)] == ["stale", "stale"]
        assert send_off() == 2
        assert server.mails == []
        moving.shift(ROWS_KEPT + timedelta(seconds=1))
        assert asyncio.run(background.erase_stale()) == 2


def test_no_log_and_no_event_names_the_code_or_whom_it_is_for(
    server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    with capture_logs() as logs:
        for reply in ("550 no", "451 later", "250 OK"):
            server.recipient_reply = reply
            post()
            send_off()
        server.data_reply = "554 spam"
        post()
        send_off()
    with db.read() as session:
        events = [f"{event.payload} {event.error}" for event in session.exec(select(OutboxEvent)).all()]
    said = json.dumps(logs, default=str) + "".join(events) + "".join(capsys.readouterr())
    assert len(logs) >= 3
    assert CODE not in said
    assert TO not in said
    assert TO.split("@", maxsplit=1)[0] not in said


@pytest.mark.usefixtures("database")
def test_a_slow_mail_server_holds_up_no_other_event() -> None:
    with db.write() as session:
        written(session, clock.now())
    assert asyncio.run(background.outbox.work_off()) == 0
    with db.read() as session:
        assert session.exec(select(OutboxEvent.done_at)).one() is None


def test_a_wrong_password_of_ours_is_tried_again_and_not_the_recipients_fault(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARKETPLACE_SMTP_URL", f"smtp+plain://x:y@{server.address.rpartition('@')[2]}")
    settings.cache_clear()
    message_id = post()
    send_off()
    assert row(message_id).sealed is not None
    assert server.mails == []


def test_encryption_is_insisted_on_where_the_settings_do_not_say_otherwise() -> None:
    from marketplace.base.messages.smtp import SmtpSender

    def of(url: str) -> tuple[bool, bool | None, int]:
        sender = SmtpSender(url, "a@b.vn")
        return sender.tls, sender.starts_tls, sender.port

    assert of("smtps://u:p@mail.example") == (True, False, 465)
    assert of("smtp://u:p@mail.example") == (False, True, 587)
    assert of("smtp://localhost:2525") == (False, None, 2525)
    assert of("smtp+plain://relay") == (False, False, 25)


def test_a_server_without_encryption_is_told_nothing(server: MailServer) -> None:
    from marketplace.base.messages.smtp import SmtpSender

    sender = SmtpSender(f"smtp://x:y@{server.address.rpartition('@')[2]}", "a@b.vn")
    sender.starts_tls = True
    with pytest.raises(messages.NotDelivered):
        asyncio.run(sender.send(Message(TO, "x", "x", "x"), "message-1"))
    assert server.mails == []


@pytest.mark.usefixtures("sqlite_database")
def test_without_a_server_messages_go_to_a_file_only_its_owner_reads() -> None:
    db.write_now(messages.post, Channel.SMS, Message("+84912345678", "Ma cua ban la 123456"), "code", clock.now())
    post()
    assert send_off() == 2
    path = settings().var / LOG_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [(line["channel"], line["to"]) for line in lines] == [("sms", "+84912345678"), ("mail", TO)]
    assert CODE in lines[1]["text"]


def test_over_https_no_message_goes_to_a_file_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKETPLACE_PUBLIC_URL", "https://choque.example")
    settings.cache_clear()
    assert [messages.is_open(channel) for channel in Channel] == [False, False]
    monkeypatch.setenv("MARKETPLACE_SMS_URL", "log:")
    settings.cache_clear()
    assert [messages.is_open(channel) for channel in Channel] == [False, True]


@pytest.mark.parametrize(
    ("name", "value"), [("SMTP_URL", "mail.example:25"), ("SMTP_URL", "http://x"), ("SMS_URL", "twilio")]
)
def test_a_setting_that_names_no_sender_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"named|sender"):
        read_settings({f"MARKETPLACE_{name}": value})
