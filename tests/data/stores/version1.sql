-- A PostgreSQL store as the first release made it: two runs, four records. Runs in the schema that the search path names.
CREATE TABLE meta (
    key text COLLATE "C" NOT NULL PRIMARY KEY,
    value text NOT NULL
);
CREATE TABLE lookup (
    source text COLLATE "C" NOT NULL CHECK (source <> ''),
    record_id text COLLATE "C" NOT NULL CHECK (record_id <> ''),
    customer_id text COLLATE "C" NOT NULL,
    matched_by text COLLATE "C" NOT NULL,
    match_probability double precision CHECK (match_probability BETWEEN 0 AND 1),
    PRIMARY KEY (source, record_id)
);
CREATE TABLE customers (
    created_sequence bigint NOT NULL PRIMARY KEY CHECK (created_sequence > 0),
    customer_id text COLLATE "C" NOT NULL UNIQUE CHECK (customer_id <> ''),
    successor_id text COLLATE "C"
);
CREATE TABLE runs (
    run_number bigint NOT NULL PRIMARY KEY,
    run_id text COLLATE "C" NOT NULL UNIQUE,
    at timestamp with time zone NOT NULL,
    at_text text NOT NULL,
    model_hash text NOT NULL
);
CREATE TABLE changes (
    change_number bigint NOT NULL PRIMARY KEY,
    run_number bigint NOT NULL,
    kind text NOT NULL,
    customer_id text COLLATE "C" NOT NULL,
    related_id text COLLATE "C",
    source text COLLATE "C",
    record_id text COLLATE "C",
    reason text NOT NULL
);
CREATE TABLE long_texts (
    key text COLLATE "C" NOT NULL PRIMARY KEY,
    text text NOT NULL
);
CREATE VIEW history AS
    SELECT c.change_number, r.at, r.run_id, c.kind, c.customer_id, c.related_id, c.source, c.record_id, c.reason
    FROM changes c JOIN runs r USING (run_number);
INSERT INTO meta VALUES ('format', 'identity-resolution lookup store'), ('schema_version', '1');
INSERT INTO runs VALUES
    (1, '20261122T053741755Z-791da841-1', '2026-11-22T05:37:41.755951+00:00', '2026-11-22T05:37:41.7559512+00:00', '791da841444c56efb307bc1f9ed46c3209209b14b051dc9157350cbe1188b8ec'),
    (2, '20261122T053743296Z-7912b76b-2', '2026-11-22T05:37:43.296478+00:00', '2026-11-22T05:37:43.2964784+00:00', '7912b76b50d25dabebcef96d8da630c3e832743ce3f05f4204155dc47ee0176d');
INSERT INTO customers VALUES (1, 'CCCBKP2TDX31R1', NULL), (2, 'C5BP7QCY4FGYXA', NULL), (3, 'CARN7Q6R77Q8ZD', NULL), (4, 'CA3ZCJFRR67JSP', NULL);
INSERT INTO lookup VALUES
    ('crm', '1', 'CCCBKP2TDX31R1', '', NULL), ('crm', '2', 'C5BP7QCY4FGYXA', '', NULL),
    ('crm', '3', 'CARN7Q6R77Q8ZD', '', NULL), ('crm', '4', 'CA3ZCJFRR67JSP', '', NULL);
INSERT INTO changes VALUES
    (1, 1, 'created', 'CCCBKP2TDX31R1', NULL, NULL, NULL, ''), (2, 1, 'created', 'C5BP7QCY4FGYXA', NULL, NULL, NULL, ''),
    (3, 1, 'created', 'CARN7Q6R77Q8ZD', NULL, NULL, NULL, ''), (4, 2, 'created', 'CA3ZCJFRR67JSP', NULL, NULL, NULL, '');
