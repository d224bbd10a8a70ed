"""Secrets: what stands behind a name that tells it is one, tokens known by how they begin, and noise.

Names stay, for they tell what was asked.
"""

from __future__ import annotations

import re

from bot.redaction.rule import END, START, Rule

_WORDS = r"wi-?fi[ _-]?(?:key|psk)|pass(?:word|wd|phrase|code|(?=\s?=))|pwd|psk"
_NAMES = (
    # the platform's
    r"app[ _-]?(?:secret|key)|identity[ _-]?id|x-ca-(?:key|signature)"
    r"|(?:iot|refresh|access|auth|id|session|security|bot|user|api|csrf|xsrf)?[ _-]?token"
    # everybody's
    r"|(?:device|product|client|app|shared|signing|master|root|admin|user|db|database|mysql|redis|wifi|login)"
    rf"[ _-]?(?:secret|{_WORDS})"
    r"|(?:secret|private|encryption|access|x-api|api|account|storage|license|signing)[ _-]?key"
    r"(?:[ _-]?(?:id|secret))?"
    rf"|secret|signature|credentials?|session[ _-]?id|jsessionid|phpsessid|sessid|{_WORDS}"
)
_HAN_NAMES = "密码|密碼|口令|密钥|密鑰|秘钥|私钥|令牌|暗号|凭证|身份标识"
_NAME = rf"(?>{START}(?:{_NAMES}){END}|{_HAN_NAMES})"
_QUOTES = r"""\\?+["'`*]{0,2}+"""
_REMARK = r"(?:[（(][^（()）\n]{1,20}[)）])?+"  # App Secret（应用密钥）：
_SIGN = r"\s{0,3}+(?:=>|[:=：＝|]|->)\s{0,3}+[`*]{0,2}+\s{0,2}+"
_IS = r"(?:\s{1,3}(?:is|was)\s{1,3}(?:now\s|set to\s)?|\s{0,3}[是为為]\s{0,3})"
_SCHEME = r"(?:(?:bearer|basic|digest|token|apikey)\s{1,3})?+"
_QUOTED = r"\"[^\"\n]{1,400}\"|'[^'\n]{1,400}'|\\[\"'][^\"'\\\n]{1,400}\\[\"']"
_BARE = r"(?:(?![&?](?:amp;)?[A-Za-z_]{1,40}=)[^\s,;，；。、}\])'\"`<>\\|]){1,2000}"

# What stands where a value would, when people tell that something is wrong with it.
_STATES = frozenset(
    re.split(
        r"\s",
        "a absent again already an and are be been blank but by can cannot correct does doesn't due empty "
        "error errors exist exists expire expired expires fail failed failure false for format from has have "
        "i if illegal in incorrect invalid is isn't it its lost malformed mismatch mismatched missing must "
        "n/a needed nil no none not null of ok on optional or rejected required reset revoked set should "
        "still string that the this to too true undefined unknown unset used valid was we were when with "
        "wrong you",
    )
)
_HAN_STATES = tuple("已都还又是为不没未有无無错失过過空缺必正对找忘输怎什吗呢在和或的")
_FIELD = re.compile(r"[a-z_]{2,20}=\d{1,5}")  # the next name, with an error code
_CODE = re.compile(r"[A-Za-z]{0,4}[-_]?\d{1,5}|0[xX][0-9A-Fa-f]{1,8}")


def _is_value(met: str) -> bool:
    """Say whether what follows `name:` is a value, and not what is wrong with it."""
    bare = met.strip("\"'*.!?！？…()[]{").lower()
    return bool(bare) and not _is_state(bare) and not _FIELD.fullmatch(bare)


def _is_told(met: str) -> bool:
    """Say whether what follows `name is` is a value: no word of a sentence looks like it."""
    bare = met.strip("\"'.!?,")
    is_odd = not bare.isalpha() or bare[1:] != bare[1:].lower()
    return len(bare) >= 4 and is_odd and not _is_state(bare.lower())


def _is_mixed(met: str) -> bool:
    """Say whether what follows a name without any sign is a value: letters with digits, or many digits."""
    bare = met.rstrip(".!?")
    digits = sum(each.isdigit() for each in bare)
    return len(bare) >= 6 and digits > 0 and not _CODE.fullmatch(bare)


