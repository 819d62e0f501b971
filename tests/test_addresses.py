"""Which links and addresses are fetched: public hosts over http and https, and nothing else."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import httpx2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.reading.addresses import (
    LONGEST,
    Target,
    is_literal,
    is_public,
    is_special,
    public,
    target,
)
from handlers.reading.answers import onward

# IANA's special-purpose registries and what else is not public, each with the last address before
# it and the first one after it; "-" where that is not public either.
NETWORKS = """
0.0.0.0/8                                                      1.0.0.0
10.0.0.0/8            9.255.255.255                            11.0.0.0
100.64.0.0/10         100.63.255.255                           100.128.0.0
127.0.0.0/8           126.255.255.255                          128.0.0.0
168.63.129.16/32      168.63.129.15                            168.63.129.17
169.254.0.0/16        169.253.255.255                          169.255.0.0
172.16.0.0/12         172.15.255.255                           172.32.0.0
192.0.0.0/24          191.255.255.255                          192.0.1.0
192.0.2.0/24          192.0.1.255                              192.0.3.0
192.31.196.0/24       192.31.195.255                           192.31.197.0
192.52.193.0/24       192.52.192.255                           192.52.194.0
192.88.99.0/24        192.88.98.255                            192.88.100.0
192.168.0.0/16        192.167.255.255                          192.169.0.0
192.175.48.0/24       192.175.47.255                           192.175.49.0
198.18.0.0/15         198.17.255.255                           198.20.0.0
198.51.100.0/24       198.51.99.255                            198.51.101.0
203.0.113.0/24        203.0.112.255                            203.0.114.0
224.0.0.0/4           223.255.255.255                          -
240.0.0.0/4           -                                        -
::/128                -                                        -
::1/128               -                                        -
::/96                 -                                        -
::ffff:0:0/96         -                                        -
::ffff:0:0:0/96       -                                        -
64:ff9b::/96          64:ff9a:ffff:ffff:ffff:ffff:ffff:ffff    -
64:ff9b:1::/48        -                                        64:ff9b:2::
100::/64              -                                        -
100::/8               ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff    -
200::/7               -                                        -
400::/6               -                                        -
800::/5               -                                        -
1000::/4              -                                        2000::
2001::/23             2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff  2001:200::
2001:db8::/32         2001:db7:ffff:ffff:ffff:ffff:ffff:ffff   2001:db9::
2002::/16             2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff  2003::
2620:4f:8000::/48     2620:4f:7fff:ffff:ffff:ffff:ffff:ffff    2620:4f:8001::
3ffe::/16             3ffd:ffff:ffff:ffff:ffff:ffff:ffff:ffff  -
3fff::/20             -                                        3fff:1000::
4000::/2              3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff  -
5f00::/16             -                                        -
8000::/1              -                                        -
fc00::/7              -                                        -
fe80::/10             -                                        -
fec0::/10             -                                        -
ff00::/8              -                                        -
"""
LONGEST_LINK = "http://news.example/".ljust(LONGEST, "a")
ROWS = [line.split() for line in NETWORKS.strip().splitlines()]
FORBIDDEN = [row[0] for row in ROWS]
NEIGHBOURS = sorted({address for row in ROWS for address in row[1:] if address != "-"})


@pytest.mark.parametrize("network", FORBIDDEN)
def test_no_address_of_a_special_network_is_public(network: str) -> None:
    inside = ipaddress.ip_network(network)
    for at in (0, -1, inside.num_addresses // 2):
        assert not is_public(inside[at]), inside[at]
        assert is_special(inside[at]), f"{inside[at]} by our table alone"


@pytest.mark.parametrize("address", NEIGHBOURS)
def test_the_addresses_just_outside_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "8.8.8.8", "93.184.215.14", "2606:4700::1111", "2a00:1450::1", "64:ff9c::1"],
)
def test_hosts_of_the_internet_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
    assert public([address]) == [address]


@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254",
     "fd20:ce::254", "fe80::a9fe:a9fe", "fe80::1%eth0", "2606:4700::1%eth0", "255.255.255.255"],
)  # fmt: skip
def test_where_clouds_keep_their_secrets_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_inside_of_an_ipv6_one_is_not_public(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    for outer in (
        number,  # compatible
        0xFFFF << 32 | number,  # mapped
        0xFFFF << 48 | number,  # translated
        0x64FF9B << 96 | number,  # NAT64
        0x64FF9B0001 << 80 | number,  # NAT64 of this network alone
        0x2002 << 112 | number << 80 | 1,  # 6to4
        0x20010000 << 96 | (number ^ 0xFFFFFFFF),  # Teredo
        0x2606470000000000 << 64 | 0x5EFE << 32 | number,  # ISATAP
        0x2606470000000000 << 64 | 0x02005EFE << 32 | number,
    ):
        assert not is_public(ipaddress.IPv6Address(outer)), ipaddress.IPv6Address(outer)


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_public(address: ipaddress.IPv4Address) -> None:
    if not address.is_global or address.is_multicast:
        assert not is_public(address)


@pytest.mark.parametrize(
    "answers",
    [["127.0.0.1"], ["1.1.1.1", "10.0.0.1"], ["1.1.1.1", "::1"], ["fe80::1%eth0"], ["1.1.1"],
     ["1.1.1.1", "news.example"], ["0x7f000001"], ["01.1.1.1"]],
)  # fmt: skip
def test_one_bad_answer_spoils_them_all(answers: list[str]) -> None:
    with pytest.raises(Refused) as caught:
        public(answers)
    assert caught.value.code is Code.FORBIDDEN


def test_a_name_without_addresses_is_unreachable() -> None:
    with pytest.raises(Refused) as caught:
        public([])
    assert (caught.value.code, str(caught.value)) == (Code.UNREACHABLE, phrases.NO_SUCH_HOST)


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("ftp://news.example/", phrases.BAD_SCHEME),
        ("file:///etc/passwd", phrases.BAD_SCHEME),
        ("javascript:alert(1)", phrases.BAD_SCHEME),
        ("data:text/html,a", phrases.BAD_SCHEME),
        ("ws://news.example/", phrases.BAD_SCHEME),
        ("http:news.example", phrases.BAD_LINK),
        ("http:/news.example", phrases.BAD_LINK),
        ("http:///news.example/", phrases.BAD_LINK),
        ("//news.example/", phrases.BAD_LINK),
        ("news.example", phrases.BAD_LINK),
        ("", phrases.BAD_LINK),
        ("http://", phrases.BAD_LINK),
        ("http://./", phrases.BAD_LINK),
        ("http://a..example/", phrases.BAD_LINK),
        ("http://news.example../", phrases.BAD_LINK),
        ("http://-a.example/", phrases.BAD_LINK),
        ("http://a-.example/", phrases.BAD_LINK),
        ("http://a_b.example/", phrases.BAD_LINK),
        (f"http://{'a' * 64}.example/", phrases.BAD_LINK),
        (f"http://{'a.' * 123}examples/", phrases.BAD_LINK),
        (LONGEST_LINK + "a", phrases.BAD_LINK),
        (f"http://news.example/{'é' * (LONGEST // 2)}", phrases.BAD_LINK),
        ("http://2130706433/", phrases.BAD_LINK),
        ("http://0x7f000001/", phrases.BAD_LINK),
        ("http://0x7f.1/", phrases.BAD_LINK),
        ("http://0177.0.0.1/", phrases.BAD_LINK),
        ("http://127.1/", phrases.BAD_LINK),
        ("http://8.8.8.010/", phrases.BAD_LINK),
        ("http://8.8.8.8.8/", phrases.BAD_LINK),
        ("http://8.8.8.256/", phrases.BAD_LINK),
        ("http://8.8.8.8./", phrases.BAD_LINK),
        ("http://news.0x1/", phrases.BAD_LINK),
        ("http://127.0.0.1/", phrases.INSIDE),
        ("http://[::1]/", phrases.INSIDE),
        ("http://[::ffff:127.0.0.1]/", phrases.INSIDE),
        ("http://[fe80::1%25eth0]/", phrases.BAD_LINK),
        ("http://[2606:4700::1111%eth0]/", phrases.BAD_LINK),
        ("http://[8.8.8.8]/", phrases.BAD_LINK),
        ("http://[::1/", phrases.BAD_LINK),
        ("http://[]/", phrases.BAD_LINK),
        ("http://[v1.a]/", phrases.BAD_LINK),
        ("http://2606:4700::1111/", phrases.BAD_LINK),
        ("http://a[::1].example/", phrases.BAD_LINK),
        ("http://news.example:22/", phrases.BAD_PORT),
        ("http://news.example:65536/", phrases.BAD_PORT),
        ("http://news.example:0/", phrases.BAD_LINK),
        ("http://news.example:080/", phrases.BAD_LINK),
        ("http://news.example:/", phrases.BAD_LINK),
        ("http://news.example:８０/", phrases.BAD_LINK),
        ("http://user@news.example/", phrases.BAD_LINK),
        ("http://user:pass@news.example/", phrases.BAD_LINK),
        ("http://@news.example/", phrases.BAD_LINK),
        ("http://news.example\\@a.example/", phrases.BAD_LINK),
        ("http://news.example%2f@a.example/", phrases.BAD_LINK),
        ("http://news%2eexample/", phrases.BAD_LINK),
        ("http://news.example|a.example/", phrases.BAD_LINK),
        ("http://{news}.example/", phrases.BAD_LINK),
        ("http://news。example/", phrases.BAD_LINK),
        ("http://news․example/", phrases.BAD_LINK),
        ("http://ｎｅｗｓ.example/", phrases.BAD_LINK),
        ("http://①②⑦.⓪.⓪.①/", phrases.BAD_LINK),
        ("http://\u212aiosk.example/", phrases.BAD_LINK),  # Kelvin sign
        ("http://ne\u200bws.example/", phrases.BAD_LINK),
        ("http://ne\u00adws.example/", phrases.BAD_LINK),
        ("http://xn--a.example/", phrases.BAD_LINK),
        ("http://news.example/\r\nHost: a", phrases.BAD_LINK),
        ("http://news.example/\t", phrases.BAD_LINK),
        (" http://news.example/", phrases.BAD_LINK),
        ("http://news.example/\x00", phrases.BAD_LINK),
        ("http://news.example/#\\", phrases.BAD_LINK),
    ],
)
def test_an_odd_link_is_refused_with_its_reason(link: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        target(link)
    assert (caught.value.code, str(caught.value)) == (Code.FORBIDDEN, sentence)


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST.", "a.localhost", "localhost.localdomain",
     "localhost4.localdomain4", "localhost6.localdomain6",
     "nas.local", "nas.local.", "db.internal", "metadata.google.internal", "router.lan",
     "nas.home.arpa", "nas.home", "a.onion", "a.corp", "a.mail", "kubernetes.default.svc",
     "a.alt", "1.0.0.127.in-addr.arpa", "metadata.goog", "Metadata.Goog.",
     "metadata.packet.net", "metadata.platformequinix.com", "metadata.tencentyun.com",
     "a.broadcasthost", "a.cluster", "a.consul", "a.docker", "a.intranet", "a.kubernetes",
     "a.private", "a.workgroup"],
)  # fmt: skip
def test_names_that_mean_something_inside_only_are_refused(host: str) -> None:
    with pytest.raises(Refused) as caught:
        target(f"https://{host}/")
    assert (caught.value.code, str(caught.value)) == (Code.FORBIDDEN, phrases.INSIDE)


@pytest.mark.parametrize(
    "host", ["printer", "metadata", "ip6-localhost", "a.invalid", "a.INVALID."]
)
def test_names_that_no_public_site_can_have_are_refused_as_such(host: str) -> None:
    with pytest.raises(Refused) as caught:
        target(f"https://{host}/")
    assert (caught.value.code, str(caught.value)) == (Code.FORBIDDEN, phrases.NO_SUCH_NAME)


@pytest.mark.parametrize(
    ("link", "asked"),
    [
        ("HTTPS://News.Example./a%20b", "https://news.example/a%20b"),
        ("http://news.example", "http://news.example/"),
        ("http://news.example?q=1", "http://news.example/?q=1"),
        ("http://news.example#part", "http://news.example/"),
        ("http://news.example:80/", "http://news.example/"),
        ("https://news.example:443/", "https://news.example/"),
        ("https://news.example:80/", "https://news.example:80/"),
        ("http://münchen.example/straße?q=ü#x",
         "http://xn--mnchen-3ya.example/stra%C3%9Fe?q=%C3%BC"),
        ("http://MÜNCHEN.example/", "http://xn--mnchen-3ya.example/"),
        ("http://例え.example/", "http://xn--r8jz45g.example/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700:0:0::1111]/", "http://[2606:4700::1111]/"),
        ("http://news.example:8000/", "http://news.example:8000/"),
        ("http://news.example:8080/", "http://news.example:8080/"),
        ("https://news.example:8443/", "https://news.example:8443/"),
        (f"http://{'a.' * 123}example/", f"http://{'a.' * 123}example/"),  # 253 characters
        (f"http://{'a.' * 123}example./", f"http://{'a.' * 123}example/"),
        (LONGEST_LINK, LONGEST_LINK),
        ("http://news.example/a/./b/../c", "http://news.example/a/c"),
        ("http://news.example/a/b/..", "http://news.example/a/"),
        ("http://news.example/a/.", "http://news.example/a/"),
        ("http://news.example/../%2e%2E/a/..", "http://news.example/"),
        ("http://news.example//a", "http://news.example//a"),
        ("http://news.example/a?b=|{}^`\"<>../", "http://news.example/a?b=%7C%7B%7D%5E%60%22%3C%3E../"),
        ("http://news.example/?u=http://127.0.0.1/", "http://news.example/?u=http://127.0.0.1/"),
        ("http://news.example/@127.0.0.1", "http://news.example/@127.0.0.1"),
        ("http://localhost.example/", "http://localhost.example/"),
        ("http://news.host/", "http://news.host/"),
        ("http://1.example/", "http://1.example/"),
        ("http://r3---a.example/", "http://r3---a.example/"),
    ],
)  # fmt: skip
def test_a_link_is_read_as_it_will_be_asked(link: str, asked: str) -> None:
    assert target(link).url == asked


def test_only_addresses_are_literal() -> None:
    assert is_literal("8.8.8.8")
    assert is_literal("2606:4700::1111")
    assert not is_literal("8.example")


PIECES = st.sampled_from(
    ["http://", "https://", "//", "@", ":", "80", "[", "]", "::1", "127.0.0.1", ".", "0x7f", "%",
     "news.example", "localhost", "\\", "/", "?", "#", " ", "\t", "\x00", "。", "①", "xn--", "é",
     "..", "%2e", "\ud800", "ß", "\u0130", "\u200d", "א"]
)  # fmt: skip
LINKS = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60)


@given(LINKS | LINKS.map("http://{}".format) | LINKS.map("http://news.example{}".format))
@example("http://news.example/\ud800")
def test_any_text_is_refused_or_names_a_public_host(link: str) -> None:
    try:
        read = target(link)
    except Refused as no:
        assert no.code is Code.FORBIDDEN
        return
    sound(read)
    assert target(read.url) == read


@given(LINKS | LINKS.map("/{}".format) | LINKS.map("http://{}".format))
def test_any_redirect_is_refused_or_leads_to_a_public_host(location: str) -> None:
    try:
        sound(onward(target("http://news.example/a/b?c"), location))
    except Refused as no:
        assert no.code is Code.FORBIDDEN


def sound(read: Target) -> None:
    """The host is public, and two other readers of links see the same one."""
    assert read.scheme in ("http", "https")
    if is_literal(read.host):
        address = ipaddress.ip_address(read.host)
        assert is_public(address)
        assert str(address) == read.host
    else:
        assert read.host.isascii()
        assert "." in read.host
    assert urlsplit(read.url).hostname == read.host
    seen = httpx2.URL(read.url)
    assert (seen.scheme, seen.raw_host.decode()) == (read.scheme, read.host)
    assert seen.raw_path.decode() == read.path


@pytest.mark.parametrize(
    ("location", "leads"),
    [
        ("/b", "https://news.example/b"),
        ("c", "https://news.example/a/c"),
        ("?d", "https://news.example/a/b?d"),
        ("../e", "https://news.example/e"),
        ("/login?next=https://news.example/", "https://news.example/login?next=https://news.example/"),
        ("//www.news.example/f", "https://www.news.example/f"),
        ("https://www.news.example/g h", "https://www.news.example/g%20h"),
        ("https://8.8.8.8/", "https://8.8.8.8/"),
    ],
)  # fmt: skip
def test_a_redirect_is_read_from_where_it_was_met(location: str, leads: str) -> None:
    assert onward(target("https://news.example/a/b"), location).url == leads


@pytest.mark.parametrize(
    ("location", "sentence"),
    [
        ("http://news.example/", phrases.DOWNGRADE),
        ("//127.0.0.1/", phrases.INSIDE),
        ("https://127.0.0.1/", phrases.INSIDE),
        ("\\\\127.0.0.1\\x", phrases.BAD_LINK),
        ("/\t/127.0.0.1", phrases.BAD_LINK),
        ("//[::1", phrases.BAD_LINK),
        ("//user@news.example/", phrases.BAD_LINK),
        ("file:///etc/passwd", phrases.BAD_SCHEME),
        ("https:///", phrases.BAD_LINK),
        ("https://news.example:22/", phrases.BAD_PORT),
        ("/" + "a" * LONGEST, phrases.BAD_LINK),
    ],
)
def test_a_redirect_that_leads_astray_is_refused(location: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        onward(target("https://news.example/a/b"), location)
    assert (caught.value.code, str(caught.value)) == (Code.FORBIDDEN, sentence)
