"""What a run of the tests says of itself: the seed by which its random inputs can be made again."""

import os


def pytest_report_header() -> str:
    """Print the seed; LEDGER_SEED gives another."""
    return f"seed of random inputs: LEDGER_SEED={os.environ.get('LEDGER_SEED', '20261123')}"
