import type { EventBodies } from '../history.ts';
import type { LineRowPlan } from '../plan/world-plan.ts';
import { loseAuthorizations, noteRunOut } from './authorizations.ts';
import { NOTHING, refused } from './outcome.ts';
import { covers } from './parties.ts';
import type { Shadow, ShadowLine, ShadowTenure } from './state.ts';

export function deliverLines(shadow: Shadow, { rows, tonight }: EventBodies['deliver-lines']): string {
  if (tonight) shadow.inbox.push(rows);
  return tonight ? 'waits for the night' : importRows(shadow, rows);
}

/** Takes rows of the line master, of which each is about another line; returns how many were refused. */
export function importRows(shadow: Shadow, rows: readonly LineRowPlan[]): string {
  noteRunOut(shadow);
  const refusals = rows.filter((row) => !importRow(shadow, row)).length;
  loseAuthorizations(shadow);
  return `${rows.length} rows, ${refusals} refused`;
}

/**
 * A row corrects the tenure that begins on its day, continues with that of the same holder, or begins a new one, which
 * ends an open one before it. Group and status count when the row is about the tenure of today, and of a day that has
 * come. A row without a birth date does not change it.
 */
function importRow(shadow: Shadow, row: LineRowPlan): boolean {
  const line = shadow.lines.get(row.line)!;
  const { holderFrom: from, holder, birthDate } = row;
  const same = line.tenures.find((tenure) => tenure.from === from) ?? continuedTenure(line, row);
  if (same) {
    Object.assign(same, { holder, birthDate: birthDate ?? same.birthDate });
    speakFor(shadow, line, same, row);
    return true;
  }
  const next = line.tenures.find((tenure) => tenure.from > from)?.from ?? null;
  const before = line.tenures.findLast((tenure) => tenure.from < from);
  if (before && before.to !== null && before.to > from) return false;
  if (before) before.to ??= from;
  const tenure: ShadowTenure = { from, to: next, holder, birthDate };
  line.tenures = [...line.tenures, tenure].sort((a, b) => (a.from < b.from ? -1 : 1));
  speakFor(shadow, line, tenure, row);
  return true;
}

/** The tenure of the same holder that is open, or that the next holder has ended since. */
function continuedTenure({ tenures }: ShadowLine, row: LineRowPlan): ShadowTenure | undefined {
  const before = tenures.findLast((tenure) => tenure.from < row.holderFrom);
  if (before?.holder !== row.holder) return undefined;
  return before.to === null || before.to > row.holderFrom ? before : undefined;
}

function speakFor(shadow: Shadow, line: ShadowLine, tenure: ShadowTenure, row: LineRowPlan): void {
  if (presentTenure(line, shadow.today) !== tenure) return;
  if (row.holderFrom > shadow.today && row.holderFrom !== tenure.from) return;
  Object.assign(line, { group: row.group, status: row.status });
}

function presentTenure({ tenures }: ShadowLine, today: string): ShadowTenure | undefined {
  return tenures.findLast(({ from }) => from <= today) ?? tenures[0];
}

const IDS_OF_A_LINE = 5;

export function issueSubscriber(shadow: Shadow, body: EventBodies['issue-subscriber']): string {
  const line = shadow.lines.get(body.line)!;
  const tenure = line.tenures.find((one) => covers(one, shadow.today));
  if (line.status !== 'active' || !tenure) return refused('line-not-found');
  const living = [...shadow.subscribers.values()].filter(
    (one) => one.line === body.line && one.endedOn === null,
  );
  // The IDs of former holders end and free their slots.
  for (const one of living) if (one.holderFrom !== tenure.from) one.endedOn = shadow.today;
  loseAuthorizations(shadow);
  if (living.filter(({ endedOn }) => endedOn === null).length >= IDS_OF_A_LINE)
    return refused('too-many-subscribers');
  const fresh = { endedOn: null, limit: null };
  shadow.subscribers.set(body.subscriber, { line: body.line, holderFrom: tenure.from, ...fresh });
  return 'issued';
}

export function endSubscriber(shadow: Shadow, body: EventBodies['end-subscriber']): string {
  const subscriber = shadow.subscribers.get(body.subscriber);
  if (!subscriber) return NOTHING;
  subscriber.endedOn ??= shadow.today;
  loseAuthorizations(shadow);
  return 'ended';
}

export function limitLine(shadow: Shadow, { line, limit }: EventBodies['limit-line']): string {
  shadow.lines.get(line)!.limit = limit;
  return 'limited';
}

export function limitSubscriber(shadow: Shadow, body: EventBodies['limit-subscriber']): string {
  const subscriber = shadow.subscribers.get(body.subscriber);
  if (!subscriber) return NOTHING;
  subscriber.limit = body.limit;
  return 'limited';
}
