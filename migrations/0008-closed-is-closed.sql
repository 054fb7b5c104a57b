-- What is closed takes nothing more: rows are refused that would be added to it, or moved into it.
-- A trigger costs each row a microsecond and a look at another table five, so rows that come by the thousand are kept
-- out where they are few. A charge is asked for one by one, and money enters a period by no other way; invoices and
-- their taxes look once a statement; items of invoices, of which a night writes millions, are recomputed from the
-- charges by the check of the invariants.

-- A charge is captured into a period that is open, in whatever way it gets there.
CREATE TRIGGER charge_enters_open_period BEFORE INSERT ON charge FOR EACH ROW
  IF NEW.state = 'captured' AND NOT (SELECT state FROM billing_period
      WHERE period = NEW.billing_period AND closing_group = NEW.closing_group) <=> 'open' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'charge_enters_open_period: a closed period takes no more charges';
  END IF;

CREATE TRIGGER charge_is_captured_in_open_period BEFORE UPDATE ON charge FOR EACH ROW
  IF NEW.state = 'captured' AND NOT (SELECT state FROM billing_period
      WHERE period = NEW.billing_period AND closing_group = NEW.closing_group) <=> 'open' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'charge_is_captured_in_open_period: a closed period takes no more charges';
  END IF;

-- The period that was found not closed is remembered for the length of a statement. Who sets the variable by hand
-- passes, and is found by the check: the invoices of a closed period are those it was closed with.
CREATE TRIGGER line_invoice_enters_unclosed_period BEFORE INSERT ON line_invoice FOR EACH ROW
  IF NOT @tabane_unclosed <=> CONCAT(NOW(6), NEW.billing_period, NEW.closing_group) THEN
    IF NOT (SELECT state FROM billing_period WHERE period = NEW.billing_period AND closing_group = NEW.closing_group)
        IN ('open', 'closing') <=> TRUE THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_enters_unclosed_period: a closed period takes no more invoices';
    END IF;
    SET @tabane_unclosed = CONCAT(NOW(6), NEW.billing_period, NEW.closing_group);
  END IF;

-- The night's fold adds to an invoice and the close numbers it; neither moves it.
CREATE TRIGGER line_invoice_keeps_its_place BEFORE UPDATE ON line_invoice FOR EACH ROW
  IF NEW.billing_period <> OLD.billing_period OR NEW.line_id <> OLD.line_id THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_keeps_its_place: an invoice stays in its period';
  END IF;

CREATE TRIGGER line_invoice_tax_enters_unclosed_period BEFORE INSERT ON line_invoice_tax FOR EACH ROW
  IF NOT @tabane_unclosed <=> CONCAT(NOW(6), NEW.billing_period, NEW.closing_group) THEN
    IF NOT (SELECT state FROM billing_period WHERE period = NEW.billing_period AND closing_group = NEW.closing_group)
        IN ('open', 'closing') <=> TRUE THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'line_invoice_tax_enters_unclosed_period: a closed period takes no more taxes';
    END IF;
    SET @tabane_unclosed = CONCAT(NOW(6), NEW.billing_period, NEW.closing_group);
  END IF;

-- A period is opened, then closes by its proof; none is opened in a month that is settled, nor before one.
CREATE TRIGGER billing_period_begins_open BEFORE INSERT ON billing_period FOR EACH ROW
  IF NEW.state <> 'open' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'billing_period_begins_open: a period closes by its proof';
  ELSEIF NOT EXISTS (SELECT 1 FROM billing_period WHERE period = NEW.period AND closing_group = NEW.closing_group)
      AND EXISTS (SELECT 1 FROM settlement WHERE billing_period >= NEW.period) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'billing_period_begins_open: its month is settled';
  END IF;

CREATE TRIGGER billing_period_goes_forward BEFORE UPDATE ON billing_period FOR EACH ROW
  IF (NEW.period, NEW.closing_group, NEW.starts_on, NEW.closes_on, NEW.issue_on, NEW.due_on)
      <> (OLD.period, OLD.closing_group, OLD.starts_on, OLD.closes_on, OLD.issue_on, OLD.due_on)
    OR (NEW.state = 'open' AND OLD.state <> 'open') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'billing_period_goes_forward: a period keeps its days and does not open again';
  END IF;

-- A settlement is drafted, gets its lines and its entries in the ledger, and is then approved as a whole.
CREATE TRIGGER settlement_begins_as_draft BEFORE INSERT ON settlement FOR EACH ROW
  IF NEW.state <> 'draft' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_begins_as_draft: a settlement is approved with all its lines';
  END IF;

CREATE TRIGGER settlement_is_approved_whole BEFORE UPDATE ON settlement FOR EACH ROW
  IF OLD.state = 'draft' AND NEW.state <> 'draft' THEN
    IF NEW.state <> 'approved' THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_approved_whole: a draft is approved before it is paid';
    ELSEIF (SELECT COUNT(*) FROM billing_period WHERE period = NEW.billing_period AND state = 'closed') <> 6 THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_approved_whole: its month is not closed';
    ELSEIF (SELECT COALESCE(SUM(total_minor), 0) FROM settlement_part WHERE settlement_id = NEW.id) <> NEW.billed_minor
        OR (SELECT COALESCE(SUM(item_count), 0) FROM settlement_part WHERE settlement_id = NEW.id) <> NEW.item_count THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_is_approved_whole: its lines are not its sum';
    END IF;
  END IF;

