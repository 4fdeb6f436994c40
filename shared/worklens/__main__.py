"""``python -m worklens`` is the same as ``worklens``."""

from worklens.cli import main

if __name__ == "__main__":
    main()
