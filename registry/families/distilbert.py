"""DistilBERT, the paper's network for the text suites, fine-tuned as there."""

from registry.families._encoders import encoder_family

FAMILY = encoder_family(
    name="distilbert",
    encoder="distilbert/distilbert-base-uncased",
    revision="12040accade4e8a0f71eabdb258fecc2e7e948be",
    layers=6,
    reference="Sanh et al. 2019 (DistilBERT); Bansal, Pruthi, Belinkov 2022, section 4",
    licence="Apache-2.0",
    size="268 MB",
)