def _is_state(word: str) -> bool:
    return word in _STATES or word.startswith(_HAN_STATES)


_CHANGES = re.compile(r"(?<=[0-9])(?=[A-Za-z])|(?<=[A-Za-z])(?=[0-9])")
_JOINT = re.compile(r"[_+=-]")


def _is_noise(met: str) -> bool:
    """Say whether a run was drawn by chance: letters and digits take turns, as in no name and no version."""
    if len(met) >= 32 and len(_CHANGES.findall(met)) >= 8:
        return True
    return any(len(part) >= 16 and len(_CHANGES.findall(part)) >= 4 for part in _JOINT.split(met))


SECRETS = (
    # a key in its armour, to its end or to that of the text
    Rule(
        re.compile(
            r"(?P<secret>-----BEGIN [A-Z0-9 ]{1,40}-----(?:(?!-----END )[\s\S]){0,2000}"
            r"(?:-----END [A-Z0-9 ]{1,40}-----)?)"
        )
    ),
    # https://user:password@host, curl -u user:password
    Rule(re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://(?P<secret>[^\s/<>|]{1,400})@(?=[^\s/@])")),
    Rule(re.compile(r"(?<![A-Za-z0-9-])(?:-u|--user)[ =][^\s:]{1,64}:(?P<secret>[^\s'\"]{1,200})")),
    # tokens that tell by how they begin whose they are
    Rule(re.compile(rf"{START}(?P<secret>(?:xox[a-z](?:\.xox[a-z])?|xapp)-[A-Za-z0-9-]{{4,2000}})")),
    Rule(re.compile(r"hooks\.slack\.com/(?:services|workflows|triggers)/(?P<secret>[A-Za-z0-9_/-]{6,2000})")),
    Rule(re.compile(rf"{START}(?P<secret>(?:AKIA|ASIA|LTAI|AKID|AIza)[A-Za-z0-9_-]{{8,60}})")),
    Rule(
        re.compile(
            rf"{START}(?P<secret>(?:gh[a-z]_|github_pat_|glpat-|npm_|pypi-|[sr]k_(?:live|test)_|sk-)"
            r"[A-Za-z0-9_-]{10,2000})"
        )
    ),
    Rule(re.compile(r"(?<![A-Za-z0-9_-])(?P<secret>eyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_.-]{1,2000})")),
    # headers
    Rule(re.compile(rf"(?i){START}cookie[\"']?\s{{0,3}}[:=]\s{{0,3}}(?P<secret>[^\n]{{1,2000}})"), _is_value),
    Rule(
        re.compile(
            rf"(?i){START}authorization[\"']?\s{{0,3}}[:=]\s{{0,3}}[\"']?{_SCHEME}"
            r"(?P<secret>[^\s,;\"'}]{1,2000})"
        ),
        _is_value,
    ),
    Rule(
        re.compile(rf"(?i){START}(?:bearer|basic)\s{{1,3}}(?P<secret>[a-z0-9_.~+/=-]{{8,2000}})"), _is_mixed
    ),
    # name = value, name is value, name value
    Rule(
        re.compile(rf"(?i){_NAME}{_QUOTES}{_REMARK}{_SIGN}{_SCHEME}(?P<secret>{_QUOTED}|{_BARE})"), _is_value
    ),
    Rule(
        re.compile(
            rf"(?i){_NAME}{_QUOTES}{_IS}{_QUOTES}(?P<secret>[^\s,;，；。、\"}})\u3400-\u9fff]{{1,400}})"
        ),
        _is_told,
    ),
    Rule(
        re.compile(
            rf"(?i){_NAME}(?:(?<=[\u3400-\u9fff])|{_QUOTES}(?:\s{{1,3}}|[(（])){_QUOTES}(?P<secret>[!-')-~]{{6,400}})"
        ),
        _is_mixed,
    ),
)

_HEX = "[0-9A-Fa-f]"
NOISE = (
    Rule(re.compile(rf"{START}(?P<secret>{_HEX}{{8}}(?:-{_HEX}{{4}}){{3}}-{_HEX}{{12}}){END}")),
    Rule(re.compile(r"(?<![A-Za-z0-9_+-])(?P<secret>[A-Za-z0-9_+-]{20,2000}={0,2})"), _is_noise),
)
"""What nobody says by word of mouth: looked for last, when what has a name is gone."""
