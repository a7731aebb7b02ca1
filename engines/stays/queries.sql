-- ---- facilities ----

-- name: facility_row_by_id :one
-- row: facility
SELECT id, code, name, kind, unit, address, phone, lat_e6, lon_e6, rooms, open FROM facility WHERE id = $id;

-- Search for the administrator: name_key is folded; an empty unit or key leaves that condition out.
-- name: facilities_search :many
-- row: facility
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
    matched, warnings, account, made_at)
VALUES ($declaration?, $facility, $unit, $state, '', $source, $level, $raw?, $pid?, $document, $name, $name_key, $born?, $sex,
    $nationality, $address, $is_child, $guardian, $room, $reason, $arrives_at, $leaves_on, $due_at, $declared_at?, $late, $late_cause,
    $person?, $matched, $warnings, $account, $made_at)
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

-- name: stay_drafts :many
SELECT id, source, level, pid, document, name, born, sex, nationality, is_child, guardian, room, reason, arrives_at, leaves_on, due_at,
    late_cause, matched, warnings, person, account, made_at
FROM stay_guest WHERE facility = $facility AND state = 0 ORDER BY id LIMIT 61;

-- name: stay_guests_of_declaration :many
SELECT id, state, state_note, source, level, document, name, born, sex, nationality, is_child, guardian, room, reason,
    arrives_at, leaves_on,
    due_at, late, late_cause, matched
FROM stay_guest WHERE declaration = $declaration::id_int ORDER BY id LIMIT 61;

-- The facility's own book, newest declaration first.
-- name: stay_guests_of_facility :many
SELECT g.id, g.state, g.state_note, g.name, g.nationality, g.room, g.arrives_at, g.leaves_on, g.left_at, g.late,
    g.matched, g.level, g.source,
    d.id AS declaration, d.facility, d.month, d.n, d.made_at
FROM stay_declaration d JOIN stay_guest g ON g.declaration = d.id
WHERE d.facility = $facility AND d.id < $before::id_int ORDER BY d.id DESC, g.id LIMIT $most::integer;

-- ---- changes ----

-- name: stay_guest_for_change :one
-- out: sent bool_int
SELECT g.id, g.unit, g.state, g.state_note, g.room, g.arrives_at, g.leaves_on, g.left_at, g.person, g.revision, d.facility, d.month, d.n,
    (EXISTS (SELECT 1 FROM stay_dispatch x WHERE x.guest = g.id)
        OR EXISTS (SELECT 1 FROM stay_dispatch_turn t WHERE t.guest = g.id)) AS sent
FROM stay_guest g JOIN stay_declaration d ON d.id = g.declaration WHERE g.id = $id AND g.facility = $facility;

-- name: stay_guest_change :exec
UPDATE stay_guest SET state = $state, state_note = $state_note, room = $room, leaves_on = $leaves_on,
    left_at = $left_at?, revision = $revision + 1
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

-- ---- what the police see ----

-- Who lodges in a commune on one night: came before it ended and leaves on a later day, or came within it.
-- name: stay_night :many
SELECT g.id, g.facility, g.unit, g.state, g.source, g.level, g.pid, g.document, g.name, g.name_key, g.born, g.sex, g.nationality,
    g.is_child, g.guardian, g.room, g.reason, g.arrives_at, g.leaves_on, g.left_at, g.due_at, g.declared_at, g.late, g.late_cause,
    f.code AS facility_code, f.name AS facility_name, f.name_key AS facility_key
FROM stay_guest g JOIN facility f ON f.id = g.facility
WHERE g.unit = $unit AND g.arrives_at >= $since::instant_int AND g.arrives_at < $until::instant_int AND g.state > 0 AND g.state <> 5
  AND (g.leaves_on > $night::day_text OR g.arrives_at >= $from::instant_int)
ORDER BY g.facility, g.id LIMIT $most::integer;

