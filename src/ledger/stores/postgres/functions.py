"""The functions of the schema `ledger` in PostgreSQL: roles append with them only (see `schema`).

They believe nothing of their caller but what only the software can know (the digest of a command, keys of names,
references, what an event means). The server writes the bytes of an entry from its columns, computes leaf hashes, tiles,
frontier and root, and stores the login next to the entry. A login that is not the owner's records at the server's time,
give or take five minutes.

`append_one` appends one entry for a caller that does not hold the lock, and validates the caller's read set under the
lock. If other writers recorded meanwhile, it writes two values of its own into the entry: the time, if theirs is a
little later, and the number of a new stream, if it is taken.
`append` appends many entries for a caller that holds the lock; the root that the caller computed must be the server's.
"""

from ledger.stores.postgres.inner_functions import INNER_FUNCTIONS

# LG001: other writers recorded meanwhile. LG002: a version does not follow the one before; DETAIL has the expected
# version, the given version and the stream. LG003: the time of an entry is not the server's; DETAIL has both.
# LG004: what was given is not an entry, or not a checkpoint of this log.
_HOLD = """
CREATE FUNCTION ledger.hold(OUT size bigint, OUT recorded_at text, OUT hashes bytea, OUT root bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF '0' IN (current_setting('lock_timeout'), current_setting('statement_timeout'),
    current_setting('idle_in_transaction_session_timeout'))
  THEN
    PERFORM ledger.limit_locks();
  END IF;
  SELECT h.size, h.recorded_at, h.hashes, h.root INTO STRICT size, recorded_at, hashes, root
    FROM ledger.head h FOR UPDATE;
END $$;
"""

