"""The sentences for what speaks for or against a number as a code. What that is, bot/matching decides."""

from __future__ import annotations

from bot.replies.sentences import Sentence

_CUES = {
    "code-word-before": Sentence.CUE_CODE_WORD_BEFORE,
    "code-word-in-clause": Sentence.CUE_CODE_WORD_IN_CLAUSE,
    "code-field": Sentence.CUE_CODE_FIELD,
    "key-of-code": Sentence.CUE_KEY_OF_CODE,
    "hint-before": Sentence.CUE_HINT_BEFORE,
    "field-word-before": Sentence.CUE_FIELD_WORD_BEFORE,
    "glued": Sentence.CUE_GLUED,
    "identifier": Sentence.CUE_IDENTIFIER,
    "word-behind": Sentence.CUE_WORD_BEHIND,
    "list": Sentence.CUE_LIST,
    "alone": Sentence.CUE_ALONE,
    "line-head": Sentence.CUE_LINE_HEAD,
    "api-message-behind": Sentence.CUE_API_MESSAGE_BEHIND,
    "brackets-behind-fault": Sentence.CUE_BRACKETS_BEHIND_FAULT,
    "behind-fault": Sentence.CUE_BEHIND_FAULT,
    "brackets-before-fault": Sentence.CUE_BRACKETS_BEFORE_FAULT,
    "message-behind": Sentence.CUE_MESSAGE_BEHIND,
    "announced": Sentence.CUE_ANNOUNCED,
    "arrow": Sentence.CUE_ARROW,
    "quoted": Sentence.CUE_QUOTED,
    "bracketed": Sentence.CUE_BRACKETED,
    "reason-phrase": Sentence.CUE_REASON_PHRASE,
    "platform-before": Sentence.CUE_PLATFORM_BEFORE,
    "marked-alike": Sentence.CUE_MARKED_ALIKE,
    "last-cell": Sentence.CUE_LAST_CELL,
    "beside-code": Sentence.CUE_BESIDE_CODE,
    "before-code": Sentence.CUE_BEFORE_CODE,
    "asked": Sentence.CUE_ASKED,
    "asked-behind": Sentence.CUE_ASKED,
    "article": Sentence.CUE_ARTICLE,
    "behind-device": Sentence.CUE_BEHIND_DEVICE,
    "beside-alike": Sentence.CUE_BESIDE_ALIKE,
    "long": Sentence.CUE_LONG,
    "listed": Sentence.CUE_LISTED,
    "corrected": Sentence.CUE_CORRECTED,
    "evidence-before": Sentence.CUE_EVIDENCE_BEFORE,
    "with-identifier": Sentence.CUE_WITH_IDENTIFIER,
    "clause-head": Sentence.CUE_CLAUSE_HEAD,
    "other-field": Sentence.CUE_OTHER_FIELD,
    "amount-before": Sentence.VETO_AMOUNT,
    "column": Sentence.CUE_COLUMN,
    "counterpart": Sentence.CUE_COUNTERPART,
    "process": Sentence.CUE_PROCESS,
    "success": Sentence.CUE_SUCCESS,
    "year": Sentence.CUE_YEAR,
}
_VETOES = {
    "border": Sentence.VETO_BORDER,
    "other-number": Sentence.VETO_OTHER_NUMBER,
    "amount": Sentence.VETO_AMOUNT,
    "year": Sentence.VETO_YEAR,
    "other-field": Sentence.VETO_OTHER_FIELD,
    "measure": Sentence.VETO_MEASURE,
    "part": Sentence.VETO_PART,
    "range": Sentence.VETO_RANGE,
    "other-column": Sentence.VETO_OTHER_COLUMN,
    "denied": Sentence.VETO_DENIED,
}


def find_cue(name: str) -> Sentence:
    """Return the sentence for a cue by which a number is read as a code. Raises KeyError."""
    return _CUES[name]


def find_veto(name: str) -> Sentence:
    """Return the sentence for what makes a number no code. Raises KeyError."""
    return _VETOES[name]
