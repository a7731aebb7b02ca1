-- ---- drawing ----

-- name: paper_check_insert :exec
INSERT INTO paper_check (case_id, paper, number, service, service_name, paper_name, system, why, unit, agency, risk, drawn_at, due_on,
    state, words, checked_by, checked_name, settled_words, settled_name)
VALUES ($case_id, $paper, $number, $service, $service_name, $paper_name, $system, $why, $unit, $agency, $risk, $drawn_at, $due_on,
    0, '', 0, '', '', '') ON CONFLICT (case_id, paper) DO NOTHING;

-- How declarations of a service came out so far.
-- name: paper_check_totals :one
-- out: drawn integer, right_ integer, wrong integer
SELECT count(*) AS drawn, coalesce(sum(CASE WHEN state = 1 THEN 1 ELSE 0 END), 0) AS right_,
    coalesce(sum(CASE WHEN state = 2 THEN 1 ELSE 0 END), 0) AS wrong
FROM paper_check WHERE service = $service;

-- ---- the duty list ----

-- name: paper_checks_of_unit :many
-- row: paper_check_listed
SELECT id, number, service_name, paper_name, why, drawn_at, due_on, state, words, checked_name, checked_at FROM paper_check
WHERE unit = $unit AND agency = $agency AND (state = 0 OR (state = 2 AND settled_at IS NULL)) ORDER BY state DESC, due_on, id LIMIT 200;

-- name: paper_checks_of_agency :many
-- row: paper_check_listed
SELECT id, number, service_name, paper_name, why, drawn_at, due_on, state, words, checked_name, checked_at FROM paper_check
WHERE agency = $agency AND agency <> '' AND (state = 0 OR (state = 2 AND settled_at IS NULL)) ORDER BY state DESC, due_on, id LIMIT 200;

-- name: paper_check_by_id :one
SELECT id, case_id, paper, number, service, service_name, paper_name, system, why, unit, agency, risk, drawn_at, due_on, state, words,
    checked_at, checked_name, settled_at, settled_words, settled_name
FROM paper_check WHERE id = $id;

-- Once: whoever is second is told.
-- name: paper_check_settle :exec
UPDATE paper_check SET state = $state, words = $words, checked_at = $checked_at, checked_by = $checked_by, checked_name = $checked_name
WHERE id = $id AND state = 0;

-- name: paper_check_duty_done :exec
UPDATE paper_check SET settled_at = $settled_at, settled_words = $settled_words, settled_name = $settled_name
WHERE id = $id AND state = 2 AND settled_at IS NULL;

-- ---- counts ----

-- name: paper_count_set :exec
INSERT INTO paper_count (service, counted_at, cases, papers, declared, fetched, cached)
VALUES ($service, $counted_at, $cases, $papers, $declared, $fetched, $cached)
ON CONFLICT (service) DO UPDATE SET counted_at = excluded.counted_at, cases = excluded.cases, papers = excluded.papers,
    declared = excluded.declared, fetched = excluded.fetched, cached = excluded.cached;

-- name: paper_count_rows :many
-- all: one row a service
SELECT service, counted_at, cases, papers, declared, fetched, cached FROM paper_count ORDER BY service;