-- Declared late, newest first.
-- name: stay_late :many
SELECT g.id, g.facility, g.name, g.room, g.arrives_at, g.due_at, g.declared_at, g.late_cause, f.name AS facility_name
FROM stay_guest g JOIN facility f ON f.id = g.facility
WHERE g.unit = $unit AND g.arrives_at >= $since::instant_int AND g.arrives_at < $until::instant_int AND g.late = 1 AND g.state > 0
ORDER BY g.arrives_at DESC, g.id LIMIT 500;

-- One number in two places on one night: the commune's guest first, then the other stay, wherever it is.
-- name: stay_overlaps :many
-- row: stay_overlap
SELECT g.id, g.pid, g.name, g.room, g.arrives_at, g.leaves_on, g.facility, f.name AS facility_name,
    o.id AS other, o.room AS other_room, o.arrives_at AS other_arrives_at, o.leaves_on AS other_leaves_on,
    p.name AS other_facility, p.address AS other_address
FROM stay_guest g JOIN stay_pid i ON i.pid = g.pid JOIN stay_guest o ON o.id = i.guest AND o.facility <> g.facility
JOIN facility f ON f.id = g.facility JOIN facility p ON p.id = o.facility
WHERE g.unit = $unit AND g.pid IS NOT NULL
  AND g.arrives_at >= $since::instant_int AND g.arrives_at < $until::instant_int AND g.leaves_on > $night::day_text
    AND g.state > 0 AND g.state <> 5
  AND i.arrives_at >= $since AND i.arrives_at < $until AND o.leaves_on > $night AND o.state > 0 AND o.state <> 5
ORDER BY g.id, o.id LIMIT 200;

-- The same where the other stay is so new that it is not entered by its number yet (by_pid.c).
-- @sqlite
-- name: stay_overlaps_fresh :many
-- row: stay_overlap
SELECT g.id, g.pid, g.name, g.room, g.arrives_at, g.leaves_on, g.facility, f.name AS facility_name,
    o.id AS other, o.room AS other_room, o.arrives_at AS other_arrives_at, o.leaves_on AS other_leaves_on,
    p.name AS other_facility, p.address AS other_address
FROM stay_guest g JOIN stay_guest o NOT INDEXED ON o.pid = g.pid AND o.facility <> g.facility
  AND o.id > (SELECT coalesce(max(last), 0) FROM stay_entered)
JOIN facility f ON f.id = g.facility JOIN facility p ON p.id = o.facility
WHERE g.unit = $unit AND g.pid IS NOT NULL
  AND g.arrives_at >= $since::instant_int AND g.arrives_at < $until::instant_int AND g.leaves_on > $night::day_text
    AND g.state > 0 AND g.state <> 5
  AND o.arrives_at >= $since AND o.arrives_at < $until AND o.leaves_on > $night AND o.state > 0 AND o.state <> 5
ORDER BY g.id, o.id LIMIT 200;
-- @postgres
-- name: stay_overlaps_fresh :many
-- row: stay_overlap
SELECT g.id, g.pid, g.name, g.room, g.arrives_at, g.leaves_on, g.facility, f.name AS facility_name,
    o.id AS other, o.room AS other_room, o.arrives_at AS other_arrives_at, o.leaves_on AS other_leaves_on,
    p.name AS other_facility, p.address AS other_address
FROM stay_guest g JOIN stay_guest o ON o.pid = g.pid AND o.facility <> g.facility
  AND o.id > (SELECT coalesce(max(last), 0) FROM stay_entered)
JOIN facility f ON f.id = g.facility JOIN facility p ON p.id = o.facility
WHERE g.unit = $unit AND g.pid IS NOT NULL
  AND g.arrives_at >= $since::instant_int AND g.arrives_at < $until::instant_int AND g.leaves_on > $night::day_text
    AND g.state > 0 AND g.state <> 5
  AND o.arrives_at >= $since AND o.arrives_at < $until AND o.leaves_on > $night AND o.state > 0 AND o.state <> 5
ORDER BY g.id, o.id LIMIT 200;
-- @both

