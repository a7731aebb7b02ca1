-- ---- the paper comes in ----

-- name: plan_models_count :one
-- out: n integer
SELECT count(*) AS n FROM plan_model;

-- name: plan_group_insert :exec
INSERT INTO plan_group (code, n, name) VALUES ($code, $n, $name);

-- name: plan_model_insert :exec
INSERT INTO plan_model (number, group_code, name, name_en, goal, goal_source, assignments, tools, ongoing, note)
VALUES ($number, $group_code, $name, $name_en, $goal, $goal_source, $assignments, $tools, $ongoing, $note);

-- name: plan_reading_insert :exec
INSERT INTO plan_reading (model, field, place, words, day) VALUES ($model, $field, $place, $words, $day?);

-- name: plan_conflict_insert :id
INSERT INTO plan_conflict (model, field, body, appendix, question) VALUES ($model?, $field, $body, $appendix, $question) RETURNING id;

-- name: plan_target_insert :exec
INSERT INTO plan_target (model, kind, goal, what, unit, source) VALUES ($model, $kind, $goal, $what, $unit, $source);

-- name: plan_assignment_insert :id
INSERT INTO plan_assignment (model, agency, part, since, until, source)
VALUES ($model, $agency, $part, $since, $until, $source) RETURNING id;

-- ---- reading the plan ----

-- name: plan_groups :many
-- all: a plan has five groups
SELECT code, name FROM plan_group ORDER BY n;

-- name: plan_models :many
-- all: the plan's rows, some forty
SELECT number, group_code, name, name_en, goal, goal_source, assignments, tools, ongoing, note FROM plan_model ORDER BY number;

-- name: plan_model_row :one
SELECT m.number, m.group_code, g.name AS group_name, m.name, m.name_en, m.goal, m.goal_source, m.assignments, m.tools, m.ongoing, m.note
FROM plan_model m JOIN plan_group g ON g.code = m.group_code WHERE m.number = $number;

-- name: plan_readings :many
-- all: two readings of six things for some forty rows
SELECT model, field, place, words, day FROM plan_reading ORDER BY model, field, place;

-- Each with its newest decision, if there is one. Undecided first.
-- name: plan_conflicts :many
-- all: a plan disagrees with itself in some tens of places
SELECT c.id, c.model, c.field, c.body, c.appendix, c.question, d.words, d.day, d.reason, d.decided_by, d.at
FROM plan_conflict c
LEFT JOIN plan_decision d ON d.id = (SELECT max(x.id) FROM plan_decision x WHERE x.conflict = c.id)
ORDER BY CASE WHEN d.id IS NULL THEN 0 ELSE 1 END, coalesce(c.model, 0), c.id;

-- name: plan_targets :many
-- all: a handful
SELECT model, kind, goal, what, unit, source FROM plan_target ORDER BY model, kind;

-- name: plan_assignments_on :many
-- all: leads and partners of some forty rows
SELECT a.model, a.agency, a.part, g.name, g.short_name
FROM plan_assignment a JOIN agency g ON g.code = a.agency
WHERE a.since <= $today::day_text AND a.until > $today::day_text ORDER BY a.model, a.part, a.id;

-- name: plan_assignments_of :many
SELECT a.id, a.agency, a.part, a.since, a.until, a.source, g.name, g.short_name
FROM plan_assignment a JOIN agency g ON g.code = a.agency WHERE a.model = $model ORDER BY a.part DESC, a.since, a.id LIMIT 200;

-- ---- decisions ----

-- name: plan_conflict_by_id :one
SELECT id, model, field, body, appendix, question FROM plan_conflict WHERE id = $id;

-- name: plan_decision_insert :id
INSERT INTO plan_decision (conflict, reading, words, day, reason, account, decided_by, at)
VALUES ($conflict, $reading, $words, $day?, $reason, $account, $decided_by, $at) RETURNING id;

-- name: plan_decisions_of :many
SELECT id, reading, words, day, reason, decided_by, at FROM plan_decision WHERE conflict = $conflict ORDER BY id DESC LIMIT 100;

-- name: plan_reading_day :one
SELECT words, day FROM plan_reading WHERE model = $model AND field = $field AND place = $place;

-- ---- succession ----

