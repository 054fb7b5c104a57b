import { sql } from 'kysely';
import { companyRoles, staffRoles } from '../access/permissions.ts';
import { isGrantedByTwo } from '../access/two-people-roles.rules.ts';
import type { Invariant } from './invariant.types.ts';
import { sqlRule } from './sql-rule.ts';

const rolesOfTwo = [...companyRoles, ...staffRoles].filter(isGrantedByTwo);

const isPerson = (column: string) =>
  sql`(${sql.ref(column)} LIKE 'staff:%' OR ${sql.ref(column)} LIKE 'company-user:%')`;

const byTwoPeople = sqlRule('every executed approval has two different people, and neither is a job', {
  checks: sql`approval WHERE state = 'executed'`,
  broken: sql`
    SELECT id AS approval, kind, subject, maker, checker, decided_at, expires_at FROM approval
    WHERE state = 'executed' AND (checker IS NULL OR checker COLLATE utf8mb4_uca1400_as_ci = maker OR NOT ${isPerson('maker')} OR NOT ${isPerson('checker')}
      OR decided_at IS NULL OR decided_at >= expires_at)`,
});

const accountIsApproved = sqlRule(
  'a bank account in place of another has an executed approval of its company',
  {
    checks: sql`bank_account`,
    broken: sql`
    SELECT c.code AS company, b.version, b.approval_id, a.state FROM bank_account b
    JOIN company c ON c.id = b.company_id
    LEFT JOIN approval a ON a.id = b.approval_id
    WHERE (b.version > 1 OR b.approval_id IS NOT NULL) AND NOT COALESCE(a.state = 'executed'
      AND a.kind = 'company.bank-account' AND a.subject = CONCAT('company:', c.code)
      AND COALESCE(JSON_VALUE(a.input, '$.bankCode'), '') = b.bank_code
      AND COALESCE(JSON_VALUE(a.input, '$.branchCode'), '') = b.branch_code
      AND COALESCE(JSON_VALUE(a.input, '$.accountType'), '') = b.account_type
      AND COALESCE(JSON_VALUE(a.input, '$.accountNumber'), '') = b.account_number
      AND COALESCE(JSON_VALUE(a.input, '$.iban'), '') = b.iban AND COALESCE(JSON_VALUE(a.input, '$.bic'), '') = b.bic
      AND JSON_VALUE(a.input, '$.accountHolder') = b.account_holder, FALSE)`,
  },
);

const approvedIsDone = sqlRule('an executed approval of a bank account has its account', {
  checks: sql`approval WHERE state = 'executed' AND kind = 'company.bank-account'`,
  broken: sql`
    SELECT a.id AS approval, a.subject, a.decided_at FROM approval a
    LEFT JOIN bank_account b ON b.approval_id = a.id
    WHERE a.state = 'executed' AND a.kind = 'company.bank-account' AND b.version IS NULL`,
});

/** A contract that was approved before it named a set-up fee has taken over that of its tariff. */
const wasOfTariff = sql`EXISTS (SELECT 1 FROM tariff t
  WHERE t.code = k.tariff_code AND JSON_VALUE(t.definition, '$.setUpMinor') = k.set_up_fee_minor)`;

