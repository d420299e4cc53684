"""The settings of Sphinx: `make docs` builds the site into build/docs, without a request to anywhere.

The pages are those of this folder, and the README, CONTRIBUTING and CHANGELOG beside it, so the source folder of the
build is that of the project. Links between pages are then the same here, in a view of the repository and on the site.
"""

import os
import sys
import tempfile
from importlib import metadata
from pathlib import Path

DOCS = Path(__file__).parent
sys.path[:0] = [str(DOCS), str(DOCS.parent)]

project = "memorank"
release = metadata.version("memorank")
root_doc = "docs/index"
include_patterns = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmark/performance.md", "docs/**"]
exclude_patterns = [".[!.]*", "build", "dist", "runs", "tests", "*.egg-info", "leaderboard", "registry", "memorank"]
extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "site_parts.boards",
    "site_parts.contents",
    "site_parts.docstrings",
    "site_parts.entries",
    "site_parts.formulas",
]

myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 4  # as a view of the repository has them
# A notebook is a page whose head says so. It runs anew in each build, in a folder of its own that is then removed.
nb_execution_mode = "force"
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_execution_timeout = 240
# What a kernel leaves behind goes there and not into the user's home; its notes on how it is connected go nowhere.
_KERNEL = tempfile.TemporaryDirectory(prefix="memorank-docs-")
os.environ |= {"IPYTHONDIR": _KERNEL.name, "JUPYTER_RUNTIME_DIR": f"{_KERNEL.name}/runtime", "MPLBACKEND": ""}
Path(_KERNEL.name, "profile_default").mkdir()
Path(_KERNEL.name, "profile_default", "ipython_kernel_config.py").write_text("c.IPKernelApp.log_level = 'ERROR'\n")

default_role = "code"  # docstrings have single backticks around code
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints_format = "short"
autosummary_generate = False
maximum_signature_line_length = 80
napoleon_google_docstring = True
napoleon_numpy_docstring = False
add_module_names = False
# Types of other libraries, of which no list is fetched; any other name that leads nowhere is an error.
_OTHERS = r"(numpy|collections|nn|pathlib|pandas|torch|types|typing)\..*"
_TYPES = "ArrayLike|Axes|DataFrame|NDArray|np.float32|Path|.*Content|.*Record|Given|Kind|Measured|Pairs|Taps|Trainer"
nitpick_ignore_regex = [("py:.*", rf"{_OTHERS}|{_TYPES}")]

html_theme = "pydata_sphinx_theme"
html_context = {"default_mode": "auto"}  # light or dark, as the browser asks for
html_title = "memorank"
html_math_renderer = "mathml"
html_static_path = ["site_static"]
html_css_files = ["site.css"]
templates_path = ["site_templates"]
html_additional_pages = {"index": "to-the-pages.html"}
html_copy_source = False
html_show_copyright = False
html_theme_options = {
    "navbar_align": "left",
    "secondary_sidebar_items": ["page-toc"],
    "show_toc_level": 2,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
