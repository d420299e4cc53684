"""Every file that a board may have is known again, those of earlier versions too, and nothing else is."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from made_boards import records, resolved

from leaderboard.exports import ON_REQUEST, export
from leaderboard.files import as_bytes
from leaderboard.pages.files.formats import FORMATS
from leaderboard.pages.sheets import SHEETS
from leaderboard.places import BEGINNINGS, FIRST, check_file, check_place, formats_there, requested_there
from leaderboard.rows.assembly import build_board
from registry import UserError

OLD = {
    "agreement.csv": "suite,data,family,recipe,inputs,scope,metric,measure,tau,n,p,p_min,ties,beyond noise,moves\n",
    "models.csv": "suite,data,origin,family,recipe,inputs,scope,condition,is,name,mean,sd,error,reason\n",
    "board.json": '{\n "schema": 1,\n "plan": "toy"',
    "board.tex": "% Board of plan toy",
    "board.md": "# Board of plan toy",
    "table2.tex": "% Needs \\usepackage{booktabs} and \\usepackage{graphicx}.\n",
    "sensitivity.csv": "suite,data,family,metric,measure,inputs,axis,label,tau,keeps\n",
}

PLACE = "suite,data,origin,family,kind,recipe,inputs,scope,"
OF_SCHEMA_2 = {
    "agreement.csv": PLACE
    + "metric,measure,placebo,yardstick,sign,tau,p,p_kind,p_min,n,left_out,ties,reason,"
    + "beyond_noise_tau,beyond_noise_kept,beyond_noise_pairs,seeds_low,seeds_high,halves_low,halves_high,"
    + "within_tau,within_p,within_over,within_conditions,within_left_out,"
    + "within_regret,within_chance_regret,all_models_tau,all_models_n,regret,paper,same_setup\n",
    "pooled.csv": "inputs,scope,measure,tau,p,p_holm,suites,left_out\n",
    "claims.csv": "inputs,scope,measure,claim,of,shown,tau,p,suites,ahead,behind\n",
    "picks.csv": PLACE + "among,measure,here,trusted,model,first,last,tied_for_first,pick,reason\n",
    "models.csv": PLACE + "knob,order,condition,condition_name,role,name,mean,sd,error,seeds,reason\n",
    "ends.csv": PLACE + "least,most,role,name,expected,least_value,most_value,difference,error,seen\n",
    "ends_at_taps.csv": PLACE + "least,most,role,name,expected,tap,depth,difference,error,seen\n",
    "board.json": '{\n "schema": 2,\n "plan": "toy"',
}


@cache
def made() -> dict[str, str | bytes | None]:
    board = build_board(resolved(), records(resolved()))
    board["sensitivity"] = []
    return export(board, [*FORMATS, *ON_REQUEST])


def test_a_board_may_replace_every_file_of_a_board(tmp_path: Path) -> None:
    files = made()
    assert files.keys() <= BEGINNINGS.keys()
    for name, content in files.items():
        if content is not None:
            (tmp_path / name).write_bytes(as_bytes(content))
    check_place(tmp_path, files, force=False)
    for name, content in files.items():
        if content is not None:
            assert as_bytes(content).startswith(BEGINNINGS[name])
    assert formats_there(tmp_path) == {*FORMATS, *ON_REQUEST}
    assert requested_there(tmp_path) == list(ON_REQUEST)


def test_a_model_card_is_no_board_in_markdown(tmp_path: Path) -> None:
    (tmp_path / "model-card.md").write_text(str(made()["model-card.md"]))
    assert formats_there(tmp_path) == {"card"}


def test_a_parquet_file_of_that_name_that_somebody_else_wrote_stays(tmp_path: Path) -> None:
    pd.DataFrame({"suite": ["mine"]}).to_parquet(tmp_path / "suites.parquet")
    (tmp_path / "models.parquet").write_bytes(b"PAR1")
    (tmp_path / "taps.parquet").write_bytes(b"PAR1" + b"memorank.sheet" * 9 + b"\xff\xff\xff\xffPAR1")
    for name in ("suites.parquet", "models.parquet"):
        with pytest.raises(UserError, match=f"{name} is not a file of a board"):
            check_place(tmp_path, [name], force=True)
    assert requested_there(tmp_path) == ["parquet"]  # what says so of itself is taken for a board's


@pytest.mark.parametrize(("form", "name"), [(form, name) for form in (OLD, OF_SCHEMA_2) for name in form])
def test_a_file_of_an_earlier_version_may_be_replaced(form: dict[str, str], name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(form[name])
    check_place(tmp_path, made(), force=False)


def test_a_csv_may_be_replaced_whose_later_columns_are_others(tmp_path: Path) -> None:
    """models.csv before numbers had an interval, and every CSV with a column more or less."""
    heads = {f"{name}.csv": sheet.names for name, sheet in SHEETS.items()}
    heads |= {"models.csv": [name for name in heads["models.csv"] if name not in ("low", "high")]}
    for changed in (lambda names: names, lambda names: [*names, "newer"], lambda names: names[: max(FIRST, 2)]):
        for name, names in heads.items():
            (tmp_path / name).write_text(",".join(changed(names)) + "\n")
        check_place(tmp_path, heads, force=False)


@pytest.mark.parametrize("name", SHEETS)
def test_a_csv_stays_whose_first_columns_only_begin_alike(name: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.csv").write_text(",".join(SHEETS[name].names[:FIRST]) + "s,mine\n")
    with pytest.raises(UserError, match="is not a file of a board"):
        check_place(tmp_path, [f"{name}.csv"], force=False)


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_file_of_that_name_with_another_content_stays(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine\n")
    for force in (False, True):
        with pytest.raises(UserError, match="is not a file of a board, and would be replaced"):
            check_place(tmp_path, {**made(), name: None}, force)


def test_one_file_under_another_name_is_looked_at_too(tmp_path: Path) -> None:
    check_file(tmp_path / "new.json", "board.json")
    (tmp_path / "mine.json").write_text(str(made()["board.json"]))
    check_file(tmp_path / "mine.json", "board.json")
    (tmp_path / "mine.json").write_text('{"schema": 2}')
    with pytest.raises(UserError, match=r"mine\.json is not a file of a board"):
        check_file(tmp_path / "mine.json", "board.json")
