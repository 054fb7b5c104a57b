import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { can } from '../access/can.rules.ts';
import type { Permission } from '../access/permissions.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import { personSearchKindOf } from '../personal-data/person-search.rules.ts';
import { recordPersonSearch } from '../personal-data/record-person-search.ts';
import type { Deps } from '../deps.ts';
import { searchCompanies } from '../companies/company-list.queries.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { amountMinorOf } from './amount-with-date.rules.ts';
import type { Found, FoundCase, FoundKind } from './found.types.ts';
import { readSearch, type SearchTerms } from './search-terms.rules.ts';
import {
  findCharge,
  findChargesOfAmount,
  findConsent,
  findInvoice,
  findInvoicesOfTotal,
  findRefund,
  findSubscription,
} from './sold.queries.ts';
import { findTenures } from './tenures.queries.ts';

/** Of each kind. */
const SHOWN = 20;

/**
 * What a person at the support centre finds with one text: each kind by a key or the beginning of one, never by reading a table.
 * Names are masked for those who have not asked to see them. A search for people leaves a row, without what was typed.
 * @throws Problem `permission-denied`
 */
export async function search(deps: Deps, actor: Actor, text: string): Promise<Found> {
  authorize(actor, 'support-desk:read');
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const terms = permittedTerms(actor, readSearch(text, { today }));
  const people = await withIssuedId(deps, terms);
  const all = {
    tenures: await findTenures(deps, people, {
      limit: SHOWN + 1,
      areNamesSeen: can(actor, 'holder-names:read'),
    }),
    charges: await findCharges(deps, terms),
    subscriptions: terms.subscription === undefined ? [] : await findSubscription(deps, terms.subscription),
    consents: terms.consent === undefined ? [] : await findConsent(deps, terms.consent),
    refunds: terms.refund === undefined ? [] : await findRefund(deps, terms.refund),
    invoices: await findInvoices(deps, terms),
    cases: terms.caseNumber === undefined ? [] : await findCase(deps, terms.caseNumber),
    companies: terms.company === undefined ? [] : await findCompanies(deps, actor, terms.company),
  };
  const searched = personSearchKindOf(terms);
  if (searched !== undefined)
    await recordPersonSearch(deps, actorName(actor), {
      kind: searched,
      foundCount: Math.min(SHOWN, all.tenures.length),
    });
  const kinds = Object.keys(all) as FoundKind[];
  return {
    ...(Object.fromEntries(kinds.map((kind) => [kind, all[kind].slice(0, SHOWN)])) as unknown as typeof all),
    more: kinds.filter((kind) => all[kind].length > SHOWN),
    isMistypedId: terms.isMistypedId ?? false,
    isAmountWithoutDate: terms.isAmountWithoutDate ?? false,
  };
}

/** What the person may not read is not looked up either. */
function permittedTerms(actor: Actor, terms: SearchTerms): SearchTerms {
  const needed = {
    charge: 'charges:read',
    amount: 'charges:read',
    subscription: 'subscriptions:read',
    consent: 'consents:read',
    refund: 'refunds:read',
    invoiceNumber: 'invoice-figures:read',
    caseNumber: 'cases:read',
    company: 'companies:read',
  } as const satisfies Partial<Record<keyof SearchTerms, Permission>>;
  const refused = new Set(
    Object.entries(needed).flatMap(([term, permission]) => (can(actor, permission) ? [] : [term])),
  );
  return Object.fromEntries(Object.entries(terms).filter(([term]) => !refused.has(term)));
}

/** An issued ID stands for the line that it was issued on. */
async function withIssuedId(deps: Deps, terms: SearchTerms): Promise<SearchTerms> {
  if (terms.issuedId === undefined) return terms;
  const row = await sqlOf(emOf(deps))
    .selectFrom('subscriber')
    .select('lineId')
    .where('issuedId', '=', terms.issuedId)
    .executeTakeFirst();
  return row ? { lineId: row.lineId } : {};
}

async function findCharges(deps: Deps, { charge, amount }: SearchTerms) {
  if (charge !== undefined) return await findCharge(deps, charge);
  const amountMinor = amount && amountMinorOf(amount.amount, deps.config.currency);
  return amount && amountMinor !== undefined
    ? await findChargesOfAmount(deps, { amountMinor, ...amount }, SHOWN + 1)
    : [];
}

async function findInvoices(deps: Deps, { invoiceNumber, amount }: SearchTerms) {
  if (invoiceNumber !== undefined) return await findInvoice(deps, invoiceNumber);
  const totalMinor = amount && amountMinorOf(amount.amount, deps.config.currency);
  return amount?.period !== undefined && totalMinor !== undefined
    ? await findInvoicesOfTotal(deps, { totalMinor, period: amount.period }, SHOWN + 1)
    : [];
}

async function findCase(deps: Deps, number: string): Promise<FoundCase[]> {
  return await sqlOf(emOf(deps))
    .selectFrom('support_case as c')
    .leftJoin('company as o', 'o.id', 'c.companyId')
    .select(['c.number', 'c.state', 'c.lineId', 'c.openedAt', 'o.name as company', 'o.nameEn as companyEn'])
    .where('c.number', '=', number)
    .execute();
}

async function findCompanies(deps: Deps, actor: Actor, text: string) {
  const { companies } = await searchCompanies(deps, actor, { text });
  return companies.slice(0, SHOWN + 1).map(({ code, name, nameEn }) => ({ code, name, nameEn }));
}
