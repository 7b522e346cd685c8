"""Reads the signatures of a PDF; run as a program of its own, on limited time and memory, for files of strangers.

As a program it takes JSON on standard input and answers JSON, and imports nothing of the app: whatever a hostile file
does to the reader ends with this process.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import sys
from dataclasses import asdict, dataclass
from datetime import datetime

from asn1crypto import x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

CPU_SECONDS = 10
MEMORY_BYTES = 1 << 30
MOST_SIGNATURES = 8
LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signature says and whether it holds. `at` is ISO 8601, as claimed by its signer, or empty."""

    signer: str
    ours: bool
    """It names a certificate of the platform as its own."""
    trusted: bool
    """That certificate was valid, and made for sealing, at the moment that counts."""
    intact: bool
    """The bytes it covers are those that were signed, and the signature is its certificate's."""
    whole: bool
    """It covers the whole file: nothing was added after it."""
    at: str
    reason: str

    @property
    def holds(self) -> bool:
        """Whether it vouches for the file as it is."""
        return self.ours and self.trusted and self.intact and self.whole


class Unreadable(Exception):
    """No PDF that could be read to its end."""


def signatures(data: bytes, certificates: list[bytes], moment: datetime) -> list[Signature]:
    """The signatures of a PDF, judged against our certificates as of `moment`; raises Unreadable."""
    own = [x509.Certificate.load(certificate) for certificate in certificates]
    context = ValidationContext(trust_roots=own, allow_fetching=False, moment=moment)
    try:
        reader = PdfFileReader(io.BytesIO(data))
        found = []
        for embedded in reader.embedded_signatures[:MOST_SIGNATURES]:
            # Nothing may follow our seal, so what an update changed need not be understood.
            status = validate_pdf_signature(embedded, context, skip_diff=True)
            ours = any(status.signing_cert.sha256 == certificate.sha256 for certificate in own)
            at = status.signer_reported_dt
            found.append(
                Signature(
                    signer=_plain(_name(status.signing_cert)),
                    ours=ours,
                    trusted=status.trusted,
                    intact=status.intact and status.valid,
                    whole=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
                    at=at.isoformat() if at else "",
                    reason=_plain(str(embedded.sig_object.get("/Reason", ""))),
                )
            )
    except (PdfError, ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError) as error:
        # pyHanko and asn1crypto answer what they did not expect in a file with any of these.
        raise Unreadable(f"{type(error).__name__}: {error}"[:LONGEST_TEXT]) from error
    return found


def _name(certificate: x509.Certificate) -> str:
    # An attribute given twice comes as a list.
    name = certificate.subject.native.get("common_name") or certificate.subject.human_friendly
    return name if isinstance(name, str) else ", ".join(map(str, name))


def _plain(text: str) -> str:
    return "".join(character for character in text if character.isprintable())[:LONGEST_TEXT]


def main() -> int:
    """Judge the file on standard input: certificates and moment as a line of JSON, then the file."""
    _limit()
    request = json.loads(sys.stdin.buffer.readline())
    own = [base64.b64decode(certificate) for certificate in request["certificates"]]
    try:
        found = signatures(sys.stdin.buffer.read(), own, datetime.fromisoformat(request["moment"]))
    except Unreadable as error:
        answer: dict[str, object] = {"unreadable": str(error)}
    else:
        answer = {"signatures": [asdict(signature) for signature in found]}
    sys.stdout.write(json.dumps(answer))
    return 0


def _limit() -> None:
    try:
        import resource
    except ImportError:
        # Windows knows no such limits; the caller's time-out remains.
        return
    limits = (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, limit in limits:
        with contextlib.suppress(ValueError, OSError):
            # macOS refuses to bound addresses; a lower limit than ours may be in force already.
            resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    sys.exit(main())