_APPEND_ONE = """
CREATE FUNCTION ledger.append_one(
  known bigint, known_root bytea, on_all boolean, read_streams text[], read_versions integer[], read_names text[],
  new_stream text, new_version integer, new_type text, new_recorded_at text, new_effective_on text, new_actor text,
  new_command text, new_event text, new_part text, new_source text, new_digest bytea, name_keys text[],
  mentioned text[], digits integer,
  OUT now_size bigint, OUT now_recorded_at text, OUT now_hashes bytea, OUT now_root bytea, OUT others text[]
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  head ledger.head;
  new_data bytea;
  is_alone boolean;
  looked_up text;
  last_version integer;
  last_number text;
  prefix text;
  leaf bytea;
  rest bigint;
  height integer := 0;
BEGIN
  IF '0' IN (current_setting('lock_timeout'), current_setting('statement_timeout'),
    current_setting('idle_in_transaction_session_timeout'))
  THEN
    PERFORM ledger.limit_locks();
  END IF;
  SELECT * INTO STRICT head FROM ledger.head FOR UPDATE;
  is_alone := head.size = known AND head.root = known_root;
  IF is_alone IS NOT TRUE THEN
    IF on_all IS NOT FALSE OR (head.size > known) IS NOT TRUE OR EXISTS (
      SELECT 1 FROM unnest(read_streams, read_versions) AS r(stream, version) WHERE r.stream <> new_stream AND (
        SELECT e.position FROM ledger.entries e WHERE e.stream = r.stream AND e.version = r.version + 1) IS NOT NULL
    ) THEN
      RAISE EXCEPTION 'others recorded meanwhile' USING ERRCODE = 'LG001';
    END IF;
    FOREACH looked_up IN ARRAY read_names LOOP
      PERFORM 1 FROM ledger.names n
        WHERE substr(n.key, 1, 200) = substr(looked_up, 1, 200) AND n.key = looked_up AND n.position > known;
      IF FOUND THEN
        RAISE EXCEPTION 'others recorded meanwhile' USING ERRCODE = 'LG001';
      END IF;
    END LOOP;
    others := CASE WHEN head.size - known <= 1000 THEN ARRAY(
      SELECT e.stream FROM ledger.entries e WHERE e.position > known AND e.position <= head.size) END;
    IF new_recorded_at < head.recorded_at THEN
      IF head.recorded_at::timestamptz > new_recorded_at::timestamptz + interval '1 second' THEN
        RAISE EXCEPTION 'others recorded meanwhile, later' USING ERRCODE = 'LG001';
      END IF;
      new_recorded_at := head.recorded_at;
    END IF;
  END IF;
  IF new_recorded_at::timestamptz
    NOT BETWEEN clock_timestamp() - interval '5 minutes' AND clock_timestamp() + interval '5 minutes'
  THEN
    PERFORM ledger.check_times(new_recorded_at, new_recorded_at, head.recorded_at);
  END IF;
  SELECT e.version INTO last_version FROM ledger.entries e WHERE e.stream = new_stream ORDER BY e.version DESC LIMIT 1;
  IF digits BETWEEN 1 AND 18 AND last_version IS NOT NULL AND NOT is_alone THEN
    prefix := left(new_stream, -digits);
    SELECT right(e.stream, digits) INTO STRICT last_number FROM ledger.entries e
      WHERE e.stream BETWEEN prefix || repeat('0', digits) AND prefix || repeat('9', digits)
        AND length(e.stream) = length(new_stream)
      ORDER BY e.stream DESC LIMIT 1;
    IF last_number !~ '^[0-9]+$' OR last_number = repeat('9', digits) THEN
      RAISE EXCEPTION 'others recorded meanwhile' USING ERRCODE = 'LG001';
    END IF;
    last_number := lpad((last_number::bigint + 1)::text, digits, '0');
    new_stream := prefix || last_number;
    last_version := NULL;
  END IF;
  IF new_version <> coalesce(last_version, 0) + 1 THEN
    IF NOT is_alone THEN
      RAISE EXCEPTION 'others recorded meanwhile' USING ERRCODE = 'LG001';
    END IF;
    RAISE EXCEPTION 'a version does not follow' USING ERRCODE = 'LG002',
      DETAIL = format('%s %s %s', coalesce(last_version, 0) + 1, new_version, new_stream);
  END IF;
  new_data := ledger.written(new_stream, new_version, new_recorded_at, new_effective_on, new_actor, new_command,
    new_event, new_part, new_source);
  leaf := sha256('\\x00'::bytea || new_data);
  now_size := head.size + 1;
  now_recorded_at := new_recorded_at;
  IF (octet_length(new_data) <= 65535 AND new_recorded_at >= head.recorded_at
    AND (new_type <> 'ledger.opened' OR now_size = 1)
    AND ledger.is_time(new_recorded_at) AND ledger.is_written(new_stream, new_type, new_effective_on, new_actor,
      new_command, new_event, new_part, new_source)) IS NOT TRUE
  THEN
    RAISE EXCEPTION 'what was sent is not an entry that can follow the last one' USING ERRCODE = 'LG004';
  END IF;
  now_hashes := head.hashes;
  now_root := leaf;
  rest := now_size;
  -- Every trailing zero bit of the new size merges the last two subtrees of equal size; a whole tile is kept.
  WHILE rest & 1 = 0 LOOP
    now_root := sha256('\\x01'::bytea || substr(now_hashes, length(now_hashes) - 31) || now_root);
    now_hashes := substr(now_hashes, 1, length(now_hashes) - 32);
    rest := rest >> 1;
    height := height + 1;
    IF height % 8 = 0 THEN
      INSERT INTO ledger.tiles VALUES (height / 8, rest - 1, now_root);
    END IF;
  END LOOP;
  now_hashes := now_hashes || now_root;
  FOR place IN REVERSE length(now_hashes) - 63 .. 1 BY 32 LOOP
    now_root := sha256('\\x01'::bytea || substr(now_hashes, place, 32) || now_root);
  END LOOP;
  UPDATE ledger.head SET size = now_size, recorded_at = now_recorded_at, hashes = now_hashes, root = now_root;
  INSERT INTO ledger.entries VALUES (
    now_size, new_stream, new_version, new_type, new_recorded_at, new_effective_on, new_actor,
    new_command, leaf, new_data, session_user);
  IF new_digest IS NOT NULL THEN
    INSERT INTO ledger.commands VALUES (new_command, new_digest, now_size, 1);
  END IF;
  IF name_keys IS NOT NULL THEN
    INSERT INTO ledger.names SELECT k, new_stream, now_size FROM unnest(name_keys) AS k;
  END IF;
  IF mentioned IS NOT NULL THEN
    INSERT INTO ledger.mentions SELECT m, now_size FROM unnest(mentioned) AS m;
  END IF;
END $$;
"""

