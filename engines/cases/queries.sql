-- ---- flows ----

-- name: case_flow_keep :exec
INSERT INTO case_flow (name, version, hash, body) VALUES ($name, $version, $hash, $body) ON CONFLICT (name, version) DO NOTHING;

-- name: case_flows_all :many
-- all: some dozens, a few versions each
SELECT name, version, hash, body FROM case_flow ORDER BY name, version;

-- ---- filing ----

-- name: case_last_number :one
-- out: n integer
SELECT coalesce(max(n), 0) AS n FROM case_record WHERE organ = $organ AND day = $day;

-- name: case_record_insert :id
INSERT INTO case_record (organ, day, n, secret, revision, service, version_id, version, service_name, days, same_day_before, flow,
    flow_version, state, owner, open,
    own_function, function, unit, agency, officer, officer_name, channel, level, party, person, pid, name, name_key, organisation,
    phone, email, acts_as,
    filer_pid, filer_name, account, helper, facts, made_at, turn_at, clock, stop, fee, paid, payment, delivery, address, papers_needed,
    papers_here, mode)
VALUES ($organ, $day, $n, $secret, 1, $service, $version_id, $version, $service_name, $days, $same_day_before, $flow,
    $flow_version, $state, $owner, $open,
    $own_function, $own_function, $unit, $agency?, NULL, '', $channel, $level, $party, $person?, $pid?, $name, $name_key,
    $organisation, $phone, $email, $acts_as,
    $filer_pid?, $filer_name, $account?, $helper?, $facts, $made_at, $turn_at, 0, 0, $fee, 0, $payment, $delivery, $address,
    $papers_needed,
    $papers_here, $mode)
RETURNING id;

-- name: case_answers_insert :exec
INSERT INTO case_answers (case_id, body, hash) VALUES ($case_id, $body, $hash);

-- name: case_answers_row :one
SELECT body, hash FROM case_answers WHERE case_id = $case_id;

-- name: case_fee_insert :exec
INSERT INTO case_fee (case_id, fee, label, amount, confirmed) VALUES ($case_id, $fee, $label, $amount, $confirmed);

-- name: case_fee_rows :many
-- row: struct case_fee_line in engines/cases/cases.h
SELECT fee, label, amount, confirmed FROM case_fee WHERE case_id = $case_id ORDER BY fee LIMIT 60;

-- Open cases of one service about the same thing, oldest first.
-- name: case_same_facts :many
SELECT id, organ, day, n, service_name, name, flow, flow_version, state, made_at FROM case_record
WHERE facts = $facts AND open = 1 AND clock <> 3 AND id <> $but::id_int ORDER BY id LIMIT 20;

-- name: case_double_insert :exec
INSERT INTO case_double (case_id, other, found_at, settled_by, words) VALUES ($case_id, $other, $found_at, '',
    '') ON CONFLICT DO NOTHING;

-- name: case_double_rows :many
SELECT d.case_id, d.other, d.found_at, r.organ, r.day, r.n, r.service_name,
    r.name FROM case_double d JOIN case_record r ON r.id = d.other
WHERE d.settled_at IS NULL AND d.found_at >= $since::instant_int ORDER BY d.found_at LIMIT 200;

-- name: case_double_settle :exec
UPDATE case_double SET settled_at = $settled_at, settled_by = $settled_by, words = $words
WHERE case_id = $case_id AND other = $other AND settled_at IS NULL;

-- name: case_offline_row :one
SELECT o.case_id, r.organ, r.day, r.n, r.revision FROM case_offline o JOIN case_record r ON r.id = o.case_id
WHERE o.client = $client AND o.sequence = $sequence;

-- name: case_offline_insert :exec
INSERT INTO case_offline (client, sequence, case_id, local_at, evidence) VALUES ($client, $sequence, $case_id, $local_at, $evidence);

-- ---- one case ----

