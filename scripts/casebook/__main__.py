"""``python -m casebook`` is the command ``casebook``."""

import atexit
import os
import sys
from typing import NoReturn

from casebook.cli import main
from casebook.commands import OK


def run() -> NoReturn:
    """Run one command and leave with its code.

    After success at once: to let go of ten thousand cases one by one takes a second. What waits for the end is done.
    """
    code = main()
    if code == OK:
        atexit._run_exitfuncs()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    run()
