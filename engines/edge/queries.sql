-- ---- devices ----

-- name: edge_device_insert :id
INSERT INTO edge_device (name, unit, place, sequence, made_at) VALUES ($name, $unit, $place, 0, $now::instant_int) RETURNING id;

-- name: edge_device_row :one
SELECT id, name, unit, place, public_key, sequence, revoked_at, locked_at, lock_why FROM edge_device WHERE id = $id;

-- name: edge_devices :many
SELECT d.id, d.name, d.unit, d.place, d.enrolled_at, d.revoked_at, d.locked_at, b.at, b.paper, b.ink, b.reader, b.disk_mb,
       b.temperature, b.skew_ms, b.waiting, b.version
FROM edge_device d LEFT JOIN edge_beat b ON b.device = d.id ORDER BY d.unit, d.name, d.id LIMIT 500;

-- name: edge_device_of_name :one
SELECT id FROM edge_device WHERE name = $name AND revoked_at IS NULL ORDER BY id LIMIT 1;

-- name: edge_device_enrol :exec
UPDATE edge_device SET public_key = $public_key, enrolled_at = $now::instant_int, sequence = 0
WHERE id = $id AND revoked_at IS NULL;

-- The one place where a message is taken: what is not newer than the last one was sent before.
-- name: edge_device_step :exec
UPDATE edge_device SET sequence = $sequence WHERE id = $id AND sequence < $sequence AND revoked_at IS NULL;

-- name: edge_device_revoke :exec
UPDATE edge_device SET revoked_at = $now::instant_int WHERE id = $id AND revoked_at IS NULL;

-- name: edge_device_lock :exec
UPDATE edge_device SET locked_at = $now?::instant_int, lock_why = $why?::text WHERE id = $id AND revoked_at IS NULL;

-- ---- codes ----

-- name: edge_code_insert :exec
INSERT INTO edge_code (hash, device, expires_at) VALUES ($hash, $device, $expires_at);

-- name: edge_code_row :one
SELECT device, expires_at, used_at FROM edge_code WHERE hash = $hash;

-- name: edge_code_use :exec
UPDATE edge_code SET used_at = $now::instant_int WHERE hash = $hash AND used_at IS NULL AND expires_at > $now::instant_int;

-- ---- health ----

-- name: edge_beat_put :exec
INSERT INTO edge_beat (device, at, paper, ink, reader, disk_mb, temperature, skew_ms, waiting, version)
VALUES ($device, $now::instant_int, $paper, $ink, $reader, $disk_mb, $temperature, $skew_ms, $waiting, $version)
ON CONFLICT (device) DO UPDATE SET at = excluded.at, paper = excluded.paper, ink = excluded.ink, reader = excluded.reader,
    disk_mb = excluded.disk_mb, temperature = excluded.temperature, skew_ms = excluded.skew_ms, waiting = excluded.waiting,
    version = excluded.version;

-- name: edge_beat_row :one
SELECT at, paper, ink, reader, disk_mb, temperature, skew_ms, waiting, version FROM edge_beat WHERE device = $device;

-- ---- configuration ----

-- name: edge_config_last :one
SELECT number, body, signature FROM edge_config WHERE device = $device ORDER BY number DESC LIMIT 1;

-- name: edge_config_insert :exec
INSERT INTO edge_config (device, number, body, signature, published_at)
VALUES ($device, $number, $body, $signature, $now::instant_int);

-- ---- number blocks ----

-- name: edge_block_top :one
-- out: top integer
SELECT coalesce(max(last_n), 0) AS top FROM edge_block WHERE unit = $unit;

-- name: edge_block_insert :exec
INSERT INTO edge_block (unit, first_n, last_n, device, given_at) VALUES ($unit, $first_n, $last_n, $device, $now::instant_int);

-- name: edge_block_holder :one
SELECT device FROM edge_block WHERE unit = $unit AND first_n <= $n::integer AND last_n >= $n::integer;

-- ---- acts taken while cut off ----

-- name: edge_act_same :one
SELECT id, digest, state FROM edge_act WHERE device = $device AND sequence = $sequence;

-- name: edge_act_insert :id
INSERT INTO edge_act (device, sequence, number, sealed, digest, made_at, came_at, state)
VALUES ($device, $sequence, $number, $sealed, $digest, $made_at, $now::instant_int, 'waiting') RETURNING id;

-- name: edge_acts_waiting :many
-- row: struct edge_act in engines/edge/edge.h
-- out: why text
SELECT a.id, a.device, a.sequence, a.number, d.name AS device_name, coalesce(a.why, '') AS why, a.sealed, a.made_at, a.came_at, d.unit
FROM edge_act a JOIN edge_device d ON d.id = a.device WHERE a.state = 'waiting' ORDER BY a.id LIMIT 50;

-- name: edge_act_settle_row :exec
UPDATE edge_act SET state = $state, case_number = $case_number?, why = $why?, handled_at = $now::instant_int,
    sealed = CASE WHEN $forget::bool_int = 1 THEN NULL ELSE sealed END
WHERE id = $id AND state IN ('waiting', 'desk');

