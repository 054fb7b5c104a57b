import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  freezeClawbacks,
  sumFrozen,
  sumPendingClawbacks,
  type PendingClawbacks,
} from '../../src/collections/pending-clawbacks.queries.ts';
import { listClawbackLines } from '../../src/collections/settlement-clawbacks.queries.ts';
import { isTransient } from '../../src/database/database-error.rules.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { rejectSettlement } from '../../src/settlements/reject-settlement.ts';
import { settleChunk } from '../../src/settlements/settle-chunk.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { BilledWorld, type BilledInvoice, type SellingCompany } from '../collections/billed-world.ts';
import { CollectionInbox } from '../collections/collection-inbox.ts';
import { staff } from '../support/actors.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { fakeRun } from '../support/fake-run.ts';
import { hanako } from '../support/people.ts';

let billed: BilledWorld;
let inbox: CollectionInbox;
let clawed: SellingCompany;
let collecting: SellingCompany;
let january: BilledInvoice[];
before(async () => {
  billed = await BilledWorld.create();
  inbox = new CollectionInbox(billed);
  clawed = await billed.addSeller();
  collecting = await billed.addSeller({ settlementBasis: 'collected' });
  january = await billed.bill('2026-01', [
    [[clawed, 1_000n]],
    [
      [clawed, 2_000n],
      [collecting, 4_000n],
    ],
    [[collecting, 800n]],
  ]);
});
after(() => billed.close());

const settle = (businessDate: string) =>
  fakeRun(billed.deps, settleCompanies, { job: 'settle-companies', businessDate });

interface Settled {
  readonly id: string;
  readonly period: string;
  readonly billed: number;
  readonly clawback: number;
  readonly recovery: number;
}

async function settledOf({ companyId }: SellingCompany): Promise<Settled[]> {
  const rows = await billed.rows<Settled>(
    `SELECT id, billing_period AS period, billed_minor AS billed, clawback_minor AS clawback, recovery_minor AS recovery
     FROM settlement WHERE company_id = ? ORDER BY billing_period`,
    [companyId],
  );
  return rows.map((row) => ({ ...row }));
}

const figures = (rows: readonly Settled[]) =>
  rows.map(({ period, billed: sold, clawback, recovery }) => ({ period, billed: sold, clawback, recovery }));

it('what was clawed back by then is in the settlement, and a company that is settled on what is collected waits', async () => {
  await inbox.import('2026-03-02', `${january[0]!.number},uncollected,,2026-03-01,,1`);
  const { lines } = await settle('2026-03-10');
  assert.deepEqual(figures(await settledOf(clawed)), [
    { period: '2026-01', billed: 3_000, clawback: 1_000, recovery: 0 },
  ]);
  assert.deepEqual(await settledOf(collecting), []);
  assert.ok(lines.some((line) => /2026-01: 1 companies wait for collection results/.test(line)));
});

it('a rejected draft releases what it had taken over, and the next one has that and what came since', async () => {
  const [{ number }] = (await billed.rows<{ number: string }>(
    "SELECT number FROM settlement WHERE state = 'draft'",
  )) as [{ number: string }];
  await rejectSettlement(billed.deps, hanako, { number, reason: 'a result is missing' });
  const waiting = await sumPendingClawbacks(billed.deps, '2026-01', [clawed.companyId]);
  assert.equal(waiting.get(clawed.companyId)?.clawbackMinor, 1_000n);
  await inbox.import('2026-03-11', `${january[0]!.number},partial,300,2026-03-10,,`);
  await settle('2026-03-12');
  assert.deepEqual(figures(await settledOf(clawed)), [
    { period: '2026-01', billed: 3_000, clawback: 1_000, recovery: 300 },
  ]);
  await approveDrafts(billed.deps);
});

