import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, before, beforeEach, test } from 'node:test';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { cancelCharge } from '../../src/charges/cancel-charge.ts';
import { createCharge } from '../../src/charges/create-charge.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { describeCounts, describeEffect } from '../../src/line-import/import-effects.ts';
import { importLines, type ImportLines } from '../../src/line-import/import-lines.ts';
import { makeConsent, makeSale, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { keyOf, signedIn, staff } from '../support/actors.ts';

let world: World;
let lineId: string;

before(async () => {
  world = await createWorld();
});
after(() => world.close());

/** A line with two issued IDs, one of them ended, a subscription of each, a consent and an authorization. */
beforeEach(async () => {
  const sale = await makeSale(world.deps);
  const { company, service, line, subscriber } = sale;
  ({ lineId } = line);
  const ended = { slot: null, state: 'ended', endedAt: new Date('2026-04-01T00:00:00Z') } as const;
  const former = await makeSubscriber(world.deps, { lineId, ...ended });
  const of = { companyId: company.id, serviceId: service.id, lineId, holderFrom: '2026-01-01' };
  await addSubscription({ ...of, subscriberId: subscriber.id, state: 'active' });
  await addSubscription({ ...of, subscriberId: former.id, state: 'active' });
  await addSubscription({ ...of, subscriberId: subscriber.id, state: 'ended' });
  await makeConsent(world.deps, { ...of, subscriberId: subscriber.id, state: 'ended', endedAt: new Date() });
  await authorize(sale);
  const cancelled = await authorize(sale);
  await cancelCharge(world.deps, keyOf(company.id), { chargeId: cancelled.id });
});

interface Bought {
  readonly companyId: number;
  readonly serviceId: number;
  readonly lineId: string;
  readonly holderFrom: string;
  readonly subscriberId: number;
}

const sql = () => sqlOf(world.deps.orm.em.fork());
const createdAt = new Date('2026-03-01T00:00:00Z');

async function addSubscription({ state, ...bought }: Bought & { state: 'active' | 'ended' }): Promise<void> {
  const terms = { itemCode: 'basic', description: '見放題', reference: null, amountMinor: 500n } as const;
  const months = { chargeDay: 1, firstMonthFree: false, lastMonthFree: false, renewedThrough: '2026-05' };
  const left =
    state === 'ended' ? { leftAt: createdAt, leftOn: '2026-04-01' } : { leftAt: null, leftOn: null };
  const nextDueOn = state === 'ended' ? null : '2026-06-01';
  const row = {
    id: world.deps.ids.next(),
    ...bought,
    ...terms,
    ...months,
    ...left,
    taxCode: 'standard',
  } as const;
  await sql()
    .insertInto('subscription')
    .values({ ...row, state, createdAt, joinedAt: createdAt, joinedOn: '2026-03-01', nextDueOn })
    .execute();
}

async function authorize({ company, service, buyer }: Awaited<ReturnType<typeof makeSale>>) {
  const { id } = await createCharge(world.deps, keyOf(company.id), {
    serviceCode: service.code,
    amountMinor: 300n,
    taxCode: 'standard',
    description: '映画',
    returnUrl: 'https://shop.example/thanks',
    automaticCapture: false,
  });
  return authorizeCharge(world.deps, signedIn(buyer), { chargeId: id });
}

const file = (...rows: string[]): string =>
  ['line_id,holder,closing_group,status,valid_from,valid_to', ...rows, ''].join('\n');
const importText = (content: string, over: Partial<ImportLines> = {}) =>
  importLines(world.deps, staff(), {
    source: Readable.from([Buffer.from(content)]),
    fileName: 'lines.csv',
    ...over,
  });
const holderNow = async () =>
  (await sql().selectFrom('line_holder').select('holder').where('lineId', '=', lineId).execute())[0]!.holder;
const stored = async () => [
  await sql().selectFrom('line').selectAll().orderBy('lineId').execute(),
  await sql().selectFrom('line_holder').selectAll().orderBy('lineId').orderBy('validFrom').execute(),
];

const attached = { issuedIds: 1, subscriptions: 2, consents: 1, authorizations: 1 };
const nothing = { issuedIds: 0, subscriptions: 0, consents: 0, authorizations: 0 };

test('counts and lists what another holder ends; a dry run shows the same and writes nothing', async () => {
  const content = file(`${lineId},新名義,31,active,2026-05-15,`);
  const before = await stored();
  const dry = await importText(content, { dryRun: true });
  assert.deepEqual(await stored(), before);
  const effect = {
    kind: 'ends-tenure',
    row: 1,
    line: 2,
    lineId,
    holderFrom: '2026-01-01',
    endsOn: '2026-05-15',
  };
  assert.deepEqual(dry.effects, [{ ...effect, attached }]);
  const none = { stoppedLines: 0, renamedHolders: 0, renamed: nothing };
  assert.deepEqual(dry.effectCounts, { ...none, endedTenures: 1, ended: attached });
  assert.deepEqual(await importText(content), dry, 'the import itself says the same');
  assert.match(
    describeEffect(dry.effects[0]!),
    /^row 1 \(line 2\): ends the tenure of CAF\d+ since 2026-01-01 on 2026-05-15: 1 issued ID, 2 subscriptions, 1 consent, 1 open authorization$/,
  );
  assert.equal(
    describeCounts(dry.effectCounts),
    'ends 1 tenure: 1 issued ID, 2 subscriptions, 1 consent, 1 open authorization',
  );
  assert.deepEqual((await importText(content)).effects, [], 'a second time there is nothing to end');
});

test('the same holder of a later day ends nothing', async () => {
  const content = file(`${lineId},${await holderNow()},31,active,2026-05-15,`);
  const report = await importText(content);
  assert.deepEqual([report.added, report.unchanged, report.effects], [0, 1, []]);
  assert.equal(describeCounts(report.effectCounts), undefined);
});

test('another name of the same day is a correction, and the report lists what depends on the tenure', async () => {
  const report = await importText(file(`${lineId},新姓 花子,31,active,2026-01-01,`));
  assert.deepEqual(
    [report.changed, report.effectCounts.renamed, report.effectCounts.ended],
    [1, attached, nothing],
  );
  assert.match(
    describeEffect(report.effects[0]!),
    /corrects the name of the tenure .*, which keeps: 1 issued ID/,
  );
  assert.match(describeCounts(report.effectCounts) ?? '', /^corrects 1 name: 1 issued ID/);
});

test('a tenure that ends on a line that stops is counted once', async () => {
  const stopped = await importText(file(`${lineId},${await holderNow()},31,suspended,2026-01-01,`), {
    dryRun: true,
  });
  assert.deepEqual(stopped.effectCounts.ended, attached);
  assert.match(
    describeEffect(stopped.effects[0]!),
    /stops the tenure of CAF\d+ since 2026-01-01, the line is suspended/,
  );
  const both = await importText(file(`${lineId},${await holderNow()},31,closed,2026-01-01,2026-05-01`));
  const { endedTenures, stoppedLines, ended } = both.effectCounts;
  assert.deepEqual([endedTenures, stoppedLines, ended], [1, 1, attached]);
  assert.equal(
    describeCounts(both.effectCounts)?.startsWith('ends 1 tenure, stops 1 line: 1 issued ID'),
    true,
  );
});

const manyRows = (holder: string, from: string): string[] =>
  Array.from({ length: 2_500 }, (_, i) => `CAF${String(9e9 + i)},${holder},31,active,${from},`);

test('lists the first thousand effects, and counts all', async () => {
  await importText(file(...manyRows('甲', '2026-01-01')));
  const later = file(...manyRows('乙', '2026-05-01'));
  const { effects, effectCounts } = await importText(later, { dryRun: true });
  assert.deepEqual([effects.length, effectCounts.endedTenures, effectCounts.ended], [1_000, 2_500, nothing]);
});
