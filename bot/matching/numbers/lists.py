"""Codes that share a name: items of one list, columns of one table, and what is taken back for another."""

from __future__ import annotations

from dataclasses import replace

from bot.matching.numbers.mention import CodeMention, PassedOver
from bot.matching.numbers.neighbourhood import Neighbourhood
from bot.matching.numbers.other_use import OtherUse

ITEM_REACH = 40
"""Characters between two codes of one list: "28504 (1204 times), 28601"."""

_JOINT = r"(?:[^\n]*[、,;/|&+]|[\"'`*\])]{0,3}\s?{joiners})\s*[\"'`*(\[\-]{0,3}"
_RANGE = r"[ \t]?(?:[~-]|{range_words})[ \t]?"
_DOUBT = r"[ \t]?[,;、]?[ \t]?{alternatives|exclusives}(?:[ \t]?{chatter}){0,4}[ \t]?"
_SEQUEL = r"[^\n。.?!]*{sequels}[^\n。.?!]*"  # errCode 10197 first, after the edit 10198


def continues(at: Neighbourhood, last: CodeMention, code: str) -> bool:
    """Say whether what stands between two codes makes the second an item of the first one's list."""
    gap, is_alike = at.tokens.folded[last.end : at.start], len(code) == len(last.code)
    if len(gap) > ITEM_REACH:
        return False
    if gap == " ":
        return is_alike
    joints = [_JOINT, *([_RANGE, _DOUBT] if is_alike else [])]
    if is_alike and at.shapes.is_documented(code):
        joints.append(_SEQUEL)
    return any(at.words.compile(joint).fullmatch(gap) for joint in joints)


def is_other_column(at: Neighbourhood, last: CodeMention) -> bool:
    """Say whether a number stands in the column behind that of a code, by its heading or by blanks."""
    if last.at.is_field and at.is_in_cell and not at.is_field:
        return True  # only its neighbour's heading names codes
    may_be_code = len(last.code) == len(at.number) or at.shapes.is_documented(at.number)
    return not at.tokens.folded[last.end : at.start].strip(" \t") and not may_be_code


def name_list(mentions: list[CodeMention], last: CodeMention) -> None:
    """Name the items of a list before the one that something behind it names: "2063, 2066 这两个码"."""
    for place in range(len(mentions) - 1, -1, -1):
        item = mentions[place]
        if item.naming >= last.naming:
            break
        mentions[place] = replace(
            item, naming=last.naming, watched=max(item.watched, last.watched), cues=(*item.cues, "list")
        )
        if not item.listed:
            break


def leave_out_denied(mentions: list[CodeMention], passed: list[PassedOver]) -> list[CodeMention]:
    """Return the mentions without those that the text denies or takes back for another of them."""
    if len(mentions) < 2:
        return mentions
    at = mentions[0].at
    retracted = at.words.compile("{retractions}").search(at.tokens.folded, at.end, mentions[-1].start)
    until = retracted.start() if retracted else 0
    denied = [one for one in mentions if one.end <= until or OtherUse(one.at).is_denied]
    kept = [mention for mention in mentions if mention not in denied]
    if not any(len(other.code) == len(one.code) for other in kept for one in denied):
        return mentions
    passed.extend(PassedOver(m.code, m.start, m.end, "denied") for m in denied)
    return kept