/** Its end may change later; everything else stays. A term that the proposal leaves out has its default. */
const contractIsApproved = sqlRule('an approved contract has the terms that two people approved', {
  checks: sql`approval WHERE state = 'executed' AND kind = 'contract.create'`,
  broken: sql`
    SELECT a.id AS approval, a.subject, JSON_VALUE(a.input, '$.validFrom') AS valid_from, a.decided_at FROM approval a
    WHERE a.state = 'executed' AND a.kind = 'contract.create' AND NOT EXISTS (
      SELECT 1 FROM contract k JOIN company c ON c.id = k.company_id
      WHERE a.subject = CONCAT('company:', c.code) AND k.valid_from = JSON_VALUE(a.input, '$.validFrom')
        AND k.tariff_code = JSON_VALUE(a.input, '$.tariffCode') AND k.legal_model = JSON_VALUE(a.input, '$.legalModel')
        AND k.per_charge_max_minor = JSON_VALUE(a.input, '$.perChargeMaxMinor')
        AND k.late_charges = JSON_VALUE(a.input, '$.lateCharges')
        AND k.authorization_days = JSON_VALUE(a.input, '$.authorizationDays')
        AND k.payout_months = JSON_VALUE(a.input, '$.payoutMonths') AND k.payout_day = JSON_VALUE(a.input, '$.payoutDay')
        AND k.payout_bank_day = JSON_VALUE(a.input, '$.payoutBankDay')
        AND k.settlement_basis = COALESCE(JSON_VALUE(a.input, '$.settlementBasis'), 'billed')
        AND k.fee_taxable = COALESCE(JSON_VALUE(a.input, '$.feeTaxable'), k.legal_model = 'agency')
        AND COALESCE(k.set_up_fee_minor = JSON_VALUE(a.input, '$.setUpFeeMinor'), k.set_up_fee_minor = 0 OR ${wasOfTariff})
        AND k.minimum_payout_minor = COALESCE(JSON_VALUE(a.input, '$.minimumPayoutMinor'), 0)
        AND k.fee_bearer = COALESCE(JSON_VALUE(a.input, '$.feeBearer'), 'carrier')
        AND k.transfer_fee_minor = COALESCE(JSON_VALUE(a.input, '$.transferFeeMinor'), 0)
        AND k.refund_days = COALESCE(JSON_VALUE(a.input, '$.refundDays'), 60)
        AND k.partial_refunds = COALESCE(JSON_VALUE(a.input, '$.partialRefunds'), TRUE)
        AND k.signed_requests = COALESCE(JSON_VALUE(a.input, '$.signedRequests'), FALSE))`,
});

/** As the trigger of account_role refuses it; here for rows that came past the trigger. */
const rolesAreApproved = sqlRule(
  'a role that may propose or approve has an executed approval of its account',
  {
    checks: sql`account_role WHERE revoked_at IS NULL`,
    broken: sql`
    SELECT r.account_id, r.role, r.approval_id, a.state FROM account_role r
    JOIN account k ON k.id = r.account_id
    LEFT JOIN approval a ON a.id = r.approval_id
    WHERE r.revoked_at IS NULL AND r.role IN (${sql.join(rolesOfTwo)})
      AND NOT (r.approval_id IS NULL AND k.first_slot IS NOT NULL)
      AND NOT COALESCE(a.state = 'executed' AND JSON_CONTAINS(a.input, JSON_QUOTE(r.role), '$.roles')
        AND ((a.kind = 'account.roles' AND JSON_VALUE(a.input, '$.accountId') = k.id)
          OR (a.kind = 'account.invite' AND LOWER(JSON_VALUE(a.input, '$.email')) = LOWER(k.email)
            AND JSON_VALUE(a.input, '$.audience') = k.audience)), FALSE)`,
  },
);

const paidIsOwn = sqlRule('the account on a statement is one that its company had', {
  checks: sql`settlement_document WHERE JSON_VALUE(content, '$.bankAccount.version') IS NOT NULL`,
  broken: sql`
    SELECT s.number, s.company_id, JSON_VALUE(d.content, '$.bankAccount.version') AS version
    FROM settlement_document d JOIN settlement s ON s.id = d.settlement_id
    LEFT JOIN bank_account b ON b.company_id = s.company_id AND b.version = JSON_VALUE(d.content, '$.bankAccount.version')
    WHERE JSON_VALUE(d.content, '$.bankAccount.version') IS NOT NULL
      AND NOT COALESCE((b.iban, b.bic, b.bank_code, b.branch_code, b.account_type, b.account_number, b.account_holder)
        = (COALESCE(JSON_VALUE(d.content, '$.bankAccount.iban'), ''), COALESCE(JSON_VALUE(d.content, '$.bankAccount.bic'), ''),
          COALESCE(JSON_VALUE(d.content, '$.bankAccount.bankCode'), ''), COALESCE(JSON_VALUE(d.content, '$.bankAccount.branchCode'), ''),
          COALESCE(JSON_VALUE(d.content, '$.bankAccount.accountType'), ''),
          COALESCE(JSON_VALUE(d.content, '$.bankAccount.accountNumber'), ''),
          JSON_VALUE(d.content, '$.bankAccount.accountHolder')), FALSE)`,
});

