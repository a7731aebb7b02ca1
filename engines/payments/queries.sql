-- name: payment_order_insert :exec
INSERT INTO payment_order (reference, case_id, sum, made_at, transaction_no) VALUES ($reference, $case_id, $sum, $made_at, '');

-- name: payment_order_row :one
SELECT reference, case_id, sum, made_at, paid_at, transaction_no FROM payment_order WHERE reference = $reference;

-- name: payment_order_case_row :one
SELECT reference FROM payment_order WHERE case_id = $case_id ORDER BY made_at DESC, reference LIMIT 1;

-- name: payment_order_paid :exec
UPDATE payment_order SET paid_at = $paid_at, transaction_no = $transaction_no WHERE reference = $reference AND paid_at IS NULL;

-- name: payment_notice_insert :exec
INSERT INTO payment_notice (transaction_no, success, reference, sum, at, outcome, settled, mode)
VALUES ($transaction_no, $success, $reference, $sum, $at, $outcome, $settled, $mode);

-- name: payment_notice_row :one
SELECT outcome FROM payment_notice WHERE transaction_no = $transaction_no AND success = $success;

-- name: payment_notices_open :many
SELECT transaction_no, success, reference, sum, at, outcome, mode FROM payment_notice WHERE settled = 0 ORDER BY at LIMIT 200;

-- name: payment_notice_settle :exec
UPDATE payment_notice SET settled = 1 WHERE transaction_no = $transaction_no AND success = $success AND settled = 0;

-- name: payment_settlement_insert :exec
INSERT INTO payment_settlement (transaction_no, success, at, account, name, how, paper, words)
VALUES ($transaction_no, $success, $at, $account, $name, $how, $paper, $words);

-- ---- receipts, and what is to be paid back ----

-- name: payment_receipt_insert :exec
INSERT INTO payment_receipt (number, reference, transaction_no, case_id, sum, at)
VALUES ($number, $reference, $transaction_no, $case_id, $sum, $at);

-- name: payment_receipt_row :one
SELECT number FROM payment_receipt WHERE reference = $reference;

-- name: payment_receipt_case_row :one
SELECT number, reference, sum, at FROM payment_receipt WHERE case_id = $case_id ORDER BY at DESC LIMIT 1;

-- Money that came under a reference and was not booked; outcome 0 is PAY_TAKEN. What nobody has settled comes first.
-- name: payment_refund_row :one
SELECT outcome, settled FROM payment_notice WHERE reference = $reference AND success = 1 AND outcome <> 0
ORDER BY settled, at DESC LIMIT 1;
