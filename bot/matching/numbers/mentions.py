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
    denied = [
        mention
        for mention in mentions
        if (retracted and mention.end <= retracted.start()) or _is_denied(folded, mention, context)
    ]
    kept = [mention for mention in mentions if mention not in denied]
    if not any(len(other.code) == len(one.code) for other in kept for one in denied):
        return mentions
    passed.extend(PassedOver(m.code, m.start, m.end, "denied") for m in denied)
    return [
        replace(m, naming=Naming.HINTED, cues=(*m.cues, "corrected"))
        if m.naming == Naming.BARE and m.fits
        else m
        for m in kept
    ]


def _is_denied(folded: str, mention: CodeMention, context: Context) -> bool:
    """Say whether a word that denies stands right before a code: "not 28504", but not 是不是 28504."""
    for label in Around(folded, mention.start, mention.end, context).labels:
        place = context.words.denials.find(label)
        if place is not None:
            free = context.words.chatter.find(label)
            return free is None or free >= place
    return False
