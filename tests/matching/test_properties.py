"""What holds for any text: nothing raises, spans lie inside, verdicts repeat. Growth: test_growth.py."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import pairwise

from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.knowledge.snapshot import Knowledge
from bot.matching.matcher import Matcher
from bot.matching.text import fold, read
from bot.matching.verdict import Verdict
from tests.matching.mentions import list_mentions
from tests.support.shipped import load_shipped, open_matcher, open_rules

KNOWLEDGE = load_shipped()
MATCHER = open_matcher()
READER, _, RULES = open_rules()
CODES = tuple(  # of those that several packs document, the packs are offered
    entry.code for entry in KNOWLEDGE.entries if len(KNOWLEDGE.find_entries(entry.code)) == 1
)
NUMBERS = tuple(
    code for code in CODES if code.isdigit()
)  # a list of numbers is read as one, not one of symbols
DOCUMENTED = frozenset(entry.code for entry in KNOWLEDGE.entries)
NO_ERRORS = frozenset().union(*(pack.never_watched for pack in KNOWLEDGE.packs.values()))
STRINGS = tuple(said for entry in KNOWLEDGE.entries for said in entry.strings)


def turn_around(knowledge: Knowledge) -> Knowledge:
    """Return the same knowledge with its entries and packs in the opposite order."""
    packs = {
        name: replace(pack, entries=dict(reversed(list(pack.entries.items()))))
        for name, pack in reversed(list(knowledge.packs.items()))
    }
    return replace(knowledge, packs=packs)


TURNED_AROUND = Matcher(turn_around(KNOWLEDGE))

# Pieces that reach deep into the reading: the letters of every kind a post may hold, glued at random.
PIECES = st.one_of(
    st.sampled_from(CODES),
    st.sampled_from(STRINGS),
    st.from_regex(r"[0-9]{1,12}", fullmatch=True),
    st.text(alphabet="不未没有在线离设备绑定过期存空场景錯誤碼設備線龘𠀀𪚥", min_size=1, max_size=8),
    st.text(alphabet="あいのアデバイスーｱｲ", min_size=1, max_size=6),
    st.text(alphabet="\u0301\u0308\u20e3\u0335\u3099\u0e31", min_size=1, max_size=12),
    st.text(alphabet="\u202a\u202b\u202c\u202d\u202e\u2066\u2069\u200e\u200f\u061c", min_size=1, max_size=4),
    st.text(alphabet="\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f\u180e", min_size=1, max_size=4),
    st.text(alphabet="٢٨٥٠٤०१२𝟐𝟖２８①²½", min_size=1, max_size=6),
    st.text(alphabet="😀👍🏽🇩🇪👩‍💻𝔇𐍈", min_size=1, max_size=4),
    st.text(alphabet="ßŒﬁİıſΣςǆŉΐ㎏℃…", min_size=1, max_size=5),
    st.text(alphabet="\n\r\t\x00\x0b\x1b\x85\u2028 \u00a0\u3000", min_size=1, max_size=4),
    st.text(alphabet="<>{}[]()|&;:=\"'`*_~#@\\/-+.,!?。，、：「」【】", min_size=1, max_size=6),
    st.sampled_from(
        [
            "<@U012AB3CD>",
            "<@U012AB3CD|28504>",
            "<#C012AB3CD|ops>",
            "<!here>",
            "<!subteam^S1|@ops>",
            "<https://a.example/28504|28504>",
            "<https://a.example/?code=28504>",
            "<mailto:a@b.example|a@b.example>",
            "<tel:28504|28504>",
            "<@",
            "<https://",
            "&lt;",
            "&amp;amp;",
            "https://a.example/28504",
            '{"code":28504,"message":"',
            '{"code":',
            '"}',
            "```",
            "错误码：",
            "报错",
            "error code ",
            "errCode: ",
            "iotId",
            "not ",
            "没有",
            "shebei bu zaixian",
            "she4bei4",
            "deviceIsOffline",
            "device is offlne",
        ]
    ),
    st.text(max_size=8),
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=10).map("".join))
# What nobody needs an answer to, in either language; it says nothing of any entry and denies nothing.
CHATTER = st.sampled_from(
    [
        "hello everybody",
        "good morning",
        "thanks in advance",
        "please help me",
        "hi, I am Tom",
        "it happened again today",
        "大家好",
        "早上好",
        "谢谢各位",
        "麻烦帮忙看一下",
        "我是小王",
        "今天又遇到了",
    ]
)
# Texts with one sure answer, in words; each with its turned form, which must not get it.
SAID = [
    ("device is offline", "device is online", "28504"),
    ("my device is not online", "my device is not offline", "28504"),
    ("设备不在线", "设备在线", "28504"),
    ("设备离线了", "设备没有离线", "28504"),
    ("sharing time expired", "sharing time not expired", "2096"),
    ("分享已过期", "分享没有过期", "2096"),
    ("receiver has agree share.", "receiver has reject share", "2085"),
    ("对方已拒绝分享", "对方已同意分享", "2082"),
    ("identityId is not manager", "identityId is manager", "2066"),
    ("firmware not exist", "firmware exists", "9119"),
    ("固件不存在", "固件存在", "9119"),
    ("场景为空", "场景不为空", "10200"),
    ("升级失败", "升级成功", "9103"),
]
STOPS = st.sampled_from([". ", "! ", "? ", "。", "！", "\n", "; "])


def codes(verdict: Verdict) -> list[str]:
    """Return the codes of the verdict's matches."""
    return [match.entry.code for match in verdict.matches]


