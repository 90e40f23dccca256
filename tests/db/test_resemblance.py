"""A12: an address that only looks like a registered one is shown to staff, and is worth nothing."""

import pytest

from rules.resemblance import resembled

KNOWN = ("zhang@unit.example", "hrdcs@office.example")


@pytest.mark.parametrize(
    "address",
    [
        "zhang@unit.exarnple",
        "zhang@unit.ехаmple",
        "zhang@un\u0456t.example",
        "zhang@unit.example.evil.example",
        "zhang+1@unit.example",
        "zhang@unit.example.",
        "zhang\uff20unit.example",
        "zhang@unit\u3002example",
        "zhang@UN1T.example",
    ],
)
def test_a12_a_near_miss_names_whom_it_resembles(address: str):
    assert resembled(address, KNOWN) == "zhang@unit.example"


@pytest.mark.parametrize(
    "address", ["", "zhang@unit.example", "ZHANG@unit.example", "li@unit.example", "zhang@other.example", "zhang", "@"]
)
def test_a12_the_registered_address_itself_and_a_strangers_resemble_nobody(address: str):
    assert resembled(address, KNOWN) == ""


def test_a12_a_domain_written_in_punycode_is_read_as_a_reader_is_shown_it():
    cyrillic = "zhang@" + "un\u0456t".encode("idna").decode() + ".example"

    assert cyrillic.startswith("zhang@xn--")
    assert resembled(cyrillic, KNOWN) == "zhang@unit.example"
    assert resembled("zhang@xn--\uff00.example", KNOWN) == ""
    assert resembled("zhang@xn--999999999.example", KNOWN) == ""


def test_a71_a_monstrous_address_is_cut():
    assert resembled("a" * 1_000_000 + "@unit.example", KNOWN) == ""
