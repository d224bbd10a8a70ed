"""Which units have a feature, or a few letters, in common with a text: an inverted index, kept by tantivy.

It finds numbers of units and knows nothing else of them; index.py asks. In memory, or in a folder.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal, cast, get_args

import tantivy

Field = Literal["names", "letters", "pairs", "pack"]
FIELDS: tuple[Field, ...] = get_args(Field)

Tokens = Mapping[Field, Iterable[str]]
"""What one unit is found by."""

HEAP = 128_000_000
"""Bytes that tantivy gathers before it writes a segment: 100,000 entries make a few."""

SMALL_HEAP = 15_000_000
"""The least that tantivy takes."""


class Postings:
    """SearchStrings by their tokens. It never changes, and threads may share it."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        index.reload()
        self._searcher = index.searcher()

    @classmethod
    def build(cls, documents: Iterable[Tokens], folder: str | None = None) -> Postings:
        """Index documents, each the tokens of the unit of the next number from 0 on.

        Without a folder it stays in memory; the folder is there, and empty.
        """
        schema = _build_schema()
        index = tantivy.Index(schema, path=folder)
        # One thread, so that the same documents always make the same index.
        writer = index.writer(HEAP if folder else SMALL_HEAP, num_threads=1)
        for number, tokens in enumerate(documents):
            document = tantivy.Document(**{field: list(told) for field, told in tokens.items()})
            document.add_unsigned("number", number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        return cls(index)

    @classmethod
    def open(cls, folder: str) -> Postings:
        """Open what build() left in a folder. Raises ValueError if it isn't there, or broken."""
        return cls(tantivy.Index.open(folder))

    def find(
        self, field: Field, boosts: Mapping[str, float], limit: int, packs: Collection[str] | None = None
    ) -> list[int]:
        """Return at most `limit` numbers of units that have some of these tokens, the likeliest first.

        Likeliest by BM25 with each token's boost; equal ones stand in the order of the units. Only those of
        certain packs count, if some are named.
        """
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(field, token), boost))
            for token, boost in sorted(boosts.items())
        ]
        if not clauses:
            return []
        query = tantivy.Query.boolean_query(clauses)
        if packs is not None:
            own = [(tantivy.Occur.Should, self._term("pack", pack)) for pack in sorted(packs)]
            of_packs = tantivy.Query.const_score_query(tantivy.Query.boolean_query(own), 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, of_packs)])
        found = self._searcher.search(query, limit, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in found])
        ranked = sorted((-score, number) for (score, _), number in zip(found, numbers, strict=True))
        return [cast("int", number) for _, number in ranked]

    def __len__(self) -> int:
        return self._searcher.num_docs

    def count(self, field: Field, token: str) -> int:
        """Return how many units have a token."""
        return self._searcher.doc_freq(field, token)

    def _term(self, field: Field, token: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, token, index_option="basic")


def _build_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=False, indexed=False, fast=True)
    for field in FIELDS:
        builder.add_text_field(field, stored=False, tokenizer_name="raw", index_option="basic")
    return builder.build()