def check_shape(text: str, verdict: Verdict) -> None:
    """Assert what every verdict on the text holds."""
    assert (verdict.kind == "abstained") == (not verdict.matches)
    if verdict.kind == "choices":
        assert 2 <= len(verdict.matches) <= 5
    assert len(verdict.matches) <= 5
    taken = [match.entry.id for match in verdict.matches]
    assert len(taken) == len(set(taken))
    assert bool(verdict.reason) == (verdict.kind == "abstained")
    for match in (*verdict.matches, *verdict.runners_up):
        start, end = match.evidence.span
        assert 0 <= start < end <= len(text)
        assert 0 <= match.score <= 100
    for unknown in verdict.unknown:
        assert 0 <= unknown.span[0] < unknown.span[1] <= len(text)


@given(TEXTS)
@example("\ud800 28504")
def test_reading(text: str) -> None:
    """Reading never raises, and everything read lies inside the text."""
    reading = READER.read(text)
    mentions, _ = RULES.read_codes(reading.text)
    for start, end in [(m.start, m.end) for m in mentions] + [(f.start, f.end) for f in reading.features]:
        assert 0 <= start < end <= len(reading.text.folded)
        first, last = reading.text.span(start, end)
        assert 0 <= first < last <= len(text)


@given(TEXTS)
def test_positions(text: str) -> None:
    """Every folded character has its place in the text as given, and places never go backwards."""
    reading = read(text)
    places = [reading.span(at, at + 1) for at in range(len(reading.folded))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)


@given(TEXTS)
def test_folding_is_idempotent(text: str) -> None:
    """What is folded folds to itself, addresses and entities apart."""
    once = fold(text)
    # A mark split from its letter by an invisible character: test_text.py has the case.
    marks = (before for before, mark in pairwise(text) if unicodedata.combining(mark))
    assume(all(fold(before) for before in marks))
    # Marks are folded with their letter eight characters at a time, so that a run of them stays linear.
    assume(not any(all(map(unicodedata.combining, text[at : at + 4])) for at in range(len(text) - 3)))
    assume(not any(mark in once for mark in ("<", "&", "://", "www.")))
    assert fold(once) == once


@given(TEXTS)
@example("-12")
@example("错误码-00")
def test_code_shows_its_digits(text: str) -> None:
    """The span of a code, folded, holds the code; exact, never fuzzy."""
    # A fraction such as ¼ is one character with its digits: test_no_codes.py has the case.
    assume("\u2044" not in unicodedata.normalize("NFKC", text))
    whole = read(text)
    for mention in list_mentions(RULES, text):
        start, end = whole.span(mention.start, mention.end)
        assert mention.code == whole.folded[mention.start : mention.end]
        assert fold(text[start:end].replace("&", " ")) == mention.code


@given(TEXTS)
@example("\ud800")
def test_verdicts(text: str) -> None:
    """Neither mode raises, a verdict has its shape, and the same text gets the same one twice."""
    for decide in (MATCHER.ask, MATCHER.watch, lambda one: MATCHER.watch(one, eager=True)):
        verdict = decide(text)
        check_shape(text, verdict)
        assert decide(text) == verdict


