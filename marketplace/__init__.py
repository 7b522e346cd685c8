"""Chợ Quê: a provincial marketplace where every sale is an electronic contract."""

import sys

try:
    # SQLite 3.7.0 to 3.51.2 can corrupt a WAL file written from several processes
    # (docs/decisions/0003-sqlite.md); the swap must come before anything imports sqlite3.
    import pysqlite3
    import pysqlite3.dbapi2

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:  # no wheel for this interpreter; base/db checks the version it got
    pass
