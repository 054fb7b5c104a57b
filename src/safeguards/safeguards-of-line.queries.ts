import type { Actor, SubscriberActor } from '../access/actor.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import { authorizeSubscriber } from './safeguard-scope.ts';
import { findSpendingNotices, type SpendingNotices } from './set-spending-notices.ts';
import { listTenureRows, type StoredSafeguard } from './tenure-safeguards.queries.ts';

/** A name in both languages. */
export interface Names {
  readonly name: string;
  readonly nameEn: string;
}

/** An issued ID whose safeguards an actor sees. */
export interface GuardedPerson {
  readonly id: number;
  readonly issuedId: string;
  readonly displayName: string;
  readonly isHolder: boolean;
  /** Set by the support centre. */
  readonly supportLimitMinor: bigint | null;
}

/** Everything that is set for a line, as one person sees it. */
export interface SafeguardsOfLine {
  readonly businessDate: string;
  readonly isHolder: boolean;
  readonly subscriberId: number;
  /** Active issued IDs, the holder's first; for a person who is not the holder, their own. */
  readonly people: readonly GuardedPerson[];
  /** Settings of the line and of those people, oldest first. */
  readonly rows: readonly StoredSafeguard[];
  readonly companies: ReadonlyMap<number, Names & { readonly code: string }>;
  readonly services: ReadonlyMap<number, Names>;
  readonly notices: SpendingNotices;
  /** Mails about the line reach somebody. */
  readonly hasAddress: boolean;
}

/** What is set for an actor's line. @throws Problem `permission-denied`. */
export async function getSafeguardsOfLine(deps: Deps, actor: Actor): Promise<SafeguardsOfLine> {
  const person = authorizeSubscriber(actor, 'limits:read');
  const { isHolder, subscriberId } = person;
  const rows = (await listTenureRows(deps, person)).filter(
    (row) => isHolder || row.subscriberId === null || row.subscriberId === subscriberId,
  );
  const named = await findNames(deps, rows);
  return {
    businessDate: businessDateOf(deps.clock.now(), deps.config.timeZone),
    isHolder,
    subscriberId,
    people: await findPeople(deps, person),
    rows,
    ...named,
    notices: await findSpendingNotices(deps, person),
    hasAddress: await findHasAddress(deps, person),
  };
}

async function findPeople(deps: Deps, actor: SubscriberActor): Promise<GuardedPerson[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('subscriber')
    .select(['id', 'issuedId', 'displayName', 'isHolder', 'monthlyLimitMinor'])
    .where('lineId', '=', actor.lineId)
    .where('holderFrom', '=', actor.holderFrom)
    .where('state', '=', 'active')
    .$if(!actor.isHolder, (query) => query.where('id', '=', actor.subscriberId))
    .orderBy('slot')
    .execute();
  const people = rows.map(({ isHolder, monthlyLimitMinor, ...row }) => {
    return { ...row, isHolder: isHolder !== null, supportLimitMinor: monthlyLimitMinor };
  });
  return [...people.filter(({ isHolder }) => isHolder), ...people.filter(({ isHolder }) => !isHolder)];
}

/** The companies and services that settings name. */
async function findNames(deps: Deps, rows: readonly StoredSafeguard[]) {
  const db = sqlOf(emOf(deps));
  const companyIds = [...new Set(rows.flatMap(({ companyId }) => companyId ?? []))];
  const serviceIds = [...new Set(rows.flatMap(({ serviceId }) => serviceId ?? []))];
  const companies =
    companyIds.length === 0
      ? []
      : await db
          .selectFrom('company')
          .select(['id', 'code', 'name', 'nameEn'])
          .where('id', 'in', companyIds)
          .execute();
  const services =
    serviceIds.length === 0
      ? []
      : await db
          .selectFrom('service')
          .select(['id', 'name', 'nameEn'])
          .where('id', 'in', serviceIds)
          .execute();
  return {
    companies: new Map(companies.map((row) => [row.id, row])),
    services: new Map(services.map((row) => [row.id, row])),
  };
}

async function findHasAddress(deps: Deps, { lineId, holderFrom }: SubscriberActor): Promise<boolean> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('line_holder')
    .select('email')
    .where('lineId', '=', lineId)
    .where('validFrom', '=', holderFrom)
    .executeTakeFirst();
  return Boolean(row?.email);
}
