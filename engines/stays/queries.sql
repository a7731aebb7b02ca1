-- ---- facilities ----

-- name: facility_row_by_id :one
SELECT id, code, name, kind, unit, address, phone, lat_e6, lon_e6, rooms, open FROM facility WHERE id = $id;

-- name: facility_row_by_code :one
SELECT id, code, name, kind, unit, address, phone, lat_e6, lon_e6, rooms, open FROM facility WHERE code = $code;

-- Search for the administrator: name_key is folded; an empty unit or key leaves that condition out.
-- name: facilities_search :many
SELECT id, code, name, kind, unit, address, phone, lat_e6, lon_e6, rooms, open FROM facility
WHERE id > $after::id_int AND ($key::text = '' OR name_key LIKE '%' || $key::text || '%' OR code = $key::text)
  AND ($in_unit::text = '' OR unit = $in_unit::text)
ORDER BY id LIMIT $most::integer;

-- name: facility_insert :id
INSERT INTO facility (code, name, name_key, kind, unit, address, phone, lat_e6, lon_e6, rooms, open)
VALUES ($code, $name, $name_key, $kind, $unit, $address, $phone, $lat_e6, $lon_e6, $rooms, $open) RETURNING id;

-- name: facility_update :exec
UPDATE facility SET name = $name, name_key = $name_key, kind = $kind, address = $address, phone = $phone, rooms = $rooms, open = $open
WHERE id = $id;

-- ---- declaring ----

-- name: stay_last_number :one
-- out: n integer
SELECT coalesce(max(n), 0) AS n FROM stay_declaration WHERE facility = $facility AND month = $month;

-- name: stay_declaration_insert :id
INSERT INTO stay_declaration (facility, month, n, made_at, account, guests, late, audit, mode)
VALUES ($facility, $month, $n, $made_at, $account, $guests, $late, $audit, $mode) RETURNING id;

-- name: stay_guest_insert :id
INSERT INTO stay_guest (declaration, facility, unit, state, state_note, source, level, raw, pid, document, name, name_key, born, sex,
    nationality, address, is_child, guardian, room, reason, arrives_at, leaves_on, due_at, declared_at, late, late_cause, person,
    matched, account, made_at)
VALUES ($declaration?, $facility, $unit, $state, '', $source, $level, $raw?, $pid?, $document, $name, $name_key, $born?, $sex,
    $nationality, $address, $is_child, $guardian, $room, $reason, $arrives_at, $leaves_on, $due_at, $declared_at?, $late, $late_cause,
    $person?, $matched, $account, $made_at)
RETURNING id;

-- Drafts of this facility become declared. A draft that somebody sent a moment ago is no draft any more and is not touched.
-- name: stay_draft_declare :exec
UPDATE stay_guest SET state = 1, declaration = $declaration, declared_at = $declared_at, late = $late, late_cause = $late_cause
WHERE id = $id AND facility = $facility AND state = 0;

-- name: stay_draft_update :exec
UPDATE stay_guest SET room = $room, reason = $reason, arrives_at = $arrives_at, leaves_on = $leaves_on, due_at = $due_at,
    is_child = $is_child, guardian = $guardian, late_cause = $late_cause
WHERE id = $id AND facility = $facility AND state = 0;

-- name: stay_draft_delete :exec
DELETE FROM stay_guest WHERE id = $id AND facility = $facility AND state = 0;

-- ---- reading ----

-- name: stay_declaration_by_number :one
SELECT d.id, d.facility, d.month, d.n, d.made_at, d.guests, d.late, d.audit, d.mode, f.name AS facility_name, f.unit
FROM stay_declaration d JOIN facility f ON f.id = d.facility WHERE d.facility = $facility AND d.month = $month AND d.n = $n;

-- name: stay_declaration_by_id :one
SELECT d.id, d.facility, d.month, d.n, d.made_at, d.guests, d.late, d.audit, d.mode, f.name AS facility_name, f.unit
FROM stay_declaration d JOIN facility f ON f.id = d.facility WHERE d.id = $id;

-- name: stay_drafts :many
SELECT id, source, level, pid, document, name, born, sex, nationality, is_child, guardian, room, reason, arrives_at, leaves_on, due_at,
    late_cause, matched, person, account, made_at
FROM stay_guest WHERE facility = $facility AND state = 0 ORDER BY id LIMIT 61;

-- name: stay_guests_of_declaration :many
SELECT id, state, state_note, source, level, document, name, born, sex, nationality, is_child, guardian, room, reason, arrives_at, leaves_on,
    due_at, late, late_cause, matched
FROM stay_guest WHERE declaration = $declaration::id_int ORDER BY id LIMIT 61;

-- The facility's own book, newest declaration first.
-- name: stay_guests_of_facility :many
SELECT g.id, g.state, g.state_note, g.name, g.nationality, g.room, g.arrives_at, g.leaves_on, g.left_at, g.late, g.matched, g.level, g.source,
    d.id AS declaration, d.facility, d.month, d.n, d.made_at
FROM stay_declaration d JOIN stay_guest g ON g.declaration = d.id
WHERE d.facility = $facility AND d.id < $before::id_int ORDER BY d.id DESC, g.id LIMIT $most::integer;

-- ---- changes ----

-- name: stay_guest_for_change :one
-- out: sent bool_int
SELECT g.id, g.unit, g.state, g.state_note, g.room, g.arrives_at, g.leaves_on, g.left_at, g.person, g.revision, d.facility, d.month, d.n,
    EXISTS (SELECT 1 FROM stay_dispatch x WHERE x.guest = g.id) AS sent
FROM stay_guest g JOIN stay_declaration d ON d.id = g.declaration WHERE g.id = $id AND g.facility = $facility;

-- name: stay_guest_change :exec
UPDATE stay_guest SET state = $state, state_note = $state_note, room = $room, leaves_on = $leaves_on, left_at = $left_at?, revision = $revision + 1
WHERE id = $id AND revision = $revision;

-- name: stay_change_insert :exec
INSERT INTO stay_change (guest, revision, at, kind, was, is_now, reason, account)
VALUES ($guest, $revision, $at, $kind, $was, $is_now, $reason, $account);

-- name: stay_changes_of_guest :many
SELECT at, kind, was, is_now, reason FROM stay_change WHERE guest = $guest ORDER BY id LIMIT 100;

-- ---- handing on to the national side ----

-- name: stay_turn_set :exec
INSERT INTO stay_dispatch_turn (guest, attempts, next_at) VALUES ($guest, $attempts, $next_at)
ON CONFLICT (guest) DO UPDATE SET attempts = excluded.attempts, next_at = excluded.next_at;

-- The facility's declarations since then, newest first.
-- name: stays_recent :many
SELECT id, facility, month, n, made_at, guests, late FROM stay_declaration
WHERE facility = $facility AND made_at >= $since::instant_int ORDER BY id DESC LIMIT $most::integer;
