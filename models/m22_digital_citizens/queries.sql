-- Only this model's own rows: who people are and where they live is asked of the register (engines/people).

-- ---- counting: coverage.c ----

-- The first day on which anything counted.
-- name: digital_evidence_first :one
SELECT counts_from FROM digital_evidence ORDER BY counts_from LIMIT 1;

-- The largest number of somebody of whom there is evidence.
-- name: digital_person_most :one
-- out: n id_int
SELECT coalesce(max(person), 0) AS n FROM digital_evidence;

-- All evidence, in the order it lies in: most of it counts on any day that is asked for, and an index would only lead astray.
-- name: digital_held_each :each
SELECT person, kind, counts_from, counts_until FROM digital_evidence;

-- The same of some people, "[1,2,3]", by number.
-- name: digital_held_of :each
-- out: held integer
SELECT person, sum(DISTINCT kind) AS held FROM digital_evidence
-- @sqlite
WHERE person IN (SELECT value FROM json_each($people::text))
-- @postgres
WHERE person IN (SELECT CAST(j.v AS bigint) FROM json_array_elements_text(CAST($people::text AS json)) AS j (v))
-- @both
  AND counts_from <= $on::day_text AND counts_until > $on
GROUP BY person ORDER BY person;

-- name: digital_coverage_put :exec
INSERT INTO digital_coverage (on_day, unit, kind, people, holders) VALUES ($on_day, $unit, $kind, $people, $holders);

-- name: digital_coverage_drop :exec
DELETE FROM digital_coverage WHERE on_day = $on_day;

-- name: digital_coverage_of_day :many
-- all: one row a commune
SELECT unit, people, holders FROM digital_coverage WHERE on_day = $on_day AND kind = $kind ORDER BY unit;

-- name: digital_coverage_sums :many
-- all: at most 366 days
-- out: on_day day_text, people integer, holders integer
SELECT on_day, sum(people) AS people, sum(holders) AS holders FROM digital_coverage
WHERE kind = $kind AND on_day >= $first::day_text AND on_day <= $last::day_text GROUP BY on_day ORDER BY on_day;

-- The whole province on one day that was kept.
-- name: digital_coverage_totals :many
-- all: one row a kind
-- out: kind integer, people integer, holders integer
SELECT kind, sum(people) AS people, sum(holders) AS holders FROM digital_coverage
WHERE on_day = $on_day GROUP BY kind ORDER BY kind;

-- name: digital_coverage_day :one
SELECT evidence, changes, closed, counted_at FROM digital_coverage_day WHERE on_day = $on_day;

-- name: digital_coverage_day_put :exec
INSERT INTO digital_coverage_day (on_day, evidence, changes, closed, counted_at)
VALUES ($on_day, $evidence, $changes, $closed, $counted_at)
ON CONFLICT (on_day) DO UPDATE SET evidence = excluded.evidence, changes = excluded.changes, closed = excluded.closed,
    counted_at = excluded.counted_at;

-- What a count stands on: when neither has moved, no figure has.
-- name: digital_evidence_state :one
-- out: evidence id_int, changes integer
SELECT coalesce((SELECT max(id) FROM digital_evidence), 0) AS evidence,
       (SELECT count(*) FROM digital_evidence WHERE withdrawn_why IS NOT NULL) AS changes;

-- ---- lists of the team: team.c ----

-- name: digital_visited_on :one
-- out: visited_on day_text?
SELECT max(visited_on) AS visited_on FROM digital_visit WHERE household = $household AND state = 1;

-- ---- one household: household.c ----

-- What is known of one person on a day.
-- name: digital_marks :one
-- out: held integer, claimed integer, reason text?
SELECT (SELECT CAST(coalesce(sum(DISTINCT e.kind), 0) AS integer) FROM digital_evidence e
        WHERE e.person = $person::id_int AND e.counts_from <= $on::day_text AND e.counts_until > $on) AS held,
       (SELECT CAST(coalesce(sum(DISTINCT c.kind), 0) AS integer) FROM digital_claim c WHERE c.person = $person) AS claimed,
       (SELECT d.reason FROM digital_reason d WHERE d.person = $person) AS reason;

-- name: digital_visits :many
SELECT id, visited_on, note, recorded_name, recorded_at, double_of, state, offline FROM digital_visit
WHERE household = $household ORDER BY id DESC LIMIT 20;

-- name: digital_visit_last :one
-- out: id id_int
SELECT coalesce(max(id), 0) AS id FROM digital_visit WHERE household = $household;