_APPEND = """
CREATE FUNCTION ledger.append(
  expected bigint, expected_root bytea, new_root bytea,
  streams text[], versions integer[], types text[], recorded text[], effective text[], actors text[], commands text[],
  events text[], parts text[], sources text[],
  command_ids text[], digests bytea[], firsts bigint[], counts integer[],
  name_keys text[], name_positions bigint[], mentioned text[], mention_positions bigint[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  head ledger.head;
  many integer := coalesce(array_length(streams, 1), 0);
  datas bytea[];
  nodes bytea;
  are_entries boolean;
  misfit record;
  fits boolean := true;
BEGIN
  IF '0' IN (current_setting('lock_timeout'), current_setting('statement_timeout'),
    current_setting('idle_in_transaction_session_timeout'))
  THEN
    PERFORM ledger.limit_locks();
  END IF;
  SELECT * INTO STRICT head FROM ledger.head FOR UPDATE;
  IF (head.size = expected AND head.root = expected_root) IS NOT TRUE THEN
    RAISE EXCEPTION 'others recorded meanwhile' USING ERRCODE = 'LG001';
  END IF;
  IF many > 0 THEN
    SELECT array_agg(w.data), string_agg(sha256('\\x00'::bytea || w.data), ''::bytea), bool_and(w.is_entry)
      INTO datas, nodes, are_entries FROM (
        SELECT ledger.written(stream, version, recorded_at, effective_on, actor, command, event, part, source) AS data,
          ledger.is_written(stream, type, effective_on, actor, command, event, part, source) IS TRUE
            AND (recorded_at = lag(recorded_at) OVER (ORDER BY place) OR (ledger.is_time(recorded_at)
              AND recorded_at >= lag(recorded_at, 1, head.recorded_at) OVER (ORDER BY place)) IS TRUE) IS TRUE
            AND (type <> 'ledger.opened' OR expected + place = 1) AS is_entry
        FROM unnest(streams, versions, types, recorded, effective, actors, commands, events, parts, sources)
          WITH ORDINALITY AS n(stream, version, type, recorded_at, effective_on, actor, command, event, part, source,
            place)
        ORDER BY place
      ) AS w;
    IF NOT are_entries OR (SELECT max(octet_length(d)) FROM unnest(datas) AS d) > 65535 THEN
      RAISE EXCEPTION 'what was sent is not a run of entries that can follow the last one' USING ERRCODE = 'LG004';
    END IF;
    IF recorded[1]::timestamptz < clock_timestamp() - interval '5 minutes'
      OR recorded[many]::timestamptz > clock_timestamp() + interval '5 minutes'
    THEN
      PERFORM ledger.check_times(recorded[1], recorded[many], head.recorded_at);
    END IF;
  END IF;
  BEGIN
    INSERT INTO ledger.entries
      SELECT expected + n.place, n.stream, n.version, n.type, n.recorded_at, n.effective_on, n.actor, n.command,
        substr(nodes, 32 * n.place::integer - 31, 32), n.data, session_user
      FROM unnest(streams, versions, types, recorded, effective, actors, commands, datas)
        WITH ORDINALITY AS n(stream, version, type, recorded_at, effective_on, actor, command, data, place);
  EXCEPTION WHEN unique_violation OR check_violation THEN
    fits := false;
  END;
  -- A subquery and not a join, which could be planned as a pass over the whole log.
  IF NOT fits OR EXISTS (
    SELECT 1 FROM (
      SELECT n.stream, min(n.version) AS lowest, max(n.version) AS highest, count(*) AS number
      FROM unnest(streams, versions) AS n(stream, version) GROUP BY n.stream
    ) AS g WHERE g.highest - g.lowest + 1 <> g.number OR (g.lowest > 1 AND (
      SELECT e.position FROM ledger.entries e WHERE e.stream = g.stream AND e.version = g.lowest - 1) IS NULL)
  ) THEN
    SELECT g.next, g.version, g.stream INTO STRICT misfit FROM (
      SELECT n.place, n.version, n.stream, row_number() OVER (PARTITION BY n.stream ORDER BY n.place) + coalesce((
        SELECT e.version FROM ledger.entries e WHERE e.stream = n.stream AND e.position <= expected
        ORDER BY e.version DESC LIMIT 1), 0) AS next
      FROM unnest(streams, versions) WITH ORDINALITY AS n(stream, version, place)
    ) AS g WHERE g.version <> g.next ORDER BY g.place LIMIT 1;
    RAISE EXCEPTION 'a version does not follow'
      USING ERRCODE = 'LG002', DETAIL = format('%s %s %s', misfit.next, misfit.version, misfit.stream);
  END IF;
  PERFORM ledger.grow(head, nodes, many, coalesce(recorded[many], head.recorded_at), new_root);
  IF EXISTS (SELECT 1 FROM unnest(command_ids, firsts, counts) AS c(id, first, count)
      WHERE c.id IS DISTINCT FROM (SELECT e.command FROM ledger.entries e WHERE e.position = c.first)
        OR c.id IS DISTINCT FROM (SELECT e.command FROM ledger.entries e WHERE e.position = c.first + c.count - 1))
    OR EXISTS (SELECT 1 FROM unnest(name_positions || mention_positions) AS p
      WHERE (p BETWEEN expected + 1 AND expected + many) IS NOT TRUE)
  THEN
    RAISE EXCEPTION 'a command, a name or a reference does not belong to these entries' USING ERRCODE = 'LG004';
  END IF;
  INSERT INTO ledger.commands SELECT * FROM unnest(command_ids, digests, firsts, counts);
  INSERT INTO ledger.names
    SELECT n.key, streams[n.position - expected], n.position FROM unnest(name_keys, name_positions) AS n(key, position);
  INSERT INTO ledger.mentions SELECT * FROM unnest(mentioned, mention_positions);
END $$;
"""