-- name: plan_assignments_of_agency :many
-- all: what one agency leads or helps with
SELECT id, model, agency, part, since, until, source FROM plan_assignment WHERE agency = $agency ORDER BY id;

-- name: plan_assignments_open :many
-- all: what one agency leads or helps with
SELECT id, model, part, until FROM plan_assignment
WHERE agency = $agency AND since <= $day::day_text AND until > $day::day_text ORDER BY id;

-- name: plan_assignment_until :exec
UPDATE plan_assignment SET until = $until WHERE id = $id;

-- name: plan_assignment_delete :exec
DELETE FROM plan_assignment WHERE id = $id;

-- ---- measured ----

-- name: plan_measured_put :exec
INSERT INTO plan_measured (measure, day, counted, numerator, denominator, at)
VALUES ($measure, $day, $counted, $numerator, $denominator, $at)
ON CONFLICT (measure, day) DO UPDATE SET counted = excluded.counted, numerator = excluded.numerator,
    denominator = excluded.denominator, at = excluded.at;

-- name: plan_measured_keep :exec
INSERT INTO plan_measured (measure, day, counted, numerator, denominator, at)
VALUES ($measure, $day, $counted, $numerator, $denominator, $at) ON CONFLICT (measure, day) DO NOTHING;

-- name: plan_measured_latest :many
-- all: one row for each measure of the contracts
SELECT m.measure, m.day, m.counted, m.numerator, m.denominator FROM plan_measured m
WHERE m.day = (SELECT max(x.day) FROM plan_measured x WHERE x.measure = m.measure AND x.day <= $on::day_text AND x.day >= $from::day_text)
ORDER BY m.measure;

-- name: plan_measured_series :many
SELECT day, counted, numerator, denominator FROM plan_measured WHERE measure = $measure AND day >= $from::day_text AND day <= $to::day_text
ORDER BY day LIMIT 400;

-- ---- the month ----

-- name: plan_months :many
SELECT month, closed_at, closed_by FROM plan_month ORDER BY month DESC LIMIT 240;

-- name: plan_month_row :one
SELECT month, opened_at, closed_at, closed_by FROM plan_month WHERE month = $month;

-- name: plan_month_open :exec
INSERT INTO plan_month (month, opened_at, closed_by) VALUES ($month, $opened_at, '') ON CONFLICT (month) DO NOTHING;

-- name: plan_month_close :exec
UPDATE plan_month SET closed_at = $closed_at::instant_int, closed_by = $closed_by WHERE month = $month AND closed_at IS NULL;

-- The newest version of each agency's report of a month, and the newest signed one.
-- name: plan_reports_of_month :many
-- all: one row an agency
SELECT r.id, r.agency, r.version, r.edit, r.signed_at, r.signed_by, r.late, r.words, r.reason,
    s.id AS signed, s.signed_at AS first_signed_at, s.signed_by AS signed_name, s.late AS signed_late
FROM plan_report r
LEFT JOIN plan_report s ON s.id = (SELECT max(x.id) FROM plan_report x
    WHERE x.month = r.month AND x.agency = r.agency AND x.signed_at IS NOT NULL)
WHERE r.month = $month AND r.version = (SELECT max(y.version) FROM plan_report y WHERE y.month = r.month AND y.agency = r.agency)
ORDER BY r.agency;

-- name: plan_leads_on :many
-- all: agencies that lead something
-- out: models integer
SELECT a.agency, g.name, g.short_name, count(DISTINCT a.model) AS models
FROM plan_assignment a JOIN agency g ON g.code = a.agency
WHERE a.part = 'lead' AND a.since <= $today::day_text AND a.until > $today::day_text
GROUP BY a.agency, g.name, g.short_name ORDER BY a.agency;

-- name: plan_models_led :many
-- all: what one agency leads
SELECT DISTINCT model FROM plan_assignment
WHERE agency = $agency AND part = 'lead' AND since <= $today::day_text AND until > $today::day_text ORDER BY model;

-- name: plan_report_insert :id
INSERT INTO plan_report (month, agency, version, edit, measured, words, reason, drafted_at, signed_by, late)
VALUES ($month, $agency, $version, 1, $measured, $words, $reason, $drafted_at, '', $late) RETURNING id;