/** As the triggers of settlement refuse it; here for rows that came past them. Settlements of earlier releases have rule version 1. */
const settlementIsApproved = sqlRule(
  'a settlement is approved by two people of the carrier, who saw this draft of it',
  {
    checks: sql`settlement WHERE state IN ('approved', 'paid') AND rule_version > 1`,
    broken: sql`
    SELECT s.number, s.company_id, s.approval_id, a.state, a.maker, a.checker FROM settlement s
    LEFT JOIN approval a ON a.id = s.approval_id
    WHERE s.state IN ('approved', 'paid') AND s.rule_version > 1 AND NOT COALESCE(a.state = 'executed' AND a.kind = 'settlement.approve'
      AND a.subject = CONCAT('settlement:', s.number) AND JSON_VALUE(a.input, '$.revision') = s.revision
      AND a.maker LIKE 'staff:%' AND a.checker LIKE 'staff:%', FALSE)`,
  },
);

const approvedIsSettled = sqlRule('an executed approval of a settlement has its settlement', {
  checks: sql`approval WHERE state = 'executed' AND kind = 'settlement.approve'`,
  broken: sql`
    SELECT a.id AS approval, a.subject, a.decided_at FROM approval a
    LEFT JOIN settlement s ON s.approval_id = a.id AND s.state IN ('approved', 'paid')
    WHERE a.state = 'executed' AND a.kind = 'settlement.approve' AND s.id IS NULL`,
});

/** As the trigger of tariff refuses it; here for rows that came past the trigger. */
const tariffIsApproved = sqlRule('a version of a tariff that contracts named has an executed approval', {
  checks: sql`tariff`,
  broken: sql`
    SELECT t.code AS tariff, t.valid_from, t.approval_id, a.state FROM tariff t
    LEFT JOIN approval a ON a.id = t.approval_id
    WHERE (t.approval_id IS NOT NULL AND NOT COALESCE(a.state = 'executed' AND a.kind = 'tariff.add'
        AND a.subject = CONCAT('tariff:', t.code) AND JSON_VALUE(a.input, '$.validFrom') = t.valid_from
        AND JSON_EQUALS(JSON_EXTRACT(a.input, '$.definition'), t.definition), FALSE))
      OR (t.approval_id IS NULL AND NOT t.before_production
        AND EXISTS (SELECT 1 FROM contract k WHERE k.tariff_code = t.code AND k.created_at < t.created_at))`,
});

const approvedTariffIsThere = sqlRule('an executed approval of a tariff has its version', {
  checks: sql`approval WHERE state = 'executed' AND kind = 'tariff.add'`,
  broken: sql`
    SELECT a.id AS approval, a.subject, a.decided_at FROM approval a
    LEFT JOIN tariff t ON t.code = SUBSTRING(a.subject, 8) AND t.valid_from = JSON_VALUE(a.input, '$.validFrom')
    WHERE a.state = 'executed' AND a.kind = 'tariff.add' AND t.code IS NULL`,
});

export const twoPeople: Invariant = {
  number: 12,
  name: 'Where money goes changes by two people',
  rules: [
    byTwoPeople,
    accountIsApproved,
    approvedIsDone,
    contractIsApproved,
    tariffIsApproved,
    approvedTariffIsThere,
    settlementIsApproved,
    approvedIsSettled,
    rolesAreApproved,
    paidIsOwn,
  ],
};
