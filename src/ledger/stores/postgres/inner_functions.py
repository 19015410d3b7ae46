"""Functions that those of `functions` call, with the rights of their caller: no role may call them itself.

`written` writes the bytes of an entry from its columns and its event, `is_written` checks that the result is an entry
in its one form. `part` ends with the reason, if there is one, and `source` has the reserved signature before it: both
as they stand in the entry. Of the event they check that it is one object of its type, without white space between
tokens: what events mean is known to the software alone. `check_times` compares times with the server's clock,
`limit_locks` sets time-outs where a client has none. The others compute the tree: `grow` extends it, `root_at` gives
the root at a smaller size.
"""

_READING = """
CREATE FUNCTION ledger.written(stream text, version integer, recorded_at text, effective_on text, actor text,
  command text, event text, part text, source text) RETURNS bytea
LANGUAGE sql STABLE AS $$
  SELECT convert_to('{"actor":' || to_json(actor) || ',"command":' || to_json(command) || ',"effective_on":"'
    || effective_on || '","event":' || event || ',"part":' || part || ',"recorded_at":"' || recorded_at || '"' || source
    || ',"stream":' || to_json(stream) || ',"v":1,"version":' || version || '}', 'UTF8')
$$;

CREATE FUNCTION ledger.is_part(part text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  members text := '{"part":' || part || '}';
  numbers text[] := regexp_match(part, '^[[]([1-9][0-9]{0,8}),([1-9][0-9]{0,8})[]](,"reason":".+")?$');
BEGIN
  RETURN json_strip_nulls(members::json)::text = members AND numbers[1]::integer <= numbers[2]::integer
    AND members::jsonb - '{part,reason}'::text[] = '{}';
END $$;

CREATE FUNCTION ledger.is_source(source text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
  members text := '{' || substr(source, 2) || '}';
BEGIN
  RETURN json_strip_nulls(members::json)::text = members AND members::jsonb - '{sig,source}'::text[] = '{}'
    AND source ~ '^(,"sig":".+")?(,"source":{"row":[1-9][0-9]{0,8},"sha256":"[0-9a-f]{64}"})?$';
END $$;

CREATE FUNCTION ledger.is_time(recorded_at text) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT to_char(recorded_at::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') = recorded_at
$$;

CREATE FUNCTION ledger.is_written(stream text, type text, effective_on text, actor text, command text, event text,
  part text, source text) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT event LIKE '{%' AND json_strip_nulls(event::json)::text = event
    AND event::json ->> 'type' = type AND type ~ '^[a-z]+[.][a-z_]+([.][0-9]+)?$'
    AND to_char(effective_on::date, 'YYYY-MM-DD') = effective_on
    AND effective_on BETWEEN '1865-01-01' AND '2199-12-31'
    AND length(actor) BETWEEN 1 AND 128 AND length(command) BETWEEN 1 AND 128
    AND length(stream) BETWEEN 1 AND 144
    AND (part = '[1,1]' OR ledger.is_part(part)) AND (source = '' OR ledger.is_source(source))
$$;

CREATE FUNCTION ledger.check_times(earliest text, latest text, last text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever acts as the owner copies logs of other places. A last entry that is ahead of the clock cannot be undercut.
  IF NOT pg_has_role(session_user, current_user, 'MEMBER')
    AND NOT (earliest = last AND latest = last AND last::timestamptz > clock_timestamp())
  THEN
    RAISE EXCEPTION 'the time of an entry is not the time of the server' USING ERRCODE = 'LG003', DETAIL =
      latest || ' ' || to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
  END IF;
END $$;

CREATE FUNCTION ledger.limit_locks() RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  -- A client without time-outs could hold the lock for ever.
  IF current_setting('lock_timeout') = '0' THEN
    PERFORM set_config('lock_timeout', '30s', true);
  END IF;
  IF current_setting('statement_timeout') = '0' THEN
    PERFORM set_config('statement_timeout', '60s', true);
  END IF;
  IF current_setting('idle_in_transaction_session_timeout') = '0' THEN
    PERFORM set_config('idle_in_transaction_session_timeout', '20s', true);
  END IF;
END $$;
"""

