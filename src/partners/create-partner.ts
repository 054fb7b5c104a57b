import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { checkRegistration, companyFields } from '../companies/company-terms.rules.ts';
import type { RegistrationNumberCheck } from '../companies/registration-number.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { compileInputCheck, inputFields } from '../shared/check-input.ts';

export interface CreatePartner {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly address: string;
  readonly registrationNumber?: string | null | undefined;
  readonly registeredFrom?: string | null | undefined;
  readonly registeredTo?: string | null | undefined;
}

const checkShape = compileInputCheck<CreatePartner>({ code: inputFields.code, ...companyFields });

/**
 * Creates a partner. It earns nothing until two people agree to its terms with a company. A registration number that is
 * well-formed and not of the corporate series is taken, with a warning for the person who enters it.
 * @throws Problem `permission-denied`, `invalid-request`, `already-exists`
 */
export async function createPartner(
  deps: Deps,
  actor: Actor,
  input: CreatePartner,
): Promise<{ readonly warning?: RegistrationNumberCheck['warning'] }> {
  authorize(actor, 'partners:write');
  checkShape(input);
  const warning = checkRegistration(input);
  const { code, name, nameEn, address } = input;
  const { registrationNumber = null, registeredFrom = null, registeredTo = null } = input;
  const row = { code, name, nameEn, address, registrationNumber, registeredFrom, registeredTo };
  await inTransaction(deps, async (tx) => {
    const { insertId } = await sqlOf(tx.em)
      .insertInto('partner')
      .values({ ...row, createdAt: tx.clock.now() })
      .executeTakeFirstOrThrow();
    const changed = { table: 'partner', key: [Number(insertId)] } as const;
    const audit = { actor: actorName(actor), action: 'partner.create', subject: `partner:${code}` };
    await recordAudit(tx, { ...audit, facts: row, changed });
  });
  return warning === undefined ? {} : { warning };
}
