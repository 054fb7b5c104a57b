import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { describeOverduePayouts } from '../../src/payouts/describe-overdue.ts';
import { discardPayoutRun } from '../../src/payouts/discard-payout-run.ts';
import { importPayoutResults } from '../../src/payouts/import-payout-results.ts';
import { listDuePayouts } from '../../src/payouts/list-due-payouts.ts';
import { payoutRunApproval } from '../../src/payouts/payout-run-approval.ts';
import { describeRepeat } from '../../src/payouts/payout.rules.ts';
import { getPayoutRun, listPayouts } from '../../src/payouts/payout-run.queries.ts';
import { preparePayouts } from '../../src/payouts/prepare-payouts.ts';
import { reconcilePayouts } from '../../src/payouts/reconcile-payouts.ts';
import { writePayoutFile } from '../../src/payouts/write-payout-file.ts';
import { holdSettlement, releaseSettlement } from '../../src/settlements/hold-settlement.ts';
import { getApproval } from '../../src/access/approvals/approval.queries.ts';
import { bankAccountApproval } from '../../src/bank-accounts/bank-account-approval.ts';
import { typeCommand } from '../batch/admin/type-command.ts';
import { listBrokenInvariants } from '../support/broken-invariants.ts';
import { hanako, jiro } from '../support/people.ts';
import {
  approveRun,
  changeAccount,
  createPayoutWorld,
  kenji,
  listPosted,
  prepareRun,
  proposeRun,
  resultsOf,
  type PayoutWorld,
} from './payout-world.ts';
import { readZengin } from './read-zengin.ts';

/** Of the first transfer of a file: its record is the second, of 120 bytes and an end of two. */
const ACCOUNT_NUMBER_AT = 122 + 43;

