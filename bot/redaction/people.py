"""People: where they can be reached, and the numbers by which they are known.

Addresses of machines stay, but for those burnt into a network card. Numbers are held against their check
digits and lengths, so that codes, versions, times and serial numbers stay.
"""

from __future__ import annotations

import re
from itertools import accumulate

from bot.redaction.rule import END, START, Rule

# What stands beside the digits of a version, a time, a path or a fraction.
_BEFORE, _BEHIND = r"(?<![A-Za-z0-9_.:/=#-])", r"(?![A-Za-z0-9_]|[.:/-][A-Za-z0-9])"
_GROUPS = r"(?:(?:[ -]\(?|\)[ -]?)[0-9]{1,12}){0,6}"  # (030) 123456-78
_FOUR = "[ -][0-9]{4}"
_NUMBER = r"(?:号码?|號|\s?(?:number|no\.?))?\.?"
_PHONE = r"电话|電話|手机|手機|座机|传真|联系方式|热线|whatsapp|(?<![a-z])(?:telephone|tel|phone|fax)"
_CALL = r"(?<![a-z])(?:mobile|cell|call|ring|reach)(?:\snumber)?(?:\s?:|\sme\s(?:at|on)|\s(?:at|is|no\.?))\s?"
_PAPER = r"身份证|证件|护照|社保|passport|ssn|id[ -]card|identity card|national id"
_DATE = re.compile(r"0?[0-9][ -][0-9]{1,2}[ -](?:19|20)[0-9]{2}")
_DIGITS = re.compile("[0-9]{1,20}")
_ZEROS = re.compile(r"[0-9]{3}(?:[ -]0[0-9]{2}){2,4}")  # 001 002 003


def _count_digits(met: str) -> int:
    return sum(each.isdigit() for each in met)


def _has_length(met: str, least: int, most: int) -> bool:
    """Say whether groups of digits, or the first of them where an extension follows, are a number so long."""
    lengths = accumulate(len(group) for group in _DIGITS.findall(met))
    return any(least <= length <= most for length in lengths)


def _is_national(met: str) -> bool:
    """Say whether groups of digits behind a zero can be dialled in a country, and are no date."""
    return _has_length(met, 9, 12) and not (_DATE.match(met) or _ZEROS.fullmatch(met))


def _is_international(met: str) -> bool:
    """Say whether a number is as long as one with its country's (ITU-T E.164: fifteen digits at most)."""
    return _has_length(met, 8, 15) and not _ZEROS.fullmatch(met)


def _is_dialled(met: str) -> bool:
    """Say whether what follows a word for telephone can be dialled: an error code is shorter."""
    return _has_length(met, 7, 15)


def _is_paper(met: str) -> bool:
    return _count_digits(met) >= 5


def _is_card(met: str) -> bool:
    """Say whether digits are a card's: a network's first digits, and the check digit (ISO/IEC 7812)."""
    digits = [int(each) for each in met if each.isdigit()]
    doubled = [each * 2 - 9 * (each > 4) for each in digits[-2::-2]]
    is_network = digits[0] in (3, 4, 5, 6) or 22 <= digits[0] * 10 + digits[1] <= 27
    return is_network and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_iban(met: str) -> bool:
    """Say whether a bank account's number has its check digits right (ISO 13616)."""
    bare = met.replace(" ", "")
    return int("".join(str(int(each, 36)) for each in bare[4:] + bare[:4])) % 97 == 1


PEOPLE = (
    Rule(
        re.compile(
            r"(?<![A-Za-z0-9._%+-])(?P<secret>[A-Za-z0-9_%+-][A-Za-z0-9._%+-]{0,63}[@＠]"
            rf"(?:[A-Za-z0-9-]{{1,63}}\.){{1,4}}[A-Za-z]{{2,24}}){END}"
        )
    ),
    Rule(
        re.compile(
            r"(?i)(?:微信|wechat|(?<![a-z])qq)(?:号|\s?id)?[\s:：=是为]{1,3}"
            rf"(?P<secret>[A-Z][A-Z0-9_-]{{5,19}}|[0-9]{{6,11}}){END}"
        ),
        lambda met: _count_digits(met) > 0,
    ),
    # papers, accounts, cards
    Rule(
        re.compile(
            rf"{START}(?P<secret>[1-9][0-9]{{5}}(?:18|19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
            rf"[0-9]{{3}}[0-9Xx]){END}"
        )
    ),
    Rule(re.compile(rf"{_BEFORE}(?P<secret>[0-9]{{3}}-[0-9]{{2}}-[0-9]{{4}}){_BEHIND}")),  # the US's SSN
    Rule(re.compile(rf"{START}(?P<secret>[A-Z]{{1,2}}[0-9]{{6}}\([0-9A]\))")),  # Hong Kong's identity card
    Rule(
        re.compile(
            rf"(?i)(?:{_PAPER}){_NUMBER}[\s:：=是为]{{0,4}}(?:is\s)?(?P<secret>[A-Z0-9]{{6,20}}){END}"
        ),
        _is_paper,
    ),
    Rule(
        re.compile(
            rf"{START}(?P<secret>[A-Z]{{2}}[0-9]{{2}}(?: ?[A-Z0-9]{{4}}){{3,7}}"
            rf"(?: ?[A-Z0-9]{{1,3}})?){_BEHIND}"
        ),
        _is_iban,
    ),
    Rule(
        re.compile(
            rf"{_BEFORE}(?P<secret>[0-9]{{13,19}}|[0-9]{{4}}{_FOUR}{_FOUR}{_FOUR}(?:[ -][0-9]{{1,3}})?"
            rf"|[0-9]{{4}}[ -][0-9]{{6}}[ -][0-9]{{5}}){_BEHIND}"
        ),
        _is_card,
    ),
    # telephones: behind a word for one, China's mobiles, with the country's, with a zero, North America's
    Rule(
        re.compile(
            rf"(?i)(?:(?:{_PHONE}){_NUMBER}[\s:：=是为]{{1,4}}|{_CALL})(?:is\s|at\s)?"
            rf"(?P<secret>\+?\(?[0-9]{{1,15}}{_GROUPS}){END}"
        ),
        _is_dialled,
    ),
    Rule(
        re.compile(
            r"(?<![A-Za-z0-9.])(?P<secret>(?:(?:\+|00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4})"
            r"(?![A-Za-z0-9]|\.[0-9])"
        )
    ),
    Rule(
        re.compile(rf"{START}(?P<secret>(?:\+|00)[1-9][0-9]{{0,14}}{_GROUPS})(?![A-Za-z0-9]|[.:][0-9])"),
        _is_international,
    ),
    Rule(
        re.compile(rf"(?<![A-Za-z0-9_.:=#-])(?<![0-9] )(?P<secret>\(?0[0-9]{{1,11}}{_GROUPS}){_BEHIND}"),
        _is_national,
    ),
    Rule(
        re.compile(
            rf"{_BEFORE}(?P<secret>(?:1[ .-])?(?:\([2-9][0-9]{{2}}\) ?|[2-9][0-9]{{2}}[.-])"
            r"[0-9]{3}[.-][0-9]{4}"
            rf"|400[ -][0-9]{{3,4}}[ -][0-9]{{3,4}}){_BEHIND}"
        )
    ),
    # a network card
    Rule(
        re.compile(r"(?<![0-9A-Fa-f:-])(?P<secret>[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5})(?![0-9A-Fa-f:-])")
    ),
)