-- What was sealed stays where it is: a list of two hundred does not carry it.
-- name: edge_acts_at_desk :many
-- row: struct edge_act in engines/edge/edge.h
-- out: why text, sealed blob?
SELECT a.id, a.device, a.sequence, a.number, d.name AS device_name, coalesce(a.why, '') AS why, NULL AS sealed, a.made_at, a.came_at, d.unit
FROM edge_act a JOIN edge_device d ON d.id = a.device
WHERE a.state = 'desk' AND d.unit = $unit ORDER BY a.id LIMIT 200;

-- One that is not forgotten.
-- name: edge_act_row :one
-- row: struct edge_act in engines/edge/edge.h
-- out: why text
SELECT a.id, a.device, a.sequence, a.number, d.name AS device_name, coalesce(a.why, '') AS why, a.sealed, a.made_at, a.came_at, d.unit
FROM edge_act a JOIN edge_device d ON d.id = a.device WHERE a.id = $id AND a.sealed IS NOT NULL;

-- name: edge_act_by_number :one
-- row: struct edge_act_fate in engines/edge/edge.h
-- out: case_number text, why text
SELECT state, coalesce(case_number, '') AS case_number, coalesce(why, '') AS why FROM edge_act WHERE number = $number ORDER BY id LIMIT 1;

-- ---- calls for a person ----

-- name: edge_call_insert :id
INSERT INTO edge_call (device, at) VALUES ($device, $now::instant_int) RETURNING id;

-- name: edge_call_open_one :one
SELECT id FROM edge_call WHERE device = $device AND answered_at IS NULL ORDER BY id LIMIT 1;

-- name: edge_calls_open :many
SELECT c.id, c.at, d.name, d.place FROM edge_call c JOIN edge_device d ON d.id = c.device
WHERE d.unit = $unit AND c.answered_at IS NULL ORDER BY c.id LIMIT 20;

-- name: edge_call_of :one
SELECT c.id, d.unit FROM edge_call c JOIN edge_device d ON d.id = c.device WHERE c.id = $id;

-- name: edge_call_answer :exec
UPDATE edge_call SET answered_at = $now::instant_int, answered_by = $by?::id_int WHERE id = $id AND answered_at IS NULL;

-- ---- the queue of a hall ----

-- name: edge_ticket_top :one
-- out: top integer
SELECT coalesce(max(number), 0) AS top FROM edge_ticket WHERE unit = $unit AND day = $day AND priority = $priority;

-- name: edge_ticket_insert :id
INSERT INTO edge_ticket (unit, day, lane, number, priority, device, state, taken_at, calls)
VALUES ($unit, $day, $lane, $number, $priority, $device?, 'waiting', $now::instant_int, 0) RETURNING id;

-- name: edge_tickets_waiting :many
SELECT id, lane, number, priority, taken_at FROM edge_ticket
WHERE unit = $unit AND day = $day AND state = 'waiting' ORDER BY id LIMIT 500;

-- The last ones called, newest first: how many priority numbers came in a row is read from them.
-- name: edge_tickets_called :many
SELECT id, lane, number, priority, state, desk, called_at, calls FROM edge_ticket
WHERE unit = $unit AND day = $day AND called_at IS NOT NULL ORDER BY called_at DESC, id DESC LIMIT 12;

-- name: edge_ticket_at_desk :one
SELECT id, number, priority, calls FROM edge_ticket
WHERE unit = $unit AND day = $day AND state = 'called' AND called_by = $called_by ORDER BY called_at DESC LIMIT 1;

-- name: edge_ticket_call :exec
UPDATE edge_ticket SET state = 'called', called_at = $now::instant_int, called_by = $called_by, desk = $desk, calls = calls + 1
WHERE id = $id AND (state = 'waiting' OR (state IN ('called', 'skipped') AND called_by = $called_by));

-- name: edge_ticket_end :exec
UPDATE edge_ticket SET state = $state, ended_at = $now::instant_int WHERE id = $id AND state = 'called' AND called_by = $called_by;

-- How the day goes: served people's minutes at a window, and how many windows called within the last half hour.
-- name: edge_ticket_day :one
-- out: taken integer, served integer, skipped integer, waiting integer, served_us integer, waited_us integer, called integer
SELECT count(*) AS taken,
       coalesce(sum(CASE WHEN state = 'served' THEN 1 ELSE 0 END), 0) AS served,
       coalesce(sum(CASE WHEN state = 'skipped' THEN 1 ELSE 0 END), 0) AS skipped,
       coalesce(sum(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0) AS waiting,
       coalesce(sum(CASE WHEN state = 'served' THEN ended_at - called_at ELSE 0 END), 0) AS served_us,
       coalesce(sum(CASE WHEN called_at IS NOT NULL THEN called_at - taken_at ELSE 0 END), 0) AS waited_us,
       coalesce(sum(CASE WHEN called_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS called
FROM edge_ticket WHERE unit = $unit AND day = $day;

-- name: edge_desks_open :one
-- out: n integer
SELECT count(DISTINCT called_by) AS n FROM edge_ticket WHERE unit = $unit AND day = $day AND called_at >= $since::instant_int;
