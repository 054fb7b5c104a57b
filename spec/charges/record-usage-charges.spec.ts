import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { recordUsageCharges } from '../../src/charges/record-usage-charges.ts';
import type { UsageItem } from '../../src/charges/usage.types.ts';
import { revokeConsent } from '../../src/consents/grant-consent.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { makeConsent, makeLine, makeSale, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { keyOf } from '../support/actors.ts';

let world: World;
before(async () => (world = await createWorld()));
after(() => world.close());

type Sale = Awaited<ReturnType<typeof makeSale>>;

const use = (sale: Sale, over: Partial<UsageItem> = {}): UsageItem => ({
  consentId: sale.consent.id,
  amountMinor: 300n,
  taxCode: 'standard',
  description: '電子書籍 1巻',
  ...over,
});

const record = (sale: Sale, items: UsageItem[]) =>
  recordUsageCharges(world.deps, keyOf(sale.company.id), { items });

const told = (outcomes: Awaited<ReturnType<typeof record>>) =>
  outcomes.map((o) => (o.kind === 'captured' ? o.charge.billingPeriod : o.problem.code));

const sql = () => sqlOf(world.deps.orm.em.fork());

describe('usage charges', () => {
  test('are captured at once, each with its ledger entry and its spend', async () => {
    const sale = await makeSale(world.deps, { closingGroup: 20 });
    const outcomes = await record(sale, [use(sale), use(sale, { amountMinor: 200n, taxCode: 'reduced' })]);
    assert.deepEqual(told(outcomes), ['2026-04', '2026-04']);
    const rows = await sql()
      .selectFrom('charge')
      .select(['kind', 'state', 'capturedMinor', 'taxRateBps', 'businessDate', 'closingGroup'])
      .where('companyId', '=', sale.company.id)
      .orderBy('id')
      .execute();
    const common = { kind: 'usage', state: 'captured', businessDate: '2026-05-10', closingGroup: 20 };
    assert.deepEqual(rows, [
      { ...common, capturedMinor: 300n, taxRateBps: 1000 },
      { ...common, capturedMinor: 200n, taxRateBps: 800 },
    ]);
    const spent = await sql()
      .selectFrom('line_period')
      .select('spentMinor')
      .where('lineId', '=', sale.line.lineId)
      .execute();
    assert.deepEqual(spent, [{ spentMinor: 500n }]);
    const ledger = await sql()
      .selectFrom('ledger_entry as e')
      .innerJoin('charge as c', 'c.id', 'e.journalId')
      .select(['e.kind', 'e.amountMinor', 'e.billingPeriod'])
      .where('c.companyId', '=', sale.company.id)
      .orderBy('e.journalId')
      .execute();
    assert.deepEqual(ledger, [
      { kind: 'capture', amountMinor: 300n, billingPeriod: '2026-04' },
      { kind: 'capture', amountMinor: 200n, billingPeriod: '2026-04' },
    ]);
  });

  test('bear the rate of their day of supply, also one that comes into force later', async () => {
    const sale = await makeSale(world.deps);
    const { config, clock } = world;
    const rise = { code: 'standard', validFrom: '2026-05-10', rateBps: 1_200 } as const;
    const deps = { ...world.deps, config: { ...config, taxRates: [...config.taxRates, rise] } };
    const dayBefore = new Date(clock.now().getTime() - 24 * 60 * 60_000);
    const items = [use(sale), use(sale, { occurredAt: dayBefore })];
    const outcomes = await recordUsageCharges(deps, keyOf(sale.company.id), { items });
    const rates = outcomes.map((o) => (o.kind === 'captured' ? o.charge.taxRateBps : o.problem.code));
    assert.deepEqual(rates, [1_200, 1_000]);
  });

  test('that are refused never harm their neighbours, and each says why', async () => {
    const sale = await makeSale(world.deps);
    const other = await makeSale(world.deps);
    const ended = await makeConsent(world.deps, {
      ...sale.consent,
      id: world.deps.ids.next(),
      state: 'ended',
    });
    const capped = await makeConsent(world.deps, {
      ...sale.consent,
      id: world.deps.ids.next(),
      perChargeMaxMinor: 100n,
    });
    const outcomes = await record(sale, [
      use(sale),
      use(sale, { consentId: other.consent.id }),
      use(sale, { consentId: ended.id }),
      use(sale, { consentId: capped.id, amountMinor: 101n }),
      use(sale, { amountMinor: 10_001n }),
      use(sale, { consentId: world.deps.ids.next() }),
      use(sale, { amountMinor: 9_700n }),
      use(sale, { amountMinor: 1n }),
    ]);
    assert.deepEqual(told(outcomes), [
      '2026-05',
      'consent-not-found',
      'consent-not-active',
      'amount-above-consent',
      'amount-above-contract',
      'consent-not-found',
      '2026-05',
      'limit-exceeded',
    ]);
  });

  test('cannot pass the limit of a line together, however many come at once', async () => {
    const sale = await makeSale(world.deps);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => record(sale, [use(sale, { amountMinor: 900n })])),
    );
    assert.equal(outcomes.filter(([o]) => o?.kind === 'captured').length, 11);
  });

  test('keep to the limits a line and a subscriber have of their own', async () => {
    const sale = await makeSale(world.deps);
    const { lineId } = sale.line;
    await sql().updateTable('line').set({ monthlyLimitMinor: 500n }).where('lineId', '=', lineId).execute();
    assert.deepEqual(told(await record(sale, [use(sale), use(sale)])), ['2026-05', 'limit-exceeded']);
    await sql()
      .updateTable('subscriber')
      .set({ monthlyLimitMinor: 400n })
      .where('lineId', '=', lineId)
      .execute();
    assert.deepEqual(
      told(await record(sale, [use(sale, { amountMinor: 101n }), use(sale, { amountMinor: 100n })])),
      ['limit-exceeded', '2026-05'],
    );
  });

  test('belong to the business date of their instant at midnight and on a closing day', async () => {
    const sale = await makeSale(world.deps, { closingGroup: 5 });
    const at = (instant: string) => use(sale, { occurredAt: new Date(instant) });
    const outcomes = await record(sale, [
      at('2026-05-04T15:00:00.000Z'), // 05-05 00:00:00.000 in Tokyo, the closing day begins
      at('2026-05-05T14:59:59.999Z'), // 05-05 23:59:59.999, it ends
      at('2026-05-05T15:00:00.000Z'), // 05-06 00:00:00.000, the next period
    ]);
    assert.deepEqual(told(outcomes), ['2026-04', '2026-04', '2026-05']);
  });

  test('that come after their period closed go to the next open one, marked late', async () => {
    const sale = await makeSale(world.deps, { closingGroup: 15 });
    const early = new Date('2026-05-14T03:00:00.000Z');
    await record(sale, [use(sale, { occurredAt: early })]);
    await sql()
      .updateTable('billing_period')
      .set({ state: 'closing' })
      .where('closingGroup', '=', 15)
      .execute();
    const [late, onTime] = await record(sale, [
      use(sale, { occurredAt: early }),
      use(sale, { occurredAt: new Date('2026-05-16T03:00:00.000Z') }),
    ]);
    assert.ok(late?.kind === 'captured' && onTime?.kind === 'captured');
    assert.deepEqual([late.charge.billingPeriod, late.charge.late], ['2026-05', true]);
    assert.deepEqual([onTime.charge.billingPeriod, onTime.charge.late], ['2026-05', false]);
  });

  test('are refused late when the contract does not take late charges', async () => {
    const sale = await makeSale(world.deps, { closingGroup: 10 });
    await sql()
      .updateTable('contract')
      .set({ lateCharges: 'refuse' })
      .where('id', '=', sale.contract.id)
      .execute();
    await record(sale, [use(sale)]);
    await sql()
      .updateTable('billing_period')
      .set({ state: 'closing' })
      .where('closingGroup', '=', 10)
      .execute();
    assert.deepEqual(told(await record(sale, [use(sale)])), ['period-closed']);
  });

  test('of a line that changed its closing group keep one invoice a period', async () => {
    const sale = await makeSale(world.deps, { closingGroup: 25 });
    const on = (date: string) => use(sale, { occurredAt: new Date(`${date}T03:00:00.000Z`) });
    await record(sale, [on('2026-05-26')]);
    await sql()
      .updateTable('line')
      .set({ closingGroup: 31 })
      .where('lineId', '=', sale.line.lineId)
      .execute();
    const outcomes = await record(sale, [on('2026-05-27'), on('2026-06-01')]);
    const keys = outcomes.map(
      (o) => o.kind === 'captured' && `${o.charge.billingPeriod}/${o.charge.closingGroup}`,
    );
    assert.deepEqual(keys, ['2026-05/25', '2026-06/31']);
  });

  test('stop when the consent ends, and when the line moves to another holder', async () => {
    const sale = await makeSale(world.deps);
    await revokeConsent(world.deps, keyOf(sale.company.id), { consentId: sale.consent.id });
    assert.deepEqual(told(await record(sale, [use(sale)])), ['consent-not-active']);
    const line = await makeLine(world.deps, { holder: { validTo: '2026-05-10' } });
    const subscriber = await makeSubscriber(world.deps, { lineId: line.lineId });
    const ids = {
      companyId: sale.company.id,
      serviceId: sale.service.id,
      subscriberId: subscriber.id,
      lineId: line.lineId,
    };
    const consent = await makeConsent(world.deps, ids);
    const before = new Date('2026-05-09T14:59:59.999Z');
    const outcomes = await record(sale, [
      use(sale, { consentId: consent.id, occurredAt: before }),
      use(sale, { consentId: consent.id }),
    ]);
    assert.deepEqual(told(outcomes), ['2026-05', 'entitlement-ended']);
  });

  test('come a thousand at a time', async () => {
    const lines = await Promise.all(Array.from({ length: 20 }, () => makeSale(world.deps)));
    const [sale] = lines;
    assert.ok(sale);
    const consents = await Promise.all(
      lines.map((l) =>
        makeConsent(world.deps, {
          ...l.consent,
          id: world.deps.ids.next(),
          companyId: sale.company.id,
          serviceId: sale.service.id,
        }),
      ),
    );
    const items = Array.from({ length: 1000 }, (_, i) =>
      use(sale, { consentId: consents[i % 20]!.id, amountMinor: 10n }),
    );
    const outcomes = await record(sale, items);
    assert.equal(outcomes.filter((o) => o.kind === 'captured').length, 1000);
  });
});
