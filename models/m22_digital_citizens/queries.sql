-- Other provinces are known as units of level 1: whoever has permanent residence there is not counted here.
-- $born_1 … $born_8: whoever is born on that day or before is old enough for the asset ('' where the rule does not exist yet).
-- Births known by year or month compare as their first day, as birth_age counts them.

-- ---- counting: coverage.c ----

-- The first day on which anything counted.
-- name: digital_evidence_first :one
SELECT counts_from FROM digital_evidence ORDER BY counts_from LIMIT 1;

-- Residents of each commune on a day: how many need an asset, and how many hold it.
-- name: digital_coverage_count :many
-- all: one row a commune
-- out: unit unit_text, needs_1 integer, needs_2 integer, needs_4 integer, needs_8 integer, needs_any integer
-- out: holds_1 integer, holds_2 integer, holds_4 integer, holds_8 integer, holds_all integer
SELECT t.unit AS unit,
       sum(t.needs & 1) AS needs_1, sum((t.needs & 2) / 2) AS needs_2,
       sum((t.needs & 4) / 4) AS needs_4, sum((t.needs & 8) / 8) AS needs_8, count(*) AS needs_any,
       sum(t.needs & t.held & 1) AS holds_1, sum((t.needs & t.held & 2) / 2) AS holds_2,
       sum((t.needs & t.held & 4) / 4) AS holds_4, sum((t.needs & t.held & 8) / 8) AS holds_8,
       sum(CASE WHEN (t.needs & t.held) = t.needs THEN 1 ELSE 0 END) AS holds_all
FROM (SELECT u.code AS unit, coalesce(h.held, 0) AS held,
             (CASE WHEN p.born <= $born_1::text THEN 1 ELSE 0 END) + (CASE WHEN p.born <= $born_2::text THEN 2 ELSE 0 END) +
             (CASE WHEN p.born <= $born_4::text THEN 4 ELSE 0 END) + (CASE WHEN p.born <= $born_8::text THEN 8 ELSE 0 END) AS needs
      FROM residence r
      JOIN person p ON p.id = r.person
      JOIN unit u ON u.id = r.unit
      LEFT JOIN (SELECT person, CAST(sum(DISTINCT kind) AS integer) AS held FROM digital_evidence
                 WHERE counts_from <= $on::day_text AND counts_until > $on GROUP BY person) h ON h.person = p.id
      WHERE r.kind = 1 AND u.level = 3 AND r.since <= $on AND (r.until IS NULL OR r.until > $on)
        AND (p.died IS NULL OR p.died > $on)) t
WHERE t.needs <> 0
GROUP BY t.unit;

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

-- Hamlets of a commune: people who need something, and those of them who have all they need.
-- name: digital_hamlets :many
-- all: the hamlets of one commune
-- out: people integer, complete integer
SELECT m.id, m.name, sum(t.person) AS people, sum(CASE WHEN (t.needs & t.held) = t.needs THEN t.person ELSE 0 END) AS complete
FROM hamlet m
JOIN (SELECT hh.hamlet AS hamlet, 1 AS person,
             (CASE WHEN p.born <= $born_1::text THEN 1 ELSE 0 END) + (CASE WHEN p.born <= $born_2::text THEN 2 ELSE 0 END) +
             (CASE WHEN p.born <= $born_4::text THEN 4 ELSE 0 END) + (CASE WHEN p.born <= $born_8::text THEN 8 ELSE 0 END) AS needs,
             (SELECT CAST(coalesce(sum(DISTINCT e.kind), 0) AS integer) FROM digital_evidence e
              WHERE e.person = p.id AND e.counts_from <= $on::day_text AND e.counts_until > $on) AS held
      FROM household hh JOIN person p ON p.household = hh.id
      WHERE hh.unit = $unit AND (p.died IS NULL OR p.died > $on)
        AND EXISTS (SELECT 1 FROM residence r WHERE r.person = p.id AND r.kind = 1 AND r.unit = hh.unit AND r.since <= $on
                    AND (r.until IS NULL OR r.until > $on))) t ON t.hamlet = m.id
WHERE m.unit = $unit AND t.needs <> 0
GROUP BY m.id, m.name ORDER BY m.id;

-- name: digital_hamlet :one
SELECT m.id, m.name, m.unit, u.code, u.name AS commune FROM hamlet m JOIN unit u ON u.id = m.unit WHERE m.id = $id;

-- Households of a hamlet in which somebody needs something.
-- name: digital_households :many
-- out: head text?, people integer, complete integer, visited_on day_text?
SELECT t.id, t.code, (SELECT b.name FROM person b WHERE b.id = t.head) AS head, count(*) AS people,
       sum(CASE WHEN (t.needs & t.held) = t.needs THEN 1 ELSE 0 END) AS complete,
       (SELECT max(v.visited_on) FROM digital_visit v WHERE v.household = t.id AND v.state = 1) AS visited_on
