-- ---- upstreams ----

-- name: broker_upstream_insert :id
INSERT INTO broker_upstream (name, from_day, config, added_at, added_by) VALUES ($name, $from_day, $config, $added_at, $added_by?)
RETURNING id;

-- name: broker_upstream_same_day :one
SELECT id, config FROM broker_upstream WHERE name = $name AND from_day = $from_day;

-- name: broker_upstream_on :one
SELECT id, config FROM broker_upstream WHERE name = $name AND from_day <= $on::day_text ORDER BY from_day DESC LIMIT 1;

-- name: broker_upstreams_on :many
SELECT u.id, u.config FROM broker_upstream u
WHERE u.from_day = (SELECT max(v.from_day) FROM broker_upstream v WHERE v.name = u.name AND v.from_day <= $on::day_text)
ORDER BY u.name LIMIT 8;

-- name: broker_upstreams_all :many
SELECT id, name, from_day, config, added_at FROM broker_upstream ORDER BY name, from_day DESC LIMIT 100;

-- ---- links ----

-- name: broker_link_insert :id
INSERT INTO broker_link (upstream, issuer, subject, account, pid, basis, assurance, mode, linked_at, seen_at)
VALUES ($upstream, $issuer, $subject, $account, $pid?, $basis, $assurance, $mode, $now::instant_int, $now::instant_int) RETURNING id;

-- name: broker_link_of_subject :one
SELECT id, account, pid FROM broker_link WHERE issuer = $issuer AND subject = $subject AND ended_at IS NULL;

-- name: broker_link_of_account :one
SELECT id, subject FROM broker_link WHERE issuer = $issuer AND account = $account AND ended_at IS NULL;

-- When a link of this subject or this account with the issuer last ended.
-- name: broker_link_last_end :one
-- out: at instant_int?
SELECT max(ended_at) AS at FROM broker_link
WHERE issuer = $issuer AND (subject = $subject OR account = $account) AND ended_at IS NOT NULL;

-- name: broker_link_seen :exec
UPDATE broker_link SET seen_at = $now::instant_int, assurance = $assurance WHERE id = $id AND ended_at IS NULL;

-- name: broker_links_of_person :many
SELECT id, upstream, issuer, pid, basis, assurance, mode, linked_at, seen_at, ended_at, ended_why FROM broker_link
WHERE account = $account ORDER BY id DESC LIMIT 20;

-- name: broker_link_own :one
SELECT id, upstream, issuer, subject FROM broker_link WHERE id = $id AND account = $account AND ended_at IS NULL;

-- name: broker_link_end :exec
UPDATE broker_link SET ended_at = $now::instant_int, ended_why = $why::text WHERE id = $id AND ended_at IS NULL;

-- ---- sessions opened through a link ----

-- name: broker_session_put :exec
INSERT INTO broker_session (session, link, sid, opened_at) VALUES ($session, $link, $sid?, $now::instant_int)
ON CONFLICT (session) DO UPDATE SET link = excluded.link, sid = excluded.sid, opened_at = excluded.opened_at;

-- name: broker_session_of :one
SELECT b.session, b.sid, l.upstream, l.account FROM broker_session b JOIN broker_link l ON l.id = b.link WHERE b.session = $session;

-- name: broker_sessions_of_link :many
-- row: broker_session_there
SELECT b.session, l.account FROM broker_session b JOIN broker_link l ON l.id = b.link
WHERE b.link = $link ORDER BY b.session DESC LIMIT 500;

-- Of a logout token that names the provider's session, and perhaps the subject.
-- name: broker_sessions_of_sid :many
-- row: broker_session_there
SELECT b.session, l.account FROM broker_session b JOIN broker_link l ON l.id = b.link
WHERE b.sid = $sid AND l.issuer = $issuer AND ($subject::text = '' OR l.subject = $subject::text)
ORDER BY b.session DESC LIMIT 500;