-- name: case_record_by_id :one
SELECT id, organ, day, n, secret, revision, service, version_id, version, service_name, flow, flow_version, state, owner, open,
    own_function,
    function, unit, agency, officer, officer_name, channel, level, party, person, pid, name, organisation, phone, email, acts_as,
    filer_pid, filer_name,
    account, helper, made_at, received_at, turn_at, due_at, share_due_at, promised_on, clock, stop, ended_at, on_time, result_at,
    fee, paid,
    payment, delivery, address, papers_needed, papers_here, mode
FROM case_record WHERE id = $id;

-- name: case_id_by_number :one
SELECT id FROM case_record WHERE organ = $organ AND day = $day AND n = $n;

-- ---- moving ----

-- name: case_term :one
SELECT days, same_day_before FROM case_record WHERE id = $id;

-- A case as a move leaves it. Nobody moves what has been changed since it was looked at.
-- name: case_record_move :exec
UPDATE case_record SET revision = revision + 1, state = $state, owner = $owner, open = $open, function = $function, unit = $unit,
    agency = $agency?, officer = $officer?, officer_name = $officer_name, received_at = $received_at?, turn_at = $turn_at,
    due_at = $due_at?, share_due_at = $share_due_at?, promised_on = $promised_on?, clock = $clock, stop = $stop, ended_at = $ended_at?,
    on_time = $on_time?, result_at = $result_at?
WHERE id = $id AND revision = $seen::integer;

-- name: case_record_assign :exec
UPDATE case_record SET revision = revision + 1, officer = $officer?,
    officer_name = $officer_name WHERE id = $id AND revision = $seen::integer;

-- name: case_record_touch :exec
UPDATE case_record SET revision = revision + 1, papers_here = $papers_here WHERE id = $id AND revision = $seen::integer;

-- name: case_record_pay :exec
UPDATE case_record SET revision = revision + 1, paid = $paid, payment = $payment WHERE id = $id AND revision = $seen::integer;

-- name: case_step_insert :id
INSERT INTO case_step (case_id, at, move, from_state, to_state, account, name, role, agency, reason, audit)
VALUES ($case_id, $at, $move, $from_state, $to_state, $account, $name, $role, $agency, $reason, $audit) RETURNING id;

-- name: case_step_rows :many
SELECT id, at, move, from_state, to_state, account, name, role, agency, reason, audit FROM case_step
WHERE case_id = $case_id AND id > $after::id_int ORDER BY id LIMIT 400;

-- name: case_step_made :one
-- out: n integer
SELECT count(*) AS n FROM case_step WHERE case_id = $case_id AND move = $move;

-- name: case_clock_insert :exec
INSERT INTO case_clock (case_id, kind, at, recorded_at, days, late_minute, end_minute, edition, stop, promised, who)
VALUES ($case_id, $kind, $at, $recorded_at, $days, $late_minute, $end_minute, $edition, $stop, $promised?, $who);

-- name: case_clock_rows :many
-- row: case_clock_event
SELECT case_id, kind, at, recorded_at, days, late_minute, end_minute, edition, stop, promised, who FROM case_clock
WHERE case_id = $case_id ORDER BY id LIMIT 65;

-- What stands in the list beside what the events say; in slices, for the check of all.
-- name: case_clock_stored :many
SELECT id, organ, day, n, due_at, share_due_at, promised_on, clock, stop FROM case_record WHERE id > $after::id_int ORDER BY id
LIMIT $most::integer;

-- name: case_clock_rows_between :many
-- row: case_clock_event
SELECT case_id, kind, at, recorded_at, days, late_minute, end_minute, edition, stop, promised, who FROM case_clock
WHERE case_id > $after::id_int AND case_id <= $last::id_int ORDER BY case_id, id LIMIT 65000;

-- ---- lists ----

