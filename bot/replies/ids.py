"""The ids by which Slack says which button, shortcut or modal was used.

They are stable for ever: old messages keep their buttons. Builders write them, listeners read them, and the
manifest names the shortcut and the command; a test holds the three together.
"""

from __future__ import annotations

COMMAND = "/fault"

LANGUAGE_SWITCH = "language_switch"  # followed by _ and the language's id, for ids differ within a block
CHOICE_SHOW = "choice_show"
ANSWER_SHARE = "answer_share"
THREAD_MUTE = "thread_mute"
ANSWER_RATE = "answer_rate"  # the feedback buttons; in a modal, two buttons: followed by _yes and _no
REASON_TELL = "reason_tell"
STEP_TELL = "step_tell"
CUSTOMER_SHOW = "customer_show"

GAP_IGNORE = "gap_ignore"
GAP_RESTORE = "gap_restore"
OWNER_ASK = "owner_ask"

ERROR_EXPLAIN = "explain_error"  # the message shortcut
ANSWER_POST = "answer_post"  # the modal that posts to the thread
