-- Schema 1. Dates are days since 1970-01-01, instants seconds, money minor units, hours
-- hundredths; choices are stored by id. Every record table begins with the same eight columns.
-- A CHECK and an index's WHERE spell their choices out: for IN with more than two, SQLite builds a table in
-- memory for every row it writes.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE site (
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  name   TEXT NOT NULL,
  region TEXT,
  phone  TEXT
) STRICT;
CREATE UNIQUE INDEX site_name ON site (name) WHERE archived = 0;

CREATE TABLE user (
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  login      TEXT NOT NULL,               -- sign-in name
  name       TEXT NOT NULL,               -- as people know them
  email      TEXT,
  site       INTEGER REFERENCES site,
  roles      TEXT NOT NULL,               -- role ids, comma-separated
  ess_identifier TEXT,                    -- two letters, four digits
  capacity   INTEGER CHECK (capacity >= 0),
  active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  passphrase TEXT                         -- Argon2id string; NULL cannot sign in
) STRICT;
CREATE UNIQUE INDEX user_login ON user (login) WHERE archived = 0;
CREATE INDEX user_site ON user (site);

CREATE TABLE sign_in_failure (             -- wrong tries since the last right one
  login TEXT PRIMARY KEY,
  tries INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE preference (                  -- small settings of a user: a list's columns, its order
  user  INTEGER NOT NULL REFERENCES user,
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (user, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE organisation (
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  name     TEXT NOT NULL,
  name_key TEXT NOT NULL,                  -- folded, for sort and search
  owner    INTEGER NOT NULL REFERENCES user,
  status   TEXT NOT NULL CHECK (status = 'prospect' OR status = 'confirmed' OR status = 'inactive'),
  type     TEXT NOT NULL CHECK (type = 'employer' OR type = 'referrer' OR type = 'training' OR type = 'other'),
  category TEXT,
  ukprn    TEXT,
  website  TEXT,
  employees INTEGER CHECK (employees >= 0),
  working_hours  TEXT,
  last_contacted INTEGER,
  notes    TEXT
) STRICT;
CREATE INDEX organisation_name ON organisation (name_key) WHERE archived = 0;

CREATE TABLE address (                     -- of an organisation
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  organisation INTEGER NOT NULL REFERENCES organisation,
  postcode     TEXT NOT NULL,
  lines        TEXT,
  town         TEXT,
  county       TEXT,
  country      TEXT
) STRICT;
CREATE INDEX address_postcode ON address (postcode) WHERE archived = 0;
CREATE INDEX address_organisation ON address (organisation) WHERE archived = 0;

CREATE TABLE contact (                     -- a person at an organisation
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  name         TEXT NOT NULL,
  name_key     TEXT NOT NULL,
  organisation INTEGER NOT NULL REFERENCES organisation,
  owner        INTEGER NOT NULL REFERENCES user,
  role         TEXT,
  phone        TEXT NOT NULL,
  additional_phone TEXT,
  email        TEXT NOT NULL,
  address      INTEGER REFERENCES address,
  website      TEXT,
  notes        TEXT
) STRICT;
CREATE INDEX contact_name ON contact (name_key) WHERE archived = 0;
CREATE INDEX contact_organisation ON contact (organisation) WHERE archived = 0;
CREATE INDEX contact_address ON contact (address) WHERE archived = 0 AND address IS NOT NULL;

CREATE TABLE job_seeker (
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  ess_id        TEXT,
  given_name    TEXT NOT NULL CHECK (given_name <> ''),
  family_name   TEXT NOT NULL CHECK (family_name <> ''),
  name_order    TEXT CHECK (name_order = 'given_first' OR name_order = 'family_first'), -- NULL: given name first
  name_key      TEXT NOT NULL,             -- folded "family given", for sort
  search        TEXT NOT NULL,             -- folded words, each after a blank
  date_of_birth INTEGER,
  gender        TEXT,
  phone         TEXT,
  mobile        TEXT,
  email         TEXT,
  address       TEXT,
  postcode      TEXT,
  national_id   TEXT,
  programme     TEXT NOT NULL,
  site          INTEGER REFERENCES site,
  case_manager  INTEGER REFERENCES user,
  phase         TEXT,
  status        TEXT NOT NULL CHECK (status = 'referred' OR status = 'commenced' OR status = 'suspended'
                 OR status = 'exited'),
  exit_date     INTEGER,
  exit_reason   TEXT,
  os_start_date INTEGER,
  os_level      TEXT,
  anchor_date   INTEGER,
  benchmark_hours INTEGER CHECK (benchmark_hours >= 0),
  allow_mandatory INTEGER NOT NULL DEFAULT 0 CHECK (allow_mandatory IN (0, 1)),
  sanction_status TEXT NOT NULL DEFAULT 'none',
  programme_start INTEGER,
  programme_end   INTEGER,
  stage         TEXT,
  outcome_date  INTEGER,
  notes         TEXT
) STRICT;
CREATE UNIQUE INDEX job_seeker_ess_id ON job_seeker (ess_id) WHERE archived = 0 AND ess_id IS NOT NULL;
-- Lists walk such indexes. A condition that repeats the index's own WHERE is not tested row by row, so a million
-- ids stream without reading a row. The tested columns must not stand in the index: the planner would then take
-- it for a filter and prefer it to reading the table as it lies.
CREATE INDEX job_seeker_name ON job_seeker (name_key) WHERE archived = 0;
CREATE INDEX job_seeker_away ON job_seeker (name_key) WHERE archived = 1;
CREATE INDEX job_seeker_case_manager ON job_seeker (case_manager, name_key) WHERE archived = 0;
CREATE INDEX job_seeker_site ON job_seeker (site) WHERE archived = 0;
CREATE INDEX job_seeker_exit ON job_seeker (exit_date) WHERE exit_date IS NOT NULL;
CREATE INDEX job_seeker_birth ON job_seeker (date_of_birth) WHERE archived = 0;

-- Whole words by prefix. Kept by triggers, so that no writer can forget it.
CREATE VIRTUAL TABLE job_seeker_words USING fts5 (
  search, content = 'job_seeker', content_rowid = 'id', prefix = '1 2 3',
  tokenize = "unicode61 remove_diacritics 0", columnsize = 0, detail = none
);
-- The words of the index, each once: for names that are nearly what was typed.
CREATE VIRTUAL TABLE job_seeker_vocabulary USING fts5vocab ('job_seeker_words', 'row');
-- The commit brings the words of all rows that its transaction wrote into the index at once: row by row
-- they cost more than the row itself. Of changed rows it must know what the index holds.
CREATE TABLE job_seeker_words_due (
  id  INTEGER PRIMARY KEY,
  old TEXT
) STRICT;
CREATE TRIGGER job_seeker_words_update AFTER UPDATE OF search ON job_seeker WHEN old.search IS NOT new.search BEGIN
  INSERT OR IGNORE INTO job_seeker_words_due (id, old) VALUES (old.id, old.search);
END;

CREATE TABLE placement (
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  job_seeker   INTEGER NOT NULL REFERENCES job_seeker,
  type         TEXT NOT NULL,
  organisation INTEGER REFERENCES organisation,
  job_title    TEXT,
  start_date   INTEGER NOT NULL,
  end_date     INTEGER CHECK (end_date IS NULL OR end_date >= start_date),
  end_reason   TEXT,
  hours        INTEGER CHECK (hours BETWEEN 0 AND 16800),
  pay_rate     INTEGER CHECK (pay_rate >= 0),
  benchmark_hours INTEGER CHECK (benchmark_hours >= 0),
  status       TEXT NOT NULL CHECK (status = 'pending' OR status = 'commenced' OR status = 'ended'
                 OR status = 'withdrawn'),
  anchored     INTEGER NOT NULL DEFAULT 0 CHECK (anchored IN (0, 1)),
  anchor_date  INTEGER,
  non_pay_reason TEXT,
  do_not_track INTEGER NOT NULL DEFAULT 0 CHECK (do_not_track IN (0, 1)),
  support_start INTEGER,
  support_frequency TEXT,
  support_due  INTEGER,                    -- NULL: no schedule, or a stopped one
  source       TEXT NOT NULL DEFAULT 'manual',
  -- Kept by the program at the end of each transaction, so that lists need not look there.
  has_claims    INTEGER NOT NULL DEFAULT 0 CHECK (has_claims IN (0, 1)),
  seeker_exit   INTEGER,                   -- the person's exit date
  seeker_anchor INTEGER                    -- the person's anchor date
) STRICT;
CREATE INDEX placement_job_seeker ON placement (job_seeker, status) WHERE archived = 0;
CREATE INDEX placement_away ON placement (job_seeker) WHERE archived = 1;
CREATE INDEX placement_organisation ON placement (organisation) WHERE archived = 0;
CREATE INDEX placement_start ON placement (start_date) WHERE archived = 0;
CREATE INDEX placement_support ON placement (support_due) WHERE archived = 0 AND support_due IS NOT NULL;

CREATE TABLE claim (
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  job_seeker   INTEGER NOT NULL REFERENCES job_seeker,
  placement    INTEGER REFERENCES placement,
  type         TEXT NOT NULL,
  period_start INTEGER,
  period_end   INTEGER,
  due          INTEGER NOT NULL,
  expiry       INTEGER,
  state        TEXT NOT NULL CHECK (state = 'tracking' OR state = 'to_do' OR state = 'in_progress' OR state = 'follow_up'
                 OR state = 'awaiting_info' OR state = 'review_added_info' OR state = 'approved' OR state = 'claimed'
                 OR state = 'non_payable' OR state = 'cancelled'),
  outcome_type TEXT,
  psv          INTEGER NOT NULL DEFAULT 0 CHECK (psv IN (0, 1)),
  amount       INTEGER,
  actual_amount INTEGER,
  ess_claim_id TEXT,
  assignee     INTEGER REFERENCES user,
  submitted_at INTEGER,
  hours_needed INTEGER,                    -- for the whole period
  submitted_by INTEGER REFERENCES user,
  follow_up_date INTEGER,
  comment      TEXT
) STRICT;
CREATE INDEX claim_job_seeker ON claim (job_seeker, due) WHERE archived = 0;
CREATE INDEX claim_away ON claim (job_seeker) WHERE archived = 1;
CREATE INDEX claim_placement ON claim (placement) WHERE archived = 0 AND placement IS NOT NULL;
CREATE INDEX claim_open_placement ON claim (placement, due) WHERE archived = 0 AND placement IS NOT NULL AND state <> 'claimed'
  AND state <> 'non_payable' AND state <> 'cancelled';
-- By person, too: searches for people walk these.
CREATE INDEX claim_due ON claim (due, id, job_seeker) WHERE archived = 0;
-- Only what is still open: leaving this index is cheap, which is what makes bulk runs fast.
CREATE INDEX claim_open ON claim (due, id, type, state, job_seeker, expiry) WHERE archived = 0 AND state <> 'claimed' AND state <> 'non_payable'
  AND state <> 'cancelled';
-- Claims with the central claims unit, by state.
CREATE INDEX claim_unit ON claim (state, due) WHERE archived = 0 AND state <> 'tracking' AND state <> 'claimed'
  AND state <> 'non_payable' AND state <> 'cancelled';
CREATE INDEX claim_assignee ON claim (assignee, due) WHERE archived = 0 AND assignee IS NOT NULL;
CREATE INDEX claim_ess_claim_id ON claim (ess_claim_id) WHERE archived = 0 AND ess_claim_id IS NOT NULL;

-- Placements whose kept columns are no longer right, beside those that the transaction made or got claims for.
CREATE TABLE placement_due (id INTEGER PRIMARY KEY) STRICT;
CREATE TRIGGER placement_due_seeker AFTER UPDATE OF exit_date, anchor_date ON job_seeker
WHEN old.exit_date IS NOT new.exit_date OR old.anchor_date IS NOT new.anchor_date BEGIN
  INSERT OR IGNORE INTO placement_due SELECT id FROM placement WHERE job_seeker = new.id AND archived = 0;
  INSERT OR IGNORE INTO placement_due SELECT id FROM placement WHERE job_seeker = new.id AND archived = 1;
END;
CREATE TRIGGER placement_due_claim AFTER UPDATE OF placement, archived ON claim
WHEN old.placement IS NOT new.placement OR old.archived <> new.archived BEGIN
  INSERT OR IGNORE INTO placement_due SELECT old.placement WHERE old.placement IS NOT NULL;
  INSERT OR IGNORE INTO placement_due SELECT new.placement WHERE new.placement IS NOT NULL;
END;

-- Claims for Ongoing Support fees of a person.
CREATE INDEX claim_support_fee ON claim (job_seeker, due) WHERE archived = 0 AND type = 'ongoing_support';

CREATE TABLE support_contact (
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  placement    INTEGER NOT NULL REFERENCES placement,
  contact_date INTEGER NOT NULL,
  who          TEXT NOT NULL CHECK (who = 'job_seeker' OR who = 'employer'),
  result       TEXT NOT NULL CHECK (result = 'successful' OR result = 'unsuccessful'),
  method       TEXT,
  comment      TEXT,
  next_due     INTEGER
) STRICT;
CREATE INDEX support_contact_placement ON support_contact (placement, contact_date) WHERE archived = 0;
CREATE INDEX support_contact_date ON support_contact (contact_date, id, archived) WHERE archived = 0;

CREATE TABLE wage (                        -- one week, or the part of one, that a payslip covers
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  placement INTEGER NOT NULL REFERENCES placement,
  pay_from  INTEGER NOT NULL,
  pay_to    INTEGER NOT NULL CHECK (pay_to >= pay_from),
  hours     INTEGER NOT NULL CHECK (hours >= 0),
  gross     INTEGER NOT NULL CHECK (gross >= 0)
) STRICT;
CREATE INDEX wage_placement ON wage (placement, pay_from) WHERE archived = 0;
CREATE INDEX wage_from ON wage (pay_from, id, archived) WHERE archived = 0;

CREATE TABLE break (                       -- permissible breaks
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  placement INTEGER NOT NULL REFERENCES placement,
  date_from INTEGER NOT NULL,
  date_to   INTEGER NOT NULL CHECK (date_to >= date_from),
  reason    TEXT
) STRICT;
CREATE INDEX break_placement ON break (placement) WHERE archived = 0;

-- What an administrator set otherwise than the programme's file.
CREATE TABLE setting (                     -- one row for each setting of each programme
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  programme TEXT NOT NULL,
  name      TEXT NOT NULL,
  value     TEXT NOT NULL,                 -- what holds
  changed   INTEGER NOT NULL DEFAULT 0 CHECK (changed IN (0, 1)), -- 1: set here; 0: as the file says
  standard  TEXT NOT NULL,                 -- this and the rest is what the programme's file says
  position  INTEGER NOT NULL,
  section   TEXT NOT NULL,
  label     TEXT NOT NULL,
  help      TEXT NOT NULL,
  choices   TEXT NOT NULL,                 -- "weekly, monthly"; what it may be
  place     TEXT                           -- "des.yaml:71:14"; NULL: a default
) STRICT;
CREATE UNIQUE INDEX setting_name ON setting (programme, name) WHERE archived = 0;

CREATE TABLE fee (                         -- what claims are worth
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  programme TEXT NOT NULL,
  claim     TEXT NOT NULL,                 -- type of claim
  phase     TEXT,                          -- of such people only
  level     TEXT,                          -- Ongoing Support level, likewise
  from_date INTEGER NOT NULL,
  amount    INTEGER NOT NULL CHECK (amount >= 0),
  changed   INTEGER NOT NULL DEFAULT 1 CHECK (changed IN (0, 1)), -- 0: as the file says
  standard  INTEGER,                       -- the amount in the file; NULL: not there
  place     TEXT
) STRICT;
CREATE UNIQUE INDEX fee_row ON fee (programme, claim, coalesce(phase, ''), coalesce(level, ''), from_date) WHERE archived = 0;

CREATE TABLE activity (                    -- of an action plan
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  job_seeker     INTEGER NOT NULL REFERENCES job_seeker,
  title          TEXT NOT NULL,
  description    TEXT,
  owner          INTEGER NOT NULL REFERENCES user,
  organisation   INTEGER REFERENCES organisation,
  due_date       INTEGER,
  mandatory      INTEGER NOT NULL DEFAULT 0 CHECK (mandatory IN (0, 1)),
  status         TEXT NOT NULL,
  reason         TEXT,
  completed_date INTEGER,
  notice_what    TEXT,
  notice_when    TEXT,
  notice_why     TEXT,
  notice_evidence     TEXT,
  notice_consequences TEXT,
  CHECK (mandatory = 0 OR due_date IS NOT NULL)
) STRICT;
CREATE INDEX activity_job_seeker ON activity (job_seeker) WHERE archived = 0;
CREATE INDEX activity_away ON activity (job_seeker) WHERE archived = 1;
CREATE INDEX activity_due ON activity (due_date) WHERE archived = 0;
CREATE INDEX activity_organisation ON activity (organisation) WHERE archived = 0 AND organisation IS NOT NULL;
CREATE INDEX activity_owner ON activity (owner) WHERE archived = 0;

CREATE TABLE tracker (
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  job_seeker   INTEGER NOT NULL REFERENCES job_seeker,
  type         TEXT NOT NULL,              -- one of trackers.yaml
  status       TEXT NOT NULL,
  description  TEXT NOT NULL,
  assignee     INTEGER NOT NULL REFERENCES user,
  notes        TEXT,
  organisation INTEGER REFERENCES organisation,
  address      INTEGER REFERENCES address,
  contact      INTEGER REFERENCES contact,
  institution  TEXT,
  course       TEXT,
  start_date   INTEGER,
  end_date     INTEGER,
  weekly_hours INTEGER,                    -- hundredths
  hourly_rate  INTEGER,                    -- minor units
  activity     INTEGER REFERENCES activity,
  due_date     INTEGER,
  reason       TEXT,
  dma_raised   INTEGER CHECK (dma_raised IN (0, 1)),
  dma_reason   TEXT,
  automation   INTEGER NOT NULL DEFAULT 0 CHECK (automation IN (0, 1)),
  final        INTEGER NOT NULL DEFAULT 0 CHECK (final IN (0, 1))
) STRICT;
CREATE INDEX tracker_job_seeker ON tracker (job_seeker) WHERE archived = 0;
CREATE INDEX tracker_away ON tracker (job_seeker) WHERE archived = 1;
CREATE INDEX tracker_assignee ON tracker (assignee) WHERE archived = 0;
CREATE INDEX tracker_organisation ON tracker (organisation) WHERE archived = 0 AND organisation IS NOT NULL;
CREATE INDEX tracker_address ON tracker (address) WHERE archived = 0 AND address IS NOT NULL;
CREATE INDEX tracker_contact ON tracker (contact) WHERE archived = 0 AND contact IS NOT NULL;
CREATE INDEX tracker_activity ON tracker (activity) WHERE archived = 0 AND activity IS NOT NULL;
CREATE INDEX tracker_created ON tracker (created_at) WHERE archived = 0;

CREATE TABLE milestone (
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  job_seeker    INTEGER NOT NULL REFERENCES job_seeker,
  name          TEXT NOT NULL,
  kind          TEXT NOT NULL,
  threshold     INTEGER,                   -- minor units
  projected     INTEGER,
  status        TEXT NOT NULL,
  achieved_date INTEGER,
  claim_status  TEXT NOT NULL,
  paid_date     INTEGER,
  credit        INTEGER,
  credit_number TEXT,
  debit_date    INTEGER,
  debit         INTEGER,
  debit_number  TEXT
) STRICT;
CREATE UNIQUE INDEX milestone_name ON milestone (job_seeker, name) WHERE archived = 0;
CREATE INDEX milestone_away ON milestone (job_seeker) WHERE archived = 1;
CREATE INDEX milestone_projected ON milestone (projected) WHERE archived = 0;

-- What documents hold, each content once, whatever it is called and to whom it belongs; in parts, because a single
-- value has a limit. In the store itself, so that one file is everything: encrypted with it, copied with it, and
-- written in the same transaction as the documents that need it.
CREATE TABLE content (
  id     INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  size   INTEGER NOT NULL CHECK (size > 0)
) STRICT;
CREATE TABLE content_part (
  content INTEGER NOT NULL REFERENCES content,
  seq     INTEGER NOT NULL,
  bytes   BLOB NOT NULL,
  UNIQUE (content, seq)
) STRICT;

CREATE TABLE document (                    -- of a person or an organisation, perhaps of one record of theirs
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  title        TEXT NOT NULL,
  type         TEXT NOT NULL,              -- one of config.yaml's
  file_name    TEXT NOT NULL,
  size         INTEGER NOT NULL,
  sha256       TEXT NOT NULL REFERENCES content (sha256) DEFERRABLE INITIALLY DEFERRED,
  job_seeker   INTEGER REFERENCES job_seeker,
  tracker      INTEGER REFERENCES tracker,
  claim        INTEGER REFERENCES claim,
  placement    INTEGER REFERENCES placement,
  activity     INTEGER REFERENCES activity,
  organisation INTEGER REFERENCES organisation,
  description  TEXT,
  CHECK (job_seeker IS NOT NULL OR organisation IS NOT NULL)
) STRICT;
CREATE INDEX document_job_seeker ON document (job_seeker) WHERE archived = 0;
CREATE INDEX document_tracker ON document (tracker) WHERE archived = 0 AND tracker IS NOT NULL;
CREATE INDEX document_claim ON document (claim) WHERE archived = 0 AND claim IS NOT NULL;
CREATE INDEX document_placement ON document (placement) WHERE archived = 0 AND placement IS NOT NULL;
CREATE INDEX document_activity ON document (activity) WHERE archived = 0 AND activity IS NOT NULL;
CREATE INDEX document_organisation ON document (organisation) WHERE archived = 0 AND organisation IS NOT NULL;
CREATE INDEX document_sha256 ON document (sha256);
CREATE INDEX document_created ON document (created_at) WHERE archived = 0;

CREATE TABLE saved_search (
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  name    TEXT NOT NULL,
  kind    TEXT NOT NULL,
  filter  TEXT,
  sort    TEXT,
  columns TEXT,
  default_for TEXT,                        -- role ids for which the list begins with it, comma-separated
  owner   INTEGER NOT NULL REFERENCES user,
  shared  INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX saved_search_name ON saved_search (owner, kind, name) WHERE archived = 0;

CREATE TABLE notification (
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL, created_by INTEGER, updated_at INTEGER NOT NULL, updated_by INTEGER,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  recipient   INTEGER NOT NULL REFERENCES user,
  type        TEXT NOT NULL,
  text        TEXT NOT NULL,
  record_kind TEXT,                        -- kind id of what it is about
  record      INTEGER,
  run         INTEGER,                     -- that brought it about, one notice for each person and run
  more        INTEGER,                     -- of the same that the run brought besides
  read_at     INTEGER
) STRICT;
-- The records of a notice beyond its first.
CREATE TABLE notification_record (
  notification INTEGER NOT NULL REFERENCES notification,
  record       INTEGER NOT NULL,
  PRIMARY KEY (notification, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX notification_run ON notification (run, recipient) WHERE run IS NOT NULL;
CREATE INDEX notification_recipient ON notification (recipient, id) WHERE archived = 0;

-- One row per user action, on one record or on a million.
CREATE TABLE run (
  id INTEGER PRIMARY KEY, uuid BLOB NOT NULL,
  action      TEXT NOT NULL,               -- action id, or 'undo'
  kind        INTEGER NOT NULL,            -- kind code
  bulk        INTEGER NOT NULL CHECK (bulk IN (0, 1)),
  state       TEXT NOT NULL CHECK (state = 'preparing' OR state = 'ready' OR state = 'running' OR state = 'paused'
                OR state = 'stopped' OR state = 'completed' OR state = 'cancelled' OR state = 'failed'
                OR state = 'undone'),
  started_by  INTEGER REFERENCES user,
  role        TEXT NOT NULL,
  reason      TEXT,                        -- the comment
  source      TEXT,                        -- where the records came from, in words
  params      TEXT,                        -- field=value lines, values escaped
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,
  asked       INTEGER NOT NULL DEFAULT 0,
  checked     INTEGER NOT NULL DEFAULT 0,
  would_change INTEGER NOT NULL DEFAULT 0,
  done        INTEGER NOT NULL DEFAULT 0,
  skipped     INTEGER NOT NULL DEFAULT 0,
  failed      INTEGER NOT NULL DEFAULT 0,
  undo_of     INTEGER REFERENCES run,
  undone_by   INTEGER REFERENCES run,
  error       TEXT
) STRICT;
CREATE INDEX run_undo_of ON run (undo_of) WHERE undo_of IS NOT NULL;
CREATE INDEX run_user ON run (started_by, id);

-- The frozen records of a bulk run, packed ascending ids; a chunk commits together with its changes.
CREATE TABLE run_chunk (
  run  INTEGER NOT NULL REFERENCES run,
  seq  INTEGER NOT NULL,
  n    INTEGER NOT NULL,
  ids  BLOB NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,         -- how many of its records, in order, have been dealt with
  PRIMARY KEY (run, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_skip (                    -- records of a run that were not changed, or (failed 2) not wholly
  run    INTEGER NOT NULL REFERENCES run,
  record INTEGER NOT NULL,
  reason TEXT NOT NULL,
  failed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run, record)
) STRICT, WITHOUT ROWID;

-- Append-only. field NULL: the record was created (after = its name); 'archived': put away or back.
-- cause: the record (of the run's kind) from whose change this one followed; both are undone together.
CREATE TABLE history (
  id     INTEGER PRIMARY KEY,
  run    INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  kind   INTEGER NOT NULL,
  record INTEGER NOT NULL,
  field  TEXT,
  before ANY,
  after  ANY,
  cause  INTEGER
) STRICT;
CREATE INDEX history_record ON history (kind, record, run);
CREATE INDEX history_run ON history (run);
CREATE INDEX history_cause ON history (run, cause) WHERE cause IS NOT NULL;

-- What a person has typed into a form and not saved: hers alone, without history, gone when saved.
CREATE TABLE draft (
  id       INTEGER PRIMARY KEY,
  user     INTEGER NOT NULL REFERENCES user,
  action   TEXT NOT NULL,                  -- action id
  record   INTEGER NOT NULL,               -- 0: a new one; -1: many
  version  INTEGER NOT NULL,               -- of the record that the form was filled from
  source   TEXT,                           -- where many came from, in words
  content  TEXT NOT NULL,                  -- field=value lines, values escaped
  saved_at INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_user ON draft (user, action, record);