-- name: plan_report_row_insert :exec
INSERT INTO plan_report_row (report, model, claim, did, next, tasks, tasks_done, tasks_late)
VALUES ($report, $model, $claim?, $did, $next, $tasks, $tasks_done, $tasks_late);

-- name: plan_report_number_insert :exec
INSERT INTO plan_report_number (report, model, measure, counted, numerator, denominator)
VALUES ($report, $model, $measure, $counted, $numerator, $denominator);

-- name: plan_report_numbers :many
-- all: the measures of what one agency leads
SELECT model, measure, counted, numerator, denominator FROM plan_report_number WHERE report = $report ORDER BY model, measure;

-- A correction begins as the version before it.
-- name: plan_report_rows_copy :exec
INSERT INTO plan_report_row (report, model, claim, did, next, tasks, tasks_done, tasks_late)
SELECT $to::id_int, model, claim, did, next, tasks, tasks_done, tasks_late FROM plan_report_row WHERE report = $from::id_int;

-- name: plan_report_numbers_copy :exec
INSERT INTO plan_report_number (report, model, measure, counted, numerator, denominator)
SELECT $to::id_int, model, measure, counted, numerator, denominator FROM plan_report_number WHERE report = $from::id_int;

-- name: plan_report_by_id :one
SELECT r.id, r.month, r.agency, r.version, r.edit, r.measured, r.words, r.reason, r.drafted_at, r.signed_at, r.signed_by, r.late, r.audit,
    g.name AS agency_name, g.short_name, m.closed_at
FROM plan_report r JOIN agency g ON g.code = r.agency JOIN plan_month m ON m.month = r.month WHERE r.id = $id;

-- name: plan_report_newest :one
SELECT id, version, signed_at FROM plan_report WHERE month = $month AND agency = $agency ORDER BY version DESC LIMIT 1;

-- name: plan_report_versions :many
SELECT id, version, signed_at, signed_by, reason FROM plan_report WHERE month = $month AND agency = $agency ORDER BY version DESC LIMIT 50;

-- name: plan_report_rows :many
-- all: what one agency leads
SELECT w.model, w.claim, w.did, w.next, w.tasks, w.tasks_done, w.tasks_late, m.name
FROM plan_report_row w JOIN plan_model m ON m.number = w.model WHERE w.report = $report ORDER BY w.model;

-- Rows of the newest signed report of each agency before or in a month, for boards.
-- name: plan_rows_signed :many
-- all: the plan's rows, once for each agency that leads them
SELECT w.model, r.agency, r.month, w.claim, w.did, w.next FROM plan_report r JOIN plan_report_row w ON w.report = r.id
WHERE r.month = $month AND r.id = (SELECT max(x.id) FROM plan_report x
    WHERE x.month = r.month AND x.agency = r.agency AND x.signed_at IS NOT NULL)
ORDER BY w.model, r.agency;

-- name: plan_report_save :exec
UPDATE plan_report SET words = $words, edit = edit + 1 WHERE id = $id AND edit = $edit AND signed_at IS NULL;

-- name: plan_report_row_save :exec
UPDATE plan_report_row SET claim = $claim?, did = $did, next = $next WHERE report = $report AND model = $model;

-- name: plan_report_sign :exec
UPDATE plan_report SET signed_at = $signed_at::instant_int, signed_by = $signed_by, late = $late, audit = $audit::id_int, edit = edit + 1
WHERE id = $id AND edit = $edit AND signed_at IS NULL;

-- name: plan_reports_of_agency :many
SELECT id, month, version, signed_at, signed_by, late, reason FROM plan_report WHERE agency = $agency
ORDER BY month DESC, version DESC LIMIT $most::integer;

-- ---- tasks ----

-- What a draft says by itself: done in the weeks before, due in those to come.
-- name: plan_tasks_to_tell :many
SELECT id, model, title, due, state, done_on FROM plan_task
WHERE agency = $agency AND ((state = 2 AND done_on > $since::day_text AND done_on <= $on::day_text)
    OR (state < 2 AND due <= $until::day_text))
ORDER BY model, due, id LIMIT 500;

