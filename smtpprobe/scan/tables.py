"""The tables of a scan's store, and the statements that turn a list into servers. SQL and nothing else."""

from __future__ import annotations

#: Said in the file's header (PRAGMA user_version): a store of another number is not read.
VERSION = 1

SETTINGS = (
    # One process at a time has the file, and the system frees it however that process ends.
    "PRAGMA locking_mode = EXCLUSIVE",
    # What is committed survives kill -9; after a power cut the newest of it may be missing, but nothing is torn.
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA cache_size = -16384",
)

# ``listed`` and ``leads`` are heaps: to append is cheap in any order, and one sort at the end takes the duplicates out.
# ``done`` is a heap too, of whole batches: servers are done in no order, and a mark in its row would cost each a page.
# A preference of -1 stands for none, since NULL never equals NULL.
TABLES = (
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID",
    "CREATE TABLE listed(text, host, port, tls, lmtp, mx, kind, detail)",
    """
    CREATE TABLE names(
        id INTEGER PRIMARY KEY, text, host, port, tls, lmtp, mx, kind, detail, tries DEFAULT 0, open DEFAULT 1
    )
    """,
    "CREATE TABLE leads(address, port, tls, lmtp, host, text, preference)",
    """
    CREATE TABLE found(
        address, port, tls, lmtp, host, text, preference,
        PRIMARY KEY(address, port, tls, lmtp, host, text, preference)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE units(id INTEGER PRIMARY KEY, address, port, tls, lmtp, names)",
    "CREATE TABLE unresolved(id INTEGER PRIMARY KEY, text, host, port, mx, kind, detail)",
    "CREATE TABLE done(units BLOB, unresolved BLOB)",
)

FORGET_LIST = ("DELETE FROM listed", "DELETE FROM leads", "DELETE FROM meta WHERE key = 'blocked'")

END_LIST = (
    """
    INSERT INTO names(text, host, port, tls, lmtp, mx, kind, detail, open)
    SELECT DISTINCT text, host, port, tls, lmtp, mx, kind, detail, kind IS NULL FROM listed
    ORDER BY host, text, port, tls, lmtp, mx
    """,
    "DELETE FROM listed",
)

# The order of the rows, and with it every id, comes from what they say and not from the order in which names were
# answered: the same list gives the same scan.
PLAN = (
    """
    INSERT INTO found SELECT DISTINCT address, port, tls, lmtp, host, text, preference FROM leads
    ORDER BY address, port, tls, lmtp, host, text, preference
    """,
    "DELETE FROM leads",
    """
    INSERT INTO units(address, port, tls, lmtp, names)
    SELECT address, port, tls, lmtp, count(*) FROM found
    GROUP BY address, port, tls, lmtp ORDER BY address, port, tls, lmtp
    """,
    "CREATE UNIQUE INDEX places ON units(address, port, tls, lmtp)",
    """
    INSERT INTO unresolved(text, host, port, mx, kind, detail)
    SELECT text, host, port, mx, kind, detail FROM names WHERE kind IS NOT NULL ORDER BY id
    """,
    "DELETE FROM names",
)

LIST_NAME = "INSERT INTO listed VALUES(?, ?, ?, ?, ?, ?, ?, ?)"
LEAD = "INSERT INTO leads VALUES(?, ?, ?, ?, ?, ?, ?)"
ANSWER = "UPDATE names SET kind = ?, detail = ?, tries = tries + 1, open = ? WHERE id = ?"
OPEN_NAMES = """
SELECT id, text, host, port, tls, lmtp, mx FROM names WHERE open AND tries = ? AND id > ? ORDER BY id LIMIT ?
"""
COUNT_UP = "INSERT INTO meta VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = value + ?2"
GET = "SELECT value FROM meta WHERE key = ?"
SCHEMA = "SELECT name FROM sqlite_schema WHERE type = 'table'"
SET = "INSERT OR REPLACE INTO meta VALUES(?, ?)"
UNITS = """
SELECT u.id, u.address, u.port, u.tls, u.lmtp, f.host, f.text, f.preference
FROM units u JOIN found f USING(address, port, tls, lmtp)
WHERE u.id IN (SELECT value FROM json_each(?)) AND u.names <= ? ORDER BY u.id, f.host, f.text, f.preference
"""
POPULAR = """
SELECT id, address, port, tls, lmtp, names FROM units WHERE id IN (SELECT value FROM json_each(?)) AND names > ?
"""
FIRST_NAMES = """
SELECT host, text, preference FROM found WHERE address = ? AND port = ? AND tls = ? AND lmtp = ?
ORDER BY host, text, preference LIMIT ?
"""
NEXT_HOST = """
SELECT host, text, preference FROM found WHERE address = ? AND port = ? AND tls = ? AND lmtp = ? AND host > ?
ORDER BY host, text, preference LIMIT 1
"""
ALL_NAMES = "SELECT text, host, preference, address, port, tls, lmtp FROM found"
UNRESOLVED = """
SELECT id, text, host, port, mx, kind, detail FROM unresolved WHERE id > ? ORDER BY id LIMIT ?
"""
DONE = "INSERT INTO done VALUES(?, ?)"
ALL_DONE = "SELECT units, unresolved FROM done WHERE rowid > ? ORDER BY rowid LIMIT ?"
FIND = "SELECT id FROM units WHERE address = ? AND port = ? AND tls = ? AND lmtp = ?"
