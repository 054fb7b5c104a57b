import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { endSubscriber } from '../../../src/identity/end-subscriber.ts';
import { issueSubscriber } from '../../../src/identity/issue-subscriber.ts';
import { setSubscriberLimit } from '../../../src/identity/set-subscriber-limit.ts';
import { importLines } from '../../../src/line-import/import-lines.ts';
import { setLineLimit } from '../../../src/lines/set-line-limit.ts';
import { formatCsv } from '../../../src/shared/csv.ts';
import { Problem } from '../../../src/shared/problem.ts';
import { planDelivery, planIssue } from '../plan/plan-delivery.ts';
import { planHoldThrough } from '../plan/plan-holds.ts';
import type { Planner } from '../plan/planner.ts';
import type { LineRowPlan } from '../plan/world-plan.ts';
import * as shadow from '../shadow/lines.ts';
import { NOTHING } from '../shadow/outcome.ts';
import type { EventKinds } from './event-kind.ts';
import { staff } from '../../support/actors.ts';

type LineKinds = 'deliver-lines' | 'issue-subscriber' | 'end-subscriber' | 'limit-line' | 'limit-subscriber';

export const lineKinds: Pick<EventKinds, LineKinds> = {
  'deliver-lines': {
    weight: 8,
    plan: planDelivery,
    foresee: shadow.deliverLines,
    async perform({ deps, filesDir }, { rows, tonight }, { at }) {
      const csv = lineFile(rows);
      if (tonight) {
        const inbox = join(filesDir, 'lines', 'inbox');
        await mkdir(inbox, { recursive: true });
        await writeFile(join(inbox, `${at.replaceAll(/\D/g, '')}-${rows[0]?.line}.csv`), csv);
        return 'waits for the night';
      }
      const report = await importLines(deps, staff(), {
        source: Readable.from([csv]),
        fileName: 'lines.csv',
      });
      return `${report.read} rows, ${report.refused} refused`;
    },
  },
  'issue-subscriber': {
    weight: 3,
    plan: (planner, atMs) => planIssue(planner, atMs, planner.random.pick(planner.world.lines).line),
    foresee: shadow.issueSubscriber,
    async perform({ deps, names }, { subscriber: name, line: lineId }) {
      const { subscriber } = await issueSubscriber(deps, staff(), { lineId, displayName: name });
      const { id: subscriberId, issuedId, holderFrom } = subscriber;
      names.subscribers.set(name, subscriberId);
      names.issuedIds.set(name, issuedId);
      names.buyers.set(name, { subscriberId, lineId, holderFrom });
      return 'issued';
    },
  },
  'end-subscriber': {
    weight: 2,
    plan(planner, atMs) {
      const { subscriber, line } = planner.random.pick(planner.subscribers);
      if (planner.oneIn(2)) planHoldThrough(planner, line, atMs);
      planner.add(atMs, 'end-subscriber', { subscriber });
      if (planner.subscribers.length > 1) planner.forget((one) => one.subscriber === subscriber);
    },
    foresee: shadow.endSubscriber,
    async perform({ deps, names }, { subscriber }) {
      const issuedId = names.issuedIds.get(subscriber);
      return issuedId === undefined ? NOTHING : (await endSubscriber(deps, staff(), { issuedId })).state;
    },
  },
  'limit-line': {
    weight: 2,
    plan(planner, atMs) {
      const { line } = planner.random.pick(planner.world.lines);
      planner.add(atMs, 'limit-line', { line, limit: planLimit(planner) });
    },
    foresee: shadow.limitLine,
    async perform({ deps }, { line, limit }) {
      await setLineLimit(deps, staff('simulation'), { lineId: line, limitMinor: minorOf(limit) });
      return 'limited';
    },
  },
  'limit-subscriber': {
    weight: 2,
    plan(planner, atMs) {
      const { subscriber } = planner.random.pick(planner.subscribers);
      planner.add(atMs, 'limit-subscriber', { subscriber, limit: planLimit(planner) });
    },
    foresee: shadow.limitSubscriber,
    async perform({ deps, names }, { subscriber, limit }) {
      const issuedId = names.issuedIds.get(subscriber);
      if (issuedId === undefined) return NOTHING;
      const limited = { issuedId, limitMinor: minorOf(limit) };
      // Of an ID that has ended the limit is left alone: it spends nothing any more.
      await setSubscriberLimit(deps, staff(), limited).catch(ignoreEnded);
      return 'limited';
    },
  },
};

const ignoreEnded = (error: unknown): void => {
  if (!(error instanceof Problem && error.code === 'subscriber-not-found')) throw error;
};
const minorOf = (limit: number | null): bigint | null => (limit === null ? null : BigInt(limit));
const planLimit = ({ random }: Planner) => random.pick([null, 0, 500, 3_000, 30_000]);

function lineFile(rows: readonly LineRowPlan[]): string {
  const header = ['line_id', 'holder', 'closing_group', 'status', 'valid_from', 'valid_to', 'birth_date'];
  const cells = rows.map((row) => [
    row.line,
    row.holder,
    row.group,
    row.status,
    row.holderFrom,
    '',
    row.birthDate ?? '',
  ]);
  return formatCsv([header, ...cells]);
}
