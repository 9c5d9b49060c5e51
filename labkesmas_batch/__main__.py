"""``python -m labkesmas_batch`` is the same as ``labkesmas-batch``."""

from labkesmas_batch.cli.main import main

if __name__ == "__main__":
    main()
