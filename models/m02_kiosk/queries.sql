-- name: kiosk_session_insert :id
INSERT INTO kiosk_session (device, token, opened_at, seen_at, held, covered)
VALUES ($device, $token, $now::instant_int, $now::instant_int, $held?, 0) RETURNING id;

-- name: kiosk_session_by_token :one
SELECT id, device, opened_at, seen_at, held, covered, ended_at FROM kiosk_session WHERE token = $token;

-- name: kiosk_session_hold :exec
UPDATE kiosk_session SET held = $held, seen_at = $now::instant_int WHERE id = $id AND ended_at IS NULL;

-- name: kiosk_session_seen :exec
UPDATE kiosk_session SET seen_at = $now::instant_int, covered = $covered WHERE id = $id AND ended_at IS NULL;

-- name: kiosk_session_held :one
SELECT held, device, ended_at FROM kiosk_session WHERE id = $id;

-- name: kiosk_session_end :exec
UPDATE kiosk_session SET held = NULL, covered = 0, ended_at = $now::instant_int, how = $how, forgotten = $forgotten?
WHERE id = $id AND ended_at IS NULL;

-- Sessions that nobody ended: the browser was killed, the power went.
-- name: kiosk_sessions_left :many
SELECT id FROM kiosk_session WHERE ended_at IS NULL AND seen_at < $before::instant_int ORDER BY seen_at LIMIT 200;

-- name: kiosk_sessions_between :one
-- out: n integer
SELECT count(*) AS n FROM kiosk_session WHERE opened_at >= $from::instant_int AND opened_at < $until::instant_int;

-- name: kiosk_asked_insert :exec
INSERT INTO kiosk_asked (reference, session, asked_at) VALUES ($reference, $session, $asked_at) ON CONFLICT DO NOTHING;

-- name: kiosk_asked_each :each
SELECT k.reference, s.ended_at FROM kiosk_asked k JOIN kiosk_session s ON s.id = k.session ORDER BY k.asked_at, k.reference;

-- name: kiosk_filed_insert :exec
INSERT INTO kiosk_filed (key, case_id) VALUES ($key, $case_id) ON CONFLICT DO NOTHING;

-- name: kiosk_filed_row :one
SELECT case_id FROM kiosk_filed WHERE key = $key;

-- name: kiosk_rating_insert :exec
INSERT INTO kiosk_rating (device, at, stars) VALUES ($device, $now::instant_int, $stars);