describe('payouts', () => {
  let world: PayoutWorld;
  let deps: Deps;
  beforeEach(async () => {
    world = await createPayoutWorld();
    ({ deps } = world);
  });
  afterEach(() => world.close());

  const fileOf = (number: string) => join(deps.config.filesDir, 'payouts', `${number}.txt`);
  const linesOf = async (number: string) => (await getPayoutRun(deps, hanako, number)).lines;
  const stateOfSettlement = async (id: string | null) =>
    (
      await sqlOf(deps.orm.em.fork())
        .selectFrom('settlement')
        .select('state')
        .where('id', '=', id ?? '')
        .executeTakeFirst()
    )?.state;
  const listEvents = async () => {
    const events = sqlOf(deps.orm.em.fork()).selectFrom('event').select('type').orderBy('id');
    return (
      await events.where('type', 'in', ['payout.sent', 'payout.settled', 'payout.returned']).execute()
    ).map(({ type }) => type);
  };
  /** One run that is sent. */
  const send = async () => {
    const number = await prepareRun(deps);
    await approveRun(deps, number);
    await writePayoutFile(deps, hanako, { number });
    return { number, lines: await linesOf(number) };
  };

  it('go from what is due, over a second person, into a file that the bank can read, once and with the same bytes', async () => {
    const due = await listDuePayouts(deps, jiro);
    assert.deepEqual(
      due.map(({ company, dueOn, payOn, fault }) => [company, dueOn, payOn, fault]),
      world.companies.map((code) => [code, '2026-03-31', '2026-05-12', undefined]),
    );
    assert.match((await describeOverduePayouts(deps)).join(), /2 payouts .* are in no payout run/);
    const prepared = await Promise.all([preparePayouts(deps, hanako), preparePayouts(deps, hanako)]);
    assert.deepEqual(
      prepared.flatMap(({ runs }) => runs),
      ['2026051201'],
      'of two who prepare at once one plans the payouts',
    );
    const number = '2026051201';
    assert.deepEqual(await describeOverduePayouts(deps), []);
    assert.deepEqual(await listDuePayouts(deps, jiro), []);
    await assert.rejects(writePayoutFile(deps, hanako, { number }), { code: 'approval-required' });
    await approveRun(deps, number);
    assert.equal(existsSync(fileOf(number)), false);

    // The process dies between the commit and the file: the folder cannot be made.
    const notAFolder = join(deps.config.filesDir, 'taken');
    await writeFile(notAFolder, '');
    const dying = { ...deps, config: { ...deps.config, filesDir: notAFolder } };
    const dies = await Promise.allSettled([1, 2].map(() => writePayoutFile(dying, hanako, { number })));
    assert.deepEqual(
      dies.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.equal((await getPayoutRun(deps, hanako, number)).run.state, 'sent');
    await assert.rejects(discardPayoutRun(deps, hanako, { number }), { code: 'illegal-state' });

    const { path, checksum, isFirst } = await writePayoutFile(deps, hanako, { number });
    assert.deepEqual([isFirst, path], [false, fileOf(number)]);
    const bytes = await readFile(path);
    assert.equal(createHash('sha256').update(bytes).digest('hex'), checksum);
    const file = readZengin(bytes);
    assert.equal(file.header.monthDay, '0512');
    assert.equal(file.header.name, 'ﾀﾊﾞﾈﾂｳｼﾝ(ｶ');
    assert.deepEqual(
      file.transfers.map(({ amount, payee, newCode, customerCodes }) => [
        amount,
        payee,
        newCode,
        ...customerCodes,
      ]),
      due.map(({ amountMinor }, index) => [
        amountMinor,
        'ｶ)ｺﾝﾃﾝﾂ',
        '1',
        number,
        String(index + 1).padStart(10, '0'),
      ]),
    );
    const total = due.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    assert.equal(file.total, total);

    assert.deepEqual(
      await listPosted(deps, ['payout-sent']),
      due.map(({ amountMinor }) => `payout-sent payout-clearing < bank ${amountMinor}`),
    );
    assert.deepEqual(await listEvents(), ['payout.sent', 'payout.sent']);
    assert.deepEqual(await listBrokenInvariants(deps), []);
    const { agrees, runs, accounts } = await reconcilePayouts(deps, jiro, { date: '2026-05-11' });
    assert.equal(agrees, true);
    assert.deepEqual(
      runs.map((run) => [run.payoutsMinor, run.ledgerMinor, run.fileMinor]),
      [[total, total, total]],
    );
    assert.deepEqual(
      accounts.map((one) => [one.account, one.ledgerMinor, one.expectedMinor]),
      [
        ['payout-clearing', 0n, 0n],
        ['bank', total, total],
      ],
    );

    const posted = await listPosted(deps, ['payout-sent']);
    const toAnother = Buffer.from(bytes);
    toAnother.write('9999999', ACCOUNT_NUMBER_AT, 'latin1');
    assert.notDeepEqual(toAnother, bytes);
    await writeFile(fileOf(number), toAnother);
    const swapped = await reconcilePayouts(deps, jiro, { date: '2026-05-11' });
    assert.deepEqual(
      swapped.runs.map((run) => [run.fileMinor, run.isFileSent, run.agrees]),
      [[total, false, false]],
      'the same sum to another account',
    );
    const shown = await typeCommand(deps, ['payout', 'reconcile', '--date', '2026-05-11']);
    assert.deepEqual([shown.code, /not the file that was sent/.test(shown.out)], [1, true]);
    await writeFile(fileOf(number), 'spoilt');
    assert.equal((await reconcilePayouts(deps, jiro, { date: '2026-05-11' })).agrees, false);
    assert.match((await listBrokenInvariants(deps)).join(), /^10 .*write-file --run/);
    assert.equal((await writePayoutFile(deps, hanako, { number })).isFirst, false);
    await rm(fileOf(number));
    await writePayoutFile(deps, hanako, { number });
    assert.deepEqual(await readFile(fileOf(number)), bytes);
    assert.deepEqual(await listPosted(deps, ['payout-sent']), posted);
    assert.deepEqual(await preparePayouts(deps, hanako), { runs: [], left: [] });
    await assert.rejects(discardPayoutRun(deps, hanako, { number }), { code: 'illegal-state' });
    assert.deepEqual(await listBrokenInvariants(deps), []);
  });

  it('are settled or returned as the bank says; what is wrong in its file harms nothing else', async () => {
    const { number, lines } = await send();
    const [first, second] = lines;
    world.clock.set(new Date('2026-05-14T01:00:00.000Z'));
    const [paid, back] = [first!.amountMinor, second!.amountMinor];
    const file = resultsOf(
      `${number},0000000001,${paid},settled,2026-05-12,`,
      `${number},1,${paid + 1n},settled,2026-05-12,`,
      `${number},3,${paid},settled,2026-05-12,`,
      `${number},2,${back},returned,2026-05-13,`,
      `${number},2,${back},returned,2026-05-11,口座なし`,
      `${number},2,${back},returned,2026-05-15,口座なし`,
      'x,2',
      `${number},2,${back},returned,2026-05-13,口座なし`,
    );
    const imported = await importPayoutResults(deps, hanako, { file });
    const { refused, ...counts } = imported;
    assert.deepEqual(counts, { settled: 1, returned: 1, unchanged: 0 });
    assert.deepEqual(
      refused.map(({ row, fault }) => `${row} ${fault}`),
      [
        `3 payout ${number}-1 is of ${paid}, not ${paid + 1n}`,
        `4 there is no payout ${number}-3`,
        '5 a returned transfer needs its reason',
        `6 payout ${number}-2 is transferred on 2026-05-12, not before`,
        '7 2026-05-15 is after today',
        '8 has 2 columns, and the header 6',
      ],
    );
    const twice = await importPayoutResults(deps, hanako, { file });
    assert.deepEqual([twice.settled, twice.returned, twice.unchanged], [0, 0, 2]);
    const contrary = resultsOf(`${number},1,${paid},returned,2026-05-13,口座なし`);
    assert.match(
      (await importPayoutResults(deps, hanako, { file: contrary })).refused[0]!.fault,
      /settled since/,
    );

    assert.equal(await stateOfSettlement(first!.settlementId), 'paid');
    assert.equal(await stateOfSettlement(second!.settlementId), 'approved');
    assert.deepEqual(await listPosted(deps, ['payout-returned']), [
      `payout-returned bank < payout-clearing ${back}`,
    ]);
    assert.deepEqual((await listEvents()).slice(2), ['payout.settled', 'payout.returned']);
    const { accounts } = await reconcilePayouts(deps, jiro, { date: '2026-05-14' });
    assert.deepEqual(
      accounts.map((one) => [one.ledgerMinor, one.agrees]),
      [
        [back, true],
        [paid, true],
      ],
    );
    assert.deepEqual(await listBrokenInvariants(deps), []);

    // What came back is sent again to the corrected account, under a new payout that names the old one.
    const { left, runs } = await preparePayouts(deps, hanako);
    assert.deepEqual(runs, []);
    assert.match(left[0]!.fault!, /returned it from this account \(口座なし\)/);
    const { runs: same } = await preparePayouts(deps, hanako, { sameAccount: true });
    const { changes } = await getApproval(deps, jiro, await proposeRun(deps, same[0]!));
    const cameBack = `AGAIN: ${number}-2 came back on 2026-05-13 (口座なし), same account`;
    assert.ok(JSON.stringify(changes).includes(`${cameBack}"`), JSON.stringify(changes));
    const listed = await typeCommand(deps, ['payout', 'show', '--run', same[0]!]);
    assert.ok(listed.out.includes(cameBack), listed.out);
    await discardPayoutRun(deps, hanako, { number: same[0]! });
    await changeAccount(deps, second!.company!);
    const again = await prepareRun(deps);
    const [repeated] = await linesOf(again);
    assert.deepEqual(
      [repeated!.replacesId, repeated!.amountMinor, repeated!.accountNumber, repeated!.accountNews],
      [second!.id, second!.amountMinor, '7654321', 'changed'],
    );
    assert.match(describeRepeat(repeated!), /^AGAIN: .*, another account$/);
    assert.equal(describeRepeat(first!), '');
    await approveRun(deps, again, kenji);
    await writePayoutFile(deps, hanako, { number: again });
    world.clock.set(new Date('2026-05-18T01:00:00.000Z'));
    const settled = resultsOf(`${again},1,${back},settled,2026-05-15,`);
    await importPayoutResults(deps, hanako, { file: settled });
    assert.equal(await stateOfSettlement(second!.settlementId), 'paid');
    assert.deepEqual(
      (await listPayouts(deps, jiro, { companyCode: second!.company! })).map(({ state }) => state),
      ['settled', 'dropped', 'returned'],
    );
    assert.deepEqual(await listBrokenInvariants(deps), []);
    assert.equal((await reconcilePayouts(deps, jiro, { date: '2026-05-18' })).agrees, true);
  });

  it('are not approved by who proposed them, nor by who proposed the account that is paid first', async () => {
    await changeAccount(deps, world.companies[0]!);
    const number = await prepareRun(deps);
    const approvalId = await proposeRun(deps, number);
    const approve = (by: typeof jiro) => approveChange(deps, by, [payoutRunApproval], { approvalId });
    await assert.rejects(approve({ ...hanako, roles: ['billing', 'billing-approver'] }), {
      code: 'approval-own',
    });
    const maker = { ...kenji, account: 'hanako' };
    await assert.rejects(approve(maker), { code: 'approval-own' });
    await discardPayoutRun(deps, hanako, { number });
    const mixed = await prepareRun(deps);
    const byOther = await proposeRunBy(mixed);
    await assert.rejects(approveChange(deps, maker, [payoutRunApproval], { approvalId: byOther }), {
      code: 'approval-own',
      message: /account of .* first payout/,
    });
    await approveChange(deps, kenji, [payoutRunApproval], { approvalId: byOther });
  });

  it('of a run whose account has changed, or whose day has passed, are not sent', async () => {
    const number = await prepareRun(deps);
    const approvalId = await proposeRun(deps, number);
    await changeAccount(deps, world.companies[0]!);
    await assert.rejects(approveChange(deps, kenji, [payoutRunApproval], { approvalId }), {
      code: 'approval-void',
    });
    await assert.rejects(proposeRun(deps, number), { code: 'payout-run-stale' });
    await discardPayoutRun(deps, hanako, { number });
    const next = await prepareRun(deps);
    assert.equal(next, '2026051202');
    await approveRun(deps, next, kenji);
    await changeAccount(deps, world.companies[1]!);
    await assert.rejects(writePayoutFile(deps, hanako, { number: next }), { code: 'payout-run-stale' });
    assert.deepEqual(await listPosted(deps, ['payout-sent']), []);
    await discardPayoutRun(deps, hanako, { number: next });
    assert.equal((await listDuePayouts(deps, jiro)).length, 2);

    const late = await prepareRun(deps);
    await approveRun(deps, late, kenji);
    const held = (await linesOf(late))[0]!.reference;
    await holdSettlement(deps, jiro, { number: held, reason: 'a dispute' });
    await assert.rejects(writePayoutFile(deps, hanako, { number: late }), {
      code: 'payout-run-stale',
      message: /is held/,
    });
    await releaseSettlement(deps, jiro, { number: held, reason: 'settled' });
    world.clock.set(new Date('2026-05-12T01:00:00.000Z'));
    await assert.rejects(writePayoutFile(deps, hanako, { number: late }), { code: 'payout-window-passed' });
    assert.match((await describeOverduePayouts(deps)).join(), /2026051203 is approved and can no longer/);
    await discardPayoutRun(deps, hanako, { number: late });
    assert.equal(await prepareRun(deps), '2026051301');
    const { payouts } = deps.config;
    const bare = { ...deps, config: { ...deps.config, payouts: { ...payouts, originator: undefined } } };
    await assert.rejects(preparePayouts(bare, hanako), { code: 'payout-settings-missing' });
    assert.deepEqual(await listBrokenInvariants(deps), []);
  });

  it('are not approved in production to an account that nobody proven entered, until two people stand for it', async () => {
    const production: Deps = { ...deps, config: { ...deps.config, mode: 'production' } };
    const number = await prepareRun(deps);
    const approvalId = await proposeRun(deps, number);
    await assert.rejects(approveChange(production, kenji, [payoutRunApproval], { approvalId }), {
      code: 'approval-required',
      message: /Nobody proven entered the account of .* enter the account again with "bank-account propose"/,
    });
    await discardPayoutRun(deps, hanako, { number });
    for (const code of world.companies) await changeAccount(deps, code);
    const next = await prepareRun(deps);
    const by = { actor: kenji, permission: 'payouts:approve' } as const;
    await inTransaction(production, async (tx) => payoutRunApproval.assertReach?.(tx, by, { number: next }));
  });

  it('wait for an account that is being changed, and are not sent to the former one', async () => {
    const number = await prepareRun(deps);
    await approveRun(deps, number);
    let sending: Promise<string> | undefined;
    const whileChanging: typeof bankAccountApproval = {
      ...bankAccountApproval,
      async execute(...change) {
        await bankAccountApproval.execute(...change);
        sending = writePayoutFile(deps, hanako, { number }).then(
          () => 'sent',
          (error: { code: string }) => error.code,
        );
        await Promise.race([sending, untilCompanyAwaited()]);
      },
    };
    await changeAccount(deps, world.companies[1]!, {}, whileChanging);
    assert.equal(await sending, 'payout-run-stale');
    assert.equal((await getPayoutRun(deps, hanako, number)).run.state, 'approved');
  });

  /** Until somebody has waited for a company for a while. */
  async function untilCompanyAwaited(): Promise<void> {
    const giveUpAtMs = performance.now() + 5_000;
    while (performance.now() < giveUpAtMs) {
      const { rows } = await sql<{ n: number }>`
        SELECT COUNT(*) AS n FROM information_schema.processlist
        WHERE db = DATABASE() AND info LIKE 'select % from _company_ % for update' AND time_ms > 50`.execute(
        sqlOf(deps.orm.em.fork()),
      );
      if (Number(rows[0]?.n) > 0) return;
    }
    assert.fail('nobody waits');
  }

  async function proposeRunBy(number: string): Promise<string> {
    const midori = { ...hanako, account: 'midori' };
    return proposeChange(deps, midori, payoutRunApproval, { input: { number }, reason: 'again' });
  }
});
