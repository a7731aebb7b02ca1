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
SELECT id, hash, made_at, expires_at FROM signon_secret WHERE client = $client AND expires_at > $now::instant_int
ORDER BY id DESC LIMIT 2;

-- ---- salts ----

-- name: salt_find :one
SELECT value FROM signon_salt WHERE name = $name;

-- name: salt_keep :exec
INSERT INTO signon_salt (name, value) VALUES ($name, $value);

-- ---- consent ----

-- name: consent_live :one
SELECT id, scope, claims FROM signon_grant WHERE account = $account AND client = $client AND ended_at IS NULL;

-- name: consent_insert :id
INSERT INTO signon_grant (account, client, scope, claims, given_at) VALUES ($account, $client, $scope, $claims, $given_at) RETURNING id;

-- name: consent_widen :exec
UPDATE signon_grant SET scope = $scope, claims = $claims WHERE id = $id AND ended_at IS NULL;

-- name: consent_end :exec
UPDATE signon_grant SET ended_at = $now::instant_int WHERE id = $id AND account = $account AND ended_at IS NULL;

-- name: consent_families_end :exec
UPDATE signon_family SET ended_at = $now::instant_int WHERE consent = $consent AND ended_at IS NULL;

-- name: consent_tokens_end :exec
UPDATE signon_token SET ended_at = $now::instant_int
WHERE family IN (SELECT id FROM signon_family WHERE consent = $consent AND ended_at IS NULL) AND ended_at IS NULL;

-- What I allowed, newest first, and when it was last used to sign in.
-- name: my_consents :many
-- out: used_at instant_int?
SELECT g.id, g.client, g.scope, g.claims, g.given_at, (SELECT max(f.made_at) FROM signon_family f WHERE f.consent = g.id) AS used_at
FROM signon_grant g WHERE g.account = $account AND g.ended_at IS NULL ORDER BY g.id DESC LIMIT 200;

-- ---- requests that wait ----

-- name: request_insert :exec
INSERT INTO signon_request (key, client, params, jkt, made_at, expires_at)
VALUES ($key, $client, $params, $jkt?, $made_at, $expires_at);

-- name: request_find :one
SELECT client, params, jkt, made_at, expires_at, used_at FROM signon_request WHERE key = $key;

-- name: request_extend :exec
UPDATE signon_request SET expires_at = $expires_at WHERE key = $key AND used_at IS NULL AND expires_at < $expires_at;

-- name: request_used :exec
UPDATE signon_request SET used_at = $now::instant_int WHERE key = $key AND used_at IS NULL;

-- name: request_forget :exec
DELETE FROM signon_request WHERE expires_at < $before::instant_int;

-- ---- sign-ins and their codes ----

-- name: family_insert :id
INSERT INTO signon_family (client, account, consent, session, scope, claims, resource, nonce, acr, amr, auth_at, made_at, told, hat)
VALUES ($client, $account, $consent, $session, $scope, $claims, $resource, $nonce?, $acr, $amr, $auth_at, $made_at, $told, $hat?)
RETURNING id;

-- name: family_bind :exec
UPDATE signon_family SET jkt = $jkt WHERE id = $id;

-- name: family_end :exec
UPDATE signon_family SET ended_at = $now::instant_int WHERE id = $id AND ended_at IS NULL;

-- name: family_tokens_end :exec
UPDATE signon_token SET ended_at = $now::instant_int WHERE family = $family AND ended_at IS NULL;

-- name: family_claims :one
SELECT claims, hat FROM signon_family WHERE id = $id;

-- name: code_insert :exec
INSERT INTO signon_code (key, family, redirect_uri, challenge, jkt, expires_at)
VALUES ($key, $family, $redirect_uri, $challenge?, $jkt?, $expires_at);

-- name: code_find :one
SELECT c.family, c.redirect_uri, c.challenge, c.jkt, c.expires_at, c.used_at, f.client, f.account, f.session, f.scope, f.claims,
       f.resource, f.nonce, f.acr, f.amr, f.auth_at, f.ended_at, f.hat
FROM signon_code c JOIN signon_family f ON f.id = c.family JOIN account a ON a.id = f.account
WHERE c.key = $key AND a.active = 1;

-- name: code_use :exec
UPDATE signon_code SET used_at = $now::instant_int WHERE key = $key AND used_at IS NULL;

-- name: code_forget :exec
DELETE FROM signon_code WHERE expires_at < $before::instant_int;

-- ---- tokens ----

-- name: token_insert :exec
INSERT INTO signon_token (key, client, family, account, scope, resource, jkt, made_at, expires_at)
VALUES ($key, $client, $family?, $account?, $scope, $resource, $jkt?, $made_at, $expires_at);

