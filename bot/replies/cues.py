"""The sentences for what speaks for or against a number as a code. What that is, bot/matching decides."""

from __future__ import annotations

from bot.replies.sentences import ExplanationSentence, Sentence

_CUES = {
    "code-word-before": ExplanationSentence.CUE_CODE_WORD_BEFORE,
    "code-word-in-clause": ExplanationSentence.CUE_CODE_WORD_IN_CLAUSE,
    "code-field": ExplanationSentence.CUE_CODE_FIELD,
    "key-of-code": ExplanationSentence.CUE_KEY_OF_CODE,
    "hint-before": ExplanationSentence.CUE_HINT_BEFORE,
    "field-word-before": ExplanationSentence.CUE_FIELD_WORD_BEFORE,
    "glued": ExplanationSentence.CUE_GLUED,
    "identifier": ExplanationSentence.CUE_IDENTIFIER,
    "word-behind": ExplanationSentence.CUE_WORD_BEHIND,
    "list": ExplanationSentence.CUE_LIST,
    "alone": ExplanationSentence.CUE_ALONE,
    "line-head": ExplanationSentence.CUE_LINE_HEAD,
    "api-message-behind": ExplanationSentence.CUE_API_MESSAGE_BEHIND,
    "brackets-behind-fault": ExplanationSentence.CUE_BRACKETS_BEHIND_FAULT,
    "behind-fault": ExplanationSentence.CUE_BEHIND_FAULT,
    "brackets-before-fault": ExplanationSentence.CUE_BRACKETS_BEFORE_FAULT,
    "message-behind": ExplanationSentence.CUE_MESSAGE_BEHIND,
    "announced": ExplanationSentence.CUE_ANNOUNCED,
    "arrow": ExplanationSentence.CUE_ARROW,
    "quoted": ExplanationSentence.CUE_QUOTED,
    "bracketed": ExplanationSentence.CUE_BRACKETED,
    "reason-phrase": ExplanationSentence.CUE_REASON_PHRASE,
    "platform-before": ExplanationSentence.CUE_PLATFORM_BEFORE,
    "marked-alike": ExplanationSentence.CUE_MARKED_ALIKE,
    "last-cell": ExplanationSentence.CUE_LAST_CELL,
    "beside-code": ExplanationSentence.CUE_BESIDE_CODE,
    "before-code": ExplanationSentence.CUE_BEFORE_CODE,
    "asked": ExplanationSentence.CUE_ASKED,
    "asked-behind": ExplanationSentence.CUE_ASKED,
    "article": ExplanationSentence.CUE_ARTICLE,
    "behind-device": ExplanationSentence.CUE_BEHIND_DEVICE,
    "beside-alike": ExplanationSentence.CUE_BESIDE_ALIKE,
    "long": ExplanationSentence.CUE_LONG,
    "listed": ExplanationSentence.CUE_LISTED,
    "path-before": ExplanationSentence.CUE_PATH_BEFORE,
    "identifier-before": ExplanationSentence.CUE_IDENTIFIER_BEFORE,
    "with-identifier": ExplanationSentence.CUE_WITH_IDENTIFIER,
    "clause-head": ExplanationSentence.CUE_CLAUSE_HEAD,
    "amount-before": ExplanationSentence.VETO_AMOUNT,
    "process": ExplanationSentence.CUE_PROCESS,
    "success": ExplanationSentence.CUE_SUCCESS,
    "year": ExplanationSentence.CUE_YEAR,
}
_VETOES = {
    "border": ExplanationSentence.VETO_BORDER,
    "other-number": ExplanationSentence.VETO_OTHER_NUMBER,
    "amount": ExplanationSentence.VETO_AMOUNT,
    "year": ExplanationSentence.VETO_YEAR,
    "other-field": ExplanationSentence.VETO_OTHER_FIELD,
    "measure": ExplanationSentence.VETO_MEASURE,
    "part": ExplanationSentence.VETO_PART,
    "range": ExplanationSentence.VETO_RANGE,
    "other-column": ExplanationSentence.VETO_OTHER_COLUMN,
    "denied": ExplanationSentence.VETO_DENIED,
}


def find_cue(name: str) -> Sentence:
    """Return the sentence for a cue by which a number is read as a code. Raises KeyError."""
    return _CUES[name]


def find_veto(name: str) -> Sentence:
    """Return the sentence for what makes a number no code. Raises KeyError."""
    return _VETOES[name]
