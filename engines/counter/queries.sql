-- ---- intake ----

-- name: counter_intake_insert :id
INSERT INTO counter_intake (account, unit, made_at, expires_at, person, pid, name, born, level, source, service,
    version_id, answers, revision)
VALUES ($account, $unit, $made_at, $expires_at, $person?, $pid?, $name, $born?, $level, $source, '', 0, '{}', 1) RETURNING id;

-- name: counter_intake_row :one
SELECT id, account, unit, made_at, person, pid, name, born, level, source, service, version_id, answers, revision FROM counter_intake
WHERE id = $id AND account = $account AND expires_at > $now::instant_int;

-- name: counter_intakes_open :many
SELECT id, made_at, name, service FROM counter_intake WHERE account = $account AND expires_at > $now::instant_int
ORDER BY id DESC LIMIT 10;

-- name: counter_intake_serve :exec
UPDATE counter_intake SET service = $service, version_id = $version_id, answers = $answers, revision = revision + 1
WHERE id = $id AND revision = $seen::integer;

-- name: counter_intake_papers :many
SELECT slot, kind, seen, file_name, media_type, quality, hash, bytes FROM counter_intake_paper WHERE intake = $intake
ORDER BY slot LIMIT 60;

-- name: counter_intake_paper_set :exec
INSERT INTO counter_intake_paper (intake, slot, kind, seen, file_name, media_type, quality, hash, bytes)
VALUES ($intake, $slot, $kind, $seen, $file_name, $media_type, $quality, $hash?, $bytes?)
ON CONFLICT (intake, slot) DO UPDATE SET kind = excluded.kind, seen = excluded.seen, file_name = excluded.file_name,
    media_type = excluded.media_type, quality = excluded.quality, hash = excluded.hash, bytes = excluded.bytes;

-- name: counter_intake_papers_drop :exec
DELETE FROM counter_intake_paper WHERE intake = $intake;

-- name: counter_intake_drop :exec
DELETE FROM counter_intake WHERE id = $id;

-- name: counter_intake_papers_expire :exec
DELETE FROM counter_intake_paper WHERE intake IN (SELECT id FROM counter_intake WHERE expires_at <= $now::instant_int);

-- name: counter_intakes_expire :exec
DELETE FROM counter_intake WHERE expires_at <= $now::instant_int;

-- ---- offline ----

-- name: counter_block_last :one
-- out: last integer
SELECT coalesce(max(last_n), 0) AS last FROM counter_block WHERE unit = $unit;

-- name: counter_block_of :one
SELECT id, first_n, last_n, until FROM counter_block WHERE client = $client AND unit = $unit AND until > $now::instant_int
ORDER BY id DESC LIMIT 1;

-- name: counter_block_insert :id
INSERT INTO counter_block (unit, client, account, first_n, last_n, given_at, until)
VALUES ($unit, $client, $account, $first_n, $last_n, $given_at, $until) RETURNING id;

-- Was this provisional number given to this machine?
-- name: counter_block_holds :one
SELECT id FROM counter_block WHERE client = $client AND unit = $unit AND first_n <= $n::integer AND last_n >= $n::integer LIMIT 1;

-- name: counter_offline_row :one
SELECT outcome, why, case_id, number FROM counter_offline WHERE client = $client AND seq = $seq;

-- When the machine's clock stood before this act, as far as it has sent.
-- name: counter_offline_before :one
-- out: local_at instant_int?
SELECT max(local_at) AS local_at FROM counter_offline WHERE client = $client AND seq < $seq;

-- name: counter_offline_number :one
SELECT seq FROM counter_offline WHERE client = $client AND number = $number AND seq <> $seq LIMIT 1;

-- name: counter_offline_insert :exec
INSERT INTO counter_offline (client, seq, unit, account, account_name, number, service, service_name, name, local_at, received_at,
    outcome, why, case_id, body)
VALUES ($client, $seq, $unit, $account, $account_name, $number, $service, $service_name, $name, $local_at, $received_at, $outcome, $why,
    $case_id?, $body);

-- name: counter_offline_looks :many
SELECT client, seq, account_name, number, service_name, name, local_at, received_at, why FROM counter_offline
WHERE unit = $unit AND outcome = 2 AND settled_at IS NULL ORDER BY received_at, client, seq LIMIT 100;

-- name: counter_offline_look :one
SELECT client, seq, unit, number, service, name, local_at, why, body FROM counter_offline
WHERE client = $client AND seq = $seq AND outcome = 2 AND settled_at IS NULL;

-- name: counter_offline_settle :exec
UPDATE counter_offline SET settled_at = $settled_at, settled_by = $settled_by, settled = $settled
WHERE client = $client AND seq = $seq AND outcome = 2 AND settled_at IS NULL;

-- ---- tries to ask for what data replaces ----

-- name: counter_try_insert :exec
INSERT INTO counter_try (at, case_id, number, service_name, unit, account, account_name, asked, words)
VALUES ($at, $case_id, $number, $service_name, $unit, $account, $account_name, $asked, $words);

-- name: counter_try_rows :many
-- row: struct counter_try in engines/counter/counter.h
SELECT id, at, number, service_name, account_name, asked, words, unit FROM counter_try WHERE id < $before::id_int
ORDER BY id DESC LIMIT $most::integer;