-- Cases that lie in a unit and wait for one kind of officer, most urgent first. desk: '' the commune's own, a code, or 'any'.
-- name: case_queue_unit :many
-- row: case_listed
SELECT id, revision, organ, day, n, service, service_name, name, flow, flow_version, state, officer_name, agency, owner, unit, made_at,
    turn_at, due_at, promised_on, clock, payment, papers_needed, papers_here
FROM case_record
WHERE unit = $unit AND owner = $owner AND open = 1 AND (turn_at, id) > ($after_turn::instant_int, $after_id::id_int)
  AND ($desk::text = 'any' OR coalesce(agency, '') = $desk::text)
  AND ($officer::id_int = 0 OR coalesce(officer, -1) = $officer::id_int)
  AND ($due_from::instant_int = 0 OR due_at >= $due_from::instant_int)
  AND ($due_before::instant_int = 0 OR due_at < $due_before::instant_int)
ORDER BY turn_at, id LIMIT $most::integer;

-- name: case_queue_agency :many
-- row: case_listed
SELECT id, revision, organ, day, n, service, service_name, name, flow, flow_version, state, officer_name, agency, owner, unit, made_at,
    turn_at, due_at, promised_on, clock, payment, papers_needed, papers_here
FROM case_record
WHERE agency = $agency AND owner = $owner AND open = 1 AND (turn_at, id) > ($after_turn::instant_int, $after_id::id_int)
  AND ($officer::id_int = 0 OR coalesce(officer, -1) = $officer::id_int)
  AND ($due_from::instant_int = 0 OR due_at >= $due_from::instant_int)
  AND ($due_before::instant_int = 0 OR due_at < $due_before::instant_int)
ORDER BY turn_at, id LIMIT $most::integer;

-- name: case_counts_unit :one
-- row: struct case_counts in engines/cases/cases.h
-- out: waiting integer, late integer, soon integer
SELECT count(*) AS waiting, coalesce(sum(CASE WHEN due_at < $now::instant_int THEN 1 ELSE 0 END), 0) AS late,
    coalesce(sum(CASE WHEN due_at >= $now::instant_int AND due_at < $soon::instant_int THEN 1 ELSE 0 END), 0) AS soon
FROM case_record WHERE unit = $unit AND owner = $owner AND open = 1 AND ($desk::text = 'any' OR coalesce(agency, '') = $desk::text);

-- name: case_counts_agency :one
-- row: struct case_counts in engines/cases/cases.h
-- out: waiting integer, late integer, soon integer
SELECT count(*) AS waiting, coalesce(sum(CASE WHEN due_at < $now::instant_int THEN 1 ELSE 0 END), 0) AS late,
    coalesce(sum(CASE WHEN due_at >= $now::instant_int AND due_at < $soon::instant_int THEN 1 ELSE 0 END), 0) AS soon
FROM case_record WHERE agency = $agency AND owner = $owner AND open = 1;

-- name: case_own_account :many
-- row: case_listed
SELECT id, revision, organ, day, n, service, service_name, name, flow, flow_version, state, officer_name, agency, owner, unit, made_at,
    turn_at, due_at, promised_on, clock, payment, papers_needed, papers_here
FROM case_record WHERE account = $account AND id < $before::id_int ORDER BY id DESC LIMIT $most::integer;

-- name: case_own_pid :many
-- row: case_listed
SELECT id, revision, organ, day, n, service, service_name, name, flow, flow_version, state, officer_name, agency, owner, unit, made_at,
    turn_at, due_at, promised_on, clock, payment, papers_needed, papers_here
FROM case_record WHERE pid = $pid AND id < $before::id_int ORDER BY id DESC LIMIT $most::integer;

-- name: case_search_name :many
-- row: case_listed
SELECT id, revision, organ, day, n, service, service_name, name, flow, flow_version, state, officer_name, agency, owner, unit, made_at,
    turn_at, due_at, promised_on, clock, payment, papers_needed, papers_here
