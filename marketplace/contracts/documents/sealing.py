"""The platform's seal: its key and certificates, and a PAdES signature over a drawn contract.

A seal says "these bytes are what we recorded". It is evidence (level L1), not a digital signature of the parties.
"""

from __future__ import annotations

import io
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from marketplace.base.crypto import secret_for
from marketplace.settings import settings

NAME = "Chợ Quê – dấu nền tảng"
YEARS = 10
REASON = "Chợ Quê làm chứng hợp đồng {code} (mức L1). Đây không phải chữ ký số của các bên."
FIELD = "DauNenTang"
KEY_FILE = re.compile(r"seal-\d{4}\.pem")


class SealUnreadable(RuntimeError):
    """The platform's key cannot be opened: the app's secret is not the one it was made with."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A key and its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


class _PlatformSigner(signers.PdfSigner):
    """Signs at a moment handed in, where pyHanko would ask the machine's clock."""

    def __init__(self, metadata: signers.PdfSignatureMetadata, signer: signers.Signer, at: datetime) -> None:
        super().__init__(metadata, signer, new_field_spec=fields.SigFieldSpec(FIELD))
        self._at = at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        """A session at our moment."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def seal(document: bytes, code: str, now: datetime) -> bytes:
    """Add the platform's PAdES signature (ETSI.CAdES.detached, SHA-256, P-256), which allows no change after it.

    Blocks for some 20 ms; not to be called from a running event loop.
    """
    return seal_with(current_seal(now), document, code, now)


def seal_with(own: Seal, document: bytes, code: str, now: datetime) -> bytes:
    """Add a PAdES signature made with a given key."""
    key_bytes = own.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate = asn1_x509.Certificate.load(own.certificate.public_bytes(serialization.Encoding.DER))
    none_beside = SimpleCertificateStore()
    signer = signers.SimpleSigner(certificate, asn1_keys.PrivateKeyInfo.load(key_bytes), none_beside)
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=NAME,
        reason=REASON.format(code=code),
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    sealed = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    _PlatformSigner(metadata, signer, now.astimezone(UTC)).sign_pdf(writer, output=sealed)
    return sealed.getvalue()


def current_seal(now: datetime) -> Seal:
    """The newest key; made on first use, and again once the key was cut out of the newest file. Raises SealUnreadable."""
    files = _files()
    if not files or b"PRIVATE KEY" not in files[-1].read_bytes():
        _make(now, len(files) + 1)
        files = _files()
    return _open(files[-1], files[-1].stat().st_mtime_ns)


def certificates() -> list[bytes]:
    """Every certificate the platform ever sealed with, in DER; a retired one is kept without its key."""
    return [
        x509.load_pem_x509_certificate(path.read_bytes()).public_bytes(serialization.Encoding.DER) for path in _files()
    ]


def new_seal(now: datetime) -> Seal:
    """A fresh P-256 key with a self-signed certificate of ten years."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # Machines that share the folder do not share a clock to the second.
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Seal(key, certificate)


def _folder() -> Path:
    return settings().var / "keys"


def _files() -> list[Path]:
    folder = _folder()
    return sorted(path for path in folder.iterdir() if KEY_FILE.fullmatch(path.name)) if folder.exists() else []


def _passphrase() -> bytes:
    return secret_for("platform-seal").hex().encode()


def _make(now: datetime, number: int) -> None:
    made = new_seal(now)
    content = made.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(_passphrase()),
    ) + made.certificate.public_bytes(serialization.Encoding.PEM)
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    draft = folder / f"draft-{os.getpid()}-{made.certificate.serial_number:x}"
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link appears whole and only once: of several processes that need a key, one gives the key.
        os.link(draft, folder / f"seal-{number:04}.pem")
    except FileExistsError:
        pass
    finally:
        draft.unlink()


@lru_cache(maxsize=4)
def _open(path: Path, _modified: int) -> Seal:
    content = path.read_bytes()
    try:
        key = serialization.load_pem_private_key(content, _passphrase())
    except ValueError as error:
        raise SealUnreadable(f"{path} was made with another secret than MARKETPLACE_SECRET or secret.key") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise SealUnreadable(f"{path} holds no elliptic curve key")
    return Seal(key, x509.load_pem_x509_certificate(content))
