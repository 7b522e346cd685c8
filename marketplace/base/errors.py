"""Errors of the domain: a code for programs and a message for people, in both languages."""

from __future__ import annotations

from typing import Any, ClassVar

from marketplace.base.text import Text


class DomainError(Exception):
    """A use case refused for a reason the person can act on.

    `field` names the input it belongs to, `values` fill the message. Raised deep, shown at the edges:
    beside the field by a page, as problem+json (RFC 9457) by the API.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 422
    message: ClassVar[Text] = Text("Chưa làm được việc này.", "This could not be done.")

    def __init__(self, *, field: str | None = None, **values: object) -> None:
        super().__init__(self.code)
        self.field = field
        self.values = values

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it travel between processes: by default an exception is rebuilt from positional arguments."""
        return _rebuild, (type(self), self.__dict__)

    def say(self, locale: str) -> str:
        """The message in the person's language."""
        shown = {name: value.say(locale) if isinstance(value, Text) else value for name, value in self.values.items()}
        return self.message.say(locale, **shown)


def _rebuild(kind: type[DomainError], values: dict[str, Any]) -> DomainError:
    error = kind.__new__(kind, kind.code)
    error.__dict__.update(values)
    return error


class NotFound(DomainError):
    """It does not exist, or is not the acting person's to know of."""

    code = "not_found"
    status = 404
    message = Text("Không tìm thấy.", "Not found.")


class Gone(NotFound):
    """It was there for everybody and will not come back."""

    code = "gone"
    status = 410
    message = Text("Đã không còn nữa.", "It is no longer there.")


class NotSignedIn(DomainError):
    """The use case needs a signed-in person."""

    code = "not_signed_in"
    status = 401
    message = Text("Hãy đăng nhập để tiếp tục.", "Sign in to go on.")


class NotAllowed(DomainError):
    """The acting person has no right to this."""

    code = "not_allowed"
    status = 403
    message = Text("Bạn không có quyền làm việc này.", "You have no right to do this.")


class FieldRequired(DomainError):
    """A required input is empty."""

    code = "required"
    message = Text("Mục này chưa điền.", "This is still empty.")


class InputInvalid(DomainError):
    """An input has the wrong shape."""

    code = "invalid"
    message = Text("Mục này chưa đúng.", "This is not right yet.")


class TextTooLong(DomainError):
    """An input is longer than we keep."""

    code = "too_long"
    message = Text("Dài quá: nhiều nhất {limit} ký tự.", "Too long: at most {limit} characters.")


class Conflict(DomainError):
    """Somebody else was faster, or the same thing is being done twice."""

    code = "conflict"
    status = 409
    message = Text("Dữ liệu vừa thay đổi. Hãy xem lại rồi thử lại.", "This has just changed. Look again, then retry.")


class Busy(DomainError):
    """The database did not answer in time; nothing was saved."""

    code = "busy"
    status = 503
    message = Text(
        "Hệ thống đang bận, chưa lưu gì. Hãy thử lại sau giây lát.",
        "The system is busy and saved nothing. Try again in a moment.",
    )


class TooManyTries(DomainError):
    """A rate limit was reached."""

    code = "too_many_tries"
    status = 429
    message = Text("Bạn thử quá nhiều lần. Hãy đợi {wait}.", "Too many tries. Wait {wait}.")

    def say(self, locale: str) -> str:
        """How long to wait, in the largest unit that says it."""
        return self.message.say(locale, wait=_wait(int(str(self.values["seconds"]))).say(locale))


def _wait(seconds: int) -> Text:
    for unit, vi, en in ((3600, "giờ", "hours"), (60, "phút", "minutes")):
        if seconds >= 2 * unit:
            number = -(-seconds // unit)
            return Text(f"{number} {vi}", f"{number} {en}")
    return Text(f"{seconds} giây", f"{seconds} seconds")


class InvalidInputs(DomainError):
    """Several things stand in the way at once; `problems` holds each with its field."""

    code = "invalid_inputs"
    message = Text("Có mục chưa đúng. Hãy xem từng mục.", "Some entries are not right yet. See each one.")

    def __init__(self, problems: list[DomainError]) -> None:
        super().__init__()
        self.problems = problems
