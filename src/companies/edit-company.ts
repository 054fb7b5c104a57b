import { LockMode } from '@mikro-orm/mariadb';
import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { checkBillingTerms, type BillingTerms } from './billing-terms.rules.ts';
import { checkCompanyTerms, type CompanyTerms } from './company-terms.rules.ts';
import { CompanySchema, type Company } from './company.entity.ts';
import { planChange } from './party-changes.ts';
import { assertFollows, recordPartyVersion } from './party-versions.ts';
import type { RegistrationNumberCheck } from './registration-number.rules.ts';

/** The terms to change; one that is undefined stays as it is. */
export type CompanyEdit = { readonly [K in keyof EditedTerms]?: EditedTerms[K] | undefined };

/** What documents say of a company, and where statements are sent in which language. */
interface EditedTerms extends CompanyTerms, BillingTerms {}

export interface EditCompany extends CompanyEdit {
  readonly companyCode: string;
  /** First day on which the change holds; today by default. A later day waits, an earlier one holds for documents that are still to come. */
  readonly validFrom?: string | undefined;
}

export interface EditedCompany {
  readonly company: Company;
  /** Of a change that waits for its day. */
  readonly change?: string;
  readonly warning?: RegistrationNumberCheck['warning'];
}

/**
 * Changes names, address or registration of a company from a day on. Documents are issued by what was valid on their date,
 * whenever they are written; those that were issued stay. Equal terms change nothing.
 * @throws Problem `invalid-request`, `company-not-found`
 */
export async function editCompany(deps: Deps, actor: Actor, input: EditCompany): Promise<EditedCompany> {
  const owned = ownedBy(actor, 'companies:write');
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const { companyCode: code, validFrom = today, ...fields } = input;
  return inTransaction(deps, async (tx) => {
    const company = await tx.em.findOne(
      CompanySchema,
      { ...owned.companies, code },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!company) throw new Problem('company-not-found', { detail: `There is no company ${code}.` });
    const { terms, changed, warning } = mergeTerms(company, fields, validFrom);
    const by = actorName(actor);
    const warned = warning === undefined ? {} : { warning };
    if (changed.length === 0) return { company, ...warned };
    if (validFrom > today) {
      const party = { kind: 'company', id: company.id } as const;
      const planned = Object.fromEntries(changed.map((name) => [name, terms[name]]));
      const plan = { party, subject: `company:${code}`, validFrom, fields: planned, by };
      return { company, change: await planChange(tx, plan), ...warned };
    }
    await changeCompany(tx, company, { fields, validFrom, by });
    return { company, ...warned };
  });
}

/** What changes, from when, and who changes it. */
export interface CompanyChange {
  readonly fields: CompanyEdit;
  readonly validFrom: string;
  readonly by: string;
  /** The change that waited for its day. */
  readonly change?: string;
}

/** Changes a locked company; checks everything again. @throws Problem `invalid-request` */
export async function changeCompany(
  tx: InTransaction<Deps>,
  company: Company,
  { fields, validFrom, by, change }: CompanyChange,
): Promise<void> {
  const party = { kind: 'company', id: company.id } as const;
  const { terms, changed } = mergeTerms(company, fields, validFrom);
  if (changed.length === 0) return;
  await assertFollows(tx, party, validFrom);
  const before = Object.fromEntries(changed.map((name) => [name, company[name] ?? null]));
  tx.em.assign(company, terms);
  await tx.em.flush();
  const { code, id: companyId } = company;
  const snapshot = { fields: changed.join(' '), validFrom };
  await appendEvents(tx, [{ type: 'company.edited', subject: code, companyId, snapshot }]);
  const facts = {
    validFrom,
    ...(change !== undefined && { change }),
    ...Object.fromEntries(changed.map((name) => [name, { before: before[name], after: terms[name] }])),
  };
  await recordAudit(tx, {
    actor: by,
    action: 'company.edit',
    subject: `company:${code}`,
    facts,
    changed: { table: 'company', key: [companyId] },
  });
  await recordPartyVersion(tx, party, validFrom);
}

function mergeTerms(company: Company, fields: CompanyEdit, validFrom: string) {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const { name, nameEn, address } = company;
  const { registrationNumber = null, registeredFrom = null, registeredTo = null } = company;
  const { billingEmail = null, billingLanguage = null } = company;
  const documented = { name, nameEn, address, registrationNumber, registeredFrom, registeredTo };
  const known: EditedTerms = { ...documented, billingEmail, billingLanguage };
  // A number that is taken away takes its dates with it.
  const withoutNumber =
    given['registrationNumber'] === null ? { registeredFrom: null, registeredTo: null } : {};
  const wanted: EditedTerms = { ...known, ...withoutNumber, ...given };
  const { billingEmail: email, billingLanguage: language, ...ofDocuments } = wanted;
  const warning = checkCompanyTerms(ofDocuments, validFrom);
  const terms = { ...wanted, ...checkBillingTerms({ billingEmail: email, billingLanguage: language }) };
  const changed = (Object.keys(known) as (keyof EditedTerms)[]).filter((key) => terms[key] !== known[key]);
  return { terms, changed, warning };
}