FROM case_record WHERE unit = $unit AND name_key >= $key::text AND name_key < $end::text ORDER BY name_key, id LIMIT $most::integer;

-- name: case_line_by_id :many
-- row: case_listed
SELECT id, revision, organ, day, n, service, service_name, name, flow, flow_version, state, officer_name, agency, owner, unit, made_at,
    turn_at, due_at, promised_on, clock, payment, papers_needed, papers_here
FROM case_record WHERE id = $id LIMIT 1;

-- The desk's book of some days.
-- name: case_book_rows :each
SELECT organ, day, n, service_name, name, phone, agency, flow, flow_version, state, received_at, due_at, ended_at, result_at, delivery,
    promised_on, on_time
FROM case_record WHERE unit = $unit AND made_at >= $from::instant_int AND made_at < $until::instant_int ORDER BY made_at, id;

-- name: case_book_count :one
-- out: n integer
SELECT count(*) AS n FROM case_record WHERE unit = $unit AND made_at >= $from::instant_int AND made_at < $until::instant_int;

-- Running out: due before that moment and no new day promised yet.
-- name: case_due_before :many
SELECT id, revision, days, due_at FROM case_record
WHERE open = 1 AND due_at IS NOT NULL AND due_at > $from::instant_int AND due_at <= $to::instant_int AND promised_on IS NULL AND clock = 1
ORDER BY due_at, id LIMIT $most::integer;

-- ---- papers ----

-- name: case_blob_keep :exec
INSERT INTO case_blob (hash, media_type, size, bytes) VALUES ($hash, $media_type, $size, $bytes) ON CONFLICT (hash) DO NOTHING;

-- name: case_paper_insert :id
INSERT INTO case_paper (case_id, slot, name, kind, source, file_name, hash, body, as_of, level, account, added_at, withdrawn, mode)
VALUES ($case_id, $slot, $name, $kind, $source, $file_name, $hash?, $body, $as_of, $level, $account, $added_at, 0, $mode) RETURNING id;

-- name: case_paper_withdraw :exec
UPDATE case_paper SET withdrawn = 1 WHERE case_id = $case_id AND slot = $slot AND withdrawn = 0;

-- name: case_paper_rows :many
SELECT p.id, p.slot, p.name, p.kind, p.source, p.file_name, p.hash, p.body, p.as_of, p.level, p.account, p.added_at, p.withdrawn,
    p.mode, b.media_type, b.size
FROM case_paper p LEFT JOIN case_blob b ON b.hash = p.hash WHERE p.case_id = $case_id ORDER BY p.id LIMIT 200;

-- name: case_paper_file :one
SELECT b.media_type, b.bytes FROM case_paper p JOIN case_blob b ON b.hash = p.hash WHERE p.id = $paper::id_int AND p.case_id = $case_id;

-- What cases of a person gave, newest first.
-- name: case_result_rows :many
SELECT r.id, r.organ, r.day, r.n, r.version_id, r.mode, l.at, l.body FROM case_record r JOIN case_letter l ON l.case_id = r.id
WHERE r.pid = $pid AND l.kind = $kind::integer ORDER BY l.id DESC LIMIT 50;

-- Papers of one service: a slot counts once a case, however many pages it has.
-- name: case_paper_count_row :one
-- out: cases integer, papers integer, declared integer, fetched integer, cached integer
SELECT count(*) AS cases, coalesce(sum(c.papers), 0) AS papers, coalesce(sum(c.declared), 0) AS declared,
    coalesce(sum(c.fetched), 0) AS fetched, coalesce(sum(c.cached), 0) AS cached
