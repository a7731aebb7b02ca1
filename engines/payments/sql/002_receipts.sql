-- What is given for money that was taken: one receipt an order, made in the transaction that books the money.
CREATE TABLE payment_receipt (
    number    text NOT NULL PRIMARY KEY,
    reference text NOT NULL REFERENCES payment_order (reference),
    transaction_no text NOT NULL,
    case_id   id_int NOT NULL,
    sum       money_int NOT NULL,
    at        instant_int NOT NULL
);
CREATE UNIQUE INDEX payment_receipt_reference ON payment_receipt (reference);
CREATE INDEX payment_receipt_case ON payment_receipt (case_id);

INSERT INTO payment_receipt (number, reference, transaction_no, case_id, sum, at)
SELECT 'BL-' || reference, reference, transaction_no, case_id, sum, paid_at FROM payment_order WHERE paid_at IS NOT NULL;

-- What became of an order is asked by its reference.
CREATE INDEX payment_notice_reference ON payment_notice (reference);
