-- ---- apps ----

-- name: client_insert :exec
INSERT INTO signon_client (id, name, owner, metadata, status, valid_until, version, made_at, made_by)
VALUES ($id, $name, $owner, $metadata, $status, $valid_until, 1, $made_at, $made_by?) ON CONFLICT DO NOTHING;

-- name: client_change :exec
UPDATE signon_client SET name = $name, owner = $owner, metadata = $metadata, valid_until = $valid_until, version = version + 1
WHERE id = $id;

-- name: client_status_set :exec
UPDATE signon_client SET status = $status, version = version + 1 WHERE id = $id;

-- name: client_touch :exec
UPDATE signon_client SET version = version + 1 WHERE id = $id;

-- name: client_by_id :one
SELECT id, metadata, status, version FROM signon_client WHERE id = $id;

-- name: client_version :one
SELECT version FROM signon_client WHERE id = $id;

-- name: clients_all :many
SELECT id, name, owner, status, valid_until, made_at FROM signon_client ORDER BY id LIMIT 500;

-- name: client_tokens_end :exec
UPDATE signon_token SET ended_at = $now::instant_int WHERE client = $client AND ended_at IS NULL AND expires_at > $now::instant_int;

-- name: client_families_end :exec
UPDATE signon_family SET ended_at = $now::instant_int WHERE client = $client AND ended_at IS NULL;

-- name: secret_insert :id
INSERT INTO signon_secret (client, hash, made_at, expires_at) VALUES ($client, $hash, $made_at, $expires_at) RETURNING id;

-- name: secret_end :exec
UPDATE signon_secret SET expires_at = $now::instant_int WHERE id = $id AND client = $client AND expires_at > $now::instant_int;

-- name: secrets_live :one
-- out: n integer
SELECT count(*) AS n FROM signon_secret WHERE client = $client AND expires_at > $now::instant_int;

-- name: secrets_of_client :many
SELECT id, hash, made_at, expires_at FROM signon_secret WHERE client = $client ORDER BY id DESC LIMIT 10;

-- ---- salts ----

-- name: salt_find :one
SELECT value FROM signon_salt WHERE name = $name;

-- name: salt_keep :exec
INSERT INTO signon_salt (name, value) VALUES ($name, $value);
