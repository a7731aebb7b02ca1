-- name: idempotency_find :one
SELECT print, outcome FROM platform_idempotency WHERE key = $key;

-- On PostgreSQL a concurrent twin makes this a serialization failure: the write runs again and finds the twin's row.
-- name: idempotency_keep :exec
INSERT INTO platform_idempotency (key, account, route, print, outcome, made_at)
VALUES ($key, $account, $route, $print, $outcome, $made_at)
ON CONFLICT DO NOTHING;

-- name: idempotency_old :many
SELECT key FROM platform_idempotency WHERE made_at < $before::instant_int LIMIT 500;

-- name: idempotency_forget :exec
DELETE FROM platform_idempotency WHERE key = $key AND made_at < $before::instant_int;

-- name: secret_find :one
SELECT value FROM platform_secret WHERE name = $name;

-- name: secret_keep :exec
INSERT INTO platform_secret (name, value) VALUES ($name, $value);

-- name: pulse_read :one
SELECT at FROM platform_pulse WHERE id = 1;

-- name: pulse_beat :exec
INSERT INTO platform_pulse (id, at) VALUES (1, $at) ON CONFLICT (id) DO UPDATE SET at = excluded.at;
