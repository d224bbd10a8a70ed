"""What the mentions of a text say of each other: which are denied or taken back, and which share a name."""

from __future__ import annotations

from dataclasses import replace

from bot.matching.numbers.around import Around, Context
from bot.matching.numbers.mention import CodeMention, Naming, PassedOver


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


def leave_out_denied(
    folded: str, mentions: list[CodeMention], passed: list[PassedOver], context: Context
) -> list[CodeMention]:
    """Return the mentions without those that the text denies or takes back for another of them."""
    if len(mentions) < 2:
        return mentions
    last = mentions[-1].start
    retracted = context.words.retracts.search(folded, mentions[0].end, last)
    until = retracted.start() if retracted else 0
    denied = [
        one for one in mentions if one.end <= until or Around(folded, one.start, one.end, context).is_denied
    ]
    kept = [mention for mention in mentions if mention not in denied]
    if not any(len(other.code) == len(one.code) for other in kept for one in denied):
        return mentions
    passed.extend(PassedOver(m.code, m.start, m.end, "denied") for m in denied)
    return [m if m.naming else replace(m, naming=Naming.HINTED, cues=(*m.cues, "corrected")) for m in kept]
