-- The schema of version 1, as the software made it before version 2.
CREATE TABLE ledger.entries (
  position bigint PRIMARY KEY CHECK (position > 0),
  stream text COLLATE "C" NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  type text COLLATE "C" NOT NULL,
  recorded_at text COLLATE "C" NOT NULL,
  effective_on text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  command text COLLATE "C" NOT NULL,
  leaf bytea NOT NULL,
  data bytea NOT NULL,
  UNIQUE (stream, version)
);
CREATE TABLE ledger.head (
  id integer PRIMARY KEY CHECK (id = 1),
  size bigint NOT NULL,
  recorded_at text COLLATE "C" NOT NULL,
  hashes bytea NOT NULL,
  root bytea NOT NULL
) WITH (fillfactor = 20);
CREATE TABLE ledger.tiles (
  level integer NOT NULL,
  number bigint NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (level, number)
);
CREATE TABLE ledger.commands (
  id text COLLATE "C" PRIMARY KEY,
  digest bytea NOT NULL,
  first bigint NOT NULL,
  count integer NOT NULL
);
CREATE TABLE ledger.names (
  key text COLLATE "C" NOT NULL,
  stream text COLLATE "C" NOT NULL,
  position bigint NOT NULL
);
CREATE INDEX names_by_key ON ledger.names USING btree (substr(key, 1, 200));
CREATE TABLE ledger.mentions (
  target text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (target, position)
);
CREATE TABLE ledger.checkpoints (
  number bigint PRIMARY KEY,
  size bigint NOT NULL,
  note bytea NOT NULL
);
CREATE TABLE ledger.migrations (
  version integer PRIMARY KEY
);

CREATE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of ledger.% is refused: a ledger is appended to only', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entries
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER checkpoints_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER head_stays BEFORE DELETE OR TRUNCATE ON ledger.head
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER head_grows BEFORE UPDATE ON ledger.head
  FOR EACH ROW WHEN (NEW.size < OLD.size OR NEW.recorded_at < OLD.recorded_at) EXECUTE FUNCTION ledger.refuse();

