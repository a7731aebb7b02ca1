-- ---- organisations ----

-- name: organisation_insert :id
INSERT INTO organisation (code, name, name_key, kind, unit, address, since, until)
VALUES ($code, $name, $name_key, $kind, $unit, $address, $since, $until) ON CONFLICT DO NOTHING RETURNING id;

-- name: organisation_row_by_id :one
-- row: struct organisation in engines/organisations/organisations.h
SELECT id, code, name, kind, unit, address, since, until FROM organisation WHERE id = $id;

-- name: organisation_row_by_code :one
-- row: struct organisation in engines/organisations/organisations.h
SELECT id, code, name, kind, unit, address, since, until FROM organisation WHERE code = $code;

-- name: organisations_search :many
SELECT id, code, name, kind, unit, until FROM organisation
WHERE id > $after::id_int AND ($key::text = '' OR name_key LIKE '%' || $key::text || '%' OR code = $key::text)
ORDER BY id LIMIT $most::integer;

-- name: organisation_end :exec
UPDATE organisation SET until = $until WHERE id = $id AND until > $until;

-- name: organisations_count :one
-- out: n integer
SELECT count(*) AS n FROM organisation;

-- ---- who may act for them ----

-- name: part_insert :id
INSERT INTO organisation_part (organisation, person, name, part, scope, from_day, until_day, basis, given_name, given_at)
VALUES ($organisation, $person, $name, $part, $scope, $from_day, $until_day, $basis, $given_name, $given_at) RETURNING id;

-- name: part_end :exec
UPDATE organisation_part SET until_day = $until_day WHERE id = $id AND organisation = $organisation AND until_day > $until_day;

-- name: part_of_organisation :one
SELECT id, person, name, part, until_day FROM organisation_part WHERE id = $id AND organisation = $organisation;

-- In force or still to come, the representative first.
-- name: parts_of_organisation :many
SELECT id, person, name, part, scope, from_day, until_day, basis, given_name FROM organisation_part
WHERE organisation = $organisation AND until_day >= $since::day_text
ORDER BY CASE WHEN part = 'representative' THEN 0 ELSE 1 END, id DESC LIMIT 100;

-- What a person may do for which organisation, from today on.
-- name: parts_of_person :many
SELECT p.id, p.organisation, p.part, p.scope, p.from_day, p.until_day, o.name, o.until
FROM organisation_part p JOIN organisation o ON o.id = p.organisation
WHERE p.person = $person AND p.until_day > $today::day_text AND o.until > $today ORDER BY p.id LIMIT 100;

-- The part that one person has in one organisation on a day; being its representative counts before being its agent.
-- name: part_on_day :one
SELECT p.id, p.part, p.scope, p.until_day FROM organisation_part p JOIN organisation o ON o.id = p.organisation
WHERE p.organisation = $organisation AND p.person = $person AND p.from_day <= $on::day_text AND p.until_day > $on
  AND o.since <= $on AND o.until > $on
ORDER BY CASE WHEN p.part = 'representative' THEN 0 ELSE 1 END, p.id LIMIT 1;

-- A part of the same kind whose days meet these.
-- name: part_meeting :one
SELECT id, from_day, until_day FROM organisation_part
WHERE organisation = $organisation AND person = $person AND part = $part AND from_day < $until::day_text AND until_day > $from::day_text
ORDER BY id LIMIT 1;

-- ---- the synthetic province ----

-- The first living person of age at or after a number who lives in a commune of the province, and in which. The plus keeps SQLite from
-- beginning with the communes, which would look at everybody each time.
-- name: organisation_seed_head :one
SELECT p.id, p.name, p.pid, u.code AS unit, u.path FROM person p
JOIN residence r ON r.person = p.id AND r.kind = 1 AND r.until IS NULL JOIN unit u ON u.id = +r.unit
WHERE p.id >= $from::id_int AND p.died IS NULL AND p.born < $born_before::text AND u.level = 3 ORDER BY p.id LIMIT 1;

-- name: organisation_seed_people :one
-- out: n integer
SELECT coalesce(max(id), 0) AS n FROM person;

-- name: organisation_ids_follow :one
-- out: n integer?
-- @sqlite
SELECT max(id) AS n FROM organisation;
-- @postgres
SELECT greatest(setval(pg_get_serial_sequence('organisation', 'id'), (SELECT max(id) FROM organisation)),
                setval(pg_get_serial_sequence('organisation_part', 'id'), (SELECT max(id) FROM organisation_part))) AS n;
-- @both
