"""What `faultbook doctor` says."""

from __future__ import annotations

from bot.replies.sentences.sentence import Sentence


class DoctorSentence(Sentence):
    """What `faultbook doctor` says."""

    DOCTOR_SETTING_SET = "doctor_setting_set"
    DOCTOR_SETTING_DEFAULT = "doctor_setting_default"
    DOCTOR_SETTING_UNSET = "doctor_setting_unset"
    DOCTOR_SETTING_MISSPELT = "doctor_setting_misspelt"
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
