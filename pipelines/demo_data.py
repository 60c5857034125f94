"""What data the demo shows: loaded once, remembered in the home, replaced when others are asked for."""

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from pipelines.partitions_today import today
from pipelines.reach import reached
from pipelines.terminal import Terminal
from pipelines.tokens import is_embedded
from warehouse.databases import Databases
from warehouse.mapping import LeadsMapping
from warehouse.settings import Settings