FROM (SELECT
        (SELECT count(DISTINCT p.slot) FROM case_paper p WHERE p.case_id = r.id AND p.kind IN ($scan::integer, $sheet::integer)) AS papers,
        (SELECT count(DISTINCT p.slot) FROM case_paper p WHERE p.case_id = r.id AND p.kind = $declared::integer) AS declared,
        (SELECT count(DISTINCT p.slot) FROM case_paper p WHERE p.case_id = r.id AND p.kind = $fetched::integer) AS fetched,
        (SELECT count(DISTINCT p.slot) FROM case_paper p WHERE p.case_id = r.id AND p.kind = $cached::integer) AS cached
      FROM case_record r WHERE r.service = $service AND r.made_at >= $from::instant_int AND r.made_at < $until::instant_int) AS c;

-- Papers that are kept with a hash, in slices.
-- name: case_paper_kept_rows :many
SELECT p.id, p.case_id, p.slot, p.kind, p.source, p.hash, p.body, p.as_of, r.organ, r.day, r.n
FROM case_paper p JOIN case_record r ON r.id = p.case_id
WHERE p.id > $after::id_int AND p.hash IS NOT NULL ORDER BY p.id LIMIT $most::integer;

-- ---- papers that the authority gives ----

-- name: case_letter_insert :id
INSERT INTO case_letter (case_id, kind, at, account, name, body, audit, to_sign)
VALUES ($case_id, $kind, $at, $account, $name, $body, $audit, $to_sign)
RETURNING id;

-- name: case_letter_rows :many
-- row: case_letter
SELECT id, case_id, kind, at, account, name, body, audit FROM case_letter WHERE case_id = $case_id ORDER BY id LIMIT 100;

-- name: case_letters_to_sign :many
-- row: case_letter
SELECT id, case_id, kind, at, account, name, body, audit FROM case_letter WHERE to_sign = 1 ORDER BY id LIMIT $most::integer;

-- Another server may have signed it meanwhile: the first one counts.
-- name: case_signed_insert :exec
INSERT INTO case_letter_signed (letter, code, pdf, hash, signed_at) VALUES ($letter, $code, $pdf, $hash, $signed_at)
ON CONFLICT (letter) DO NOTHING;

-- name: case_letter_settled :exec
UPDATE case_letter SET to_sign = 0 WHERE id = $id AND to_sign = 1;

-- name: case_signed_row :one
SELECT pdf FROM case_letter_signed WHERE letter = $letter;

-- name: case_letter_waits :one
SELECT to_sign FROM case_letter WHERE id = $id;

-- name: case_signed_by_code :one
SELECT l.case_id, l.name, l.audit, s.hash, s.signed_at FROM case_letter_signed s JOIN case_letter l ON l.id = s.letter
WHERE s.code = $code;

-- name: case_letters_given :one
-- out: n integer
SELECT count(*) AS n FROM case_letter WHERE case_id = $case_id AND kind = $kind;

-- ---- words ----

-- name: case_message_insert :exec
INSERT INTO case_message (case_id, at, from_citizen, account, name, body) VALUES ($case_id, $at, $from_citizen, $account, $name, $body);

-- name: case_message_rows :many
SELECT id, at, seen_at, from_citizen, name, body FROM case_message WHERE case_id = $case_id ORDER BY id LIMIT 200;

-- name: case_message_count :one
-- out: n integer
SELECT count(*) AS n FROM case_message WHERE case_id = $case_id AND from_citizen = $from_citizen;

-- name: case_message_see :exec
UPDATE case_message SET seen_at = $seen_at WHERE case_id = $case_id AND from_citizen = $from_citizen AND seen_at IS NULL;

-- name: case_rating_set :exec
INSERT INTO case_rating (case_id, at, stars, words, officer, answer, answered_by) VALUES ($case_id, $at, $stars, $words, $officer?,
    '', '')
ON CONFLICT (case_id) DO UPDATE SET at = excluded.at, stars = excluded.stars, words = excluded.words;

-- name: case_rating_row :one
SELECT at, stars, words, answer, answered_at, answered_by FROM case_rating WHERE case_id = $case_id;

-- name: case_complaint_insert :id
INSERT INTO case_complaint (case_id, at, body, name, answer, answered_by) VALUES ($case_id, $at, $body, $name, '', '') RETURNING id;

