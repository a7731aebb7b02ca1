-- Writers of the log hold a shared lock on PostgreSQL, so that the sealing job can wait for those in flight. SQLite has one writer.
-- @sqlite
-- name: audit_insert :id
INSERT INTO audit_record (at, action, account, account_name, role, facility, facility_name, subject, purpose, object, body)
VALUES ($at, $action, $account?, $account_name, $role, $facility?, $facility_name, $subject?, $purpose, $object, $body)
RETURNING id;
-- @postgres
-- name: audit_insert :id
WITH in_flight AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(6700511))
INSERT INTO audit_record (at, action, account, account_name, role, facility, facility_name, subject, purpose, object, body)
SELECT $at, $action, $account?, $account_name, $role, $facility?, $facility_name, $subject?, $purpose, $object, $body FROM in_flight
RETURNING id;

-- After this no record can appear with a number up to the highest one visible: those in flight have ended.
-- @sqlite
-- name: audit_settle :one
-- out: settled integer
SELECT 1 AS settled;
-- @postgres
-- name: audit_settle :one
-- out: settled integer
SELECT 1 AS settled FROM (SELECT pg_advisory_xact_lock(6700511)) AS waited;
-- @both

-- name: audit_last_record :one
-- out: last integer
SELECT coalesce(max(id), 0) AS last FROM audit_record;

-- name: audit_last_seal :one
SELECT id, at, first, last, n, payload, jws FROM audit_seal ORDER BY id DESC LIMIT 1;

-- name: audit_bodies :many
SELECT id, body FROM audit_record WHERE id > $after::id_int AND id <= $last::id_int ORDER BY id LIMIT 1024;

-- name: audit_bodies_between :many
-- row: audit_bodies
-- all: a seal covers at most 1024 records
SELECT id, body FROM audit_record WHERE id >= $first::id_int AND id <= $last::id_int ORDER BY id LIMIT 2048;

-- name: audit_seal_insert :id
INSERT INTO audit_seal (at, first, last, n, payload, jws) VALUES ($at, $first, $last, $n, $payload, $jws) RETURNING id;

-- name: audit_seal_covering :one
SELECT id, at, first, last, n, payload, jws FROM audit_seal WHERE last >= $record::id_int ORDER BY last LIMIT 1;

-- name: audit_seals_after :many
SELECT id, at, first, last, n, payload, jws FROM audit_seal WHERE id > $after::id_int ORDER BY id LIMIT 256;

-- name: audit_by_id :one
SELECT id, at, action, account, account_name, role, facility, facility_name, subject, purpose, object, body
FROM audit_record WHERE id = $id;

-- name: audit_entered_until :one
SELECT last FROM audit_entered WHERE one = 1;

-- name: audit_entered_set :exec
UPDATE audit_entered SET last = $last WHERE one = 1 AND last = $before::id_int;

-- name: audit_subjects_enter :exec
INSERT INTO audit_subject (subject, record)
SELECT subject, id FROM audit_record WHERE id > $after::id_int AND id <= $last::id_int AND subject IS NOT NULL
ORDER BY subject, id;

-- name: audit_by_subject :many
-- row: struct audit_seen in engines/audit/audit.h
SELECT r.id, r.at, r.action, r.account_name, r.role, r.facility_name, r.purpose, r.object
FROM audit_subject s JOIN audit_record r ON r.id = s.record
WHERE s.subject = $subject AND s.record < $before::id_int ORDER BY s.record DESC LIMIT $most::integer;

-- What is not entered yet: the records of a few seconds, as a rule.
-- name: audit_by_subject_fresh :many
-- row: struct audit_seen in engines/audit/audit.h
SELECT id, at, action, account_name, role, facility_name, purpose, object
FROM audit_record WHERE id > $entered::id_int AND id < $before::id_int AND subject = $subject::id_int
ORDER BY id DESC LIMIT $most::integer;

-- Newest first; an empty text or 0 leaves that condition out.
-- name: audit_search :many
SELECT id, at, action, account, account_name, role, facility, facility_name, subject, purpose, object
FROM audit_record
WHERE id < $before::id_int AND at >= $since::instant_int AND at < $until::instant_int
  AND ($action = '' OR action = $action)
  AND ($account_is::id_int = 0 OR account = $account_is::id_int)
  AND ($object = '' OR object = $object)
ORDER BY id DESC LIMIT $most::integer;

-- name: audit_unsealed :one
-- out: n integer
SELECT count(*) AS n FROM audit_record WHERE id > $after::id_int;

-- How often an account did something lately; looks at its newest 500 records only.
-- name: audit_of_account_since :one
-- out: n integer
SELECT count(*) AS n FROM (
    SELECT action, at FROM audit_record WHERE account = $account::id_int ORDER BY id DESC LIMIT 500
) AS newest WHERE action = $action::text AND at >= $since::instant_int;
