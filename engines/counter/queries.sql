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
