-- ---- who comes ----

-- name: vneid_token_take :exec
INSERT INTO vneid_token (token, expires_at) VALUES ($token, $expires_at) ON CONFLICT (token) DO NOTHING;

-- name: vneid_tokens_forget :exec
DELETE FROM vneid_token WHERE expires_at < $now::instant_int;

-- name: vneid_arrival_insert :id
INSERT INTO vneid_arrival (code, issuer, subject, pid, service, known, level, mode, made_at, expires_at)
VALUES ($code, $issuer, $subject, $pid, $service, $known, $level, $mode, $made_at, $expires_at) RETURNING id;

-- The browser comes with the code: once, in time.
-- name: vneid_arrival_come :one
UPDATE vneid_arrival SET cookie = $cookie, expires_at = $expires_at
WHERE code = $code AND cookie IS NULL AND expires_at > $now::instant_int RETURNING service;

-- name: vneid_arrival_row :one
SELECT id, issuer, subject, pid, service, known, level, mode, made_at, offer FROM vneid_arrival
WHERE cookie = $cookie AND expires_at > $now::instant_int;

-- name: vneid_arrival_offer :exec
UPDATE vneid_arrival SET offer = $offer WHERE id = $id AND offer IS NULL;

-- name: vneid_arrivals_forget :exec
DELETE FROM vneid_arrival WHERE expires_at < $now::instant_int;

-- ---- what goes out ----

-- name: vneid_case_insert :exec
INSERT INTO vneid_case (case_id, number, sequence, made_at, mode) VALUES ($case_id, $number, 0, $made_at, $mode)
ON CONFLICT (case_id) DO NOTHING;

-- name: vneid_case_next :one
UPDATE vneid_case SET sequence = sequence + 1 WHERE case_id = $case_id RETURNING sequence;

-- name: vneid_out_said :one
SELECT id FROM vneid_out WHERE said_as = $said_as;

-- name: vneid_out_insert :exec
INSERT INTO vneid_out (case_id, sequence, said_as, kind, national, result, body, at, state, tries, next_at, answer, mode)
VALUES ($case_id, $sequence, $said_as, $kind, $national, $result, $body, $at, 0, 0, $next_at, '', $mode);

-- In order of what happened; of a case nothing before what came earlier.
-- name: vneid_out_due :many
SELECT o.id, o.body, o.said_as, o.tries FROM vneid_out o
WHERE o.state IN (0, 1) AND o.next_at <= $now::instant_int
  AND NOT EXISTS (SELECT 1 FROM vneid_out p WHERE p.case_id = o.case_id AND p.state IN (0, 1) AND p.id < o.id
                  AND p.next_at > $now::instant_int)
ORDER BY o.id LIMIT $most::integer;

-- name: vneid_out_hold :exec
UPDATE vneid_out SET state = 1, next_at = $until::instant_int, tries = tries + 1
WHERE id = $id AND state IN (0, 1) AND next_at <= $now::instant_int;

-- What was taken is VNeID's to keep: the personal number in it goes.
-- name: vneid_out_done :exec
UPDATE vneid_out SET state = $state, answered_at = $answered_at, answer = $answer, body = CASE WHEN $state = 2 THEN '' ELSE body END
WHERE id = $id AND state = 1;

-- name: vneid_out_again :exec
UPDATE vneid_out SET state = 0, next_at = $next_at, answer = $answer WHERE id = $id AND state = 1;

-- name: vneid_out_supersede :exec
UPDATE vneid_out SET state = 4, answered_at = $answered_at, body = '' WHERE case_id = $case_id AND state IN (0, 1);

-- name: vneid_out_read :exec
UPDATE vneid_out SET read_at = $read_at WHERE said_as = $said_as AND (read_at IS NULL OR read_at > $read_at);

-- name: vneid_out_waiting :one
-- out: n integer
-- out: oldest instant_int?
SELECT count(*) AS n, min(at) AS oldest FROM vneid_out WHERE state IN (0, 1);

