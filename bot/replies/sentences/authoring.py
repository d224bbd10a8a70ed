"""What the author's commands say, but for importing."""

from __future__ import annotations

from bot.replies.sentences.sentence import Sentence


class AuthoringSentence(Sentence):
    """What the author's commands say, but for importing."""

    CHECK_PASSED = "check_passed"
    CHECK_MISSING = "check_missing"
    CHECK_NO_FOLDER = "check_no_folder"
    CHECK_ELSEWHERE = "check_elsewhere"
    CHECK_INCOMPLETE = "check_incomplete"
    INIT_COPIED = "init_copied"
    INIT_NEXT = "init_next"
    INIT_NOT_EMPTY = "init_not_empty"
    NEW_INSTALLED = "new_installed"
    NEW_PACK_MISSING = "new_pack_missing"
    PREVIEW_SEVERAL = "preview_several"
    EVAL_ANSWERED_WRONGLY = "eval_answered_wrongly"
    EVAL_FIXED = "eval_fixed"
    EVAL_UNDER = "eval_under"
    TUNE_NEEDS_SCIPY = "tune_needs_scipy"
    CHECK_FAILED = "check_failed"
    PACK_UNKNOWN = "pack_unknown"
    FAMILY_UNKNOWN = "family_unknown"
    CODE_MALFORMED = "code_malformed"
    CODE_EXISTS = "code_exists"
    NEW_WRITTEN = "new_written"
    NEW_NEXT = "new_next"
    SCHEMAS_WRITTEN = "schemas_written"
