import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { can } from '../access/can.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Clock } from '../shared/clock.ts';
import { maskName } from './mask.rules.ts';
import { findUnusual, type RevealCount } from './reveal.rules.ts';

/** Who holds or held a line from a day on. */
export interface TenureRef {
  readonly lineId: string;
  readonly holderFrom: string;
}

/** A page of something of a tenure. */
export interface TenurePage extends TenureRef {
  readonly limit: number;
  /** The key of the last row of the page before. */
  readonly after?: string | undefined;
  /** Business dates, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Until when an actor, as `actorName` writes it, sees the personal data of a tenure; undefined when it is masked. */
export async function findReveal(
  deps: Database & { readonly clock: Clock },
  by: string,
  { lineId, holderFrom }: TenureRef,
): Promise<Date | undefined> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('personal_data_reveal')
    .select('endsAt')
    .where('actor', '=', by)
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .where('endsAt', '>', deps.clock.now())
    .orderBy('endsAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.endsAt;
}

/** First days of the tenures of a line whose personal data an actor, as `actorName` writes it, sees now, with until when. */
export async function listRevealed(
  deps: Deps,
  { by, lineId }: { readonly by: string; readonly lineId: string },
): Promise<ReadonlyMap<string, Date>> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('personal_data_reveal')
    .select(['holderFrom', 'endsAt'])
    .where('actor', '=', by)
    .where('lineId', '=', lineId)
    .where('endsAt', '>', deps.clock.now())
    .execute();
  return new Map(rows.map(({ holderFrom, endsAt }) => [holderFrom, endsAt]));
}

export interface RevealsOfDay {
  readonly counts: readonly RevealCount[];
  readonly unusual: readonly RevealCount[];
}

/**
 * How many tenures each person looked at within a span of time and how often they searched for people, the most first, and who stands out.
 * @throws Problem `permission-denied`
 */
export async function countReveals(
  deps: Deps,
  actor: Actor,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<RevealsOfDay> {
  authorize(actor, 'audit:read');
  const countOf = async (table: 'personal_data_reveal' | 'person_search') => {
    const rows = await sqlOf(emOf(deps))
      .selectFrom(table)
      .select((eb) => ['actor', eb.fn.countAll<string>().as('count')])
      .where('at', '>=', from)
      .where('at', '<', to)
      .groupBy('actor')
      .execute();
    return new Map(rows.map(({ actor: by, count }) => [by, Number(count)]));
  };
  const tenures = await countOf('personal_data_reveal');
  const searches = await countOf('person_search');
  const counts = [...new Set([...tenures.keys(), ...searches.keys()])]
    .map((by) => ({ actor: by, tenures: tenures.get(by) ?? 0, searches: searches.get(by) ?? 0 }))
    .sort((a, b) => b.tenures - a.tenures || b.searches - a.searches || (a.actor < b.actor ? -1 : 1));
  return { counts, unusual: findUnusual(counts) };
}

/** Whether a reader sees the personal data of a tenure now: names without asking are not enough. */
export async function isShownTo(deps: Deps, reader: Actor, tenure: TenureRef): Promise<boolean> {
  return (await findReveal(deps, actorName(reader), tenure)) !== undefined;
}

/** Whether a reader sees the names of a tenure now: without asking, or because they have asked. */
export async function areNamesShownTo(deps: Deps, reader: Actor, tenure: TenureRef): Promise<boolean> {
  return can(reader, 'holder-names:read') || (await isShownTo(deps, reader, tenure));
}

/** A name of a tenure as a reader sees it: masked until they have asked to see it, unless they read names without asking. */
export async function nameForReader(
  deps: Deps,
  reader: Actor,
  { name, ...tenure }: TenureRef & { readonly name: string },
): Promise<string> {
  return (await areNamesShownTo(deps, reader, tenure)) ? name : maskName(name);
}

/** Rows of many tenures with their holders' names as a reader sees them, by one query for all of them. */
export async function holdersForReader<Row extends TenureRef & { readonly holder: string | null }>(
  deps: Deps,
  reader: Actor,
  rows: readonly Row[],
): Promise<Row[]> {
  if (rows.length === 0 || can(reader, 'holder-names:read')) return [...rows];
  const nameOf = ({ lineId, holderFrom }: TenureRef) => `${lineId} ${holderFrom}`;
  const shown = await sqlOf(emOf(deps))
    .selectFrom('personal_data_reveal')
    .select(['lineId', 'holderFrom'])
    .where('actor', '=', actorName(reader))
    .where('lineId', 'in', [...new Set(rows.map(({ lineId }) => lineId))])
    .where('endsAt', '>', deps.clock.now())
    .execute();
  const seen = new Set(shown.map(nameOf));
  return rows.map((row) =>
    row.holder === null || seen.has(nameOf(row)) ? row : { ...row, holder: maskName(row.holder) },
  );
}
