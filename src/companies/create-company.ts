import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { companyPayableCode } from '../ledger/accounts.ts';
import { compileInputCheck, inputFields, invalidInput } from '../shared/check-input.ts';
import { CompanySchema, type Company } from './company.entity.ts';
import { checkRegistrationNumber, type RegistrationNumberCheck } from './registration-number.rules.ts';

export interface CreateCompany {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly address: string;
  /** Qualified invoice issuer, `T` and 13 digits; without it the company's sales stay outside the qualified totals. */
  readonly registrationNumber?: string | null | undefined;
  /** First day of the registration; needed with a number. */
  readonly registeredFrom?: string | null | undefined;
  /** First day on which the registration holds no more. */
  readonly registeredTo?: string | null | undefined;
}

const checkShape = compileInputCheck<CreateCompany>({
  code: inputFields.code,
  name: inputFields.name,
  nameEn: inputFields.name,
  address: { ...inputFields.name, maxLength: 240 },
  registrationNumber: { type: ['string', 'null'] },
  registeredFrom: inputFields.optionalDate,
  registeredTo: inputFields.optionalDate,
});

/**
 * Creates a company together with the ledger account of what the carrier owes it. A registration number that
 * is well-formed and not of the corporate series is taken, with a warning for the person who enters it.
 * @throws Problem `invalid-request`, `already-exists`
 */
export async function createCompany(
  deps: Deps,
  actor: Actor,
  input: CreateCompany,
): Promise<{ company: Company; warning?: RegistrationNumberCheck['warning'] }> {
  authorize(actor, 'companies:write');
  checkShape(input);
  const warning = checkRegistration(input);
  const { code, name, nameEn, address } = input;
  const { registrationNumber = null, registeredFrom = null, registeredTo = null } = input;
  const company = await inTransaction(deps, async (tx) => {
    const registration = { registrationNumber, registeredFrom, registeredTo };
    const row = { code, name, nameEn, address, ...registration, state: 'active' as const };
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

function checkRegistration(input: CreateCompany): RegistrationNumberCheck['warning'] {
  const { registrationNumber, registeredFrom, registeredTo } = input;
  if (registrationNumber === undefined || registrationNumber === null) {
    if (!registeredFrom && !registeredTo) return undefined;
    throw invalidInput([{ pointer: '/registrationNumber', message: 'is missing: there are dates of one' }]);
  }
  if (!registeredFrom) throw invalidInput([{ pointer: '/registeredFrom', message: 'is missing' }]);
  if (registeredTo && registeredTo <= registeredFrom) {
    throw invalidInput([{ pointer: '/registeredTo', message: 'must be after registeredFrom' }]);
  }
  const { valid, warning } = checkRegistrationNumber(registrationNumber);
  if (!valid) throw invalidInput([{ pointer: '/registrationNumber', message: 'must be T and 13 digits' }]);
  return warning;
}