-- name: case_complaint_answer :exec
UPDATE case_complaint SET answer = $answer, answered_at = $answered_at, answered_by = $answered_by
WHERE id = $id AND case_id = $case_id AND answered_at IS NULL;

-- name: case_complaint_rows :many
SELECT id, at, body, name, answer, answered_at, answered_by FROM case_complaint WHERE case_id = $case_id ORDER BY id LIMIT 50;

-- ---- drafts ----

-- name: case_draft_insert :id
INSERT INTO case_draft (account, service, version_id, page, body, revision, saved_at, expires_at)
VALUES ($account, $service, $version_id, $page, $body, 1, $saved_at, $expires_at) RETURNING id;

-- name: case_draft_update :exec
UPDATE case_draft SET page = $page, body = $body, revision = revision + 1, saved_at = $saved_at, expires_at = $expires_at
WHERE id = $id AND account = $account AND revision = $seen::integer;

-- name: case_draft_row :one
-- row: struct case_draft in engines/cases/cases.h
SELECT id, account, version_id, revision, service, page, body, saved_at, expires_at FROM case_draft
WHERE id = $id AND account = $account AND expires_at > $now::instant_int;

-- name: case_draft_rows :many
-- row: struct case_draft in engines/cases/cases.h
SELECT id, account, version_id, revision, service, page, body, saved_at, expires_at FROM case_draft
WHERE account = $account AND expires_at > $now::instant_int ORDER BY id LIMIT 40;

-- name: case_draft_delete :exec
DELETE FROM case_draft WHERE id = $id AND account = $account;

-- name: case_drafts_expire :exec
DELETE FROM case_draft WHERE expires_at <= $now::instant_int;

-- ---- events that others follow ----

-- name: case_event_insert :exec
INSERT INTO case_event (audit, case_id, at, kind, state, move, national) VALUES ($audit, $case_id, $at, $kind, $state, $move,
    $national);

-- name: case_event_rows :many
SELECT audit, case_id, at, kind, state, move, national FROM case_event
WHERE audit > $after::id_int AND audit <= $sealed::id_int ORDER BY audit LIMIT $most::integer;

-- name: case_follower_row :one
SELECT after FROM case_follower WHERE name = $name;

-- name: case_follower_keep :exec
INSERT INTO case_follower (name, after) VALUES ($name, $after) ON CONFLICT (name) DO UPDATE SET after = excluded.after;

-- ---- succession of agencies ----

-- name: case_of_agency :many
-- all: the open cases of one agency; a succession moves them in one transaction
SELECT id, agency, function, revision FROM case_record WHERE agency = $agency AND open = 1 ORDER BY id;

-- name: case_agency_set :exec
UPDATE case_record SET agency = $agency WHERE id = $id;

-- ---- work of an office ----

-- Who has how much on the desk, by service. officer -1: nobody's.
-- name: case_load_unit :many
-- row: case_loaded
-- out: officer id_int, waiting integer, late integer
SELECT coalesce(officer, -1) AS officer, officer_name, service, service_name, count(*) AS waiting,
    coalesce(sum(CASE WHEN due_at < $now::instant_int AND clock IN (1, 2) THEN 1 ELSE 0 END), 0) AS late
FROM case_record WHERE unit = $unit AND open = 1 AND owner <> 3 AND clock <> 3
  AND ($desk::text = 'any' OR coalesce(agency, '') = $desk::text)
GROUP BY coalesce(officer, -1), officer_name, service, service_name ORDER BY officer_name, service LIMIT 2000;

-- name: case_load_agency :many
-- row: case_loaded
-- out: officer id_int, waiting integer, late integer
SELECT coalesce(officer, -1) AS officer, officer_name, service, service_name, count(*) AS waiting,
    coalesce(sum(CASE WHEN due_at < $now::instant_int AND clock IN (1, 2) THEN 1 ELSE 0 END), 0) AS late