-- name: stay_guest_full :one
SELECT g.id, g.declaration, g.facility, g.unit, g.state, g.state_note, g.source, g.level, g.pid, g.document, g.name, g.born, g.sex,
    g.nationality, g.address, g.is_child, g.guardian, g.room, g.reason, g.arrives_at, g.leaves_on, g.left_at, g.due_at, g.declared_at,
    g.late, g.late_cause, g.person, g.matched, g.revision, f.name AS facility_name, f.kind, f.address AS facility_address, d.month, d.n,
    d.mode
FROM stay_guest g JOIN facility f ON f.id = g.facility JOIN stay_declaration d ON d.id = g.declaration WHERE g.id = $id;

-- Other stays of one number that touch this one's days.
-- name: stay_elsewhere :many
-- row: stay_other
SELECT g.id, g.unit, g.room, g.arrives_at, g.leaves_on, f.name AS facility_name
FROM stay_pid i JOIN stay_guest g ON g.id = i.guest JOIN facility f ON f.id = g.facility
WHERE i.pid = $pid AND i.arrives_at >= $since::instant_int AND i.arrives_at < $until::instant_int AND g.facility <> $facility
  AND g.leaves_on > $arrived::day_text AND g.state > 0 AND g.state <> 5
ORDER BY i.arrives_at, i.guest LIMIT 20;

-- The same among those that are not entered by their number yet (by_pid.c).
-- @sqlite
-- name: stay_elsewhere_fresh :many
-- row: stay_other
SELECT g.id, g.unit, g.room, g.arrives_at, g.leaves_on, f.name AS facility_name
FROM stay_guest g NOT INDEXED JOIN facility f ON f.id = g.facility
WHERE g.id > (SELECT coalesce(max(last), 0) FROM stay_entered)
  AND g.pid = $pid AND g.facility <> $facility AND g.arrives_at >= $since::instant_int AND g.arrives_at < $until::instant_int
  AND g.leaves_on > $arrived::day_text AND g.state > 0 AND g.state <> 5
ORDER BY g.arrives_at, g.id LIMIT 20;
-- @postgres
-- name: stay_elsewhere_fresh :many
-- row: stay_other
SELECT g.id, g.unit, g.room, g.arrives_at, g.leaves_on, f.name AS facility_name
FROM stay_guest g JOIN facility f ON f.id = g.facility
WHERE g.id > (SELECT coalesce(max(last), 0) FROM stay_entered)
  AND g.pid = $pid AND g.facility <> $facility AND g.arrives_at >= $since::instant_int AND g.arrives_at < $until::instant_int
  AND g.leaves_on > $arrived::day_text AND g.state > 0 AND g.state <> 5
ORDER BY g.arrives_at, g.id LIMIT 20;
-- @both

-- name: stay_dispatches_of_guest :many
SELECT at, attempt, outcome, note, mode FROM stay_dispatch WHERE guest = $guest ORDER BY id DESC LIMIT 20;

-- How many guests came to one facility on each day; the days are counted from 1970-01-01 in Vietnam.
-- name: stay_arrivals_by_day :many
-- out: day_n integer, n integer
SELECT (arrives_at + 25200000000) / 86400000000 AS day_n, count(*) AS n FROM stay_guest
WHERE unit = $unit AND arrives_at >= $since::instant_int AND facility = $facility AND state > 0 AND state <> 5
GROUP BY (arrives_at + 25200000000) / 86400000000 ORDER BY 1 LIMIT 400;

-- name: stay_declared_most :one
-- out: n integer
SELECT coalesce(max(id), 0) AS n FROM stay_declaration;

-- name: stay_waiting_count :one
-- out: n integer
SELECT count(*) AS n FROM stay_guest WHERE state IN (1, 2);

-- name: stay_state_count :one
-- out: n integer
SELECT count(*) AS n FROM stay_guest WHERE state = $state;

