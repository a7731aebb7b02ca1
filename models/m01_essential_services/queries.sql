-- ---- drafts ----

-- name: filing_insert :exec
INSERT INTO filing (draft, account, acts_as, basis, pid, name, person, organisation, phone, unit, delivery, address, assisted,
    code_tries, confirmed_by, expires_at, channel)
VALUES ($draft, $account, $acts_as, $basis, $pid?, $name, $person?, $organisation?, $phone, NULL, 0, '', $assisted, 0, '', $expires_at,
    $channel);

-- name: filing_row :one
SELECT draft, account, acts_as, basis, pid, name, person, organisation, phone, unit, delivery, address, assisted, code, code_until,
    code_tries, confirmed_at, confirmed_by, confirmed, channel
FROM filing WHERE draft = $draft;

-- name: filing_place :exec
UPDATE filing SET unit = $unit, delivery = $delivery, address = $address WHERE draft = $draft;

-- name: filing_delete :exec
DELETE FROM filing WHERE draft = $draft;

-- name: filing_scans_delete :exec
DELETE FROM filing_scan WHERE draft = $draft;

-- name: filing_scans_expire :exec
DELETE FROM filing_scan WHERE draft IN (SELECT draft FROM filing WHERE expires_at <= $now::instant_int);

-- name: filings_expire :exec
DELETE FROM filing WHERE expires_at <= $now::instant_int;

-- Typed by helpers for somebody, not confirmed yet.
-- name: filings_to_confirm :many
SELECT draft, account, name FROM filing
WHERE pid = $pid AND assisted = 1 AND confirmed_at IS NULL AND unit IS NOT NULL AND expires_at > $now::instant_int
ORDER BY draft LIMIT 20;

-- name: filing_code_set :exec
UPDATE filing SET code = $code, code_until = $code_until, code_tries = 0 WHERE draft = $draft;

-- name: filing_code_wrong :exec
UPDATE filing SET code_tries = code_tries + 1 WHERE draft = $draft;

-- name: filing_confirm :exec
UPDATE filing SET code = NULL, confirmed_at = $confirmed_at, confirmed_by = $confirmed_by, confirmed = $confirmed WHERE draft = $draft;

-- ---- scans ----

-- name: filing_scan_insert :exec
INSERT INTO filing_scan (draft, slot, file_name, media_type, hash, size, bytes, added_at)
VALUES ($draft, $slot, $file_name, $media_type, $hash, $size, $bytes, $added_at);

-- name: filing_scan_drop :exec
DELETE FROM filing_scan WHERE draft = $draft AND slot = $slot;

-- name: filing_scan_rows :many
SELECT id, slot, file_name, media_type, hash, size FROM filing_scan WHERE draft = $draft ORDER BY id LIMIT 80;

-- name: filing_scan_bytes :many
SELECT slot, file_name, media_type, hash, bytes FROM filing_scan WHERE draft = $draft ORDER BY id LIMIT 80;

-- ---- cases of the portal ----

-- name: filing_case_insert :exec
INSERT INTO filing_case (case_id, account, person, organisation, audit, made_at)
VALUES ($case_id, $account?, $person?, $organisation?, $audit, $made_at);

-- name: filing_case_row :one
SELECT case_id, account, person, organisation, audit, made_at FROM filing_case WHERE case_id = $case_id;

-- name: filing_cases_of_person :many
SELECT case_id FROM filing_case WHERE person = $person ORDER BY case_id DESC LIMIT 50;

-- name: filing_cases_of_organisation :many
SELECT case_id FROM filing_case WHERE organisation = $organisation ORDER BY case_id DESC LIMIT 50;

-- ---- bundles ----

-- name: filing_part_insert :exec
INSERT INTO filing_part (parent, place, service, name, state, case_id, reason, after, changed_at)
VALUES ($parent, $place, $service, $name, $state, $case_id?, $reason, $after, $changed_at) ON CONFLICT (parent, place) DO NOTHING;

-- name: filing_part_rows :many
SELECT parent, place, service, name, state, case_id, reason, after, changed_at FROM filing_part WHERE parent = $parent
ORDER BY place LIMIT 40;

-- name: filing_part_of :one
SELECT parent, place FROM filing_part WHERE case_id = $case_id LIMIT 1;

-- Only a part that still waits is settled: the same event told twice changes nothing.
-- name: filing_part_settle :exec
UPDATE filing_part SET state = $state, case_id = $case_id?, reason = $reason, changed_at = $changed_at
WHERE parent = $parent AND place = $place AND state = 0;