-- name: digital_visit_insert :id
INSERT INTO digital_visit (household, visited_on, note, recorded_by, recorded_name, recorded_at, double_of, state, offline)
VALUES ($household, $visited_on, $note, $recorded_by, $recorded_name, $recorded_at, $double_of?, $state, $offline) RETURNING id;

-- name: digital_visit_reason_insert :exec
INSERT INTO digital_visit_reason (visit, person, reason) VALUES ($visit, $person, $reason);

-- name: digital_visit_reasons :many
SELECT person, reason FROM digital_visit_reason WHERE visit = $visit ORDER BY person LIMIT 60;

-- name: digital_reason_set :exec
INSERT INTO digital_reason (person, reason, visit, said_on) VALUES ($person, $reason, $visit, $said_on)
ON CONFLICT (person) DO UPDATE SET reason = excluded.reason, visit = excluded.visit, said_on = excluded.said_on;

-- name: digital_reason_drop :exec
DELETE FROM digital_reason WHERE visit = $visit;

-- ---- without a network: offline.c, looks.c ----

-- name: digital_offline_row :one
SELECT client, seq, household, unit, said, note, visited_at, received_at, recorded_by, recorded_name, outcome, why, visit
FROM digital_offline_visit WHERE client = $client AND seq = $seq;

-- The latest visit that this phone itself has brought of a household.
-- name: digital_offline_last :one
-- out: visit id_int
SELECT coalesce(max(visit), 0) AS visit FROM digital_offline_visit WHERE household = $household AND client = $client;

-- name: digital_offline_insert :exec
INSERT INTO digital_offline_visit (client, seq, household, unit, said, note, visited_at, received_at, recorded_by, recorded_name,
                                   outcome, why, visit)
VALUES ($client, $seq, $household, $unit, $said, $note, $visited_at, $received_at, $recorded_by, $recorded_name, $outcome, $why,
        $visit?);

-- name: digital_offline_looks :many
SELECT client, seq, household, unit, said, note, visited_at, received_at, recorded_by, recorded_name, outcome, why, visit
FROM digital_offline_visit WHERE outcome = 3 ORDER BY received_at, client, seq LIMIT 500;

-- name: digital_offline_settle :exec
UPDATE digital_offline_visit SET outcome = $outcome, visit = $visit?, settled_by = $settled_by, settled_at = $settled_at
WHERE client = $client AND seq = $seq AND outcome = 3;

-- ---- requests for a signature: signature.c, signature_page.c ----

-- name: digital_signature_ask :id
INSERT INTO digital_signature (person, provider, state, asked_by, asked_at, changed_at, reference, serial, why, tries, next_at, mode)
VALUES ($person, $provider, 1, $asked_by, $now::instant_int, $now, '', '', '', 0, $now, $mode)
ON CONFLICT DO NOTHING RETURNING id;

-- name: digital_signatures_of :many
SELECT id, provider, state, asked_at, changed_at, reference, serial, issued_on, expires_on, why, mode FROM digital_signature
WHERE person = $person ORDER BY id DESC LIMIT 50;

-- name: digital_signatures_due :many
SELECT id, person, provider, state, tries FROM digital_signature
WHERE state IN (1, 2) AND next_at <= $now::instant_int ORDER BY next_at, id LIMIT 50;

-- name: digital_signature_sent :exec
UPDATE digital_signature SET state = 2, reference = $reference, tries = 0, next_at = $next_at, changed_at = $changed_at
WHERE id = $id AND state = 1;

-- name: digital_signature_wait :exec
UPDATE digital_signature SET tries = $tries, next_at = $next_at WHERE id = $id AND state IN (1, 2);

-- name: digital_signature_issued :exec
UPDATE digital_signature SET state = 3, serial = $serial, issued_on = $issued_on, expires_on = $expires_on, changed_at = $changed_at
WHERE id = $id AND state IN (1, 2);

-- name: digital_signature_refused :exec
UPDATE digital_signature SET state = 4, why = $why, changed_at = $changed_at WHERE id = $id AND state IN (1, 2);

-- name: digital_signature_take_back :exec
UPDATE digital_signature SET state = 5, changed_at = $changed_at WHERE id = $id AND person = $person AND state IN (1, 2);

-- ---- plates: plate.c, plates_page.c ----

-- name: digital_plates_of_hamlet :many
SELECT id, code, household, place, assigned_on, mounted_on, seen_by, recorded_name FROM digital_plate
WHERE hamlet = $hamlet AND ended_on IS NULL ORDER BY number LIMIT 3000;

