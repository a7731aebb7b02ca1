-- What became of money that fitted nothing: given back, or put to the case that it was meant for. Who did it, and by which paper.
CREATE TABLE payment_settlement (
    transaction_no text NOT NULL,
    success   bool_int NOT NULL,
    at        instant_int NOT NULL,
    account   id_int NOT NULL,
    name      text NOT NULL,
    how       integer NOT NULL,                -- enum pay_settlement
    paper     text NOT NULL,                   -- the bank's number of the refund, or the case's number
    words     text NOT NULL,
    PRIMARY KEY (transaction_no, success)
);
