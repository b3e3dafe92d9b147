"""``python -m casebook`` is the command ``casebook``."""

import sys

from casebook.cli import main

sys.exit(main())
