import type { ChangeAuthority } from '../access/approvals/change-authority.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { monthOf } from '../shared/calendar-date.rules.ts';
import { compileInputCheck, inputFields, invalidInput } from '../shared/check-input.ts';
import { versionOn } from '../shared/date-range.rules.ts';
import { Problem } from '../shared/problem.ts';
import type { CommissionTerms } from './commission.rules.ts';
import { findCommissionFaults } from './partner-terms.rules.ts';

export interface AddPartnerTerms {
  readonly companyCode: string;
  readonly partnerCode: string;
  /** First of a month; the terms hold until the next ones of the same company and partner. */
  readonly validFrom: string;
  readonly paidBy: 'company' | 'carrier';
  readonly commission: CommissionTerms;
  /** Codes of the company's services whose sales are the partner's unless their charge names another; all others are not. */
  readonly services?: readonly string[] | undefined;
}

const checkShape = compileInputCheck<AddPartnerTerms>({
  companyCode: inputFields.code,
  partnerCode: inputFields.code,
  validFrom: inputFields.date,
  paidBy: { enum: ['company', 'carrier'] },
});

/**
 * Adds a version of the terms of a partner with a company, by the authority of two people. Those of a settled month stay.
 * @throws Problem `invalid-request`, `company-not-found`, `partner-not-found`, `service-not-found`, `already-exists`,
 * `illegal-state`, `month-settled`
 */
export async function addPartnerTerms(
  tx: InTransaction<Deps>,
  authority: ChangeAuthority,
  input: AddPartnerTerms,
): Promise<void> {
  const checked = await checkPartnerTerms(tx, input);
  const { companyId, partnerId } = checked;
  const { companyCode, partnerCode, validFrom, paidBy, commission } = input;
  const { approvalId } = authority;
  const sql = sqlOf(tx.em);
  const row = { companyId, partnerId, validFrom, paidBy, commission, approvalId };
  const { insertId } = await sql
    .insertInto('partner_terms')
    .values({ ...row, createdAt: tx.clock.now() })
    .executeTakeFirstOrThrow();
  const termsId = Number(insertId);
  const services = [
    ...checked.taken.map((serviceId) => ({ serviceId, validFrom, partnerId, termsId })),
    ...checked.left.map((serviceId) => ({ serviceId, validFrom, partnerId: null, termsId })),
  ];
  if (services.length > 0) await sql.insertInto('partner_service').values(services).execute();
  await recordAudit(tx, {
    actor: authority.actorName,
    action: 'partner.terms',
    subject: `partner:${partnerCode}/${companyCode}`,
    facts: { validFrom, paidBy, commission, services: input.services ?? [], ...authority.facts },
    changed: { table: 'partner_terms', key: [termsId] },
  });
}

/** Checks everything that `addPartnerTerms` refuses, with company and partner locked. */
export async function checkPartnerTerms(tx: InTransaction<Deps>, input: AddPartnerTerms) {
  checkShape(input);
  const faults = findCommissionFaults(input.commission);
  if (!input.validFrom.endsWith('-01')) {
    faults.push({ pointer: '/validFrom', message: 'must be the first of a month' });
  }
  if (input.commission.basis === 'none' && input.services?.length) {
    faults.push({ pointer: '/services', message: 'must be left out where there is no commission' });
  }
  if (faults.length > 0) throw invalidInput(faults);
  const locked = await lockPartnerTerms(tx, input);
  refuseOrder(input, locked.versions);
  await refuseSettled(tx, { ...input, companyId: locked.companyId });
  return { ...locked, ...(await determineServices(tx, input, locked)) };
}

