"""What is said of settings, of the knowledge folder, and while the server starts."""

from __future__ import annotations

from bot.replies.sentences.sentence import Sentence


class SettingSentence(Sentence):
    """What is said of settings, of the knowledge folder, and while the server starts."""

    SETTING_SWITCH = "setting_switch"
    SETTINGS_WRONG = "settings_wrong"
    SETTING_UNKNOWN_LANGUAGE = "setting_unknown_language"
    SETTING_NO_BOT_TOKEN = "setting_no_bot_token"  # noqa: S105 - a key, not a token
    SETTING_NO_APP_TOKEN = "setting_no_app_token"  # noqa: S105 - likewise
    SETTING_NO_WAY_IN = "setting_no_way_in"
    SETTING_PORT = "setting_port"
    SETTING_LOG_LEVEL = "setting_log_level"
    SETTING_SWAPPED = "setting_swapped"
    SETTING_HTTP_AND_SOCKET = "setting_http_and_socket"
    SETTING_PEOPLE = "setting_people"
    FORGOTTEN = "forgotten"
    NOTHING_KEPT = "nothing_kept"
    USER_MALFORMED = "user_malformed"
    SETTING_KEEP_QUESTIONS = "setting_keep_questions"
    SETTING_WATCH = "setting_watch"
    SETTING_WATCH_LANGUAGE = "setting_watch_language"
    SETTING_NOT_MIGRATED = "setting_not_migrated"
    SETTING_OAUTH = "setting_oauth"
    SETTING_ADDRESS = "setting_address"
    SETTING_DATABASE = "setting_database"
    SETTING_DATABASE_PATH = "setting_database_path"
    SETTING_FILE_LIMIT = "setting_file_limit"
    SETTING_RETENTION = "setting_retention"
    SETTING_DIGEST = "setting_digest"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - likewise
    APP_TOKEN_REFUSED = "app_token_refused"  # noqa: S105 - likewise
    SLACK_UNREACHABLE = "slack_unreachable"
    PORT_TAKEN = "port_taken"
    MANIFEST_ADDRESS = "manifest_address"
    SERVING_HTTP = "serving_http"
    SERVING_SOCKET = "serving_socket"
    STORE_NEWER = "store_newer"
    DATABASE_FAILED = "database_failed"
    MIGRATED = "migrated"
    MIGRATED_ALREADY = "migrated_already"
    KNOWLEDGE_MISSING = "knowledge_missing"
    KNOWLEDGE_BROKEN = "knowledge_broken"
    CODE_NOT_DOCUMENTED = "code_not_documented"