-- name: plan_task_counts :many
-- all: one row for each model an agency has tasks in
-- out: n integer, done integer, late integer
SELECT model, count(*) AS n, sum(CASE WHEN state = 2 THEN 1 ELSE 0 END) AS done,
    sum(CASE WHEN state < 2 AND due < $on::day_text THEN 1 ELSE 0 END) AS late
FROM plan_task WHERE agency = $agency AND state < 3 GROUP BY model ORDER BY model;

-- name: plan_tasks_by_model :many
-- all: one row a model
-- out: n integer, done integer, late integer, risks integer
SELECT model, count(*) AS n, sum(CASE WHEN state = 2 THEN 1 ELSE 0 END) AS done,
    sum(CASE WHEN state < 2 AND due < $today::day_text THEN 1 ELSE 0 END) AS late,
    sum(CASE WHEN state < 2 AND risk = 2 THEN 1 ELSE 0 END) AS risks
FROM plan_task WHERE state < 3 GROUP BY model ORDER BY model;

-- ---- faces: board, timeline, public page ----

-- Rows that an agency leads, helps with or has a task in.
-- name: plan_models_of_agency :many
-- all: at most the plan's rows
SELECT m.number FROM plan_model m
WHERE EXISTS (SELECT 1 FROM plan_assignment s
              WHERE s.model = m.number AND s.agency = $agency::text AND s.since <= $today::day_text AND s.until > $today::day_text)
   OR EXISTS (SELECT 1 FROM plan_task t
              WHERE t.model = m.number AND (t.agency = $agency::text OR ' ' || t.partners || ' ' LIKE '% ' || $agency::text || ' %'))
ORDER BY m.number;

-- The last twelve months: how many agencies owe a report, and how many have signed one.
-- name: plan_month_strip :many
-- out: closed bool_int, due integer, signed_ integer
SELECT m.month, m.closed_at IS NOT NULL AS closed,
    (SELECT count(DISTINCT r.agency) FROM plan_report r WHERE r.month = m.month) AS due,
    (SELECT count(DISTINCT r.agency) FROM plan_report r WHERE r.month = m.month AND r.signed_at IS NOT NULL) AS signed_
FROM plan_month m ORDER BY m.month DESC LIMIT 12;

-- name: plan_milestones :many
-- all: a few for each row of one group
SELECT t.model, t.title, t.due, t.done_on FROM plan_task t JOIN plan_model m ON m.number = t.model
WHERE m.group_code = $group_code AND t.milestone = 1 ORDER BY t.model, t.due;

-- name: plan_months_closed :many
SELECT month FROM plan_month WHERE closed_at IS NOT NULL ORDER BY month DESC LIMIT $most::integer;

-- name: plan_task_insert :id
INSERT INTO plan_task (model, agency, partners, title, detail, due, milestone, state, risk, risk_note, budget, budget_line, meeting,
    meeting_on, edit, made_at)
VALUES ($model, $agency, $partners, $title, $detail, $due, $milestone, 0, 0, '', $budget, $budget_line, $meeting, $meeting_on?, 1, $made_at)
RETURNING id;

-- name: plan_task_by_id :one
SELECT t.id, t.model, t.agency, t.partners, t.title, t.detail, t.due, t.milestone, t.state, t.done_on, t.risk, t.risk_note, t.budget,
    t.budget_line, t.meeting, t.meeting_on, t.edit, t.made_at, g.name AS agency_name, g.short_name, m.name AS model_name
FROM plan_task t JOIN agency g ON g.code = t.agency JOIN plan_model m ON m.number = t.model WHERE t.id = $id;

-- name: plan_task_set :exec
UPDATE plan_task SET state = $state, done_on = $done_on?, due = $due, risk = $risk, risk_note = $risk_note, edit = edit + 1
WHERE id = $id AND edit = $edit;

-- name: plan_task_change_insert :exec
INSERT INTO plan_task_change (task, at, account, changed_by, what) VALUES ($task, $at, $account, $changed_by, $what);

-- name: plan_task_changes :many
SELECT at, changed_by, what FROM plan_task_change WHERE task = $task ORDER BY id DESC LIMIT 100;

