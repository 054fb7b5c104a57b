import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { endOfBusinessDate, startOfBusinessDate } from '../shared/calendar.rules.ts';
import { listAnswerTimes, listOpenByPerson, listRefundsByPerson } from './person-figures.queries.ts';

/** Business dates, both included. */
export interface TeamSpan {
  readonly from: string;
  readonly through: string;
}

/** What was done in a span: by one person, or by all (`actor` null). */
export interface TeamFigures {
  /** As `actorName` writes it. */
  readonly actor: string | null;
  /** Cases that were opened in the span and first answered by the person. */
  readonly answeredCount: number;
  /** Time to the first answer in seconds: the middle one, and the one that nine of ten do not exceed. */
  readonly medianSeconds: number | null;
  readonly ninetiethSeconds: number | null;
  /** Cases that the person has now. */
  readonly openCount: number;
  readonly refundCount: number;
  readonly refundedMinor: bigint;
}

export interface TeamReport {
  readonly openedCount: number;
  /** Of these, answered after they were due, or overdue and not answered. */
  readonly lateCount: number;
  readonly all: TeamFigures;
  /** Everybody who has or did something, who answered most first. */
  readonly people: readonly TeamFigures[];
}

/**
 * How much the support centre did in a span, and who: each figure by keys, over the span alone. Times count for the cases that were opened in
 * it. @throws Problem `permission-denied`
 */
export async function getTeamReport(deps: Deps, actor: Actor, span: TeamSpan): Promise<TeamReport> {
  authorize(actor, 'support-team:read');
  const { timeZone } = deps.config;
  const from = startOfBusinessDate(span.from, timeZone);
  const to = endOfBusinessDate(span.through, timeZone);
  const times = await listAnswerTimes(deps, { from, to });
  const open = await listOpenByPerson(deps);
  const refunds = await listRefundsByPerson(deps, span);
  const figuresOf = (name: string | null): TeamFigures => ({
    actor: name,
    answeredCount: times.get(name)?.answeredCount ?? 0,
    medianSeconds: times.get(name)?.medianSeconds ?? null,
    ninetiethSeconds: times.get(name)?.ninetiethSeconds ?? null,
    openCount: name === null ? sumOf(open.values()) : (open.get(name) ?? 0),
    refundCount: refunds.get(name)?.refundCount ?? 0,
    refundedMinor: refunds.get(name)?.refundedMinor ?? 0n,
  });
  const names = new Set([...times.keys(), ...open.keys(), ...refunds.keys()].filter((name) => name !== null));
  const people = [...names].map(figuresOf);
  return {
    ...(await countOpened(deps, { from, to })),
    all: figuresOf(null),
    people: people.toSorted((a, b) => b.answeredCount - a.answeredCount || (a.actor! < b.actor! ? -1 : 1)),
  };
}

const sumOf = (counts: Iterable<number>): number => [...counts].reduce((sum, count) => sum + count, 0);

async function countOpened(deps: Deps, { from, to }: { readonly from: Date; readonly to: Date }) {
  const { rows } = await sql<{ opened: number | string; late: number | string | null }>`
    SELECT COUNT(*) AS opened, SUM(COALESCE(answered_at, ${deps.clock.now()}) > answer_due_at) AS late
    FROM support_case FORCE INDEX (support_case_by_time)
    WHERE opened_at >= ${from} AND opened_at < ${to}`.execute(sqlOf(emOf(deps)));
  return { openedCount: Number(rows[0]!.opened), lateCount: Number(rows[0]!.late ?? 0) };
}
