"""The shapes of plain data that come from disk: what each part must be, and the first thing that is not.

In: a `TypedDict` whose types carry their limits, and what stands in a file. Out: a line that says what is wrong, if
anything. The data themselves are not changed: whoever has found nothing wrong may read them as that type.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, GetPydanticSchema, TypeAdapter, ValidationError, with_config

from benchmark.plain.packing import unpacked
from benchmark.plain.strict_json import LARGEST


def file_name(name: str) -> str:
    """The name itself. Raises ValueError for what leads out of its folder, or is hidden there."""
    if not name or name.startswith(".") or "/" in name or "\0" in name or len(name.encode()) > 255:
        raise ValueError("not the name of a file")
    return name


def _sha256(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise ValueError("no SHA-256")
    return text


def _packed(text: str) -> str:
    unpacked(text)
    return text


Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]
Positive = Annotated[float, Field(ge=0, le=LARGEST, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0)]
FileName = Annotated[str, AfterValidator(file_name)]
Sha256 = Annotated[str, AfterValidator(_sha256)]
Packed = Annotated[str, AfterValidator(_packed)]

shape = with_config(ConfigDict(extra="allow", strict=True))  # keys that are read; others may stand beside them
# Of a part that is checked elsewhere, or whose keys came and went: here it need only be an object.
ANY_OBJECT = GetPydanticSchema(lambda _, schema_of: schema_of(dict[str, object]))


def shape_problem(shape: TypeAdapter[object], content: object) -> str | None:
    """The first thing by which content does not have a shape, with its place; None where it has the shape."""
    try:
        shape.validate_python(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(word)[:80] for word in first["loc"]) or "content"
        return f"{place}: {' '.join(first['msg'].split())[:200]}"
    return None
