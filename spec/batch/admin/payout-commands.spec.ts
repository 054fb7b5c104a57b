import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { approveChange, rejectChange } from '../../../src/access/approvals/decide-approval.ts';
import { payoutRunApproval } from '../../../src/payouts/payout-run-approval.ts';
import { writePayoutFile } from '../../../src/payouts/write-payout-file.ts';
import type { Deps } from '../../../src/deps.ts';
import {
  approveRun,
  createPayoutWorld,
  kenji,
  proposeRun,
  type PayoutWorld,
} from '../../payouts/payout-world.ts';
import { hanako } from '../../support/people.ts';
import { typeCommand } from './type-command.ts';

describe('payouts on the command line', () => {
  let world: PayoutWorld;
  before(async () => {
    world = await createPayoutWorld();
  });
  after(() => world.close());

  const type = async (...args: string[]) => {
    const { code, error, out } = await typeCommand(world.deps, ['payout', ...args]);
    assert.equal(error, '');
    return { code, out };
  };
  const typeJson = async (...args: string[]) => {
    const { code, out } = await type(...args, '--json');
    return { code, body: JSON.parse(out) as never };
  };

  it('are prepared into a run per day, which says what to do next', async () => {
    const { code, out } = await type('prepare');
    assert.equal(code, 0);
    assert.match(out, /2026051201\s.*draft.*2026-05-12/s);
    assert.match(out, /npm run admin -- payout propose --run 2026051201 --reason TEXT/);
    assert.match((await type('prepare')).out, /Nothing is due that can be ordered today/);
    const { body } = await typeJson('runs');
    assert.deepEqual(
      (body as Record<string, unknown>[]).map(({ run, state, payOn, payouts }) => ({
        run,
        state,
        payOn,
        payouts,
      })),
      [{ run: '2026051201', state: 'draft', payOn: '2026-05-12', payouts: 2 }],
    );
  });

  it('may be rejected by who may not approve them, and stay a draft', async () => {
    const production: Deps = { ...world.deps, config: { ...world.deps.config, mode: 'production' } };
    const approvalId = await proposeRun(world.deps, '2026051201');
    const shown = await type('show', '--run', '2026051201');
    assert.match(shown.out, /ap_\w+, proposed by .*hanako.*, waits for another person/);
    await assert.rejects(approveChange(production, kenji, [payoutRunApproval], { approvalId }), {
      code: 'approval-required',
    });
    await rejectChange(production, kenji, [payoutRunApproval], { approvalId, note: 'whose account is it?' });
    const { body } = await typeJson('show', '--run', '2026051201');
    assert.equal((body as { state: string }).state, 'draft');
  });

  it('are shown and listed with what they pay and where to', async () => {
    const { body } = await typeJson('show', '--run', '2026051201');
    const run = body as {
      totalMinor: number;
      transfers: { company: string; amountMinor: number; payee: string }[];
    };
    assert.deepEqual(
      run.transfers.map(({ company }) => company),
      [...world.companies],
    );
    assert.equal(
      run.totalMinor,
      run.transfers.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    );
    const { body: listed } = await typeJson('list', '--company', world.companies[1]!);
    assert.deepEqual(
      (listed as { payout: string; state: string }[]).map(({ payout, state }) => [payout, state]),
      [['2026051201-2', 'planned']],
    );
    const { out } = await type('list', '--state', 'planned');
    assert.match(out, /2026051201-1/);
    assert.match(out, /9999-001-\d{7}/);
    assert.match((await type('list', '--state', 'returned')).out, /No payout\./);
  });

  it('are reconciled by day: the sums of payouts, ledger and file, and whether they agree', async () => {
    await approveRun(world.deps, '2026051201');
    await writePayoutFile(world.deps, hanako, { number: '2026051201' });
    const { code, body } = await typeJson('reconcile', '--date', '2026-05-11');
    const found = body as { agrees: boolean; runs: Record<string, unknown>[] };
    assert.equal(code, 0);
    assert.equal(found.agrees, true);
    const [run] = found.runs;
    assert.ok(Number(run?.['payoutsMinor']) > 0);
    assert.deepEqual(
      [run?.['ledgerMinor'], run?.['fileMinor']],
      [run?.['payoutsMinor'], run?.['payoutsMinor']],
    );
    const { out } = await type('reconcile', '--date', '2026-05-11');
    assert.match(out, /2026051201: payouts (\d+), ledger \1, file \1/);
    assert.match(out, /payout-clearing: ledger 0, expected 0/);
  });
});
