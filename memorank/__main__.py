"""The command as `python -m memorank`."""

import sys

from memorank import main

sys.exit(main())
