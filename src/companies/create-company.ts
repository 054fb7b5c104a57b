import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { companyPayableCode } from '../ledger/accounts.ts';
import { compileInputCheck, inputFields } from '../shared/check-input.ts';
import { refuseReservedCode } from '../shared/reserved-codes.rules.ts';
import { checkBillingTerms, type BillingTerms } from './billing-terms.rules.ts';
import { checkRegistration, companyFields, type CompanyTerms } from './company-terms.rules.ts';
import { CompanySchema, type Company } from './company.entity.ts';
import { FIRST_DAY, recordPartyVersion } from './party-versions.ts';
import type { RegistrationNumberCheck } from './registration-number.rules.ts';

type Registration = 'registrationNumber' | 'registeredFrom' | 'registeredTo';

export interface CreateCompany
  extends
    Omit<CompanyTerms, Registration>,
    Partial<{ readonly [K in Registration]: CompanyTerms[K] | undefined }> {
  readonly code: string;
  readonly billingEmail?: BillingTerms['billingEmail'] | undefined;
  readonly billingLanguage?: BillingTerms['billingLanguage'] | undefined;
}

const checkShape = compileInputCheck<CreateCompany>({
  code: inputFields.code,
  ...companyFields,
  billingEmail: { type: ['string', 'null'] },
  billingLanguage: { type: ['string', 'null'] },
});

/**
 * Creates a company together with the ledger account of what the carrier owes it, and where its statements are sent, if known. A registration number that
 * is well-formed and not of the corporate series is taken, with a warning for the person who enters it.
 * @throws Problem `invalid-request`, `already-exists`, `code-reserved`
 */
export async function createCompany(
  deps: Deps,
  actor: Actor,
  input: CreateCompany,
): Promise<{ company: Company; warning?: RegistrationNumberCheck['warning'] }> {
  authorize(actor, 'companies:write');
  checkShape(input);
  refuseReservedCode('company', input.code);
  const warning = checkRegistration(input);
  const { code, name, nameEn, address, billingEmail = null, billingLanguage = null } = input;
  const billing = checkBillingTerms({ billingEmail, billingLanguage });
  const { registrationNumber = null, registeredFrom = null, registeredTo = null } = input;
  const company = await inTransaction(deps, async (tx) => {
    const registration = { registrationNumber, registeredFrom, registeredTo };
    const row = { code, name, nameEn, address, ...registration, ...billing, state: 'active' as const };
    const created = tx.em.create(CompanySchema, { ...row, createdAt: tx.clock.now() });
    await tx.em.flush();
    const event = { subject: code, companyId: created.id, snapshot: { name, nameEn } };
    await appendEvents(tx, [{ type: 'company.created', ...event }]);
    const changed = { table: 'company', key: [created.id] } as const;
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'company.create',
      subject: `company:${code}`,
      facts: row,
      changed,
    });
    await recordPartyVersion(tx, { kind: 'company', id: created.id }, FIRST_DAY);
    await openAccount(tx, { code, companyId: created.id, actor });
    return created;
  });
  return warning === undefined ? { company } : { company, warning };
}

async function openAccount(
  tx: InTransaction<Deps>,
  { code, companyId, actor }: { code: string; companyId: number; actor: Actor },
): Promise<void> {
  const account = { code: companyPayableCode(code), kind: 'company-payable', companyId };
  const { insertId } = await sqlOf(tx.em)
    .insertInto('ledger_account')
    .values(account)
    .executeTakeFirstOrThrow();
  const changed = { table: 'ledger_account', key: [Number(insertId)] } as const;
  const subject = `ledger-account:${account.code}`;
  await recordAudit(tx, {
    actor: actorName(actor),
    action: 'ledger-account.open',
    subject,
    facts: account,
    changed,
  });
}
