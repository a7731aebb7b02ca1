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

-- name: kiosk_payment_insert :id
INSERT INTO kiosk_payment (reference, case_id, device, sum, asked_at, state, printed)
VALUES ($reference, $case_id, $device, $sum, $now::instant_int, 'asked', 0) RETURNING id;

-- name: kiosk_payment_row :one
SELECT id, reference, case_id, device, sum, state, receipt, why, paid_at FROM kiosk_payment WHERE reference = $reference;

-- name: kiosk_payment_open :one
SELECT reference FROM kiosk_payment WHERE case_id = $case_id AND state = 'asked' ORDER BY id DESC LIMIT 1;

-- name: kiosk_payment_receipted :exec
UPDATE kiosk_payment SET state = 'receipted', paid_at = $now::instant_int, receipt = $receipt, printed = $printed
WHERE id = $id AND state = 'asked';

-- name: kiosk_payment_refund :exec
UPDATE kiosk_payment SET state = 'refund', paid_at = $now::instant_int, why = $why WHERE id = $id AND state = 'asked';

-- name: kiosk_refunds :many
SELECT reference, device, sum, paid_at, why FROM kiosk_payment WHERE state = 'refund' ORDER BY id LIMIT 200;

-- name: kiosk_rating_insert :exec
INSERT INTO kiosk_rating (device, at, stars) VALUES ($device, $now::instant_int, $stars);