/** Locks the company and the partner, and reads the versions of their terms, the latest first. */
export async function lockPartnerTerms(
  tx: InTransaction<Deps>,
  { companyCode, partnerCode }: Pick<AddPartnerTerms, 'companyCode' | 'partnerCode'>,
) {
  const sql = sqlOf(tx.em);
  const company = await sql
    .selectFrom('company')
    .select('id')
    .where('code', '=', companyCode)
    .forUpdate()
    .executeTakeFirst();
  if (!company) throw new Problem('company-not-found', { detail: `There is no company ${companyCode}.` });
  const partner = await sql
    .selectFrom('partner')
    .selectAll()
    .where('code', '=', partnerCode)
    .forUpdate()
    .executeTakeFirst();
  if (!partner) throw new Problem('partner-not-found', { detail: `There is no partner ${partnerCode}.` });
  const versions = await sql
    .selectFrom('partner_terms')
    .select(['id', 'validFrom', 'paidBy', 'commission'])
    .where('companyId', '=', company.id)
    .where('partnerId', '=', partner.id)
    .orderBy('validFrom', 'desc')
    .forUpdate()
    .execute();
  return { companyId: company.id, partnerId: partner.id, partner, versions };
}

type Locked = Awaited<ReturnType<typeof lockPartnerTerms>>;

function refuseOrder({ validFrom }: AddPartnerTerms, versions: Locked['versions']): void {
  const latest = versions[0]?.validFrom;
  if (latest === undefined || validFrom > latest) return;
  if (versions.some((version) => version.validFrom === validFrom)) {
    throw new Problem('already-exists', { detail: `There are terms of ${validFrom} already.` });
  }
  throw new Problem('illegal-state', { detail: `Further terms begin after ${latest}.` });
}

/** A rejected draft does not count: it is made again by the terms of then. */
async function refuseSettled(
  tx: InTransaction<Deps>,
  { companyId, companyCode, validFrom }: AddPartnerTerms & { readonly companyId: number },
): Promise<void> {
  const settled = await sqlOf(tx.em)
    .selectFrom('settlement')
    .select(['billingPeriod', 'state'])
    .where('companyId', '=', companyId)
    .where('billingPeriod', '>=', monthOf(validFrom))
    .where('state', '<>', 'rejected')
    .orderBy('billingPeriod', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  if (!settled) return;
  const { billingPeriod, state } = settled;
  const todo = state === 'draft' ? ' Its settlement is a draft: reject it first, or begin later.' : '';
  throw new Problem('month-settled', {
    detail: `${companyCode} is settled through ${billingPeriod}, so terms begin in a later month.${todo}`,
    facts: { settled_through: billingPeriod },
  });
}

/** Which services come to the partner, and which leave it. @throws Problem `service-not-found`, `illegal-state` */
async function determineServices(
  tx: InTransaction<Deps>,
  { companyCode, services = [], validFrom }: AddPartnerTerms,
  { companyId, partnerId }: Pick<Locked, 'companyId' | 'partnerId'>,
) {
  const sql = sqlOf(tx.em);
  const known = await sql
    .selectFrom('service')
    .select(['id', 'code'])
    .where('companyId', '=', companyId)
    .execute();
  const ids = services.map((code) => {
    const service = known.find((own) => own.code === code);
    if (!service)
      throw new Problem('service-not-found', { detail: `${companyCode} has no service ${code}.` });
    return service.id;
  });
  if (known.length === 0) return { taken: [], left: [] };
  const rows = await sql
    .selectFrom('partner_service')
    .select(['serviceId', 'validFrom', 'partnerId'])
    .where(
      'serviceId',
      'in',
      known.map(({ id }) => id),
    )
    .forUpdate()
    .execute();
  const ownerOf = (serviceId: number) => {
    const versions = rows.filter((row) => row.serviceId === serviceId);
    if (ids.includes(serviceId) && versions.some((version) => version.validFrom >= validFrom)) {
      throw new Problem('illegal-state', {
        detail: 'Whose sales those of a service are has been settled for that month already.',
      });
    }
    return versionOn(versions, validFrom)?.partnerId ?? null;
  };
  const owners = new Map(known.map(({ id }) => [id, ownerOf(id)]));
  const other = services.find((_, index) => ![null, partnerId].includes(owners.get(ids[index]!) ?? null));
  if (other !== undefined) {
    throw new Problem('illegal-state', { detail: `The sales of ${other} are those of another partner.` });
  }
  return {
    taken: [...new Set(ids)].filter((id) => owners.get(id) === null),
    left: [...owners].filter(([id, owner]) => owner === partnerId && !ids.includes(id)).map(([id]) => id),
  };
}