FROM case_record WHERE agency = $agency AND open = 1 AND owner <> 3 AND clock <> 3
GROUP BY coalesce(officer, -1), officer_name, service, service_name ORDER BY officer_name, service LIMIT 2000;

-- Cases on which somebody made a step since then; the one who took a case on may be another by now.
-- name: case_done_unit :many
-- out: done integer
SELECT s.account, s.name AS officer_name, r.service, r.service_name, count(DISTINCT r.id) AS done
FROM case_record r JOIN case_step s ON s.case_id = r.id
WHERE r.unit = $unit AND s.at >= $since::instant_int AND s.account > 0 AND ($desk::text = 'any' OR coalesce(r.agency, '') = $desk::text)
GROUP BY s.account, s.name, r.service, r.service_name ORDER BY s.name, r.service LIMIT 2000;

-- Form 06 as a page: what an organ received on these days, by number.
-- name: case_book_page :many
SELECT id, organ, day, n, service_name, name, phone, papers_here, made_at, received_at, due_at, promised_on, ended_at, on_time,
    result_at, officer_name, delivery, fee, paid, state, flow, flow_version, channel
FROM case_record WHERE organ IN ($organ, $earlier::text) AND day >= $from::day_text AND day <= $until::day_text
  AND (day, n) > ($after_day::day_text, $after_n::integer) ORDER BY day, n LIMIT $most::integer;

-- Two open cases about one thing that nobody has decided on, of one unit or all (''). CROSS JOIN: SQLite begins with the few pairs,
-- whatever it believes of the sizes; it walked over a million cases once.
-- name: case_doubles_unsettled :many
SELECT d.case_id, d.other, d.found_at, a.organ, a.day, a.n, a.name, a.unit, a.service_name, a.made_at, a.channel,
    b.organ AS other_organ, b.day AS other_day, b.n AS other_n, b.name AS other_name, b.unit AS other_unit, b.made_at AS other_made_at,
    b.channel AS other_channel
FROM case_double d CROSS JOIN case_record a CROSS JOIN case_record b
WHERE a.id = d.case_id AND b.id = d.other AND d.settled_at IS NULL AND (a.unit = $unit::unit_text OR b.unit = $unit::unit_text)
ORDER BY d.found_at LIMIT 200;

-- ---- made-up cases ----

-- Cases that came to a unit in some days; as many as one.
-- name: case_any_in :one
-- out: n integer
SELECT count(*) AS n FROM (SELECT id FROM case_record WHERE unit = $unit AND made_at >= $from::instant_int AND made_at < $until::instant_int
    LIMIT 1) AS one;

-- The last numbers of rows, after which a load goes on.
-- name: case_last_ids :one
-- out: cases integer, steps integer, events integer, letters integer
SELECT coalesce((SELECT max(id) FROM case_record), 0) AS cases, coalesce((SELECT max(id) FROM case_step), 0) AS steps,
    coalesce((SELECT max(id) FROM case_clock), 0) AS events, coalesce((SELECT max(id) FROM case_letter), 0) AS letters;

-- The rows of a bulk load bring their ids along; PostgreSQL's counters must go on after them.
-- name: case_ids_follow :one
-- out: n integer?
-- @sqlite
SELECT max(id) AS n FROM case_record;
-- @postgres
SELECT greatest(setval(pg_get_serial_sequence('case_record', 'id'), (SELECT max(id) FROM case_record)),
                setval(pg_get_serial_sequence('case_step', 'id'), (SELECT max(id) FROM case_step)),
                setval(pg_get_serial_sequence('case_clock', 'id'), (SELECT max(id) FROM case_clock)),
                setval(pg_get_serial_sequence('case_letter', 'id'), (SELECT max(id) FROM case_letter))) AS n;
-- @both

-- ---- numbers ----