CREATE FUNCTION ledger.hold(OUT size bigint, OUT recorded_at text, OUT hashes bytea, OUT root bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  SELECT h.size, h.recorded_at, h.hashes, h.root INTO STRICT size, recorded_at, hashes, root
    FROM ledger.head h FOR UPDATE;
END $$;

CREATE FUNCTION ledger.append_one(
  known bigint, known_root bytea, on_all boolean, read_streams text[], read_versions integer[], read_names text[],
  new_stream text, new_version integer, new_type text, new_recorded_at text, new_effective_on text, new_actor text,
  new_command text, new_data bytea, new_digest bytea, name_keys text[], mentioned text[],
  time_at integer, number_at integer, digits integer,
  OUT now_size bigint, OUT now_recorded_at text, OUT now_hashes bytea, OUT now_root bytea, OUT others text[]
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  head ledger.head;
  is_alone boolean;
  looked_up text;
  last_version integer;
  last_number text;
  prefix text;
  leaf bytea;
  rest bigint;
  height integer := 0;
BEGIN
  SELECT * INTO STRICT head FROM ledger.head FOR UPDATE;
  is_alone := head.size = known AND head.root = known_root;
  IF NOT is_alone THEN
    IF on_all OR head.size <= known OR EXISTS (
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
      IF time_at IS NULL OR head.recorded_at::timestamptz > new_recorded_at::timestamptz + interval '1 second' THEN
        RAISE EXCEPTION 'others recorded meanwhile, later' USING ERRCODE = 'LG001';
      END IF;
      new_recorded_at := head.recorded_at;
      new_data := overlay(new_data PLACING convert_to(new_recorded_at, 'UTF8') FROM time_at);
    END IF;
  END IF;
  SELECT e.version INTO last_version FROM ledger.entries e WHERE e.stream = new_stream ORDER BY e.version DESC LIMIT 1;
  IF digits IS NOT NULL AND last_version IS NOT NULL AND NOT is_alone THEN
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
    new_data := overlay(new_data PLACING convert_to(last_number, 'UTF8') FROM number_at);
    last_version := NULL;
  END IF;
  IF new_version <> coalesce(last_version, 0) + 1 THEN
    IF NOT is_alone THEN
      RAISE EXCEPTION 'others recorded meanwhile' USING ERRCODE = 'LG001';
    END IF;
    RAISE EXCEPTION 'a version does not follow'
      USING ERRCODE = 'LG002', DETAIL = format('%s %s %s', coalesce(last_version, 0) + 1, new_version, new_stream);
  END IF;
  leaf := sha256('\x00'::bytea || new_data);
  now_size := head.size + 1;
  now_recorded_at := new_recorded_at;
  now_hashes := head.hashes;
  now_root := leaf;
  rest := now_size;
  -- Every trailing zero bit of the new size merges the last two subtrees of equal size; a whole tile is kept.
  WHILE rest & 1 = 0 LOOP
    now_root := sha256('\x01'::bytea || substr(now_hashes, length(now_hashes) - 31) || now_root);
    now_hashes := substr(now_hashes, 1, length(now_hashes) - 32);
    rest := rest >> 1;
    height := height + 1;
    IF height % 8 = 0 THEN
      INSERT INTO ledger.tiles VALUES (height / 8, rest - 1, now_root);
    END IF;
  END LOOP;
  now_hashes := now_hashes || now_root;
  FOR at IN REVERSE length(now_hashes) - 63 .. 1 BY 32 LOOP
    now_root := sha256('\x01'::bytea || substr(now_hashes, at, 32) || now_root);
  END LOOP;
  UPDATE ledger.head SET size = now_size, recorded_at = now_recorded_at, hashes = now_hashes, root = now_root;
  INSERT INTO ledger.entries VALUES (
    now_size, new_stream, new_version, new_type, new_recorded_at, new_effective_on, new_actor, new_command, leaf,
    new_data);
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

CREATE FUNCTION ledger.append(
  expected bigint, expected_root bytea, new_hashes bytea, new_root bytea,
  streams text[], versions integer[], types text[],
  recorded text[], effective text[], actors text[], commands text[], datas bytea[],
  command_ids text[], digests bytea[], firsts bigint[], counts integer[],
  name_keys text[], name_streams text[], name_positions bigint[], mentioned text[], mention_positions bigint[],
  tile_levels integer[], tile_numbers bigint[], tile_hashes bytea[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  many integer := coalesce(array_length(streams, 1), 0);
  fits boolean := true;
  misfit record;
BEGIN
  UPDATE ledger.head SET size = expected + many, recorded_at = coalesce(recorded[many], head.recorded_at),
    hashes = new_hashes, root = new_root
    WHERE id = 1 AND size = expected AND root = expected_root;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'others recorded meanwhile' USING ERRCODE = 'LG001';
  END IF;
  BEGIN
    INSERT INTO ledger.entries
      SELECT expected + n.place, n.stream, n.version, n.type, n.recorded_at, n.effective_on, n.actor, n.command,
        sha256('\x00'::bytea || n.data), n.data
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
  INSERT INTO ledger.commands SELECT * FROM unnest(command_ids, digests, firsts, counts);
  INSERT INTO ledger.names SELECT * FROM unnest(name_keys, name_streams, name_positions);
  INSERT INTO ledger.mentions SELECT * FROM unnest(mentioned, mention_positions);
  INSERT INTO ledger.tiles SELECT * FROM unnest(tile_levels, tile_numbers, tile_hashes);
END $$;

CREATE FUNCTION ledger.keep_checkpoint(new_size bigint, new_note bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM 1 FROM ledger.head FOR UPDATE;
  INSERT INTO ledger.checkpoints
    SELECT coalesce(max(number), 0) + 1, new_size, new_note FROM ledger.checkpoints;
END $$;

REVOKE ALL ON SCHEMA ledger FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA ledger FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
INSERT INTO ledger.head SELECT 1, 0, '', ''::bytea, sha256(''::bytea);