-- Of what was settled since then.
-- name: vneid_out_counts :one
-- out: taken integer
-- out: refused integer
-- out: read integer
SELECT coalesce(sum(CASE WHEN state = 2 THEN 1 ELSE 0 END), 0) AS taken, coalesce(sum(CASE WHEN state = 3 THEN 1 ELSE 0 END), 0) AS refused,
    coalesce(sum(CASE WHEN read_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS read
FROM vneid_out WHERE answered_at >= $since::instant_int;

-- ---- what comes in ----

-- name: vneid_in_row :one
SELECT outcome FROM vneid_in WHERE said_as = $said_as;

-- name: vneid_in_insert :exec
INSERT INTO vneid_in (said_as, kind, number, at, taken_at, outcome, mode)
VALUES ($said_as, $kind, $number, $at, $taken_at, $outcome, $mode);

-- ---- both lists ----

-- What VNeID took of each case, as it stands after all; cases of which something was settled on that day.
-- name: vneid_ours :many
-- out: result text
-- out: waits bool_int
SELECT c.number, c.case_id, o.sequence, o.national, o.state, o.answer,
    coalesce((SELECT p.result FROM vneid_out p WHERE p.case_id = c.case_id AND p.state = 2 AND p.result <> ''
              ORDER BY p.id DESC LIMIT 1), '') AS result,
    EXISTS (SELECT 1 FROM vneid_out w WHERE w.case_id = c.case_id AND w.state IN (0, 1) AND w.answer <> 'gap') AS waits
FROM vneid_case c JOIN vneid_out o ON o.case_id = c.case_id
WHERE o.id = (SELECT max(p.id) FROM vneid_out p WHERE p.case_id = c.case_id AND p.state IN (2, 3))
  AND c.case_id IN (SELECT q.case_id FROM vneid_out q WHERE q.answered_at >= $from::instant_int AND q.answered_at < $until::instant_int)
  AND c.number > $after::text
ORDER BY c.number LIMIT $most::integer;

-- One case of theirs that nothing was settled of on that day.
-- name: vneid_ours_one :one
-- row: vneid_ours
-- out: result text
-- out: waits bool_int
SELECT c.number, c.case_id, o.sequence, o.national, o.state, o.answer,
    coalesce((SELECT p.result FROM vneid_out p WHERE p.case_id = c.case_id AND p.state = 2 AND p.result <> ''
              ORDER BY p.id DESC LIMIT 1), '') AS result,
    EXISTS (SELECT 1 FROM vneid_out w WHERE w.case_id = c.case_id AND w.state IN (0, 1) AND w.answer <> 'gap') AS waits
FROM vneid_case c JOIN vneid_out o ON o.case_id = c.case_id
WHERE c.number = $number AND o.id = (SELECT max(p.id) FROM vneid_out p WHERE p.case_id = c.case_id AND p.state IN (2, 3));

-- name: vneid_run_put :exec
INSERT INTO vneid_run (day, at, ours, theirs, same, on_way, found, mode)
VALUES ($day, $at, $ours, $theirs, $same, $on_way, $found, $mode)
ON CONFLICT (day) DO UPDATE SET at = excluded.at, ours = excluded.ours, theirs = excluded.theirs, same = excluded.same,
    on_way = excluded.on_way, found = excluded.found, mode = excluded.mode;

-- name: vneid_run_last :one
SELECT day, at, ours, theirs, same, on_way, found, mode FROM vneid_run ORDER BY day DESC LIMIT 1;

-- name: vneid_diff_known :one
SELECT id, ours, theirs, done_at, action FROM vneid_diff WHERE number = $number AND kind = $kind ORDER BY id DESC LIMIT 1;

-- name: vneid_diff_insert :exec
INSERT INTO vneid_diff (day, kind, number, case_id, ours, theirs, owner, owner_name, found_at, done_by, action, reason, mode)
VALUES ($day, $kind, $number, $case_id?, $ours, $theirs, $owner?, $owner_name, $found_at, '', '', '', $mode);

-- name: vneid_diffs_of_owner :one
-- out: n integer
SELECT count(*) AS n FROM vneid_diff WHERE owner = $owner AND done_at IS NULL;

-- name: vneid_diffs :many
SELECT id, day, kind, number, case_id, ours, theirs, owner, owner_name, found_at, mode FROM vneid_diff WHERE done_at IS NULL
ORDER BY found_at, id LIMIT 200;

-- name: vneid_diffs_done :many
SELECT id, day, kind, number, ours, theirs, done_at, done_by, action, reason FROM vneid_diff WHERE done_at IS NOT NULL
ORDER BY done_at DESC, id DESC LIMIT 30;

-- name: vneid_diff_row :one
SELECT id, day, kind, number, case_id, ours, theirs, owner, owner_name, found_at, done_at, mode FROM vneid_diff WHERE id = $id;

-- name: vneid_diff_own :exec
UPDATE vneid_diff SET owner = $owner, owner_name = $owner_name WHERE id = $id AND done_at IS NULL;

-- name: vneid_diff_done :exec
UPDATE vneid_diff SET done_at = $done_at, done_by = $done_by, action = $action, reason = $reason WHERE id = $id AND done_at IS NULL;

-- ---- which services ----

-- name: vneid_switch_insert :exec
INSERT INTO vneid_switch (service, offered, reason, at, by_name) VALUES ($service, $offered, $reason, $at, $by_name);

-- name: vneid_switch_of :one
SELECT offered, reason, at, by_name FROM vneid_switch WHERE service = $service AND at < $before::instant_int ORDER BY id DESC LIMIT 1;

-- name: vneid_diffs_open :one
-- out: n integer
SELECT count(*) AS n FROM vneid_diff WHERE done_at IS NULL;
