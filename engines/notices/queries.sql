-- name: notice_said :one
SELECT id FROM notice WHERE said_as = $said_as;

-- name: notice_insert :id
INSERT INTO notice (account, kind, title, path, subject, said_as, at) VALUES ($account?, $kind, $title, $path, $subject, $said_as, $at)
RETURNING id;

-- name: notice_out_insert :exec
INSERT INTO notice_out (notice, channel, address, text, secret, state, tries, next_at, carrier_no, reason, changed_at)
VALUES ($notice, $channel, $address, $text, $secret, 0, 0, $next_at, '', '', $changed_at);

-- name: notice_rows :many
SELECT id, title, path, at, seen_at FROM notice WHERE account = $account AND id < $before::id_int ORDER BY id DESC LIMIT 50;

-- name: notice_out_of :many
SELECT o.notice, o.channel, o.state, o.changed_at, o.reason FROM notice_out o JOIN notice n ON n.id = o.notice
WHERE n.account = $account AND n.id < $before::id_int ORDER BY o.id DESC LIMIT 100;

-- At most a hundred are counted.
-- name: notice_unread :one
-- out: n integer
SELECT count(*) AS n FROM (SELECT id FROM notice WHERE account = $account AND seen_at IS NULL LIMIT 100) AS unseen;

-- name: notice_see_all :exec
UPDATE notice SET seen_at = $seen_at WHERE account = $account AND seen_at IS NULL;

-- name: notice_contact_row :one
SELECT phone, email, by_sms, by_email FROM notice_contact WHERE account = $account;

-- name: notice_contact_keep :exec
INSERT INTO notice_contact (account, phone, email, by_sms, by_email) VALUES ($account, $phone, $email, $by_sms, $by_email)
ON CONFLICT (account) DO UPDATE SET phone = excluded.phone, email = excluded.email, by_sms = excluded.by_sms,
    by_email = excluded.by_email;

-- Due now: queued ones, and those whose sender went away with them in hand.
-- name: notice_out_due :many
SELECT id, channel, address, text, secret, tries, state FROM notice_out
WHERE state IN (0, 1) AND channel = $channel AND next_at <= $now::instant_int ORDER BY next_at, id LIMIT $most::integer;

-- One sender takes it: nobody else does before the hold is over.
-- name: notice_out_hold :exec
UPDATE notice_out SET state = 1, next_at = $until::instant_int, tries = tries + 1, changed_at = $now::instant_int
WHERE id = $id AND state IN (0, 1) AND next_at <= $now::instant_int;

-- name: notice_out_sent :exec
UPDATE notice_out SET state = 2, carrier_no = $carrier_no, text = CASE WHEN secret = 1 THEN '' ELSE text END, reason = '',
    changed_at = $changed_at
WHERE id = $id AND state = 1;

-- name: notice_out_again :exec
UPDATE notice_out SET state = 0, next_at = $next_at, reason = $reason, changed_at = $changed_at WHERE id = $id AND state = 1;

-- name: notice_out_end :exec
UPDATE notice_out SET state = $state, reason = $reason, text = CASE WHEN secret = 1 THEN '' ELSE text END, changed_at = $changed_at
WHERE id = $id AND state IN (1, 2);

-- name: notice_out_asked :many
SELECT id, carrier_no FROM notice_out WHERE state = 2 AND channel = 0 AND changed_at > $since::instant_int
ORDER BY changed_at, id LIMIT $most::integer;