_KEEP_CHECKPOINT = """
CREATE FUNCTION ledger.keep_checkpoint(new_size bigint, new_note bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  written text;
  body text;
  origin text;
  head ledger.head;
BEGIN
  IF '0' IN (current_setting('lock_timeout'), current_setting('statement_timeout'),
    current_setting('idle_in_transaction_session_timeout'))
  THEN
    PERFORM ledger.limit_locks();
  END IF;
  IF length(new_note) > 65535 THEN
    RAISE EXCEPTION 'the checkpoint is too long' USING ERRCODE = 'LG004';
  END IF;
  written := convert_from(new_note, 'UTF8');
  SELECT * INTO STRICT head FROM ledger.head FOR UPDATE;
  SELECT convert_from(e.data, 'UTF8')::jsonb -> 'event' ->> 'origin' INTO origin
    FROM ledger.entries e WHERE e.position = 1;
  IF new_size BETWEEN 1 AND head.size THEN
    body := concat(origin, E'\\n', new_size, E'\\n', encode(ledger.root_at(new_size), 'base64'), E'\\n');
  END IF;
  -- Its text is this one; then an empty line, and 1 to 100 lines of signatures, of which one bears the log's name.
  IF (origin IS NOT NULL AND starts_with(written, body || E'\\n')
    AND substr(written, length(body) + 2) ~ E'^(\u2014 [^ \\n]+ [A-Za-z0-9+/]+={0,2}\\n){1,100}$'
    AND position(E'\\n\u2014 ' || origin || ' ' IN written) > 0
  ) IS NOT TRUE THEN
    RAISE EXCEPTION 'the bytes are not a checkpoint of this log' USING ERRCODE = 'LG004';
  END IF;
  INSERT INTO ledger.checkpoints
    SELECT coalesce(max(number), 0) + 1, new_size, new_note FROM ledger.checkpoints;
END $$;
"""

FUNCTIONS = INNER_FUNCTIONS + _HOLD + _APPEND_ONE + _APPEND + _KEEP_CHECKPOINT