-- name: token_find_by_key :one
SELECT client, family, account, scope, resource, jkt, made_at, expires_at, ended_at FROM signon_token WHERE key = $key;

-- name: token_end :exec
UPDATE signon_token SET ended_at = $now::instant_int WHERE key = $key AND ended_at IS NULL;

-- name: token_forget :exec
DELETE FROM signon_token WHERE expires_at < $before::instant_int;

-- name: refresh_insert :exec
INSERT INTO signon_refresh (key, family, made_at, expires_at) VALUES ($key, $family, $made_at, $expires_at);

-- name: refresh_find :one
SELECT r.family, r.expires_at, r.used_at, f.client, f.account, f.session, f.scope, f.claims, f.resource, f.acr, f.amr, f.auth_at, f.jkt,
       f.ended_at, f.hat
FROM signon_refresh r JOIN signon_family f ON f.id = r.family JOIN account a ON a.id = f.account
WHERE r.key = $key AND a.active = 1;

-- name: refresh_use :exec
UPDATE signon_refresh SET used_at = $now::instant_int WHERE key = $key AND used_at IS NULL;

-- name: refresh_forget :exec
DELETE FROM signon_refresh WHERE expires_at < $before::instant_int;

-- ---- shown once ----

-- name: shown_insert :exec
INSERT INTO signon_shown (key, expires_at) VALUES ($key, $expires_at) ON CONFLICT DO NOTHING;

-- name: shown_forget :exec
DELETE FROM signon_shown WHERE expires_at < $before::instant_int;

-- ---- people ----

-- name: account_known :one
SELECT login, name, pid, person FROM account WHERE id = $id AND active = 1;

-- ---- farewells ----

-- Apps that have not heard yet of a session's end. Only sessions that somebody or something ended: one that ran out is no news.
-- SQLite begins with the table on the left of CROSS: those that have ended, not all that live.
-- name: sessions_ended :many
SELECT DISTINCT f.client, f.account, f.session FROM account_session s CROSS JOIN signon_family f
WHERE f.session = s.id AND f.told = 0 AND s.ended_at > $since::instant_int ORDER BY f.session, f.client LIMIT $most::integer;

-- name: session_told :exec
UPDATE signon_family SET told = 1,
    ended_at = CASE WHEN ' ' || scope || ' ' LIKE '% offline_access %' THEN ended_at ELSE $now::instant_int END
WHERE session = $session AND client = $client AND told = 0;

-- name: session_tokens_end :exec
UPDATE signon_token SET ended_at = $now::instant_int
WHERE ended_at IS NULL AND family IN (SELECT id FROM signon_family WHERE session = $session AND client = $client AND told = 0
                                      AND ' ' || scope || ' ' NOT LIKE '% offline_access %');

-- name: farewell_insert :exec
INSERT INTO signon_farewell (client, account, session, made_at, next_at, attempts, outcome)
VALUES ($client, $account, $session, $made_at, $next_at, 0, '');

-- name: farewells_due :many
-- out: next_at instant_int
SELECT id, client, account, session, next_at, attempts FROM signon_farewell
WHERE next_at IS NOT NULL AND next_at <= $now::instant_int ORDER BY next_at LIMIT $most::integer;

-- name: farewell_claim :exec
UPDATE signon_farewell SET next_at = $lease::instant_int WHERE id = $id AND next_at = $next_at;

-- name: farewell_settle :exec
UPDATE signon_farewell SET next_at = $next_at?, attempts = $attempts, outcome = $outcome WHERE id = $id;

-- Sessions that ran out by themselves are no news.
-- name: families_settle :exec
UPDATE signon_family SET told = 1 WHERE told = 0 AND made_at < $before::instant_int;

-- ---- questions that are answered on another screen ----

-- name: ask_insert :id
INSERT INTO signon_ask (kind, client, secret, user_code, account, scope, message, assurance, made_at, expires_at, wait_s, state, source)
VALUES ($kind, $client, $secret, $user_code?, $account?, $scope, $message?, $assurance, $made_at, $expires_at, $wait_s, $state, $source?)
ON CONFLICT DO NOTHING RETURNING id;

-- A closed account's question is nobody's any more.
-- name: ask_by_secret :one
SELECT q.id, q.account, q.scope, q.state, q.expires_at, q.polled_at, q.wait_s, q.session, q.level, q.amr, q.auth_at
FROM signon_ask q LEFT JOIN account a ON a.id = q.account
WHERE q.secret = $secret AND q.client = $client AND q.kind = $kind AND (q.account IS NULL OR a.active = 1);

