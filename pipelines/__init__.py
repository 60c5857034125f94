"""The pipeline's processes: loaded once, run, ended.

What Dagster and dbt make while they are loaded is some million objects that stay. Looking through
them for garbage as often as Python does takes a fifth of a short run.
"""

import gc

gc.set_threshold(100_000, 50, 100)
