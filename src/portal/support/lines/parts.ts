import type { Actor } from '../../../access/actor.ts';
import { findPeopleNames } from '../../../accounts/people-names.queries.ts';
import { listCasesOfTenure } from '../../../cases/cases-of-tenure.queries.ts';
import { readCollectionStates } from '../../../collections/collection-of-invoices.queries.ts';
import { listLineHistory } from '../../../line-history/line-history.queries.ts';
import { listMailsOfTenure } from '../../../line-history/mails-of-tenure.queries.ts';
import type { TenureRef } from '../../../personal-data/personal-data.queries.ts';
import { listConsentsOfLine } from '../../../purchases/consents-of-line.queries.ts';
import { listInvoicesOfLine } from '../../../purchases/invoices-of-line.queries.ts';
import { listPurchases } from '../../../purchases/purchase.queries.ts';
import { listSubscriptionsOfLine } from '../../../purchases/subscriptions-of-line.queries.ts';
import { listRefundsOfTenure } from '../../../refunds/refunds-of-tenure.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { businessDateOf } from '../../../shared/business-date.rules.ts';
import { isAmount, touches, type PartFilter } from './part-query.rules.ts';

const PAGE = 20;

/** What a part is loaded with. */
export interface PartRequest {
  readonly tenure: TenureRef;
  readonly filter: PartFilter;
}

/** How each part is read: at most a page, and where the next begins. */
export const loadPart = {
  charges: async (deps: ServiceDeps, actor: Actor, { tenure, filter }: PartRequest) => {
    const { amountMinor, unread: _, ...rest } = filter;
    const amounts = amountMinor === undefined ? {} : { minMinor: amountMinor, maxMinor: amountMinor };
    const list = await listPurchases(deps, actor, { ...rest, ...amounts, limit: PAGE }, tenure);
    return { rows: list.purchases, next: list.next };
  },
  invoices: async (deps: ServiceDeps, actor: Actor, { tenure, filter }: PartRequest) => {
    const list = await listInvoicesOfLine(deps, actor, tenure);
    const invoices = list.invoices.filter(
      ({ period, total }) =>
        touches(filter, period.startsOn, period.closesOn) && isAmount(filter, total.minor),
    );
    const numbers = invoices.flatMap(({ number }) => (number === null ? [] : [number]));
    const states = await readCollectionStates(deps, numbers);
    return {
      rows: invoices.map((row) => ({ ...row, collection: row.number ? states.get(row.number) : undefined })),
      next: undefined,
    };
  },
  subscriptions: async (deps: ServiceDeps, actor: Actor, { tenure, filter }: PartRequest) => {
    const rows = await listSubscriptionsOfLine(deps, actor, tenure);
    return {
      rows: rows.filter(
        ({ joinedOn, leftOn, amountMinor }) =>
          touches(filter, joinedOn, leftOn) && isAmount(filter, amountMinor),
      ),
      next: undefined,
    };
  },
  consents: async (deps: ServiceDeps, actor: Actor, { tenure, filter }: PartRequest) => {
    const rows = await listConsentsOfLine(deps, actor, tenure);
    const dateOf = (at: Date | null) => at && businessDateOf(at, deps.config.timeZone);
    return {
      rows: rows.filter(({ agreedAt, endedAt }) => touches(filter, dateOf(agreedAt), dateOf(endedAt))),
      next: undefined,
    };
  },
  refunds: async (deps: ServiceDeps, actor: Actor, { tenure, filter }: PartRequest) => {
    const rows = await listRefundsOfTenure(deps, actor, { ...tenure, ...filter, limit: PAGE + 1 });
    const names = await findPeopleNames(
      deps,
      rows.map(({ createdBy }) => createdBy),
    );
    return paged(
      rows.map((row) => ({ ...row, by: names.get(row.createdBy) ?? row.createdBy })),
      ({ id }) => id,
    );
  },
  cases: async (deps: ServiceDeps, actor: Actor, { tenure, filter }: PartRequest) => {
    const rows = await listCasesOfTenure(deps, actor, { ...tenure, ...filter, limit: PAGE + 1 });
    const names = await findPeopleNames(
      deps,
      rows.map(({ assignedTo }) => assignedTo),
    );
    return paged(
      rows.map((row) => ({
        ...row,
        assignee: (row.assignedTo && names.get(row.assignedTo)) ?? row.assignedTo,
      })),
      ({ number }) => number,
    );
  },
  mails: async (deps: ServiceDeps, actor: Actor, { tenure, filter }: PartRequest) =>
    paged(await listMailsOfTenure(deps, actor, { ...tenure, ...filter, limit: PAGE + 1 }), ({ id }) => id),
  history: async (deps: ServiceDeps, actor: Actor, { tenure, filter }: PartRequest) => {
    const rows = await listLineHistory(deps, actor, { ...tenure, ...filter, limit: PAGE + 1 });
    const names = await findPeopleNames(
      deps,
      rows.map((row) => row.actor),
    );
    return paged(
      rows.map((row) => ({ ...row, by: names.get(row.actor) ?? row.actor })),
      ({ id }) => id,
    );
  },
};

export type Loaded = {
  readonly [Name in keyof typeof loadPart]: Awaited<ReturnType<(typeof loadPart)[Name]>>;
};

function paged<Row>(rows: readonly Row[], keyOf: (row: Row) => string) {
  const shown = rows.slice(0, PAGE);
  return { rows: shown, next: rows.length > PAGE ? keyOf(shown.at(-1)!) : undefined };
}