FROM (SELECT hh.id AS id, hh.code AS code, hh.head AS head,
             (CASE WHEN p.born <= $born_1::text THEN 1 ELSE 0 END) + (CASE WHEN p.born <= $born_2::text THEN 2 ELSE 0 END) +
             (CASE WHEN p.born <= $born_4::text THEN 4 ELSE 0 END) + (CASE WHEN p.born <= $born_8::text THEN 8 ELSE 0 END) AS needs,
             (SELECT CAST(coalesce(sum(DISTINCT e.kind), 0) AS integer) FROM digital_evidence e
              WHERE e.person = p.id AND e.counts_from <= $on::day_text AND e.counts_until > $on) AS held
      FROM household hh JOIN person p ON p.household = hh.id
      WHERE hh.unit = $unit AND hh.hamlet = $hamlet AND (p.died IS NULL OR p.died > $on)
        AND EXISTS (SELECT 1 FROM residence r WHERE r.person = p.id AND r.kind = 1 AND r.unit = hh.unit AND r.since <= $on
                    AND (r.until IS NULL OR r.until > $on))) t
WHERE t.needs <> 0
GROUP BY t.id, t.code, t.head ORDER BY t.code LIMIT 3000;

-- ---- one household: household.c ----

-- name: digital_household :one
-- out: head text?
SELECT hh.id, hh.code, hh.hamlet, m.name AS hamlet_name, u.code AS unit, u.name AS commune,
       (SELECT b.name FROM person b WHERE b.id = hh.head) AS head
FROM household hh JOIN hamlet m ON m.id = hh.hamlet JOIN unit u ON u.id = hh.unit WHERE hh.id = $id;

-- name: digital_members :many
-- out: held integer, claimed integer, resident bool_int
SELECT p.id, p.name, p.born, p.died, d.reason, d.said_on,
       (SELECT CAST(coalesce(sum(DISTINCT e.kind), 0) AS integer) FROM digital_evidence e
        WHERE e.person = p.id AND e.counts_from <= $on::day_text AND e.counts_until > $on) AS held,
       (SELECT CAST(coalesce(sum(DISTINCT c.kind), 0) AS integer) FROM digital_claim c WHERE c.person = p.id) AS claimed,
       CASE WHEN EXISTS (SELECT 1 FROM residence r WHERE r.person = p.id AND r.kind = 1 AND r.unit = hh.unit AND r.since <= $on
                         AND (r.until IS NULL OR r.until > $on)) THEN 1 ELSE 0 END AS resident
FROM household hh JOIN person p ON p.household = hh.id LEFT JOIN digital_reason d ON d.person = p.id
WHERE hh.id = $household::id_int ORDER BY p.born, p.id LIMIT 60;

-- name: digital_visits :many
SELECT id, visited_on, note, recorded_name, recorded_at, double_of, state FROM digital_visit
WHERE household = $household ORDER BY id DESC LIMIT 20;

-- name: digital_visit_last :one
-- out: id id_int
SELECT coalesce(max(id), 0) AS id FROM digital_visit WHERE household = $household;

-- name: digital_visit_insert :id
INSERT INTO digital_visit (household, visited_on, note, recorded_by, recorded_name, recorded_at, double_of, state)
VALUES ($household, $visited_on, $note, $recorded_by, $recorded_name, $recorded_at, $double_of?, $state) RETURNING id;

-- name: digital_visit_reason_insert :exec
INSERT INTO digital_visit_reason (visit, person, reason) VALUES ($visit, $person, $reason);

-- name: digital_visit_reasons :many
SELECT w.person, p.name, w.reason FROM digital_visit_reason w JOIN person p ON p.id = w.person
WHERE w.visit = $visit ORDER BY p.born, p.id LIMIT 60;

-- name: digital_reason_set :exec
INSERT INTO digital_reason (person, reason, visit, said_on) VALUES ($person, $reason, $visit, $said_on)
ON CONFLICT (person) DO UPDATE SET reason = excluded.reason, visit = excluded.visit, said_on = excluded.said_on;

-- name: digital_reason_drop :exec
DELETE FROM digital_reason WHERE visit = $visit;

-- ---- evidence: evidence.c, import.c, mine.c ----

-- Where somebody stands in the register, for whoever records something about them.
-- name: digital_person :one
-- out: unit unit_text?
SELECT p.id, p.name, p.born, p.died, p.household,
       (SELECT u.code FROM residence r JOIN unit u ON u.id = r.unit WHERE r.person = p.id AND r.kind = 1 AND u.level = 3
        AND r.since <= $on::day_text AND (r.until IS NULL OR r.until > $on) ORDER BY r.since DESC LIMIT 1) AS unit