-- name: plan_tasks_of_model :many
SELECT t.id, t.agency, t.title, t.due, t.milestone, t.state, t.done_on, t.risk, g.short_name
FROM plan_task t JOIN agency g ON g.code = t.agency WHERE t.model = $model ORDER BY t.due, t.id LIMIT 500;

-- name: plan_tasks_of_agency :many
SELECT id, model, title, due, milestone, state, done_on, risk FROM plan_task
WHERE agency = $agency AND state < 3 ORDER BY CASE WHEN state < 2 THEN 0 ELSE 1 END, due, id LIMIT 500;

-- name: plan_tasks_due :many
SELECT id, model, agency, title, due FROM plan_task WHERE state < 2 AND due <= $until::day_text ORDER BY due, id LIMIT 1000;

-- ---- evidence ----

-- name: plan_file_keep :exec
INSERT INTO plan_file (hash, media_type, size, bytes) VALUES ($hash, $media_type, $size, $bytes) ON CONFLICT (hash) DO NOTHING;

-- name: plan_file_of_evidence :one
SELECT e.target, e.task, f.media_type, f.bytes FROM plan_evidence e JOIN plan_file f ON f.hash = e.hash WHERE e.id = $id;

-- name: plan_evidence_insert :id
INSERT INTO plan_evidence (task, kind, title, target, hash, account, added_by, at)
VALUES ($task, $kind, $title, $target, $hash?, $account, $added_by, $at) RETURNING id;

-- name: plan_evidence_of :many
SELECT id, kind, title, target, added_by, at FROM plan_evidence WHERE task = $task ORDER BY id LIMIT 100;

-- name: plan_evidence_count :one
-- out: n integer
SELECT count(*) AS n FROM plan_evidence WHERE task = $task;

-- ---- reminders, letters, calendars ----

-- name: plan_reminder_put :exec
INSERT INTO plan_reminder (task, days_left, agency, at) VALUES ($task, $days_left, $agency, $at) ON CONFLICT (task, days_left) DO NOTHING;

-- name: plan_reminders_of :many
SELECT r.task, r.days_left, r.at, t.title, t.model, t.due FROM plan_reminder r JOIN plan_task t ON t.id = r.task
WHERE r.agency = $agency AND t.state < 2 ORDER BY r.at DESC, r.task LIMIT 20;

-- name: plan_letter_insert :exec
INSERT INTO plan_letter (agency, subject, body, made_at) VALUES ($agency, $subject, $body, $made_at);

-- name: plan_letters_waiting :many
SELECT id, agency, subject, body, made_at FROM plan_letter WHERE sent_at IS NULL ORDER BY id LIMIT 100;

-- name: plan_feed_insert :exec
INSERT INTO plan_feed (token, agency, account, made_at) VALUES ($token, $agency, $account, $made_at);

-- name: plan_feed_by_token :one
SELECT f.agency, f.made_at, g.name FROM plan_feed f JOIN agency g ON g.code = f.agency WHERE f.token = $token AND f.revoked_at IS NULL;

-- name: plan_feeds_of :many
SELECT made_at FROM plan_feed WHERE agency = $agency AND revoked_at IS NULL ORDER BY made_at LIMIT 20;

-- name: plan_feeds_revoke :exec
UPDATE plan_feed SET revoked_at = $revoked_at::instant_int WHERE agency = $agency AND revoked_at IS NULL;

-- name: plan_tasks_for_feed :many
SELECT id, model, title, detail, due, state, done_on, edit FROM plan_task WHERE agency = $agency AND state < 3 ORDER BY due, id LIMIT 500;

-- name: plan_tasks_open_of :many
-- all: what one agency still has to do
SELECT id, model, agency, edit FROM plan_task WHERE agency = $agency AND state < 2 ORDER BY id;

-- name: plan_task_agency_set :exec
UPDATE plan_task SET agency = $agency WHERE id = $id;

-- ---- the synthetic year ----

-- name: plan_seed_task :id
INSERT INTO plan_task (model, agency, partners, title, detail, due, milestone, state, done_on, risk, risk_note, budget, budget_line,
    meeting, edit, made_at)
VALUES ($model, $agency, '', $title, '', $due, $milestone, $state, $done_on?, $risk, $risk_note, $budget, $budget_line, '', 1, $made_at)
RETURNING id;
