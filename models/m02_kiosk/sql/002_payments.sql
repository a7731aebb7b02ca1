-- Money is the payments engine's: what was asked for in which session, and what was there before goes over to orders, receipts and notices.
CREATE TABLE kiosk_asked (
    reference text NOT NULL REFERENCES payment_order (reference),
    session   id_int NOT NULL REFERENCES kiosk_session (id),
    asked_at  instant_int NOT NULL,
    PRIMARY KEY (reference, session)
);

INSERT INTO payment_order (reference, case_id, sum, made_at, paid_at, transaction_no)
SELECT reference, case_id, sum, asked_at, CASE state WHEN 'receipted' THEN paid_at END,
       CASE state WHEN 'receipted' THEN reference ELSE '' END
FROM kiosk_payment;

INSERT INTO payment_receipt (number, reference, transaction_no, case_id, sum, at)
SELECT receipt, reference, reference, case_id, sum, paid_at FROM kiosk_payment WHERE state = 'receipted';

-- Taken: 0, too late: 5 (enum pay_outcome).
INSERT INTO payment_notice (transaction_no, success, reference, sum, at, outcome, settled, mode)
SELECT reference, 1, reference, sum, paid_at, CASE state WHEN 'receipted' THEN 0 ELSE 5 END,
       CASE state WHEN 'receipted' THEN 1 ELSE 0 END, 'MÔ PHỎNG'
FROM kiosk_payment WHERE state <> 'asked';

DROP TABLE kiosk_payment;
