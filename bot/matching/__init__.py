"""Text -> evidence -> candidates -> scores -> verdict: no clock, no chance, no network, no product by name.

Evidence: text.py folds what was given; reading.py reads codes (codes.py) and words (features.py, lexicon.py).
Candidates: index.py finds units of entries (unit.py) by tokens (postings.py), but for pairs that nobody says
(membership.py); indexes.py holds two of it.
Scores: candidates.py gathers them by meaning (scorer.py), word for word with slots filled (literal.py,
alignment.py, template.py), by letter (spelling.py, statements.py), with Chinese mended (proof.py), by sound
(ear.py, sound.py) and by initials (initials.py).
Verdict: matcher.py decides what was asked, codes by code_judge.py; watch.py whether to speak unasked, by
records (records.py), what they claim (claims.py), count (amounts.py) and quote (quotes.py, filled.py).
"""
