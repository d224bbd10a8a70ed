"""Every fixed sentence the product says, by key. The words stand in knowledge/messages; none stand here.

The linter compares `Sentence` with the message files: a key without words, or words without a key, is a
problem.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from string import Formatter


class Sentence(StrEnum):
    """The key of a fixed sentence; its placeholders are named in the message files."""

    # an entry
    LABEL_MESSAGE = "label_message"
    LABEL_DESCRIPTION = "label_description"
    LABEL_SITUATION = "label_situation"
    LABEL_CAUSE = "label_cause"
    LABEL_STEPS = "label_steps"
    LABEL_CUSTOMER = "label_customer"
    LABEL_RELATED = "label_related"
    LABEL_WHY = "label_why"
    LABEL_SOURCE = "label_source"
    BASIS_SOURCE = "basis_source"
    BASIS_INFERENCE = "basis_inference"
    BASIS_FIELD = "basis_field"
    MARK_INFERENCE = "mark_inference"
    MARK_INTERNAL = "mark_internal"
    ENTRY_RETIRED = "entry_retired"
    ENTRY_REPLACED = "entry_replaced"
    LABEL_REPEATS = "label_repeats"
    LABEL_SAME_FAULT = "label_same_fault"
    REPEATS = "repeats"
    MESSAGE_UNKNOWN = "message_unknown"
    SOURCE = "source"
    SOURCE_CITED = "source_cited"
    SOURCE_PLACE = "source_place"
    LISTED = "listed"
    WHY = "why"
    RULE_CODE = "rule_code"
    RULE_MESSAGE = "rule_message"
    RULE_PHRASE = "rule_phrase"
    RULE_SPELLING = "rule_spelling"
    RULE_SOUND = "rule_sound"
    RULE_CODE_NAMED = "rule_code_named"
    RULE_CODE_WITH_CODE = "rule_code_with_code"
    RULE_CODE_WITH_EVIDENCE = "rule_code_with_evidence"
    RULE_CODE_WITH_MESSAGE = "rule_code_with_message"
    CONTEXT = "context"
    RELATED = "related"
    JOINED = "joined"
    # a choice
    CHOICES = "choices"
    CHOICES_NEXT_COMMAND = "choices_next_command"
    CHOICES_NEXT_LOOP = "choices_next_loop"
    CHOICES_NEXT_PACK = "choices_next_pack"
    CODES_LEFT_OUT = "codes_left_out"
    # silence
    UNKNOWN_CODE = "unknown_code"
    UNKNOWN_CODE_FAMILY = "unknown_code_family"
    UNKNOWN_CODE_NO_FAMILY = "unknown_code_no_family"
    UNKNOWN_CODE_NEXT = "unknown_code_next"
    REASON_CODE_UNDOCUMENTED = "reason_code_undocumented"
    REASON_CODE_UNCLEAR = "reason_code_unclear"
    REASON_NOTHING_SAID = "reason_nothing_said"
    REASON_NOTHING_NEAR = "reason_nothing_near"
    REASON_UNSURE = "reason_unsure"
    REASON_NO_EVIDENCE = "reason_no_evidence"
    REASON_HOW_TO = "reason_how_to"
    NOT_DOCUMENTED = "not_documented"
    NOT_DOCUMENTED_NEXT = "not_documented_next"
    NEAREST = "nearest"
    # in Slack
    USAGE = "usage"
    ASKED = "asked"
    CUT = "cut"
    READ_IN_PART = "read_in_part"
    SHARED_BY = "shared_by"
    BUTTON_SHOW = "button_show"
    BUTTON_SHARE = "button_share"
    BUTTON_MUTE = "button_mute"
    BUTTON_STALE = "button_stale"
    INTERNAL_ONLY = "internal_only"
    SEEN_AGAIN = "seen_again"
    SHORT_LINE = "short_line"
    LINK_THREAD = "link_thread"
    LINK_POST = "link_post"
    ROLL_UP = "roll_up"
    ROLL_UP_LINE = "roll_up_line"
    ALREADY_ANSWERED = "already_answered"
    THREAD_MUTED = "thread_muted"
    CHANNEL_MUTED = "channel_muted"
    CHANNEL_MUTED_FOR_GOOD = "channel_muted_for_good"
    CHANNEL_UNMUTED = "channel_unmuted"
    MUTE_USAGE = "mute_usage"
    WATCH_CHANGED = "watch_changed"
    WATCH_STATUS = "watch_status"
    WATCH_USAGE = "watch_usage"
    WATCH_REFUSED = "watch_refused"
    NOTHING_TO_WATCH = "nothing_to_watch"
    MODE_OFF = "mode_off"
    MODE_SHADOW = "mode_shadow"
    MODE_AUTO = "mode_auto"
    CAREFUL = "careful"
    EAGER = "eager"
    PACKS_ALL = "packs_all"
    PACKS_BOUND = "packs_bound"
    PACKS_GONE = "packs_gone"
    PACKS_NONE_LEFT = "packs_none_left"
    PACKS_CHANGED = "packs_changed"
    PACKS_LIFTED = "packs_lifted"
    INVITE = "invite"
    SCOPE_MISSING = "scope_missing"
    THREAD_SAYS_NOTHING = "thread_says_nothing"
    WHY_USAGE = "why_usage"
    WHY_UNKNOWN = "why_unknown"
    WHY_ANSWERED = "why_answered"
    WHY_SILENT = "why_silent"
    WHY_NEAR = "why_near"
    STORE_FAILED = "store_failed"
    SILENT_NOT_WATCHED = "silent_not_watched"
    SILENT_BOT_IN_THREAD = "silent_bot_in_thread"
    SILENT_OWN_WORDS = "silent_own_words"
    SILENT_RESOLVED = "silent_resolved"
    SILENT_ALREADY_ANSWERED = "silent_already_answered"
    SILENT_MUTED = "silent_muted"
    SILENT_SHADOW = "silent_shadow"
    SILENT_INTERNAL_ONLY = "silent_internal_only"
    SILENT_OVER_LIMIT = "silent_over_limit"
    MODAL_TITLE = "modal_title"
    MODAL_CLOSE = "modal_close"
    MODAL_POST = "modal_post"
    LIMIT_REACHED = "limit_reached"
    FAILED = "failed"
    NOT_A_MEMBER = "not_a_member"
    CANNOT_POST = "cannot_post"
    # --explain
    EXPLAIN = "explain"
    EXPLAIN_READ = "explain_read"
    EXPLAIN_CODES = "explain_codes"
    EXPLAIN_NO_CODES = "explain_no_codes"
    EXPLAIN_PASSED_OVER = "explain_passed_over"
    EXPLAIN_CANDIDATES = "explain_candidates"
    EXPLAIN_CANDIDATE = "explain_candidate"
    EXPLAIN_NO_CANDIDATES = "explain_no_candidates"
    EXPLAIN_VERDICT = "explain_verdict"
    EXPLAIN_VERDICT_WHY = "explain_verdict_why"
    # the terminal
    LOOP_GREETING = "loop_greeting"
    LOOP_END = "loop_end"
    BATCH_FROM_TERMINAL = "batch_from_terminal"
    QUESTION_CUT = "question_cut"
    QUESTION_EMPTY = "question_empty"
    QUESTION_NOT_TEXT = "question_not_text"
    INTERRUPTED = "interrupted"
    # the command line, used wrongly
    USAGE_OPTION_UNKNOWN = "usage_option_unknown"
    USAGE_OPTION_ALIKE = "usage_option_alike"
    USAGE_OPTION_NEEDS_VALUE = "usage_option_needs_value"
    USAGE_OPTION_TAKES_NO_VALUE = "usage_option_takes_no_value"
    USAGE_COMMAND_UNKNOWN = "usage_command_unknown"
    USAGE_COMMAND_ALIKE = "usage_command_alike"
    USAGE_ARGUMENT_MISSING = "usage_argument_missing"
    USAGE_ARGUMENT_EXTRA = "usage_argument_extra"
    USAGE_VALUE_WRONG = "usage_value_wrong"
    USAGE_EXCLUSIVE = "usage_exclusive"
    USAGE_ONLY_WITH = "usage_only_with"
    USAGE_WRONG = "usage_wrong"
    USAGE_HINT = "usage_hint"
    # files
    FOLDER_MISSING = "folder_missing"
    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    FILE_UNWRITABLE = "file_unwritable"
    FILE_NOT_TEXT = "file_not_text"
    QUESTION_FILE_EMPTY = "question_file_empty"
    LINE_BROKEN = "line_broken"
    LINE_FIELD_WRONG = "line_field_wrong"
    QUESTION_CODE_UNKNOWN = "question_code_unknown"
    BATCH_LINE = "batch_line"
    # settings and knowledge
    SETTINGS_WRONG = "settings_wrong"
    SETTING_UNKNOWN_LANGUAGE = "setting_unknown_language"
    SETTING_NO_BOT_TOKEN = "setting_no_bot_token"  # noqa: S105 - a key, not a token
    SETTING_NO_APP_TOKEN = "setting_no_app_token"  # noqa: S105 - likewise
    SETTING_NO_WAY_IN = "setting_no_way_in"
    SETTING_PORT = "setting_port"
    SETTING_LOG_LEVEL = "setting_log_level"
    SETTING_SWAPPED = "setting_swapped"
    SETTING_HTTP_AND_SOCKET = "setting_http_and_socket"
    SETTING_ADMINS = "setting_admins"
    SETTING_WATCH = "setting_watch"
    SETTING_NOT_MIGRATED = "setting_not_migrated"
    SETTING_OAUTH = "setting_oauth"
    SETTING_ADDRESS = "setting_address"
    SETTING_DATABASE = "setting_database"
    SETTING_DATABASE_PATH = "setting_database_path"
    SETTING_RETENTION = "setting_retention"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - likewise
    APP_TOKEN_REFUSED = "app_token_refused"  # noqa: S105 - likewise
    SLACK_UNREACHABLE = "slack_unreachable"
    PORT_TAKEN = "port_taken"
    MANIFEST_ADDRESS = "manifest_address"
    SERVING_HTTP = "serving_http"
    SERVING_SOCKET = "serving_socket"
    STORE_NEWER = "store_newer"
    MIGRATED = "migrated"
    MIGRATED_ALREADY = "migrated_already"
    KNOWLEDGE_MISSING = "knowledge_missing"
    KNOWLEDGE_BROKEN = "knowledge_broken"
    CODE_NOT_DOCUMENTED = "code_not_documented"
    # faultbook doctor
    DOCTOR_SETTING_SET = "doctor_setting_set"
    DOCTOR_SETTING_DEFAULT = "doctor_setting_default"
    DOCTOR_SETTING_UNSET = "doctor_setting_unset"
    DOCTOR_KNOWLEDGE = "doctor_knowledge"
    DOCTOR_PROBLEM = "doctor_problem"
    DOCTOR_PROBLEMS_MORE = "doctor_problems_more"
    DOCTOR_DATABASE = "doctor_database"
    DOCTOR_DATABASE_NONE = "doctor_database_none"
    DOCTOR_DATABASE_FAILED = "doctor_database_failed"
    DOCTOR_OUTBOX_EMPTY = "doctor_outbox_empty"
    DOCTOR_OUTBOX = "doctor_outbox"
    DOCTOR_OUTBOX_STUCK = "doctor_outbox_stuck"
    DOCTOR_EVENT = "doctor_event"
    DOCTOR_EVENT_NONE = "doctor_event_none"
    DOCTOR_TOKEN = "doctor_token"  # noqa: S105 - likewise
    DOCTOR_SCOPES = "doctor_scopes"
    DOCTOR_SCOPES_MISSING = "doctor_scopes_missing"
    DOCTOR_SCOPES_UNTOLD = "doctor_scopes_untold"
    DOCTOR_CLOCK = "doctor_clock"
    DOCTOR_CLOCK_WRONG = "doctor_clock_wrong"
    DOCTOR_CLOCK_UNTOLD = "doctor_clock_untold"
    DOCTOR_CHANNELS_NONE = "doctor_channels_none"
    DOCTOR_CHANNELS = "doctor_channels"
    DOCTOR_CHANNELS_ABSENT = "doctor_channels_absent"
    DOCTOR_CHANNELS_UNTOLD = "doctor_channels_untold"
    DOCTOR_BY_HTTP = "doctor_by_http"
    DOCTOR_SESSIONS = "doctor_sessions"
    DOCTOR_SESSIONS_NONE = "doctor_sessions_none"
    DOCTOR_SESSIONS_UNTOLD = "doctor_sessions_untold"
    DOCTOR_ALL_GOOD = "doctor_all_good"
    DOCTOR_WRONG = "doctor_wrong"
    DOCTOR_BEGUN = "doctor_begun"
    DOCTOR_REFUSED = "doctor_refused"
    DOCTOR_NO_ADMINS = "doctor_no_admins"
    # the author's commands
    CHECK_PASSED = "check_passed"
    CHECK_FAILED = "check_failed"
    PACK_UNKNOWN = "pack_unknown"
    FAMILY_UNKNOWN = "family_unknown"
    CODE_MALFORMED = "code_malformed"
    CODE_EXISTS = "code_exists"
    NEW_WRITTEN = "new_written"
    NEW_NEXT = "new_next"


class Sentences:
    """The sentences of one knowledge snapshot, ready to be said."""

    def __init__(self, messages: Mapping[str, Mapping[str, str]]) -> None:
        self._messages = messages

    def say(self, key: str, language: str, **values: object) -> str:
        """Return the sentence in the language, its placeholders filled.

        Raises KeyError if the key, the language or a placeholder's value is missing: that's a bug,
        which the linter or a test finds first.
        """
        return self._messages[language][key].format_map(values)

    def speaks(self, language: str) -> bool:
        """Say whether there are sentences in the language."""
        return language in self._messages


def list_placeholders(text: str) -> set[str]:
    """Return the placeholders of a sentence; an unbalanced brace counts as one that nobody fills.

    >>> sorted(list_placeholders("{path}, line {line}: {fault}"))
    ['fault', 'line', 'path']
    """
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}
