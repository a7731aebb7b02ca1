-- ---- passwords ----

-- name: account_by_login :one
SELECT id, login, name, password, pid, active FROM account WHERE login = $login;

-- name: account_password_set :exec
UPDATE account SET password = $password WHERE id = $id;

-- name: password_of_account :one
SELECT login, password, pid FROM account WHERE id = $account::id_int AND active = 1;

-- ---- one-time links ----

-- name: invite_by_token :one
SELECT i.account, i.expires_at, i.used_at, a.login, a.name, a.pid
FROM account_invite i JOIN account a ON a.id = i.account WHERE i.token = $token;

-- name: invite_use :exec
UPDATE account_invite SET used_at = $now::instant_int WHERE token = $token AND used_at IS NULL AND expires_at > $now::instant_int;

-- ---- failures ----

-- name: failure_insert :exec
INSERT INTO account_failure (source, login, at) VALUES ($source, $login, $at);

-- name: failures_since :one
-- out: n integer
-- out: last instant_int?
SELECT count(*) AS n, max(at) AS last FROM account_failure WHERE source = $source AND login = $login AND at >= $since::instant_int;

-- name: failures_of_source :one
-- out: n integer
SELECT count(*) AS n FROM account_failure WHERE source = $source AND at >= $since::instant_int;

-- name: failures_clear :exec
DELETE FROM account_failure WHERE source = $source AND login = $login;

-- name: failures_forget :exec
DELETE FROM account_failure WHERE at < $before::instant_int;

-- name: failures_at :one
-- out: n integer
SELECT count(*) AS n FROM account_failure WHERE login = $login AND at >= $since::instant_int;

-- ---- second factors ----

-- name: second_factors :one
-- out: apps integer
-- out: passkeys integer
-- out: codes integer
SELECT (SELECT count(*) FROM credential_totp WHERE account = $account) AS apps,
       (SELECT count(*) FROM credential_passkey WHERE account = $account) AS passkeys,
       (SELECT count(*) FROM credential_code WHERE account = $account AND used_at IS NULL) AS codes;

-- name: totp_of_account :one
SELECT sealed, last_step, made_at, used_at FROM credential_totp WHERE account = $account;

-- name: totp_set :exec
INSERT INTO credential_totp (account, sealed, last_step, made_at) VALUES ($account, $sealed, $last_step, $made_at)
ON CONFLICT (account) DO UPDATE SET sealed = excluded.sealed, last_step = excluded.last_step, made_at = excluded.made_at, used_at = NULL;

-- A code counts once, also when two browsers send it in the same moment.
-- name: totp_use :exec
UPDATE credential_totp SET last_step = $step::integer, used_at = $now::instant_int WHERE account = $account AND last_step < $step::integer;

-- name: totp_remove :exec
DELETE FROM credential_totp WHERE account = $account;

-- name: paper_code_insert :exec
INSERT INTO credential_code (hash, account, made_at) VALUES ($hash, $account, $made_at);

-- name: paper_code_use :exec
UPDATE credential_code SET used_at = $now::instant_int WHERE hash = $hash AND account = $account AND used_at IS NULL;

-- name: paper_codes_remove :exec
DELETE FROM credential_code WHERE account = $account;

-- name: account_of_step :one
SELECT id, login, name, active FROM account WHERE id = $id;

-- ---- passkeys ----

-- name: passkey_insert :id
INSERT INTO credential_passkey (account, handle, alg, public_key, sign_count, synced, name, made_at)
VALUES ($account, $handle, $alg, $public_key, $sign_count, $synced, $name, $made_at)
ON CONFLICT (handle) DO NOTHING RETURNING id;

-- name: passkey_by_handle :one
SELECT p.id, p.account, p.alg, p.public_key, p.sign_count, p.synced, a.login, a.name
FROM credential_passkey p JOIN account a ON a.id = p.account WHERE p.handle = $handle;

-- name: passkeys_of_account :many
SELECT id, handle, name, synced, made_at, used_at FROM credential_passkey WHERE account = $account ORDER BY id LIMIT 20;

-- The counter goes up, also when two browsers send answers of the same key in the same moment.
-- name: passkey_used :exec
UPDATE credential_passkey SET sign_count = $sign_count, synced = $synced, used_at = $now::instant_int
WHERE id = $id AND (sign_count < $sign_count OR $sign_count = 0);

-- name: passkey_remove :exec
DELETE FROM credential_passkey WHERE id = $id AND account = $account;

-- name: spend :exec
INSERT INTO credential_spent (ticket, spent_at) VALUES ($ticket, $spent_at) ON CONFLICT (ticket) DO NOTHING;

-- name: spent_forget :exec
DELETE FROM credential_spent WHERE spent_at < $before::instant_int;
