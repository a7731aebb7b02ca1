-- ---- units ----

-- name: units_count :one
-- out: n integer
SELECT count(*) AS n FROM unit;

-- name: unit_insert :exec
INSERT INTO unit (id, code, level, name, short_name, path, parent_code, since, until, lat_e6, lon_e6)
VALUES ($id, $code, $level, $name, $short_name, $path, $parent_code?, $since, $until, $lat_e6?, $lon_e6?)
ON CONFLICT DO NOTHING;

-- name: unit_successor_insert :exec
INSERT INTO unit_successor (unit, successor, extent) VALUES ($unit, $successor, $extent) ON CONFLICT DO NOTHING;

-- name: unit_reach_insert :exec
INSERT INTO unit_reach (unit, territory) VALUES ($unit, $territory) ON CONFLICT DO NOTHING;

-- name: ethnic_group_insert :exec
INSERT INTO ethnic_group (code, name) VALUES ($code, $name) ON CONFLICT DO NOTHING;

-- The units of one level in force on a day.
-- name: units_on_day :many
SELECT id, code, level, name, parent_code, since, until FROM unit
WHERE level = $level AND since <= $on::day_text AND until > $on
ORDER BY code LIMIT 4000;

-- name: unit_on_day :one
SELECT id, code, level, name, parent_code, since, until FROM unit
WHERE code = $code AND since <= $on::day_text AND until > $on;

-- name: unit_successors :many
SELECT u.id, u.code, u.level, u.name, u.parent_code, u.since, u.until
FROM unit_successor s JOIN unit u ON u.id = s.successor
WHERE s.unit = $unit ORDER BY u.code LIMIT 100;

-- Each code is read as the unit of that day, or, when the day knows none, as the one that came last before or first after.
-- name: unit_reaches :one
-- out: n integer
SELECT count(*) AS n FROM unit_reach
WHERE unit = (SELECT id FROM unit WHERE code = $unit::unit_text
              ORDER BY CASE WHEN since <= $on::day_text AND until > $on THEN 0 WHEN since <= $on THEN 1 ELSE 2 END,
                       CASE WHEN since > $on THEN since ELSE '' END, since DESC LIMIT 1)
  AND territory = (SELECT id FROM unit WHERE code = $territory::unit_text
                   ORDER BY CASE WHEN since <= $on AND until > $on THEN 0 WHEN since <= $on THEN 1 ELSE 2 END,
                       CASE WHEN since > $on THEN since ELSE '' END, since DESC LIMIT 1);

-- ---- persons ----

-- What a declaration is compared with: nothing a screen would show.
-- name: person_claimed :one
SELECT id, name, name_key, born, died FROM person WHERE pid = $pid;

-- name: person_entry_by_pid :one
-- out: ethnic text
-- out: origin text?
-- out: unit unit_text?
-- out: address text?
SELECT p.id, p.pid, p.name, p.born, p.sex, g.name AS ethnic, p.religion, o.path AS origin, u.code AS unit,
       r.address || ', ' || u.path AS address, p.household, p.died
FROM person p
JOIN ethnic_group g ON g.code = p.ethnic
LEFT JOIN unit o ON o.id = p.origin
LEFT JOIN residence r ON r.person = p.id AND r.kind = 1 AND r.until IS NULL
LEFT JOIN unit u ON u.id = r.unit
WHERE p.pid = $pid ORDER BY r.since DESC LIMIT 1;

-- name: person_entry_by_id :one
-- out: ethnic text
-- out: origin text?
-- out: unit unit_text?
-- out: address text?
SELECT p.id, p.pid, p.name, p.born, p.sex, g.name AS ethnic, p.religion, o.path AS origin, u.code AS unit,
       r.address || ', ' || u.path AS address, p.household, p.died
FROM person p
JOIN ethnic_group g ON g.code = p.ethnic
LEFT JOIN unit o ON o.id = p.origin
LEFT JOIN residence r ON r.person = p.id AND r.kind = 1 AND r.until IS NULL
LEFT JOIN unit u ON u.id = r.unit
WHERE p.id = $id ORDER BY r.since DESC LIMIT 1;

-- name: person_children :many
SELECT id, name, born FROM person WHERE (mother = $parent::id_int OR father = $parent::id_int) AND died IS NULL
ORDER BY born, id LIMIT 64;

-- name: person_cards :many
SELECT kind, number, issued, expires FROM card WHERE person = $person ORDER BY issued DESC LIMIT 20;

-- name: person_residences :many
-- out: place text
SELECT r.kind, r.address || ', ' || u.path AS place, r.since, r.until
FROM residence r JOIN unit u ON u.id = r.unit
WHERE r.person = $person ORDER BY r.since DESC LIMIT 50;

-- name: person_identifiers :many
SELECT kind, value, since, until, reason FROM identifier WHERE person = $person ORDER BY since DESC LIMIT 20;

-- name: people_count :one
-- out: n integer
SELECT count(*) AS n FROM person;

-- name: person_any :one
-- out: n integer
SELECT count(*) AS n FROM (SELECT id FROM person LIMIT 1) AS one;

-- ---- the synthetic province ----

-- name: people_synthetic_insert :exec
INSERT INTO people_synthetic (people, households, seed, as_of, digest, took_us)
VALUES ($people, $households, $seed, $as_of, $digest, $took_us);

-- name: people_synthetic :one
SELECT people, households, seed, as_of, digest, took_us FROM people_synthetic ORDER BY id DESC LIMIT 1;

-- The rows of a bulk load bring their ids along; PostgreSQL's counters must go on after them.
-- name: people_ids_follow :one
-- out: n integer?
-- @sqlite
SELECT max(id) AS n FROM person;
-- @postgres
SELECT greatest(setval(pg_get_serial_sequence('person', 'id'), (SELECT max(id) FROM person)),
                setval(pg_get_serial_sequence('household', 'id'), (SELECT max(id) FROM household)),
                setval(pg_get_serial_sequence('hamlet', 'id'), (SELECT max(id) FROM hamlet)),
                setval(pg_get_serial_sequence('unit', 'id'), (SELECT max(id) FROM unit)),
                setval(pg_get_serial_sequence('people_old_record', 'id'), (SELECT max(id) FROM people_old_record))) AS n;
-- @both