FROM person p WHERE p.id = $id;

-- name: digital_person_by_pid :one
SELECT id FROM person WHERE pid = $pid;

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

-- name: digital_claim_count :one
-- out: n integer
SELECT count(*) AS n FROM digital_claim;

-- ---- two phones at one door: merge.c ----

-- name: digital_doubles :many
SELECT v.id, v.household, v.visited_on, v.recorded_name, v.recorded_at, hh.code, m.name AS hamlet, u.code AS unit,
       w.recorded_name AS first_name, w.recorded_at AS first_at
FROM digital_visit v JOIN digital_visit w ON w.id = v.double_of
JOIN household hh ON hh.id = v.household JOIN hamlet m ON m.id = hh.hamlet JOIN unit u ON u.id = hh.unit
WHERE v.state = 2 ORDER BY v.id LIMIT 500;

-- name: digital_visit :one
SELECT v.id, v.household, v.visited_on, v.note, v.recorded_name, v.recorded_at, v.double_of, v.state, hh.code, hh.hamlet,
       m.name AS hamlet_name, u.code AS unit
FROM digital_visit v JOIN household hh ON hh.id = v.household JOIN hamlet m ON m.id = hh.hamlet JOIN unit u ON u.id = hh.unit
WHERE v.id = $id;

-- name: digital_visit_state_set :exec
UPDATE digital_visit SET state = $state WHERE id = $id AND state = $was::integer;

-- ---- who is left and why, and thanks: left.c ----

-- CROSS JOIN: SQLite walks the few people with a reason, not all households.
-- People for whom a visit gave a reason, by hamlet: those who have all they need by now, and those who do not.
-- name: digital_reasons :many
-- all: hamlets of the province times a dozen reasons
-- out: closed integer, open integer
SELECT t.unit, t.hamlet, t.hamlet_name, t.reason,
       sum(CASE WHEN (t.needs & t.held) = t.needs THEN 1 ELSE 0 END) AS closed,
       sum(CASE WHEN (t.needs & t.held) = t.needs THEN 0 ELSE 1 END) AS open
FROM (SELECT u.code AS unit, m.id AS hamlet, m.name AS hamlet_name, d.reason AS reason,
             (CASE WHEN p.born <= $born_1::text THEN 1 ELSE 0 END) + (CASE WHEN p.born <= $born_2::text THEN 2 ELSE 0 END) +
             (CASE WHEN p.born <= $born_4::text THEN 4 ELSE 0 END) + (CASE WHEN p.born <= $born_8::text THEN 8 ELSE 0 END) AS needs,
             (SELECT CAST(coalesce(sum(DISTINCT e.kind), 0) AS integer) FROM digital_evidence e
              WHERE e.person = p.id AND e.counts_from <= $on::day_text AND e.counts_until > $on) AS held
      FROM digital_reason d CROSS JOIN person p CROSS JOIN household hh CROSS JOIN hamlet m CROSS JOIN unit u
      WHERE p.id = d.person AND hh.id = p.household AND m.id = hh.hamlet AND u.id = hh.unit
        AND (p.died IS NULL OR p.died > $on)) t
WHERE t.needs <> 0
GROUP BY t.unit, t.hamlet, t.hamlet_name, t.reason ORDER BY t.unit, t.hamlet, t.reason;

-- ---- the synthetic province: seed.c ----

-- name: digital_any :one
-- out: n integer
SELECT count(*) AS n FROM (SELECT id FROM digital_evidence LIMIT 1) AS one;

-- Everyone of the register, household by household.
-- name: digital_seed_people :each
-- out: resident bool_int
SELECT p.id, p.born, p.died, p.household, hh.unit,
       CASE WHEN EXISTS (SELECT 1 FROM residence r WHERE r.person = p.id AND r.kind = 1 AND r.unit = hh.unit AND r.until IS NULL)
            THEN 1 ELSE 0 END AS resident
FROM household hh JOIN person p ON p.household = hh.id ORDER BY hh.id, p.id;

-- The rows of a bulk load bring their ids along; PostgreSQL's counters must go on after them.
-- name: digital_ids_follow :one
-- out: n integer?
-- @sqlite
SELECT max(id) AS n FROM digital_visit;
-- @postgres
SELECT greatest(setval(pg_get_serial_sequence('digital_evidence', 'id'), greatest((SELECT max(id) FROM digital_evidence), 1)),
                setval(pg_get_serial_sequence('digital_visit', 'id'), greatest((SELECT max(id) FROM digital_visit), 1))) AS n;
-- @both
