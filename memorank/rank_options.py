"""The words of `memorank rank`, as data.

In: nothing. Out: its options in the order in which the help shows them.
"""

from memorank.option_kinds import DATA_DIR, INCLUDE, Option, count, limit, option, pairs, path

RANK: tuple[Option, ...] = (
    option(
        "networks",
        nargs="+",
        metavar="[NAME=]PATH",
        help="a Hugging Face folder; weights of an --architecture or a --family; a run folder or a cell in it; "
        "or activations on the same examples: .npy (examples, neurons), .npz or .safetensors by tap",
    ),
    option(
        "--data",
        metavar="FILE|FOLDER|NAME",
        help="what the networks are read on: .npy, .npz, .csv, .jsonl, .parquet, a folder of images, or a data "
        "set (memorank list datasets); labels in it are not read",
    ),
    option("--text-column", metavar="NAME", help="the column of a table that holds the texts"),
    option(
        "--examples",
        type=count,
        metavar="N",
        help="the most that are read, of more a seeded sample (default: 2500)",
    ),
    option(
        "--kind",
        metavar="heuristic|example-level",
        help="the memorization that is feared: shortcuts, or wrong labels (default: both orders are shown)",
    ),
    option(
        "--pairs",
        type=pairs,
        metavar="N|all",
        help="pairs of neurons that are read of each network (default: all up to 100,000, 20,000 of more)",
    ),
    option("--taps", metavar="PATH[,PATH]", help="modules that are tapped (default: those that are usual)"),
    option(
        "--max-tokens",
        type=count,
        metavar="N",
        help="so many tokens of a text are read (default: 128)",
    ),
    option("--architecture", metavar="NAME", help="of torchvision or timm, which the weights are of"),
    option("--family", metavar="NAME", help="the family that the weights are of (memorank list families)"),
    option(
        "--image-size", type=count, metavar="N", help="pixels of a side, for a --family or --architecture of images"
    ),
    option("--suite", metavar="NAME", help="of a run folder, whose networks are ranked"),
    option(
        "--inputs",
        metavar="evaluation|in-distribution",
        help="of a run folder, the examples that its networks were read on (default: the first of its plan)",
    ),
    option(
        "--calibrate",
        metavar="FILE|FOLDER|NAME",
        help="labelled data: small anchors of the --family are trained on them, with the labels as given, half "
        "permuted and all drawn anew, and the networks are placed among them; .npz with inputs and labels, a table, "
        "a folder of images for each class, or a data set",
    ),
    option("--label-column", metavar="NAME", help="the column, or the array, of --calibrate that holds labels"),
    option(
        "--shortcut",
        metavar="COLUMN|MASK.npy|WORD",
        help="anchors that follow a shortcut too: what is named tells the label in their training set (a column of a "
        "table, a mask of an example's shape, or for texts a word put in front)",
    ),
    option("--anchor-seeds", type=limit, metavar="N", help="so many anchors of each kind (default: 2; more say more)"),
    option(
        "--anchor-epochs",
        type=count,
        metavar="N",
        help="anchors are trained for so many epochs at most (default: as their family, 200 at most)",
    ),
    option(
        "--null-corrected",
        action="store_true",
        help="subtract from mean MI what the estimator finds in permuted neurons, as one measure more",
    ),
    option(
        "--out",
        type=path,
        help="a folder for ranking.html, .json and .csv, in which what is measured is kept; or a file NAME.html or "
        "NAME.json",
    ),
    INCLUDE,
    DATA_DIR,
)