CREATE TRIGGER settlement_part_is_of_draft BEFORE INSERT ON settlement_part FOR EACH ROW
  IF NOT (SELECT state FROM settlement WHERE id = NEW.settlement_id) <=> 'draft' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_part_is_of_draft: an approved settlement does not change';
  END IF;

CREATE TRIGGER settlement_part_is_not_moved BEFORE UPDATE ON settlement_part FOR EACH ROW
  IF NEW.settlement_id <> OLD.settlement_id THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'settlement_part_is_not_moved: a line belongs to its settlement';
  END IF;

-- Fee, tax and payout are posted with their settlement. A capture without its charge is found by the check.
CREATE TRIGGER ledger_entry_is_of_draft BEFORE INSERT ON ledger_entry FOR EACH ROW
  IF NEW.kind IN ('fee', 'tax', 'payout') AND NOT (SELECT state FROM settlement WHERE id = NEW.journal_id) <=> 'draft' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ledger_entry_is_of_draft: an approved settlement is posted already';
  END IF;

-- A version of a tariff follows the last one, and holds for no month that has closed. The first of a tariff, which no
-- contract can have named, begins when it likes.
CREATE TRIGGER tariff_goes_forward BEFORE INSERT ON tariff FOR EACH ROW
  IF EXISTS (SELECT 1 FROM tariff WHERE code = NEW.code AND valid_from > NEW.valid_from) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'tariff_goes_forward: a later version is there';
  ELSEIF EXISTS (SELECT 1 FROM tariff WHERE code = NEW.code AND valid_from < NEW.valid_from)
      AND EXISTS (SELECT 1 FROM billing_period WHERE state = 'closed' AND period >= DATE_FORMAT(NEW.valid_from, '%Y-%m')) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'tariff_goes_forward: a month has closed in which it would hold';
  END IF;

-- The contract a company was settled by stays what it was then.
CREATE TRIGGER contract_of_settlement_is_final BEFORE UPDATE ON contract FOR EACH ROW
  IF (NEW.id, NEW.company_id, NEW.tariff_code, NEW.legal_model, NEW.valid_from, NEW.payout_months, NEW.payout_day, NEW.payout_bank_day)
      <> (OLD.id, OLD.company_id, OLD.tariff_code, OLD.legal_model, OLD.valid_from, OLD.payout_months, OLD.payout_day, OLD.payout_bank_day)
    AND EXISTS (SELECT 1 FROM settlement WHERE contract_id = OLD.id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'contract_of_settlement_is_final: other terms are another contract';
  END IF;

CREATE TRIGGER contract_of_settlement_stays BEFORE DELETE ON contract FOR EACH ROW
  IF EXISTS (SELECT 1 FROM settlement WHERE contract_id = OLD.id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'contract_of_settlement_stays: a settlement names it';
  END IF;

-- What guards this database, as JSON, for the check of the invariants: it asks as a user that may not see triggers, and
-- is answered with the rights of the owner, who made them.
CREATE FUNCTION guards_in_place() RETURNS LONGTEXT CHARACTER SET utf8mb4
  READS SQL DATA SQL SECURITY DEFINER
  RETURN CONCAT(
    '{"triggers":', COALESCE((SELECT JSON_ARRAYAGG(JSON_OBJECT('name', TRIGGER_NAME, 'table', EVENT_OBJECT_TABLE,
      'timing', ACTION_TIMING, 'event', EVENT_MANIPULATION, 'body', ACTION_STATEMENT))
      FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = DATABASE()), '[]'),
    ',"routines":', COALESCE((SELECT JSON_ARRAYAGG(JSON_OBJECT('name', ROUTINE_NAME, 'kind', ROUTINE_TYPE, 'body', ROUTINE_DEFINITION))
      FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()), '[]'),
    ',"views":', COALESCE((SELECT JSON_ARRAYAGG(JSON_OBJECT('name', TABLE_NAME))
      FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE()), '[]'),
    ',"events":', COALESCE((SELECT JSON_ARRAYAGG(JSON_OBJECT('name', EVENT_NAME))
      FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()), '[]'),
    ',"keys":', COALESCE((SELECT JSON_ARRAYAGG(JSON_OBJECT('name', CONSTRAINT_NAME, 'table', TABLE_NAME, 'column', COLUMN_NAME,
      'position', ORDINAL_POSITION, 'referencedTable', REFERENCED_TABLE_NAME, 'referencedColumn', REFERENCED_COLUMN_NAME))
      FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE()), '[]'),
    ',"rules":', COALESCE((SELECT JSON_ARRAYAGG(JSON_OBJECT('name', CONSTRAINT_NAME, 'table', TABLE_NAME,
      'onUpdate', UPDATE_RULE, 'onDelete', DELETE_RULE))
      FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE()), '[]'),
    ',"checks":', COALESCE((SELECT JSON_ARRAYAGG(JSON_OBJECT('name', CONSTRAINT_NAME, 'table', TABLE_NAME, 'clause', CHECK_CLAUSE))
      FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE()), '[]'),
    '}');