-- name: ask_polled :exec
UPDATE signon_ask SET polled_at = $polled_at, wait_s = $wait_s, state = $state WHERE id = $id;

-- name: ask_by_user_code :one
SELECT id, client, user_code, scope, assurance FROM signon_ask
WHERE user_code = $user_code AND state = 1 AND expires_at > $now::instant_int;

-- What waits for one person, newest first.
-- name: asks_of_account :many
SELECT id, client, scope, message, assurance, made_at, expires_at FROM signon_ask
WHERE account = $account AND state = 1 AND kind = 2 AND expires_at > $now::instant_int ORDER BY id DESC LIMIT 20;

-- name: ask_of_account :one
SELECT id, client, scope, assurance FROM signon_ask
WHERE id = $id AND account = $account AND state = 1 AND kind = 2 AND expires_at > $now::instant_int;

-- Only a question that still waits can be answered, by whom it may be.
-- name: ask_decide :exec
UPDATE signon_ask SET state = $state, account = $account, decided_at = $decided_at, session = $session, level = $level, amr = $amr,
       auth_at = $auth_at
WHERE id = $id AND state = 1 AND expires_at > $decided_at;

-- name: asks_open_of :one
-- out: n integer
SELECT count(*) AS n FROM signon_ask
WHERE account = $account AND client = $client AND kind = 2 AND state = 1 AND expires_at > $now::instant_int;

-- Questions that one source has asked lately, answered or not.
-- name: asks_from :one
-- out: n integer
SELECT count(*) AS n FROM signon_ask WHERE source = $source AND made_at > $since::instant_int;

-- name: asks_forget :exec
DELETE FROM signon_ask WHERE expires_at < $before::instant_int;

-- Whom a clerk means: a login, or the personal number of one account.
-- name: ask_visitor :one
SELECT id FROM account WHERE active = 1 AND (login = $hint::text OR pid = $hint::text) LIMIT 1;

-- ---- apps that register themselves ----

-- name: invitation_insert :exec
INSERT INTO signon_invitation (token, owner, purpose, legal_basis, made_by, made_at, expires_at)
VALUES ($token, $owner, $purpose, $legal_basis, $made_by?, $made_at, $expires_at);

-- name: invitation_find :one
SELECT owner, purpose, legal_basis, made_by FROM signon_invitation
WHERE token = $token AND used_at IS NULL AND expires_at > $now::instant_int;

-- name: invitation_use :exec
UPDATE signon_invitation SET used_at = $now::instant_int, client = $client
WHERE token = $token AND used_at IS NULL AND expires_at > $now::instant_int;

-- name: registration_insert :exec
INSERT INTO signon_registration (client, token, made_at) VALUES ($client, $token, $made_at);

-- name: registration_find :one
SELECT r.token, r.made_at, c.metadata, c.status FROM signon_registration r JOIN signon_client c ON c.id = r.client WHERE r.client = $client;

-- name: registration_end :exec
DELETE FROM signon_registration WHERE client = $client;

-- ---- keys that apps publish themselves ----

-- name: client_keys_place :exec
INSERT INTO signon_client_keys (client, uri, tried_at, outcome) VALUES ($client, $uri, 0, '')
ON CONFLICT (client) DO UPDATE SET uri = excluded.uri, jwks = NULL, fetched_at = NULL, tried_at = 0, outcome = ''
WHERE signon_client_keys.uri <> excluded.uri;

-- name: client_keys_end :exec
DELETE FROM signon_client_keys WHERE client = $client;

-- name: client_keys_find :one
SELECT uri, jwks, fetched_at, tried_at, outcome FROM signon_client_keys WHERE client = $client;

-- Of apps that may sign anybody in, now or once they are reviewed; the oldest first.
-- name: client_keys_due :many
SELECT k.client, k.uri, k.tried_at FROM signon_client_keys k JOIN signon_client c ON c.id = k.client
WHERE k.tried_at < $tried_before::instant_int AND (k.fetched_at IS NULL OR k.fetched_at < $fetched_before::instant_int)
  AND c.status IN ('proposed', 'active')
ORDER BY k.tried_at LIMIT $most::integer;

-- The first to take the turn asks; the rate is kept by this row.
-- name: client_keys_claim :exec
UPDATE signon_client_keys SET tried_at = $now::instant_int, outcome = '' WHERE client = $client AND tried_at < $before::instant_int;

-- name: client_keys_keep :exec
UPDATE signon_client_keys SET jwks = $jwks, fetched_at = $now::instant_int, outcome = '' WHERE client = $client AND uri = $uri;

-- name: client_keys_failed :exec
UPDATE signon_client_keys SET outcome = $outcome WHERE client = $client;
