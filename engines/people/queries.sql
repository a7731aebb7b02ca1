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
-- row: unit
SELECT id, code, level, name, parent_code, since, until FROM unit
WHERE level = $level AND since <= $on::day_text AND until > $on
ORDER BY code LIMIT 4000;

-- name: unit_on_day :one
-- row: unit
SELECT id, code, level, name, parent_code, since, until FROM unit
WHERE code = $code AND since <= $on::day_text AND until > $on;

-- name: unit_named :one
SELECT name FROM unit WHERE code = $code AND since <= $on::day_text ORDER BY since DESC LIMIT 1;

-- name: unit_successors :many
-- row: unit
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
SELECT id, name_key, born, died FROM person WHERE pid = $pid;

-- name: person_entry_by_pid :one
-- row: person
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
-- row: person
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

-- ---- door by door: residents.c ----
-- Other provinces are known as units of level 1: whoever has permanent residence there is no resident here.

-- name: hamlet_place :one
SELECT m.id, m.name, m.unit AS unit_id, u.code AS unit, u.name AS commune FROM hamlet m JOIN unit u ON u.id = m.unit
WHERE m.id = $id;

-- name: hamlets_of_unit :many
-- all: the hamlets of one commune
SELECT id, name FROM hamlet WHERE unit = $unit ORDER BY id;

-- name: household_place :one
-- out: head text?
SELECT hh.id, hh.code, hh.hamlet, m.name AS hamlet_name, u.code AS unit, u.name AS commune,
       (SELECT b.name FROM person b WHERE b.id = hh.head) AS head
FROM household hh JOIN hamlet m ON m.id = hh.hamlet JOIN unit u ON u.id = hh.unit WHERE hh.id = $id;

-- name: resident_row :one
-- out: unit unit_text?
SELECT p.id, p.name, p.born, p.died, p.household,
       (SELECT u.code FROM residence r JOIN unit u ON u.id = r.unit WHERE r.person = p.id AND r.kind = 1 AND u.level = 3
        AND r.since <= $on::day_text AND (r.until IS NULL OR r.until > $on) ORDER BY r.since DESC LIMIT 1) AS unit
FROM person p WHERE p.id = $id;

-- name: household_people :many
-- out: unit unit_text?
SELECT p.id, p.name, p.born, p.died,
       (SELECT u.code FROM residence r JOIN unit u ON u.id = r.unit WHERE r.person = p.id AND r.kind = 1 AND u.level = 3
        AND r.since <= $on::day_text AND (r.until IS NULL OR r.until > $on) ORDER BY r.since DESC LIMIT 1) AS unit
FROM person p WHERE p.household = $household ORDER BY p.born, p.id LIMIT 60;

-- name: residents_all :each
SELECT r.person, p.born, u.code AS unit, r.since, r.until, p.died
FROM residence r JOIN person p ON p.id = r.person JOIN unit u ON u.id = r.unit
WHERE r.kind = 1 AND u.level = 3 AND r.since <= $last::day_text AND (r.until IS NULL OR r.until > $first::day_text)
  AND (p.died IS NULL OR p.died > $first);

-- name: residents_of_commune :each
-- out: household id_int
SELECT p.id, p.born, p.household, hh.hamlet FROM household hh JOIN person p ON p.household = hh.id
WHERE hh.unit = $unit AND (p.died IS NULL OR p.died > $on::day_text)
  AND EXISTS (SELECT 1 FROM residence r WHERE r.person = p.id AND r.kind = 1 AND r.unit = hh.unit AND r.since <= $on
              AND (r.until IS NULL OR r.until > $on));

-- name: residents_of_hamlet :each
-- out: household id_int, head text?
SELECT p.id, p.born, p.household, hh.code, (SELECT b.name FROM person b WHERE b.id = hh.head) AS head
FROM household hh JOIN person p ON p.household = hh.id
WHERE hh.unit = $unit AND hh.hamlet = $hamlet AND (p.died IS NULL OR p.died > $on::day_text)
  AND EXISTS (SELECT 1 FROM residence r WHERE r.person = p.id AND r.kind = 1 AND r.unit = hh.unit AND r.since <= $on
              AND (r.until IS NULL OR r.until > $on))
ORDER BY hh.code, p.id;

-- name: homes_of :each
SELECT p.id, p.born, m.id AS hamlet, m.name AS hamlet_name, u.code AS unit
FROM person p JOIN household hh ON hh.id = p.household JOIN hamlet m ON m.id = hh.hamlet JOIN unit u ON u.id = hh.unit
-- @sqlite
WHERE p.id IN (SELECT value FROM json_each($people::text))
-- @postgres
WHERE p.id IN (SELECT CAST(j.v AS bigint) FROM json_array_elements_text(CAST($people::text AS json)) AS j (v))
-- @both
  AND (p.died IS NULL OR p.died > $on::day_text)
ORDER BY p.id;

-- Everyone, household by household.
-- name: register_by_household :each
-- out: household id_int, resident bool_int
SELECT p.id, p.born, p.died, p.household, hh.unit,
       CASE WHEN EXISTS (SELECT 1 FROM residence r WHERE r.person = p.id AND r.kind = 1 AND r.unit = hh.unit AND r.until IS NULL)
            THEN 1 ELSE 0 END AS resident
FROM household hh JOIN person p ON p.household = hh.id ORDER BY hh.id, p.id;