it('a settled company without a sale is settled for what comes back, and months stay in order', async () => {
  await billed.bill('2026-02', [[[collecting, 500n]]]);
  await inbox.import('2026-03-20', `${january[0]!.number},partial,700,2026-03-19,,`);
  await settle('2026-03-26');
  assert.deepEqual(figures(await settledOf(clawed)).slice(1), [
    { period: '2026-02', billed: 0, clawback: 0, recovery: 400 },
  ]);
  // Its January still waits.
  assert.deepEqual(await settledOf(collecting), []);
  await approveDrafts(billed.deps);
  const [, february] = await settledOf(clawed);
  assert.deepEqual(await listClawbackLines(billed.deps, february!.id), [
    { billingPeriod: '2026-01', clawbackMinor: 0n, recoveryMinor: 400n, chargeCount: 1 },
  ]);
});

it('after the time to wait what is not collected is clawed back in that settlement', async () => {
  await inbox.import(
    '2026-05-05',
    `${january[1]!.number},pending,,2026-05-04,,1`,
    `${january[2]!.number},collected,,2026-05-04,,0`,
  );
  // The last due date of January is 2026-03-25; February waits a month longer.
  await settle('2026-05-25');
  assert.deepEqual(figures(await settledOf(collecting)), [
    { period: '2026-01', billed: 4_800, clawback: 4_000, recovery: 0 },
  ]);
});

it('and every figure is recomputed', async () => {
  await approveDrafts(billed.deps);
  const results = await checkInvariants(billed.deps, staff());
  const broken = results
    .filter(({ number }) => [1, 3, 4, 5, 9].includes(number))
    .flatMap(({ offending }) => offending);
  assert.deepEqual(broken, []);
});

describe('clawbacks that are booked while a settlement is drafted', () => {
  it('wait for the next one when they come after its sums', async () => {
    const { seller, settlementId, take, freeze } = await draftWithClawbacks('2026-03');
    const sums = await take();
    assert.equal(sums.count, 2);
    await inbox.import('2026-05-09', `${seller.invoices[2]!.number},uncollected,,2026-05-08,,1`);
    await freeze(sums);
    assert.deepEqual(await sumFrozen(billed.deps, settlementId), { clawbackMinor: 300n, recoveryMinor: 0n });
    const left = await take();
    assert.deepEqual([left.clawbackMinor, left.count], [400n, 1]);
  });

  it('have it drafted again when they were numbered before its sums, and no row is taken that is in no sum', async () => {
    const { seller, settlementId, take, freeze } = await draftWithClawbacks('2026-04');
    const sums = await take();
    await inbox.import('2026-05-09', `${seller.invoices[2]!.number},uncollected,,2026-05-08,,1`);
    const late = { ...sums, throughId: (await take()).throughId };
    await assert.rejects(freeze(late), (error) => isTransient(error));
    assert.deepEqual(await sumFrozen(billed.deps, settlementId), { clawbackMinor: 0n, recoveryMinor: 0n });
  });
});

/** A draft of a month without clawbacks, and two that came after it, of three invoices. */
async function draftWithClawbacks(period: string) {
  const seller = await billed.addSeller();
  const invoices = await billed.bill(period, [[[seller, 100n]], [[seller, 200n]], [[seller, 400n]]]);
  const settlementId = await draftOf(seller, period);
  const rows = invoices.slice(0, 2).map(({ number }) => `${number},uncollected,,2026-05-07,,1`);
  await inbox.import('2026-05-08', ...rows);
  return {
    seller: { ...seller, invoices },
    settlementId,
    take: async () =>
      (await sumPendingClawbacks(billed.deps, period, [seller.companyId])).get(seller.companyId)!,
    freeze: (clawbacks: PendingClawbacks) =>
      // Without the repetitions of a transaction.
      inTransaction(
        billed.deps,
        (tx) => freezeClawbacks(tx, [{ settlementId, companyId: seller.companyId, period, clawbacks }]),
        { attempts: 1 },
      ),
  };
}

async function draftOf({ companyId }: SellingCompany, period: string): Promise<string> {
  await inTransaction(billed.deps, (tx) =>
    settleChunk(tx, { period, companies: new Map([[companyId, undefined]]) }),
  );
  const [row] = await billed.rows<{ id: string }>(
    "SELECT id FROM settlement WHERE company_id = ? AND billing_period = ? AND state = 'draft'",
    [companyId, period],
  );
  return row!.id;
}
