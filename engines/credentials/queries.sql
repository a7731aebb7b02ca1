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