@given(TEXTS)
def test_order_of_entries(text: str) -> None:
    """Verdicts don't depend on the order of files; only equal choices may stand in another order."""
    assert sorted(codes(TURNED_AROUND.ask(text))) == sorted(codes(MATCHER.ask(text)))
    assert sorted(codes(TURNED_AROUND.watch(text))) == sorted(codes(MATCHER.watch(text)))


@given(TEXTS)
def test_silent_posts_stay_silent_when_eager_does(text: str) -> None:
    """A careful channel speaks only where an eager one does."""
    assert set(codes(MATCHER.watch(text))) <= set(codes(MATCHER.watch(text, eager=True)))


@given(TEXTS)
def test_success_is_never_answered_in_a_post(text: str) -> None:
    """200 is never answered in watch mode."""
    assert "200" not in codes(MATCHER.watch(text, eager=True))


@given(st.integers(min_value=100, max_value=99_999).map(str))
def test_any_number(code: str) -> None:
    """A number alone is answered if it is documented, else named as undocumented; never a neighbour."""
    assume(code in CODES or code not in DOCUMENTED)
    verdict = MATCHER.ask(code)
    if code in CODES:
        assert (verdict.kind, codes(verdict)) == ("answered", [code])
    else:
        assert (verdict.kind, verdict.reason) == ("abstained", "code-undocumented")
        assert [unknown.code for unknown in verdict.unknown] == [code]


@given(st.integers(min_value=100, max_value=99_999).map(str), st.sampled_from(STRINGS))
def test_string_of_an_undocumented_code(code: str, said: str) -> None:
    """If the text names an undocumented code, what is said with it never answers."""
    assume(code not in DOCUMENTED)
    assume(not list_mentions(RULES, said))
    assert MATCHER.ask(f"error code {code}: {said}").matches == ()
    assert MATCHER.watch(f'{{"code":{code},"message":"{said}"}}').matches == ()


@given(
    st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=9),
    st.sampled_from([", ", "、", "\n", " and ", "和"]),
)
def test_any_codes_together(named: list[str], between: str) -> None:
    """Documented codes are answered in reading order, each once, five at most; success only alone."""
    assume(not NO_ERRORS & set(named))
    assert codes(MATCHER.ask(between.join(named))) == list(dict.fromkeys(named))[:5]


@given(st.sampled_from(SAID), st.lists(CHATTER, max_size=2), st.lists(CHATTER, max_size=2), STOPS)
def test_turned_text(said: tuple[str, str, str], before: list[str], after: list[str], stop: str) -> None:
    """A text turned to its opposite doesn't get the entry, whatever chatter stands around it."""
    _, turned, code = said
    assert code not in codes(MATCHER.ask(stop.join([*before, turned, *after])))


@given(st.sampled_from(SAID), st.lists(CHATTER, max_size=1), st.lists(CHATTER, max_size=1), STOPS)
def test_chatter_around_words(
    said: tuple[str, str, str], before: list[str], after: list[str], stop: str
) -> None:
    """Clauses of chatter in either language before or after a text don't change its answer."""
    text, _, code = said
    verdict = MATCHER.ask(stop.join([*before, text, *after]))
    assert (verdict.kind, codes(verdict)) == ("answered", [code])


def test_much_chatter_around_words() -> None:
    """Two clauses of chatter on either side don't change an answer, with or without spaces between them."""
    for stop in ("! ", "！"):
        text = stop.join(["good morning", "good morning", "对方已拒绝分享", "good morning", "good morning"])
        assert codes(MATCHER.ask(text)) == ["2082"]


@given(st.sampled_from(CODES), st.lists(CHATTER, max_size=3), st.lists(CHATTER, max_size=3), STOPS)
def test_chatter_around_a_code(code: str, before: list[str], after: list[str], stop: str) -> None:
    """Clauses of chatter before or after a code that is called one don't change its answer."""
    assert codes(MATCHER.ask(stop.join([*before, f"error code {code}", *after]))) == [code]
    assert codes(MATCHER.ask(stop.join([*before, f"错误码{code}", *after]))) == [code]


@given(CHATTER, CHATTER, STOPS)
def test_chatter_alone(one: str, other: str, stop: str) -> None:
    """Chatter alone is never answered, in either mode."""
    text = stop.join([one, other])
    assert MATCHER.ask(text).matches == ()
    assert MATCHER.watch(text, eager=True).matches == ()
