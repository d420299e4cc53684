"""RoBERTa, the paper's network for Bias in Bios, with a linear head on the first token."""

from registry.families._encoders import encoder_family

FAMILY = encoder_family(
    name="roberta",
    encoder="FacebookAI/roberta-base",
    revision="e2da8e2f811d1448a5b465c236feacd80ffbac7b",
    layers=12,
    reference="Liu et al. 2019 (RoBERTa); Bansal, Pruthi, Belinkov 2022, section 4",
    licence="MIT",
    size="499 MB",
)
