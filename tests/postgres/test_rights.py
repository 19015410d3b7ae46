"""Verification finds rights, owners, policies, settings and triggers that `ledger migrate` does not make."""

import json
from collections.abc import Iterator

import pytest

from tests.postgres.logins import Logins, codes, logins

OTHER_TRIGGER = """
CREATE SCHEMA mine;
CREATE FUNCTION mine.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
DROP TRIGGER entries_stay ON ledger.entries;
CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entries EXECUTE FUNCTION mine.refuse();
"""
OWN_TRIGGER = """
DROP TRIGGER entries_stay ON ledger.entries;
DROP SCHEMA mine CASCADE;
CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entries EXECUTE FUNCTION ledger.refuse();
"""


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logins]:
    """Return four logins on a ledger; each test takes back what it changed."""
    with logins(tmp_path_factory.mktemp("desks")) as given:
        yield given


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logins]:
    """Return four logins on a ledger of the test's own."""
    with logins(tmp_path_factory.mktemp("desks")) as given:
        yield given


def test_all_four_verify(four: Logins) -> None:
    """Given a ledger as `migrate` makes it, when any of the four verifies, then there is no finding."""
    assert [set()] * 4 == [codes(four, role) for role in ("reader", "recorder", "officer", "owner")]


CHANGES = (
    ("owner", "GRANT UPDATE ON ledger.head TO {recorder}", "REVOKE UPDATE ON ledger.head FROM {recorder}",
     "foreign-right"),
    ("owner", "GRANT TRIGGER ON ledger.names TO {reader}", "REVOKE TRIGGER ON ledger.names FROM {reader}",
     "foreign-right"),
    ("owner", "GRANT INSERT (key) ON ledger.names TO {reader}", "REVOKE INSERT (key) ON ledger.names FROM {reader}",
     "foreign-right"),
    ("owner", "GRANT SELECT ON ledger.names TO PUBLIC", "REVOKE SELECT ON ledger.names FROM PUBLIC", "foreign-right"),
    ("owner", "GRANT SELECT ON ledger.names TO {reader} WITH GRANT OPTION",
     "REVOKE GRANT OPTION FOR SELECT ON ledger.names FROM {reader}", "foreign-right"),
    ("owner", "GRANT CREATE ON SCHEMA ledger TO {reader}", "REVOKE CREATE ON SCHEMA ledger FROM {reader}",
     "foreign-right"),
    ("owner", "GRANT EXECUTE ON FUNCTION ledger.grow TO {recorder}",
     "REVOKE EXECUTE ON FUNCTION ledger.grow FROM {recorder}", "foreign-right"),
    ("owner", "GRANT EXECUTE ON FUNCTION ledger.append TO PUBLIC",
     "REVOKE EXECUTE ON FUNCTION ledger.append FROM PUBLIC", "foreign-right"),
    ("admin", "GRANT {owner} TO {reader}", "REVOKE {owner} FROM {reader}", "foreign-right"),
    ("admin", "GRANT pg_write_all_data TO {recorder}", "REVOKE pg_write_all_data FROM {recorder}", "foreign-right"),
    ("admin", "ALTER TABLE ledger.names OWNER TO {recorder}", "ALTER TABLE ledger.names OWNER TO {owner}",
     "foreign-owner"),
    ("admin", "ALTER FUNCTION ledger.hold OWNER TO {recorder}",
     "ALTER FUNCTION ledger.hold OWNER TO {owner}; GRANT EXECUTE ON FUNCTION ledger.hold TO {recorder}",
     "foreign-owner"),
    ("owner", "CREATE POLICY hidden ON ledger.entries USING (true)", "DROP POLICY hidden ON ledger.entries",
     "foreign-schema"),
    ("owner", "ALTER TABLE ledger.entries ENABLE ROW LEVEL SECURITY",
     "ALTER TABLE ledger.entries DISABLE ROW LEVEL SECURITY", "changed-schema"),
    ("owner", "ALTER TABLE ledger.checkpoints FORCE ROW LEVEL SECURITY",
     "ALTER TABLE ledger.checkpoints NO FORCE ROW LEVEL SECURITY", "changed-schema"),
    ("owner", "ALTER DATABASE {database} SET search_path = public", "ALTER DATABASE {database} RESET search_path",
     "foreign-setting"),
    ("owner", "ALTER DATABASE {database} SET row_security = off", "ALTER DATABASE {database} RESET row_security",
     "foreign-setting"),
    ("admin", "ALTER DATABASE {database} SET session_replication_role = replica",
     "ALTER DATABASE {database} RESET session_replication_role", "foreign-setting"),
    ("admin", "ALTER ROLE {recorder} SET session_replication_role = replica",
     "ALTER ROLE {recorder} RESET session_replication_role", "foreign-setting"),
    ("owner", "CREATE TABLE public.child () INHERITS (ledger.entries)", "DROP TABLE public.child", "foreign-schema"),
    ("owner", OTHER_TRIGGER, OWN_TRIGGER, "changed-schema"),
    ("owner", "CREATE FUNCTION ledger.hold(one integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
     "DROP FUNCTION ledger.hold(integer)", "foreign-schema"),
)  # fmt: skip


@pytest.mark.parametrize(("role", "change", "back", "code"), CHANGES)
def test_verification_tells_what_migrate_does_not_make(
    four: Logins, role: str, change: str, back: str, code: str
) -> None:
    """Given a right, owner, policy or setting that `migrate` does not make, when a reader verifies, it is found."""
    database = four.admin.rpartition("/")[2]

    def run(statement: str) -> None:
        text = four.filled(statement.replace("{database}", database))
        four.as_admin(text) if role == "admin" else four.run(role, text)

    run(change)
    try:
        assert code in codes(four)
    finally:
        run(back)
    assert set() == codes(four)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("DROP INDEX ledger.names_by_key", "missing-index"),
        ("DROP FUNCTION ledger.append", "missing-function"),
        ("ALTER TABLE ledger.tiles DROP CONSTRAINT tiles_pkey", "missing-constraint"),
        ("ALTER TABLE ledger.entries DROP COLUMN login", "missing-column"),
        ("GRANT SELECT ON ledger.names TO PUBLIC", "foreign-right"),
    ],
)
def test_the_product_prints_each_finding(own: Logins, change: str, code: str) -> None:
    """Given a change that only a server knows, when a reader types `ledger verify`, then it is listed with its step."""
    own.run("owner", change)
    answer, exit_code = own.type("reader", "verify --log-only --format json")
    found = {(finding["code"], finding["step"]) for finding in json.loads(answer)["findings"]}
    assert (1, True) == (exit_code, (code, 1) in found), answer