-- name: stay_guests_most :one
-- out: n integer
SELECT coalesce(max(id), 0) AS n FROM stay_guest;

-- Every row of the history, for a fingerprint.
-- name: stay_rows_each :each
SELECT g.id, g.name, g.pid, g.room, g.arrives_at, g.leaves_on, g.state, g.late, f.name AS facility_name, f.phone, f.address
FROM stay_guest g JOIN facility f ON f.id = g.facility ORDER BY g.id;

-- Whose turn it is again: failed before, waiting for an answer, or changed since.
-- name: stay_turns_due :many
SELECT t.guest, t.attempts, t.next_at FROM stay_dispatch_turn t JOIN stay_guest g ON g.id = t.guest
WHERE t.next_at <= $now::instant_int AND g.state IN (1, 2, 5) ORDER BY t.next_at, t.guest LIMIT $most::integer;

-- Queued and never tried. (state is named twice so that both engines see that the index of waiting guests serves.)
-- name: stay_turns_fresh :many
SELECT g.id AS guest FROM stay_guest g LEFT JOIN stay_dispatch_turn t ON t.guest = g.id
WHERE g.state IN (1, 2) AND g.state = 1 AND t.guest IS NULL ORDER BY g.id LIMIT $most::integer;

-- What goes out about one guest.
-- name: stay_out :one
SELECT g.id, g.state, g.state_note, g.revision, g.unit, g.facility, g.level, g.pid, g.document, g.name, g.born, g.sex,
    g.nationality, g.is_child,
    g.guardian, g.room, g.reason, g.arrives_at, g.leaves_on, g.left_at, g.declared_at, g.late_cause, g.made_at, f.code, f.kind
FROM stay_guest g JOIN facility f ON f.id = g.facility WHERE g.id = $id;

-- Takes a guest's turn until $until, for the try after $tries; no row when another server has it, or had it since.
-- name: stay_turn_hold :exec
INSERT INTO stay_dispatch_turn (guest, attempts, next_at) VALUES ($guest, $tries::integer + 1, $until::instant_int)
ON CONFLICT (guest) DO UPDATE SET attempts = excluded.attempts, next_at = excluded.next_at
    WHERE stay_dispatch_turn.next_at <= $now::instant_int AND stay_dispatch_turn.attempts = $tries;

-- name: stay_turn_again :exec
UPDATE stay_dispatch_turn SET next_at = $next_at WHERE guest = $guest AND attempts = $attempts;

-- Done, unless the guest changed meanwhile: then the turn stays and comes again.
-- name: stay_turn_done :exec
DELETE FROM stay_dispatch_turn WHERE guest = $guest AND attempts = $attempts
  AND EXISTS (SELECT 1 FROM stay_guest g WHERE g.id = $guest AND g.revision = $revision::integer);

-- Only of what is still waiting, and only of the revision that was sent: a late or doubled answer changes nothing.
-- name: stay_guest_settle :exec
UPDATE stay_guest SET state = $state, state_note = $state_note WHERE id = $id AND revision = $revision AND state IN (1, 2);

-- name: stay_dispatch_insert :exec
INSERT INTO stay_dispatch (guest, at, attempt, outcome, note, mode) VALUES ($guest, $at, $attempt, $outcome, $note, $mode);

-- ---- measures of the plan ----

-- Open places of some kinds, and those of them that declared somebody in a period.
-- name: facilities_declaring :one
-- out: places integer, declaring integer
SELECT count(*) AS places,
    coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM stay_declaration d WHERE d.facility = f.id
        AND d.made_at >= $since::instant_int AND d.made_at < $until::instant_int) THEN 1 ELSE 0 END), 0) AS declaring
FROM facility f WHERE f.open = 1 AND f.kind IN ($kind::text, $or_kind::text, $or_else::text);

-- name: stay_declared_before :one
-- out: yes bool_int
SELECT EXISTS (SELECT 1 FROM stay_declaration WHERE made_at < $until::instant_int) AS yes;

