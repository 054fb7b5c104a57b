-- What somebody has agreed to is captured as it was agreed to, and what has ended does not come back.
CREATE TRIGGER charge_keeps_its_terms BEFORE UPDATE ON charge FOR EACH ROW
  IF OLD.state = 'authorized' AND NOT ((NEW.id, NEW.company_id, NEW.service_id, NEW.kind, NEW.amount_minor, NEW.tax_code,
        NEW.description, NEW.automatic_capture, NEW.created_at)
      = (OLD.id, OLD.company_id, OLD.service_id, OLD.kind, OLD.amount_minor, OLD.tax_code,
        OLD.description, OLD.automatic_capture, OLD.created_at)
      AND NEW.reference <=> OLD.reference AND NEW.subscriber_id <=> OLD.subscriber_id AND NEW.line_id <=> OLD.line_id
      AND NEW.holder_from <=> OLD.holder_from AND NEW.authorized_at <=> OLD.authorized_at
      AND NEW.authorized_until <=> OLD.authorized_until AND NEW.limit_minor <=> OLD.limit_minor
      AND NEW.own_limit_minor <=> OLD.own_limit_minor AND COALESCE(NEW.open_until <= OLD.authorized_until, TRUE)) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'charge_keeps_its_terms: other terms are another charge';
  END IF;

CREATE TRIGGER consent_ends_once BEFORE UPDATE ON consent FOR EACH ROW
  IF OLD.state IN ('ended', 'declined', 'expired') AND NOT (NEW.state = OLD.state AND NEW.ended_at <=> OLD.ended_at) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'consent_ends_once: who agrees again gives another consent';
  END IF;

CREATE TRIGGER subscription_ends_once BEFORE UPDATE ON subscription FOR EACH ROW
  IF (OLD.state IN ('ended', 'declined', 'expired') AND NEW.state <> OLD.state)
      OR (OLD.state = 'leaving' AND NEW.state NOT IN ('leaving', 'ended')) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'subscription_ends_once: who joins again has another subscription';
  END IF;
