"""The Python file beside an exported network, which loads it by memorank's public names.

In: what the file of weights says, the identity of the network, where its family is declared. Out: the text of the file.
"""

from pathlib import Path

from benchmark.identity import TrainIdentity
from benchmark.networks.weights import WeightsFacts

# The first line of every such file, by which a later export knows that it may replace it.
HEAD = "# memorank export has written this file and replaces it: change a copy of it.\n"


def loading_code(
    file: str, facts: WeightsFacts, aliases: dict[str, str], identity: TrainIdentity, own: Path | None
) -> str:
    """A Python file that loads a network, and prints what it has loaded when it is run.

    Args:
        file: The name of the file of weights, which lies beside it.
        facts: What that file says of its network.
        aliases: For each tensor that it leaves out the one that stands for it.
        identity: Of the network.
        own: The user's own file that declares the family, None for a family of memorank or of an installed package.
    """
    name, shape, tokens = facts["family"], tuple(facts["shape"]), facts["tokens"]
    family = f'memorank.FAMILIES["{name}"]' if own is None else f'included("{name}")'
    flat = ", each example flat" if len(shape) == 1 else ""
    return _CODE.format(
        head=HEAD,
        key=facts["key"],
        suite=identity["suite"],
        data=identity["data"],
        version=facts["version"],
        inputs=_NUMBERS.format(shape=", ".join(map(str, shape)), flat=flat)
        if tokens is None
        else _TEXTS.format(tokens=tokens),
        imports="" if own is None else "import runpy\nimport sys\n",
        file=file,
        declared="" if own is None else _INCLUDED.format(path=str(own)),
        family=family,
        family_name=name,
        family_version=facts["family_version"],
        seed=facts["seed"],
        shape=shape,
        classes=facts["num_classes"],
        options=f".with_options({said!r})" if (said := facts.get("options")) else "",
        tied=_TIED.format(aliases=aliases) if aliases else "",
        example=_EXAMPLE if tokens is None else _TEXT.format(family=family, tokens=tokens),
    )


_NUMBERS = "Inputs are float32, a batch of shape (examples, {shape}){flat}, scaled as in that suite."
_TEXTS = "Inputs are texts, as tokens; of a longer text the first {tokens} are read."
_TIED = "    state |= {{alias: state[name] for alias, name in {aliases!r}.items()}}  # they share their memory\n"

_INCLUDED = '''
# This declares the family: look at it before you run it, and take its folder along where this file goes.
DECLARED_IN = Path({path!r})


def included(name: str) -> memorank.ModelFamily:
    """The family of this name that DECLARED_IN declares."""
    sys.path.insert(0, str(DECLARED_IN.parent / "helpers"))
    declared = runpy.run_path(str(DECLARED_IN))
    families = [declared.get("FAMILY"), *declared.get("FAMILIES", ())]
    return next(family for family in families if family is not None and family.name == name)
'''

_CODE = '''{head}"""A network that memorank has trained: {key}.

It was trained on the suite {suite} (data {data}) by memorank {version}.
{inputs}
Run this file to see that the network can be loaded. The weights lie beside it.
"""

{imports}from pathlib import Path

import memorank
import torch
from safetensors.torch import load_file

WEIGHTS = Path(__file__).with_name({file!r})
SHAPE, CLASSES = {shape}, {classes}
{declared}

def load() -> torch.nn.Module:
    """The trained network, in evaluation mode."""
    family = {family}
    if family.version != {family_version}:
        raise SystemExit(f"trained with version {family_version} of {family_name}, and this is {{family.version}}")
    torch.manual_seed({seed})  # as when it was built for its training
    network = family{options}.build(SHAPE, CLASSES)
    state = load_file(WEIGHTS)
{tied}    network.load_state_dict(state, strict=True)
    return network.eval()


if __name__ == "__main__":
    network = load()
    parameters = sum(part.numel() for part in network.parameters())
    print(f"loaded {key}: {{parameters}} parameters, {family_name}")
    with torch.no_grad():
{example}    print("logits of one example:", tuple(logits.shape))
'''

_EXAMPLE = "        logits = network(torch.zeros(1, *SHAPE))\n"
_TEXT = """        tokens = {family}.tokenizer()(["One text to read."], truncation=True, max_length={tokens})
        ids = torch.tensor(tokens["input_ids"])
        logits = network(ids, torch.ones_like(ids))  # the mask is 0 where a token is padding
"""
