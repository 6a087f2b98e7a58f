"""Signs PDFs as offices do: a certificate of our own making, one signature after another."""

from __future__ import annotations

import datetime
import io
from functools import cache
from pathlib import Path

from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

DAY = datetime.timedelta(days=1)


@cache
def identity(name: str, office: str) -> tuple[rsa.RSAPrivateKey, bytes]:
    """A key and a self-signed certificate (DER) valid today."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    names = ((NameOID.COMMON_NAME, name), (NameOID.ORGANIZATION_NAME, office))
    subject = certificates.Name([certificates.NameAttribute(kind, value) for kind, value in names])
    now = datetime.datetime.now(datetime.UTC)
    usage = certificates.KeyUsage(True, True, False, False, False, True, True, False, False)
    signed = (
        certificates.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(certificates.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + 30 * DAY)
        .add_extension(certificates.BasicConstraints(True, None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return key, signed.public_bytes(serialization.Encoding.DER)


def sign(file: Path, name: str = "Nguyễn Văn An", office: str = "SỞ NỘI VỤ", digest: str = "sha256") -> bytes:
    """Adds a signature to the file; its certificate."""
    key, certificate = identity(name, office)
    raw = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate),
        signing_key=keys.PrivateKeyInfo.load(raw),
        cert_registry=SimpleCertificateStore(),
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(file.read_bytes()), strict=False)
    count = file.read_bytes().count(b"/ByteRange") + 1
    meta = signers.PdfSignatureMetadata(
        field_name=f"Signature{count}", md_algorithm=digest, subfilter=fields.SigSeedSubFilter.PADES
    )
    out = signers.sign_pdf(writer, meta, signer=signer)
    file.write_bytes(out.getvalue())
    return certificate