-- Of one that names the subject only.
-- name: broker_sessions_of_subject :many
-- row: broker_session_there
SELECT b.session, l.account FROM broker_session b JOIN broker_link l ON l.id = b.link
WHERE l.issuer = $issuer AND l.subject = $subject ORDER BY b.session DESC LIMIT 500;

-- ---- arrivals that wait for a proof ----

-- name: broker_pending_insert :exec
INSERT INTO broker_pending (token, upstream, issuer, subject, pid, name, assurance, mode, started_at, expires_at)
VALUES ($token, $upstream, $issuer, $subject, $pid?, $name, $assurance, $mode, $started_at, $expires_at);

-- name: broker_pending_by_token :one
SELECT upstream, issuer, subject, pid, name, assurance, mode, started_at, expires_at FROM broker_pending WHERE token = $token;

-- name: broker_pending_drop :exec
DELETE FROM broker_pending WHERE issuer = $issuer AND subject = $subject;

-- name: broker_pending_forget :exec
DELETE FROM broker_pending WHERE expires_at < $before::instant_int;

-- ---- used once ----

-- name: broker_spend :exec
INSERT INTO broker_spent (token, at) VALUES ($token, $at) ON CONFLICT (token) DO NOTHING;

-- name: broker_spent_at :one
SELECT at FROM broker_spent WHERE token = $token;

-- name: broker_spent_forget :exec
DELETE FROM broker_spent WHERE at < $before::instant_int;

-- name: broker_sessions_forget :exec
DELETE FROM broker_session WHERE opened_at < $before::instant_int;

-- ---- the emergency path ----

-- name: broker_emergency_insert :id
INSERT INTO broker_emergency (upstream, reason, functions, hours, asked_by, asked_at)
VALUES ($upstream, $reason, $functions, $hours, $asked_by, $asked_at) RETURNING id;

-- name: broker_emergency_by_id :one
SELECT id, upstream, hours, asked_by, asked_at, confirmed_at, closed_at FROM broker_emergency WHERE id = $id;

-- name: broker_emergency_open :one
SELECT id, functions, until FROM broker_emergency
WHERE upstream = $upstream AND until > $now::instant_int AND closed_at IS NULL ORDER BY id DESC LIMIT 1;

-- name: broker_emergency_confirm :exec
UPDATE broker_emergency SET confirmed_by = $confirmed_by, confirmed_at = $confirmed_at, until = $until
WHERE id = $id AND confirmed_at IS NULL AND closed_at IS NULL;

-- name: broker_emergency_close :exec
UPDATE broker_emergency SET closed_by = $closed_by, closed_at = $closed_at WHERE id = $id AND closed_at IS NULL;

-- name: broker_emergencies :many
SELECT id, upstream, reason, functions, hours, asked_by, asked_at, confirmed_by, until, closed_at FROM broker_emergency
ORDER BY id DESC LIMIT 50;

-- ---- does it still hold over there? ----

-- name: broker_recheck_put :exec
INSERT INTO broker_recheck (session, upstream, sealed, next_at) VALUES ($session, $upstream, $sealed, $next_at);

-- Of sessions that live; the longest waiting first.
-- name: broker_rechecks_due :many
SELECT r.session, r.upstream, r.sealed, r.next_at, l.issuer, l.subject, l.account
FROM broker_recheck r JOIN broker_session b ON b.session = r.session JOIN broker_link l ON l.id = b.link
     JOIN account_session s ON s.id = r.session
WHERE r.next_at <= $now::instant_int AND s.ended_at IS NULL AND s.expires_at > $now::instant_int ORDER BY r.next_at LIMIT $most::integer;

-- Another server may be at it: the first to move the time asks.
-- name: broker_recheck_claim :exec
UPDATE broker_recheck SET next_at = $later::instant_int WHERE session = $session AND next_at = $next_at;

-- name: broker_recheck_keep :exec
UPDATE broker_recheck SET sealed = $sealed, next_at = $next_at WHERE session = $session;

-- name: broker_recheck_end :exec
DELETE FROM broker_recheck WHERE session = $session;

-- name: broker_recheck_forget :exec
DELETE FROM broker_recheck WHERE next_at < $before::instant_int;
