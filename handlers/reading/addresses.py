"""Which addresses may be fetched: a strict reading of links, and a table of networks."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

import idna

from handlers import phrases
from handlers.errors import Code, Refused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST = 8_000  # characters of a link, as it is asked for
PORTS = {"http": 80, "https": 443}
ALLOWED_PORTS = frozenset({80, 443, 8000, 8080, 8443})  # as Advocate has them
_LINK = re.compile(r"(https?)://([^/?#]*)([^#]*)(?:#.*)?", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_AUTHORITY = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:@%\\]+)(?::([1-9][0-9]{0,4}))?", re.IGNORECASE)
_BAD = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ufeff]")
_UNSAFE = re.compile(r"[^\x21-\x7e]|[<>\"{}|^`]")  # what a path or query has only as %XX
_OTHER_DOTS = re.compile("[\u3002\uff0e\uff61\u2024\u2025\u2026]")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")

# Ends of names that only mean something inside a network: RFC 6761, 6762, 7686, 8375 (home.arpa),
# 9476; "internal", "home", "corp" and "mail" as ICANN keeps them back; and customs.
_INSIDE = frozenset(
    [
        "alt", "arpa", "broadcasthost", "cluster", "consul", "corp", "docker", "home", "internal",
        "intranet", "kubernetes", "lan", "local", "localdomain", "localdomain4",
        "localdomain6", "localhost", "mail", "onion", "private", "svc", "workgroup",
    ]
)  # fmt: skip
_NEVER = "invalid"  # RFC 6761: no name ends so, inside or outside
# Names in public zones behind which clouds keep a machine's secrets.
_METADATA = frozenset(
    [
        "metadata.goog", "metadata.packet.net", "metadata.platformequinix.com",
        "metadata.tencentyun.com",
    ]
)  # fmt: skip

# IANA IPv4 Special-Purpose Address Registry, multicast, reserved, and a cloud's inner services.
_NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32",
        "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
        "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
# IANA IPv6 Special-Purpose Address Registry, what carries an IPv4 address inside (compatible,
# mapped, translated, NAT64, Teredo, 6to4), and from 100::/8 on all that is outside 2000::/3, of
# which alone RFC 4291 lets unicast addresses be given out: local, site-local and multicast too.
_NOT_PUBLIC_6 = tuple(
    ipaddress.IPv6Network(each)
    for each in (
        "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48",
        "100::/8", "200::/7", "400::/6", "800::/5", "1000::/4", "2001::/23", "2001:db8::/32",
        "2002::/16", "2620:4f:8000::/48", "3ffe::/16", "3fff::/20", "4000::/2", "8000::/1",
    )
)  # fmt: skip
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214: an IPv4 address in the last 32 bits


@dataclass(frozen=True, slots=True)
class Target:
    """A link that may be asked for: `host` is an ASCII name or a canonical public address."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The address as it is asked for, without a port that goes without saying."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """What robots.txt holds for: scheme, host and port."""
        return self.scheme, self.host, self.port


def target(link: str) -> Target:
    """Read a link strictly; raises `Refused` for one that is never fetched."""
    if len(link) > LONGEST or _BAD.search(link):
        raise _refused(phrases.BAD_LINK)
    match = _LINK.fullmatch(link)
    if match is None:
        known = _SCHEME.match(link) and not link.lower().startswith(("http:", "https:"))
        raise _refused(phrases.BAD_SCHEME if known else phrases.BAD_LINK)
    scheme = match.group(1).lower()
    authority = _AUTHORITY.fullmatch(match.group(2))
    if authority is None:
        raise _refused(phrases.BAD_LINK)
    port = int(authority.group(2) or PORTS[scheme])
    if port not in ALLOWED_PORTS:
        raise _refused(phrases.BAD_PORT)
    read = Target(scheme, _host(authority.group(1)), port, _path(match.group(3)))
    if len(read.url) > LONGEST:
        raise _refused(phrases.BAD_LINK)
    return read


def is_public(address: Address) -> bool:
    """Say whether an address is given out to the public internet, embedded ones never."""
    return address.is_global and not address.is_multicast and not is_special(address)


def is_special(address: Address) -> bool:
    """Say so by our table alone, since `is_global` differs between versions of Python."""
    if isinstance(address, ipaddress.IPv4Address):
        return any(address in network for network in _NOT_PUBLIC_4)
    if address.scope_id is not None or (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return True
    return any(address in network for network in _NOT_PUBLIC_6)


def is_literal(host: str) -> bool:
    """Say whether a host is an address itself, as `target` gives it."""
    return ":" in host or bool(_NUMBER.fullmatch(host.rsplit(".", 1)[-1]))


def public(answers: list[str]) -> list[str]:
    """Give a name's addresses if every one of them is public; raises `Refused` otherwise."""
    if not answers:
        raise Refused(Code.UNREACHABLE, phrases.NO_SUCH_HOST)
    try:
        addresses = [ipaddress.ip_address(answer) for answer in answers]
    except ValueError as fault:
        raise _refused(phrases.INSIDE) from fault
    if not all(is_public(address) for address in addresses):
        raise _refused(phrases.INSIDE)
    return [str(address) for address in addresses]


def _host(raw: str) -> str:
    if raw.startswith("["):
        return _public_literal(raw[1:-1], ipaddress.IPv6Address)
    name = _ascii(raw)
    host = name.removesuffix(".")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _public_literal(name, ipaddress.IPv4Address)
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused(phrases.BAD_LINK)
    if labels[-1] in _INSIDE or host in _METADATA:
        raise _refused(phrases.INSIDE)
    if len(labels) < 2 or labels[-1] == _NEVER:
        raise _refused(phrases.NO_SUCH_NAME)
    return host


def _public_literal(
    text: str, kind: type[ipaddress.IPv4Address] | type[ipaddress.IPv6Address]
) -> str:
    try:
        address = kind(text)
    except ValueError as fault:
        raise _refused(phrases.BAD_LINK) from fault
    if not is_public(address):
        raise _refused(phrases.INSIDE)
    return str(address)


def _ascii(host: str) -> str:
    """Give a name in ASCII by IDNA 2008, which knows no look-alikes of dots, digits or letters."""
    if host.isascii():
        lower = host.lower()
        if "xn--" not in lower:
            return lower
    # a letter that turns into an ASCII one when it is made small, the Kelvin sign for one
    if _OTHER_DOTS.search(host) or any(not c.isascii() and c.lower()[0].isascii() for c in host):
        raise _refused(phrases.BAD_LINK)
    try:
        return idna.encode(host.lower()).decode("ascii")
    except (idna.IDNAError, UnicodeError) as fault:
        raise _refused(phrases.BAD_LINK) from fault


def _path(raw: str) -> str:
    """Give a path and query as they are asked for: no dots to resolve, what is unsafe as %XX."""
    path, mark, query = raw.partition("?")
    kept: list[str] = []
    parts = path.split("/")[1:]
    for at, part in enumerate(parts):
        dots = part.lower().replace("%2e", ".")  # as browsers read them
        if dots not in (".", ".."):
            kept.append(part)
            continue
        if dots == "..":
            del kept[-1:]
        if at == len(parts) - 1:
            kept.append("")
    return _UNSAFE.sub(_quoted, "/" + "/".join(kept) + mark + query)


def _quoted(char: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in char.group().encode("utf-8", "replace"))


def _refused(reason: str) -> Refused:
    return Refused(Code.FORBIDDEN, reason)
