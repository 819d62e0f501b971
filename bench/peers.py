"""Runs other retrievers on what `bench.finding_peers` has written, with the same embeddings.

Stands alone: it runs in an environment of its own that holds the peers, `make bench-finding`.
"""

from __future__ import annotations

import inspect
import json
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

Search = Callable[[str, np.ndarray], list[int]]


def chroma(texts: list[str], vectors: np.ndarray, folder: str) -> Search:
    import chromadb

    client = chromadb.PersistentClient(folder, chromadb.Settings(anonymized_telemetry=False))
    held = client.create_collection("bench", metadata={"hnsw:space": "cosine"})
    for at in range(0, len(texts), 1000):
        ids = [str(each) for each in range(at, min(at + 1000, len(texts)))]
        held.add(ids, embeddings=vectors[at : at + 1000].tolist(), documents=texts[at : at + 1000])

    def search(text: str, vector: np.ndarray) -> list[int]:
        found = held.query(query_embeddings=[vector.tolist()], n_results=min(100, len(texts)))
        return [int(each) for each in found["ids"][0]]

    return search


def lancedb(texts: list[str], vectors: np.ndarray, folder: str) -> Search:
    import lancedb

    rows = [
        {"n": n, "text": text, "vector": vector.tolist()}
        for n, (text, vector) in enumerate(zip(texts, vectors, strict=True))
    ]
    table = lancedb.connect(folder).create_table("bench", rows)
    table.create_fts_index("text")

    def search(text: str, vector: np.ndarray) -> list[int]:
        words = "".join(char if char.isalnum() else " " for char in text)
        found = table.search(query_type="hybrid").vector(vector.tolist()).text(words).limit(100)
        return [row["n"] for row in found.to_list()]

    return search


def llama_index(texts: list[str], vectors: np.ndarray, folder: str) -> Search:
    from llama_index.core import MockEmbedding, QueryBundle, VectorStoreIndex
    from llama_index.core.schema import TextNode

    nodes = [
        TextNode(id_=str(n), text=text, embedding=vector.tolist())
        for n, (text, vector) in enumerate(zip(texts, vectors, strict=True))
    ]
    index = VectorStoreIndex(nodes, embed_model=MockEmbedding(vectors.shape[1]))
    retriever = index.as_retriever(similarity_top_k=100)
    index.storage_context.persist(folder)

    def search(text: str, vector: np.ndarray) -> list[int]:
        found = retriever.retrieve(QueryBundle(text, embedding=vector.tolist()))
        return [int(each.node.node_id) for each in found]

    return search


def ndcg(ranking: list[str], gains: dict[str, float]) -> float:
    """Give nDCG@10."""
    got = sum(gains.get(each, 0) / math.log2(n + 2) for n, each in enumerate(ranking[:10]))
    best = sorted(gains.values(), reverse=True)[:10]
    return got / sum(gain / math.log2(n + 2) for n, gain in enumerate(best))


def run(peer: Callable[[list[str], np.ndarray, str], Search], folder: Path) -> None:
    """Print one peer's row for one set."""
    given = json.loads((folder / "set.json").read_text(encoding="utf-8"))
    vectors, asked = np.load(folder / "passages.npy"), np.load(folder / "questions.npy")
    with tempfile.TemporaryDirectory() as place:
        began = time.perf_counter()
        search = peer(given["texts"], vectors, place)
        indexed = time.perf_counter() - began
        size = sum(file.stat().st_size for file in Path(place).rglob("*") if file.is_file())
        scores, spent = [], []
        for question, vector in zip(given["questions"], asked, strict=True):
            cpu = time.process_time()
            found = search(question["text"], vector)
            spent.append((time.process_time() - cpu) * 1000)
            ranking = list(dict.fromkeys(given["documents"][each] for each in found))
            scores.append(ndcg(ranking, question["gains"]))
    lines = [line for line in inspect.getsource(peer).splitlines() if line.strip()]
    row = {
        "set": folder.name,
        "engine": peer.__name__,
        "ndcg@10": round(statistics.fmean(scores), 3),
        "cpu_ms": round(statistics.median(spent), 2),
        "bytes_a_passage": round(size / len(given["texts"])),
        "index_s": round(indexed, 2),
        "lines_of_setup": len(lines),
    }
    print(json.dumps(row), flush=True)


if __name__ == "__main__":
    for name in sorted(Path(sys.argv[1]).iterdir()):
        for each in (chroma, lancedb, llama_index):
            run(each, name)
