"""The measures of retrieval that the field uses, over one ranking of document ids."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def ndcg(ranking: Sequence[str], gains: Mapping[str, float], depth: int) -> float:
    """Normalised discounted cumulative gain with linear gains, as trec_eval's ndcg_cut."""
    got = sum(
        gains.get(document, 0.0) / math.log2(rank + 2)
        for rank, document in enumerate(ranking[:depth])
    )
    best = sorted(gains.values(), reverse=True)[:depth]
    ideal = sum(gain / math.log2(rank + 2) for rank, gain in enumerate(best))
    return got / ideal if ideal else 0.0


def recall(ranking: Sequence[str], gains: Mapping[str, float], depth: int) -> float:
    """Give the share of the relevant documents that the first `depth` hold."""
    return len(set(ranking[:depth]) & gains.keys()) / len(gains) if gains else 0.0


def reciprocal_rank(ranking: Sequence[str], gains: Mapping[str, float], depth: int) -> float:
    """Give 1 / rank of the first relevant document among the first `depth`, or 0."""
    ranks = (rank for rank, document in enumerate(ranking[:depth], 1) if document in gains)
    return 1 / next(ranks, math.inf)


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which `share` of the values lie, by nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0
