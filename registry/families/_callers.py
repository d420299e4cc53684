"""Where the Python file lies that makes a family: its relative paths are relative to that.

In: nothing but the stack of calls. Out: a folder.
"""

import inspect
from pathlib import Path

_OWN = Path(__file__).parent


def caller_folder() -> Path:
    """The folder of the file that has called the shared machinery of families.

    Returns:
        That of the nearest caller that is no file of this folder with a leading underscore; the working folder if the
        caller is no file, as in an interactive session.
    """
    frame = inspect.currentframe()
    while frame is not None:
        file = Path(frame.f_code.co_filename)
        if file.parent != _OWN or not file.name.startswith("_"):
            return file.parent.resolve() if file.is_file() else Path.cwd()
        frame = frame.f_back
    return Path.cwd()