-- name: digital_plate_by_code :one
SELECT id, code, unit, household, hamlet, place, assigned_on, assigned_name, mounted_on, seen_by, recorded_name, recorded_at,
       ended_on, ended_why FROM digital_plate WHERE code = $code;

-- name: digital_plate_last :one
-- out: number integer
SELECT coalesce(max(number), 0) AS number FROM digital_plate WHERE unit = $unit;

-- name: digital_plate_insert :id
INSERT INTO digital_plate (code, unit, number, household, hamlet, place, assigned_on, assigned_name)
VALUES ($code, $unit, $number, $household, $hamlet, $place, $assigned_on, $assigned_name)
ON CONFLICT DO NOTHING RETURNING id;

-- name: digital_plate_mount :exec
UPDATE digital_plate SET mounted_on = $mounted_on, seen_by = $seen_by, recorded_by = $recorded_by, recorded_name = $recorded_name,
    recorded_at = $recorded_at WHERE id = $id AND mounted_on IS NULL AND ended_on IS NULL;

-- name: digital_plate_end :exec
UPDATE digital_plate SET ended_on = $ended_on, ended_why = $ended_why WHERE id = $id AND ended_on IS NULL;

-- Evidence that stands on a plate.
-- name: digital_evidence_of_plate :many
SELECT id, person FROM digital_evidence
WHERE person = $person AND kind = 4 AND source = 'plate' AND reference = $reference AND withdrawn_why IS NULL LIMIT 10;

-- ---- evidence: evidence.c, import.c, mine.c ----

-- name: digital_evidence_of_person :many
SELECT id, kind, source, reference, seen_on, counts_from, counts_until, recorded_name, recorded_at, withdrawn_why
FROM digital_evidence WHERE person = $person ORDER BY kind, id DESC LIMIT 100;

-- name: digital_evidence_same :one
-- out: n integer
SELECT count(*) AS n FROM digital_evidence
WHERE person = $person AND kind = $kind AND source = $source AND counts_until > $on::day_text;

-- name: digital_evidence_insert :id
INSERT INTO digital_evidence (person, kind, source, reference, seen_on, counts_from, counts_until, recorded_by, recorded_name,
                              recorded_at)
VALUES ($person, $kind, $source, $reference, $seen_on, $counts_from, $counts_until, $recorded_by, $recorded_name, $recorded_at)
RETURNING id;

-- name: digital_evidence_by_id :one
SELECT id, person, kind, counts_from, counts_until, withdrawn_why FROM digital_evidence WHERE id = $id;

-- name: digital_evidence_withdraw :exec
UPDATE digital_evidence SET counts_until = $counts_until, withdrawn_why = $withdrawn_why
WHERE id = $id AND withdrawn_why IS NULL;

-- name: digital_claim_put :exec
INSERT INTO digital_claim (person, kind, heard_on, recorded_by) VALUES ($person, $kind, $heard_on, $recorded_by)
ON CONFLICT (person, kind) DO NOTHING;

-- ---- two phones at one door: merge.c ----

-- name: digital_doubles :many
SELECT v.id, v.household, v.recorded_name, v.recorded_at, w.recorded_name AS first_name, w.recorded_at AS first_at
FROM digital_visit v JOIN digital_visit w ON w.id = v.double_of WHERE v.state = 2 ORDER BY v.id LIMIT 500;

-- name: digital_visit :one
SELECT id, household, visited_on, note, recorded_name, recorded_at, double_of, state FROM digital_visit WHERE id = $id;

-- name: digital_visit_state_set :exec
UPDATE digital_visit SET state = $state WHERE id = $id AND state = $was::integer;

-- ---- who is left and why, and thanks: left.c ----

-- People for whom a visit gave a reason, by number.
-- name: digital_reasons :many
SELECT person, reason FROM digital_reason WHERE person > $after::id_int ORDER BY person LIMIT $most::integer;

-- ---- the synthetic province: seed.c ----

-- name: digital_any :one
-- out: n integer
SELECT count(*) AS n FROM (SELECT id FROM digital_evidence LIMIT 1) AS one;

-- The rows of a bulk load bring their ids along; PostgreSQL's counters must go on after them.
-- name: digital_ids_follow :one
-- out: n integer?
-- @sqlite
SELECT max(id) AS n FROM digital_visit;
-- @postgres
SELECT greatest(setval(pg_get_serial_sequence('digital_evidence', 'id'), greatest((SELECT max(id) FROM digital_evidence), 1)),
                setval(pg_get_serial_sequence('digital_visit', 'id'), greatest((SELECT max(id) FROM digital_visit), 1))) AS n;
-- @both