-- All cases made before a moment, as they stood then. $online: the channel's number; $asked: the kind of a request for more.
-- name: case_totals_row :one
-- row: struct case_totals in engines/cases/cases.h
-- out: made integer, online integer, ended integer, on_time integer, received integer, first_time integer
SELECT count(*) AS made, coalesce(sum(CASE WHEN channel = $online::integer THEN 1 ELSE 0 END), 0) AS online,
    coalesce(sum(CASE WHEN ended_at < $until::instant_int AND received_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS ended,
    coalesce(sum(CASE WHEN ended_at < $until::instant_int AND received_at IS NOT NULL AND on_time = 1 THEN 1 ELSE 0 END), 0) AS on_time,
    coalesce(sum(CASE WHEN received_at < $until::instant_int THEN 1 ELSE 0 END), 0) AS received,
    coalesce(sum(CASE WHEN received_at < $until::instant_int AND NOT EXISTS (SELECT 1 FROM case_letter l WHERE l.case_id = case_record.id
        AND l.kind = $asked::integer) THEN 1 ELSE 0 END), 0) AS first_time
FROM case_record WHERE made_at < $until::instant_int;

-- ---- raised to the head ----

-- name: case_raised_insert :id
INSERT INTO case_raised (case_id, unit, agency, at, account, name, reason, settled_by, answer)
VALUES ($case_id, $unit, $agency, $at, $account, $name, $reason, '', '')
RETURNING id;

-- name: case_raised_open :one
SELECT id FROM case_raised WHERE case_id = $case_id AND settled_at IS NULL;

-- name: case_raised_settle :exec
UPDATE case_raised SET settled_at = $settled_at, settled_by = $settled_by, answer = $answer
WHERE case_id = $case_id AND settled_at IS NULL;

-- name: case_raised_rows :many
SELECT id, name, reason, at, settled_at, settled_by, answer FROM case_raised WHERE case_id = $case_id ORDER BY id LIMIT 40;

-- agency: empty for the commune's own authority; $any = 1: whoever holds them.
-- name: case_raised_in_unit :many
-- row: case_raised_waiting
SELECT r.case_id, r.name, r.reason, r.at, c.organ, c.day, c.n, c.service_name
FROM case_raised r JOIN case_record c ON c.id = r.case_id
WHERE r.unit = $unit AND r.settled_at IS NULL AND ($any::integer = 1 OR r.agency = $agency) ORDER BY r.at, r.id LIMIT 100;

-- name: case_raised_in_agency :many
-- row: case_raised_waiting
SELECT r.case_id, r.name, r.reason, r.at, c.organ, c.day, c.n, c.service_name
FROM case_raised r JOIN case_record c ON c.id = r.case_id
WHERE r.agency = $agency AND r.settled_at IS NULL ORDER BY r.at, r.id LIMIT 100;

-- ---- other channels ----

-- name: case_offer_insert :id
INSERT INTO case_offer (account, service, channel, source, known, made_at, expires_at)
VALUES ($account, $service, $channel, $source, $known, $made_at, $expires_at) RETURNING id;

-- name: case_offer_row :one
SELECT id, account, service, channel, source, known, made_at, expires_at FROM case_offer
WHERE id = $id AND account = $account AND draft IS NULL AND expires_at > $now::instant_int;

-- name: case_offer_taken :exec
UPDATE case_offer SET draft = $draft WHERE id = $id AND draft IS NULL;

-- name: case_offers_expire :exec
DELETE FROM case_offer WHERE expires_at <= $now::instant_int;

-- name: case_channel_down_put :exec
INSERT INTO case_channel_down (channel, since) VALUES ($channel, $since) ON CONFLICT (channel) DO NOTHING;

-- name: case_channel_down_end :exec
DELETE FROM case_channel_down WHERE channel = $channel;

-- name: case_channel_down_row :one
SELECT since FROM case_channel_down WHERE channel = $channel;
