import { validOn } from '../database/date-range.sql.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { businessDateOf, type ClosingGroup } from '../shared/calendar.rules.ts';

/** A line as a search finds it: nothing of the people on it. */
export interface FoundLine {
  readonly lineId: string;
  readonly status: 'active' | 'suspended' | 'closed';
  readonly closingGroup: ClosingGroup;
  /** Of today's tenure; null while nobody holds the line, or where the line master says nothing. */
  readonly product: string | null;
  /** First day of today's tenure. */
  readonly heldSince: string | null;
}

export interface FoundLines {
  readonly lines: readonly FoundLine[];
  /** For `after` of the next page. */
  readonly next: string | undefined;
}

const PAGE = 50;
const LINE_ID = /^[A-Z0-9]{1,16}$/;
/** Sorts after every character of a line ID. */
const LAST = '~';

/** A line ID, or the beginning of one, as it was typed in any width and case; undefined for what is none. */
export function readLineId(typed: string): string | undefined {
  const text = typed.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase();
  return LINE_ID.test(text) ? text : undefined;
}

/** The line ID that an address names. @throws Problem `line-not-found` for what is none */
export function requireLineId(text: string | undefined): string {
  const id = text === undefined ? undefined : readLineId(text);
  if (id === undefined) throw new Problem('line-not-found');
  return id;
}

/** Lines whose ID is or begins with a text, by key, 50 a page; none for what is no line ID. @throws Problem `permission-denied` */
export async function searchLines(
  deps: Deps,
  actor: Actor,
  { text, after }: { readonly text: string; readonly after?: string | undefined },
): Promise<FoundLines> {
  authorize(actor, 'lines:read');
  const prefix = readLineId(text);
  if (prefix === undefined) return { lines: [], next: undefined };
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const rows = await sqlOf(emOf(deps))
    .selectFrom('line as l')
    .leftJoin('line_holder as h', (join) =>
      join.onRef('h.lineId', '=', 'l.lineId').on(validOn('h', businessDate)),
    )
    .select(['l.lineId', 'l.status', 'l.closingGroup', 'h.product', 'h.validFrom as heldSince'])
    .where('l.lineId', '>=', prefix)
    .where('l.lineId', '<', prefix + LAST)
    .$if(after !== undefined, (query) => query.where('l.lineId', '>', after!))
    .orderBy('l.lineId')
    .limit(PAGE + 1)
    .execute();
  const lines = rows.slice(0, PAGE);
  return { lines, next: rows.length > PAGE ? lines.at(-1)?.lineId : undefined };
}
