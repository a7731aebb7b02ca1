-- What is to be paid: one open order a case. The reference is what the transfer says.
CREATE TABLE payment_order (
    reference text NOT NULL PRIMARY KEY,
    case_id   id_int NOT NULL,
    sum       money_int NOT NULL,
    made_at   instant_int NOT NULL,
    paid_at   instant_int,
    transaction_no text NOT NULL               -- of the network, empty: not paid
);
CREATE INDEX payment_order_case ON payment_order (case_id, made_at);

-- Each word of the network, once a transaction and kind, also of those that fit nothing: money that came must not be lost from sight.
CREATE TABLE payment_notice (
    transaction_no text NOT NULL,
    success   bool_int NOT NULL,
    reference text NOT NULL,
    sum       money_int NOT NULL,
    at        instant_int NOT NULL,
    outcome   integer NOT NULL,                -- enum pay_outcome
    settled   bool_int NOT NULL,               -- false: somebody has to give it back or find its case
    mode      text NOT NULL,
    PRIMARY KEY (transaction_no, success)
);
CREATE INDEX payment_notice_open ON payment_notice (at) WHERE settled = 0;