-- Guests declared in a period by places of some kinds, and those declared before the clock ran out. (CROSS JOIN keeps SQLite at
-- places, their declarations, their guests, in this order.)
-- name: guests_on_time :one
-- out: guests integer, on_time integer
SELECT count(*) AS guests, coalesce(sum(CASE WHEN g.late = 0 THEN 1 ELSE 0 END), 0) AS on_time
FROM facility f CROSS JOIN stay_declaration d CROSS JOIN stay_guest g
WHERE f.kind IN ($kind::text, $or_kind::text, $or_else::text) AND d.facility = f.id AND d.month >= $month
  AND d.made_at >= $since::instant_int AND d.made_at < $until::instant_int
  AND g.declaration = d.id AND g.state > 0 AND g.state <> 5;

-- ---- the synthetic province ----

-- name: facility_any :one
-- out: n integer
SELECT count(*) AS n FROM (SELECT id FROM facility LIMIT 1) AS one;

-- name: seed_person_most :one
-- out: n integer
SELECT coalesce(max(id), 0) AS n FROM person;

-- name: seed_person :one
-- out: address text?
SELECT p.id, p.pid, p.name, p.name_key, p.born, p.sex, p.household, p.died, r.address || ', ' || u.path AS address
FROM person p LEFT JOIN residence r ON r.person = p.id AND r.kind = 1 AND r.until IS NULL LEFT JOIN unit u ON u.id = r.unit
WHERE p.id = $id ORDER BY r.since DESC LIMIT 1;

-- name: seed_family :many
SELECT id, pid, name, name_key, born, sex FROM person WHERE household = $household AND died IS NULL ORDER BY id LIMIT 8;

-- The rows of a bulk load bring their ids along; PostgreSQL's counters must go on after them.
-- name: stays_ids_follow :one
-- out: n integer?
-- @sqlite
SELECT max(id) AS n FROM facility;
-- @postgres
SELECT greatest(setval(pg_get_serial_sequence('facility', 'id'), (SELECT max(id) FROM facility)),
                setval(pg_get_serial_sequence('stay_declaration', 'id'), (SELECT max(id) FROM stay_declaration)),
                setval(pg_get_serial_sequence('stay_guest', 'id'), (SELECT max(id) FROM stay_guest))) AS n;
-- @both

-- One declared guest as their own facility sees it.
-- name: stay_guest_of_facility :one
SELECT g.id, g.name, g.state, g.state_note, g.room, g.reason, g.arrives_at, g.leaves_on, g.left_at, g.late, g.level, g.source,
    d.facility, d.month, d.n
FROM stay_guest g JOIN stay_declaration d ON d.id = g.declaration WHERE g.id = $id AND g.facility = $facility;

-- ---- stays by the number on the card: a late index (platform/jobs/late_index.h) ----

-- Up to the newest guest that was declared: a declared guest never goes, so no number below it is given a second time.
-- name: stay_pid_span :one
-- out: entered integer, most integer
SELECT e.last AS entered, coalesce((SELECT id FROM stay_guest WHERE state > 0 ORDER BY id DESC LIMIT 1), 0) AS most
FROM stay_entered e WHERE e.one = 1;

-- name: stay_entered_set :exec
UPDATE stay_entered SET last = $last WHERE one = 1 AND last = $entered::id_int;

-- name: stay_pid_enter :exec
INSERT INTO stay_pid (pid, arrives_at, guest)
SELECT pid, arrives_at, id FROM stay_guest
WHERE id > $after::id_int AND id <= $last::id_int AND pid IS NOT NULL AND state > 0 ORDER BY pid, arrives_at, id;

-- A draft that is declared now and that the mark has passed.
-- name: stay_pid_enter_late :exec
INSERT INTO stay_pid (pid, arrives_at, guest)
SELECT pid, arrives_at, id FROM stay_guest
WHERE id = $guest AND pid IS NOT NULL AND id <= (SELECT coalesce(max(last), 0) FROM stay_entered);
