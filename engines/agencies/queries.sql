-- ---- agencies ----

-- name: agencies_count :one
-- out: n integer
SELECT count(*) AS n FROM agency;

-- name: agency_insert :exec
INSERT INTO agency (code, name, short_name, kind, parent, since, until)
VALUES ($code, $name, $short_name, $kind, $parent?, $since, $until);

-- name: agency_alias_insert :exec
INSERT INTO agency_alias (key, agency, alias) VALUES ($key, $agency, $alias) ON CONFLICT (key, agency) DO NOTHING;

-- name: agency_expected_insert :exec
INSERT INTO agency_expected (agency, successor, on_day, source) VALUES ($agency, $successor, $on_day, $source);

-- name: agency_row :one
-- row: struct agency in engines/agencies/agencies.h
SELECT code, name, short_name, kind, parent, since, until FROM agency WHERE code = $code;

-- name: agencies_in_force :many
-- row: struct agency in engines/agencies/agencies.h
-- all: a province has some sixty agencies
SELECT code, name, short_name, kind, parent, since, until FROM agency
WHERE since <= $today::day_text AND until > $today::day_text ORDER BY code;

-- name: agencies_recorded :many
-- row: struct agency in engines/agencies/agencies.h
-- all: a province has some sixty agencies
SELECT code, name, short_name, kind, parent, since, until FROM agency ORDER BY code;

-- name: agencies_by_key :many
-- row: struct agency in engines/agencies/agencies.h
SELECT a.code, a.name, a.short_name, a.kind, a.parent, a.since, a.until
FROM agency_alias k JOIN agency a ON a.code = k.agency
WHERE k.key = $key AND a.since <= $today::day_text AND a.until > $today::day_text ORDER BY a.code LIMIT 2;

-- name: agency_keys_on :many
-- row: struct agency_name in engines/agencies/agencies.h
-- all: a few names for each of some sixty agencies
SELECT k.key, k.alias, k.agency AS code FROM agency_alias k JOIN agency a ON a.code = k.agency
WHERE a.since <= $today::day_text AND a.until > $today::day_text ORDER BY k.key, k.agency;

-- name: agency_expected_of :many
-- row: struct agency_expected in engines/agencies/agencies.h
SELECT x.successor, g.name AS successor_name, x.source, x.on_day AS "on"
FROM agency_expected x JOIN agency was ON was.code = x.agency
LEFT JOIN agency g ON g.code = x.successor WHERE x.agency = $agency AND was.until > x.on_day ORDER BY x.successor LIMIT 20;

-- What was decided for any agency that has not ended yet.
-- name: agency_expected_open :many
SELECT x.agency, was.name AS agency_name, x.successor, x.on_day, x.source, g.name FROM agency_expected x
JOIN agency was ON was.code = x.agency LEFT JOIN agency g ON g.code = x.successor
WHERE was.until > x.on_day ORDER BY x.on_day, x.agency, x.successor LIMIT 200;

-- ---- succession ----

-- name: agency_until_set :exec
UPDATE agency SET until = $until WHERE code = $code;

-- name: succession_insert :id
INSERT INTO agency_succession (from_agency, to_agency, on_day, decree, covers, made_at, account)
VALUES ($from_agency, $to_agency, $on_day, $decree, $covers, $made_at, $account) RETURNING id;

-- name: succession_part_insert :exec
INSERT INTO agency_succession_part (succession, module, was, became) VALUES ($succession, $module, $was, $became);

-- name: succession_row_insert :exec
INSERT INTO agency_succession_row (succession, n, module, object, was, became)
VALUES ($succession, $n, $module, $object, $was, $became);

-- name: succession_by_id :one
-- row: struct succession_act in engines/agencies/agencies.h
-- out: undone bool_int
SELECT s.id, s.from_agency AS "from", f.name AS from_name, s.to_agency AS "to", t.name AS to_name, s.decree, s.covers, s.on_day AS "on",
    s.undone_at IS NOT NULL AS undone
FROM agency_succession s JOIN agency f ON f.code = s.from_agency JOIN agency t ON t.code = s.to_agency WHERE s.id = $id;

-- name: successions :many
-- row: struct succession_act in engines/agencies/agencies.h
-- out: undone bool_int
SELECT s.id, s.from_agency AS "from", f.name AS from_name, s.to_agency AS "to", t.name AS to_name, s.decree, s.covers, s.on_day AS "on",
    s.undone_at IS NOT NULL AS undone
FROM agency_succession s JOIN agency f ON f.code = s.from_agency JOIN agency t ON t.code = s.to_agency
ORDER BY s.id DESC LIMIT 200;

-- name: successions_of :many
-- row: struct succession_act in engines/agencies/agencies.h
-- out: undone bool_int
SELECT s.id, s.from_agency AS "from", f.name AS from_name, s.to_agency AS "to", t.name AS to_name, s.decree, s.covers, s.on_day AS "on",
    s.undone_at IS NOT NULL AS undone
FROM agency_succession s JOIN agency f ON f.code = s.from_agency JOIN agency t ON t.code = s.to_agency
WHERE s.from_agency = $agency::text OR s.to_agency = $agency::text ORDER BY s.id DESC LIMIT 200;

-- name: succession_part :one
SELECT was, became FROM agency_succession_part WHERE succession = $succession AND module = $module;

-- name: succession_rows :many
-- row: struct succession_change in engines/agencies/agencies.h
-- all: what one agency held: its duties, officers and open work
SELECT module, object, was, became FROM agency_succession_row WHERE succession = $succession ORDER BY n;

-- name: succession_undone :exec
UPDATE agency_succession SET undone_at = $undone_at::instant_int, undone_by = $undone_by::id_int
WHERE id = $id AND undone_at IS NULL;
