"""What the command line says: the terminal, wrong usage, files, progress."""

from __future__ import annotations

from bot.replies.sentences.sentence import Sentence


class ConsoleSentence(Sentence):
    """What the command line says: the terminal, wrong usage, files, progress."""

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
    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    FILE_UNWRITABLE = "file_unwritable"
    FILE_NOT_TEXT = "file_not_text"
    QUESTION_FILE_EMPTY = "question_file_empty"
    LINE_BROKEN = "line_broken"
    LINE_FIELD_WRONG = "line_field_wrong"
    QUESTION_CODE_UNKNOWN = "question_code_unknown"
    BATCH_LINE = "batch_line"

    # progress of long work
    PROGRESS_FILES = "progress_files"
    PROGRESS_SAID = "progress_said"
    PROGRESS_ROUNDS = "progress_rounds"
    PROGRESS_QUESTIONS = "progress_questions"
    PROGRESS_ENTRIES = "progress_entries"
    PROGRESS_THRESHOLDS = "progress_thresholds"
    PROGRESS_FOLDS = "progress_folds"
    PROGRESS_RULES = "progress_rules"
    PROGRESS_PHRASES = "progress_phrases"
