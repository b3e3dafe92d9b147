"""``python -m casebook`` is the command ``casebook``."""

import os
import sys
from typing import NoReturn

from casebook.cli import main
from casebook.commands import OK


def run() -> NoReturn:
    """Run one command and leave with its code.

    After success at once: to let go of ten thousand cases one by one takes a second, and nothing is left to be done.
    """
    code = main()
    if code == OK:
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    run()
