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

-- ---- recovery ----

-- name: recovery_account :one
SELECT id, login, name, pid, person, active FROM account WHERE login = $login;

-- name: recovery_insert :id
INSERT INTO credential_recovery (account, reason, level, source, raw, fits, code, tries, started_by, started_at, expires_at)
VALUES ($account, $reason, $level, $source, $raw, $fits, $code, 0, $started_by, $started_at, $expires_at) RETURNING id;

-- An account has one recovery under way: a new one ends the one before.
-- name: recoveries_end :exec
UPDATE credential_recovery SET ended_at = $now::instant_int WHERE account = $account AND used_at IS NULL AND ended_at IS NULL;

-- name: recoveries_open :many
SELECT r.id, r.level, r.source, r.fits, r.started_at, r.confirmed_at, a.name, a.login, s.name AS starter
FROM credential_recovery r JOIN account a ON a.id = r.account JOIN account s ON s.id = r.started_by
WHERE r.used_at IS NULL AND r.ended_at IS NULL AND r.expires_at > $now::instant_int ORDER BY r.id DESC LIMIT 50;

-- name: recovery_by_id :one
SELECT r.id, r.account, r.reason, r.level, r.source, r.fits, r.started_by, r.started_at, r.expires_at, r.confirmed_at, r.ended_at,
       r.used_at, a.name, a.login, a.person, s.name AS starter
FROM credential_recovery r JOIN account a ON a.id = r.account JOIN account s ON s.id = r.started_by
WHERE r.id = $id;

-- name: recovery_confirm :exec
UPDATE credential_recovery SET token = $token, confirmed_by = $confirmed_by::id_int, confirmed_at = $now::instant_int,
       expires_at = $expires_at
WHERE id = $id AND confirmed_at IS NULL AND ended_at IS NULL AND used_at IS NULL AND expires_at > $now::instant_int
      AND started_by <> $confirmed_by::id_int;

-- name: recovery_end :exec
UPDATE credential_recovery SET ended_at = $now::instant_int WHERE id = $id AND used_at IS NULL AND ended_at IS NULL;

-- name: recovery_by_token :one
SELECT r.id, r.account, r.code, r.tries, r.expires_at, r.ended_at, r.used_at, a.login, a.name, a.pid
FROM credential_recovery r JOIN account a ON a.id = r.account WHERE r.token = $token;

-- name: recovery_use :exec
UPDATE credential_recovery SET used_at = $now::instant_int
WHERE id = $id AND used_at IS NULL AND ended_at IS NULL AND expires_at > $now::instant_int;

-- name: recovery_missed :exec
UPDATE credential_recovery SET tries = tries + 1, ended_at = CASE WHEN tries + 1 >= $most::integer THEN $now::instant_int ELSE ended_at END
WHERE id = $id;

-- name: recovery_last :one
SELECT r.confirmed_at, s.name AS starter, c.name AS confirmer
FROM credential_recovery r JOIN account s ON s.id = r.started_by JOIN account c ON c.id = r.confirmed_by
WHERE r.account = $account ORDER BY r.id DESC LIMIT 1;

-- name: password_clear :exec
UPDATE account SET password = NULL WHERE id = $id;

-- name: passkeys_remove_all :exec
DELETE FROM credential_passkey WHERE account = $account;

-- name: report_insert :id
INSERT INTO credential_report (name, contact, login, story, made_at) VALUES ($name, $contact, $login, $story, $made_at) RETURNING id;

-- name: reports_open :many
SELECT id, name, contact, login, story, made_at FROM credential_report WHERE done_at IS NULL ORDER BY id LIMIT 50;

-- name: report_done :exec
UPDATE credential_report SET done_at = $now::instant_int, done_by = $by::id_int WHERE id = $id AND done_at IS NULL;

-- ---- a signed-in telephone ----

-- name: scan_insert :id
INSERT INTO credential_scan (token, browser, number, remote, agent, made_at, expires_at)
VALUES ($token, $browser, $number, $remote, $agent, $made_at, $expires_at) RETURNING id;

-- name: scan_by_browser :one
SELECT s.id, s.number, s.expires_at, s.account, s.answered_at, s.accepted, s.used_at, a.name
FROM credential_scan s LEFT JOIN account a ON a.id = s.account WHERE s.browser = $browser;

-- name: scan_by_token :one
SELECT id, number, remote, agent, made_at, expires_at, answered_at FROM credential_scan WHERE token = $token;

-- name: scan_answer :exec
UPDATE credential_scan SET account = $account, accepted = $accepted, answered_at = $now::instant_int
WHERE id = $id AND answered_at IS NULL AND expires_at > $now::instant_int;

-- name: scan_use :exec
UPDATE credential_scan SET used_at = $now::instant_int
WHERE id = $id AND accepted = 1 AND used_at IS NULL AND expires_at > $now::instant_int;

-- name: scans_forget :exec
DELETE FROM credential_scan WHERE expires_at < $before::instant_int;