_TREE = """
CREATE FUNCTION ledger.parents(nodes bytea) RETURNS bytea
LANGUAGE plpgsql AS $$
BEGIN
  RETURN (SELECT coalesce(string_agg(sha256('\\x01'::bytea || substr(nodes, 64 * n + 1, 64)), ''::bytea ORDER BY n), '')
    FROM generate_series(0, length(nodes) / 64 - 1) AS n);
END $$;

CREATE FUNCTION ledger.root_of(hashes bytea) RETURNS bytea
LANGUAGE plpgsql AS $$
DECLARE
  root bytea := substr(hashes, length(hashes) - 31);
BEGIN
  FOR place IN REVERSE length(hashes) - 63 .. 1 BY 32 LOOP
    root := sha256('\\x01'::bytea || substr(hashes, place, 32) || root);
  END LOOP;
  RETURN root;
END $$;

CREATE FUNCTION ledger.root_at(size bigint) RETURNS bytea
LANGUAGE plpgsql AS $$
DECLARE
  hashes bytea := '';
  nodes bytea;
  start bigint;
  width bigint;
BEGIN
  -- The perfect subtrees of a tree of this size, largest first, each from at most 128 hashes of a tile level.
  FOR height IN REVERSE 62 .. 0 LOOP
    CONTINUE WHEN (size >> height) & 1 = 0;
    start := (size >> height + 1 << height + 1) >> height / 8 * 8;
    width := 1 << height % 8;
    IF height < 8 THEN
      SELECT string_agg(e.leaf, ''::bytea ORDER BY e.position) INTO nodes FROM ledger.entries e
        WHERE e.position > start AND e.position <= start + width;
    ELSE
      SELECT string_agg(t.hash, ''::bytea ORDER BY t.number) INTO nodes FROM ledger.tiles t
        WHERE t.level = height / 8 AND t.number >= start AND t.number < start + width;
    END IF;
    WHILE length(nodes) > 32 LOOP
      nodes := ledger.parents(nodes);
    END LOOP;
    hashes := hashes || nodes;
  END LOOP;
  RETURN ledger.root_of(hashes);
END $$;

CREATE FUNCTION ledger.grow(before ledger.head, leaves bytea, many integer, last_time text, expected_root bytea)
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  nodes bytea := coalesce(leaves, '');
  kept bytea := before.hashes;
  fresh bytea := '';
  rest bigint := before.size;
  height integer := 0;
  new_root bytea := before.root;
BEGIN
  -- Level by level: a lone subtree of the frontier goes before the new nodes, and one without a sibling stays.
  WHILE length(nodes) > 0 LOOP
    IF height > 0 AND height % 8 = 0 THEN
      INSERT INTO ledger.tiles SELECT height / 8, rest + n, substr(nodes, 32 * n + 1, 32)
        FROM generate_series(0, length(nodes) / 32 - 1) AS n;
    END IF;
    IF rest & 1 = 1 THEN
      nodes := substr(kept, length(kept) - 31) || nodes;
      kept := substr(kept, 1, length(kept) - 32);
    END IF;
    IF length(nodes) / 32 % 2 = 1 THEN
      fresh := substr(nodes, length(nodes) - 31) || fresh;
      nodes := substr(nodes, 1, length(nodes) - 32);
    END IF;
    nodes := ledger.parents(nodes);
    rest := rest >> 1;
    height := height + 1;
  END LOOP;
  IF many > 0 THEN
    new_root := ledger.root_of(kept || fresh);
  END IF;
  IF new_root IS DISTINCT FROM expected_root THEN
    RAISE EXCEPTION 'the entries do not give the root that was sent with them' USING ERRCODE = 'LG004';
  END IF;
  UPDATE ledger.head SET size = before.size + many, recorded_at = last_time, hashes = kept || fresh, root = new_root;
END $$;
"""

INNER_FUNCTIONS = _READING + _TREE
