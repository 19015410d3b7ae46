"""Certificates for tests of TLS: two authorities, and what a server or a client shows, right or wrong."""

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HOST = "127.0.0.1"


class Issued(NamedTuple):
    """A certificate and its key, and the files that hold them; `chain` has those of authorities in between as well."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    chain: Path
    key_file: Path


class Authority:
    """Signs certificates, and has one of its own: signed by itself, or by another authority."""

    def __init__(self, folder: Path, name: str, by: "Authority | None" = None) -> None:
        """Make its key and its certificate in a folder."""
        self.folder = folder
        self.name = name
        self.by = by
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.own = _signed(
            name, self.key, by or self, 0, 365, [(x509.BasicConstraints(ca=True, path_length=None), True)]
        )
        self.file = folder / f"{name}.crt"
        self.file.write_bytes(_pem(self.own))

    def issue(self, name: str, *names: str, starts: int = -1, ends: int = 30, for_client: bool = False) -> Issued:
        """Return a certificate for host names or addresses, valid from one day to another, counted from today."""
        key = ec.generate_private_key(ec.SECP256R1())
        purpose = ExtendedKeyUsageOID.CLIENT_AUTH if for_client else ExtendedKeyUsageOID.SERVER_AUTH
        extensions: list[tuple[x509.ExtensionType, bool]] = [(x509.ExtendedKeyUsage([purpose]), False)]
        if names:
            extensions.append((x509.SubjectAlternativeName([_general(each) for each in names]), False))
        made = _signed(name, key, self, starts, ends, extensions)
        chain, key_file = self.folder / f"{self.name}-{name}.crt", self.folder / f"{self.name}-{name}.key"
        chain.write_bytes(_pem(made) + (_pem(self.own) if self.by else b""))
        key_file.touch(0o600)
        key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return Issued(made, key, chain, key_file)


def _general(name: str) -> x509.GeneralName:
    return x509.IPAddress(ipaddress.ip_address(name)) if name[0].isdigit() else x509.DNSName(name)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _signed(
    name: str, key: ec.EllipticCurvePrivateKey, by: Authority, starts: int, ends: int,
    extensions: list[tuple[x509.ExtensionType, bool]],
) -> x509.Certificate:  # fmt: skip
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder(_named(by.name), _named(name), key.public_key(), x509.random_serial_number())
        .not_valid_before(now + timedelta(days=starts, minutes=-1))
        .not_valid_after(now + timedelta(days=ends))
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(by.key, SHA256())
