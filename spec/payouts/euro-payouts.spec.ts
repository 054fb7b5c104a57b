import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { CompiledQuery } from 'kysely';
import { getApproval } from '../../src/access/approvals/approval.queries.ts';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { importPayoutResults } from '../../src/payouts/import-payout-results.ts';
import { listDuePayouts } from '../../src/payouts/list-due-payouts.ts';
import { payoutRunApproval } from '../../src/payouts/payout-run-approval.ts';
import { getPayoutRun, listReturnedPayouts } from '../../src/payouts/payout-run.queries.ts';
import { preparePayouts } from '../../src/payouts/prepare-payouts.ts';
import { proposeCorrectedAccount } from '../../src/payouts/propose-corrected-account.ts';
import { readPayoutFile } from '../../src/payouts/read-payout-file.ts';
import { reconcilePayouts } from '../../src/payouts/reconcile-payouts.ts';
import { writePayoutFile } from '../../src/payouts/write-payout-file.ts';
import { bankAccountApproval } from '../../src/bank-accounts/bank-account-approval.ts';
import { typeCommand } from '../batch/admin/type-command.ts';
import { listBrokenInvariants } from '../support/broken-invariants.ts';
import { hanako, jiro } from '../support/people.ts';
import { accounts, createEuroWorld, giveEuroAccount } from './euro-world.ts';
import {
  approveRun,
  kenji,
  listPosted,
  prepareRun,
  proposeRun,
  resultsOf,
  type PayoutWorld,
} from './payout-world.ts';
import { cents, readPain } from './read-pain.ts';

const inEuro = (minor: bigint) => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;

describe('payouts in euro', () => {
  let world: PayoutWorld;
  let deps: Deps;
  beforeEach(async () => {
    world = await createEuroWorld();
    ({ deps } = world);
  });
  afterEach(() => world.close());

  const run = (statement: string) => sqlOf(deps.orm.em.fork()).executeQuery(CompiledQuery.raw(statement));
  const send = async (approver = kenji) => {
    const number = await prepareRun(deps);
    await approveRun(deps, number, approver);
    const written = await writePayoutFile(deps, hanako, { number });
    return { number, ...written, lines: (await getPayoutRun(deps, hanako, number)).lines };
  };

  it('go from approved accounts over two people into a pain.001 that a bank can read, with the same bytes again', async () => {
    const due = await listDuePayouts(deps, jiro);
    const number = await prepareRun(deps);
    const approvalId = await proposeRun(deps, number);
    const { changes } = await getApproval(deps, jiro, approvalId);
    const shown = JSON.stringify(changes);
    assert.ok(shown.includes('CH93 0076 2011 6238 5295 7 UBSWCHZH80A'), shown);
    assert.ok(shown.includes('€'), shown);
    await assert.rejects(writePayoutFile(deps, hanako, { number }), { code: 'approval-required' });
    await approveChange(deps, kenji, [payoutRunApproval], { approvalId });
    const { path, checksum } = await writePayoutFile(deps, hanako, { number });
    assert.match(path, new RegExp(`payouts/${number}\\.xml$`));

    const bytes = await readFile(path);
    assert.equal(createHash('sha256').update(bytes).digest('hex'), checksum);
    const file = readPain(bytes);
    assert.deepEqual(
      [file.messageId, file.payOn, file.debtor],
      [
        number,
        '2026-05-12',
        { name: 'Tabane Communications', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
      ],
    );
    assert.deepEqual(
      file.transfers,
      due.map(({ amountMinor, reference }, index) => {
        const { iban, accountHolder: name, ...more } = [accounts.german, accounts.swiss][index]!;
        const transfer = { iban, name, bic: 'bic' in more ? more.bic : undefined, currency: 'EUR' };
        return {
          ...transfer,
          endToEndId: `${number}-${index + 1}`,
          amount: inEuro(amountMinor),
          remittance: `Settlement ${reference}`,
        };
      }),
    );

    await rm(path);
    assert.equal((await writePayoutFile(deps, hanako, { number })).isFirst, false);
    assert.deepEqual(await readFile(path), bytes);
    const download = await readPayoutFile(deps, hanako, { number });
    assert.deepEqual([download.filename, download.type], [`${number}.xml`, 'application/xml; charset=utf-8']);
    assert.deepEqual(await preparePayouts(deps, hanako), { runs: [], left: [] });
    assert.deepEqual(await listBrokenInvariants(deps), []);

    const total = due.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const { agrees, runs } = await reconcilePayouts(deps, jiro, { date: '2026-05-11' });
    assert.deepEqual([agrees, runs[0]?.fileMinor, runs[0]?.ledgerMinor], [true, total, total]);
    const swapped = bytes.toString('utf8').replace(accounts.german.iban, accounts.french.iban);
    await writeFile(path, swapped);
    const [other] = (await reconcilePayouts(deps, jiro, { date: '2026-05-11' })).runs;
    assert.deepEqual(
      [other?.fileMinor, other?.isFileSent, other?.agrees],
      [total, false, false],
      'the same sum to another account',
    );
    await writeFile(path, swapped.replace(/<CtrlSum>[^<]*/, '<CtrlSum>1.00'));
    const [spoilt] = (await reconcilePayouts(deps, jiro, { date: '2026-05-11' })).runs;
    assert.equal(spoilt?.fileMinor, null);
    assert.match((await listBrokenInvariants(deps)).join(), /^10 .*write-file --run/);
  });

  it('are refused once the account has changed after the proposal or the approval', async () => {
    const number = await prepareRun(deps);
    const approvalId = await proposeRun(deps, number);
    await giveEuroAccount(deps, world.companies[0]!, accounts.french);
    await assert.rejects(approveChange(deps, kenji, [payoutRunApproval], { approvalId }), {
      code: 'approval-void',
    });
    const approved = await run(`SELECT COUNT(*) AS n FROM payout_run WHERE state = 'approved'`);
    assert.equal(Number((approved.rows[0] as { n: unknown }).n), 0);
    await typeCommand(deps, ['payout', 'discard', '--run', number]);
    const next = await prepareRun(deps);
    await approveRun(deps, next, kenji);
    await giveEuroAccount(deps, world.companies[1]!, { ...accounts.swiss, bic: 'UBSWCHZH80B' });
    await assert.rejects(writePayoutFile(deps, hanako, { number: next }), { code: 'payout-run-stale' });
    assert.deepEqual(await listPosted(deps, ['payout-sent']), []);
  });

  it('that come back are sent again to the corrected account, and settled with amounts in euro', async () => {
    const { number, lines } = await send();
    const [first, second] = lines;
    world.clock.set(new Date('2026-05-14T09:00:00.000Z'));
    const [paid, back] = [inEuro(first!.amountMinor), inEuro(second!.amountMinor)];
    const file = resultsOf(
      `${number},1,${paid},settled,2026-05-12,`,
      `${number},2,${first!.amountMinor},returned,2026-05-13,AC01`,
      `${number},2,${back},returned,2026-05-13,AC01`,
    );
    const { settled, returned, refused } = await importPayoutResults(deps, hanako, { file });
    assert.deepEqual([settled, returned], [1, 1]);
    assert.match(refused[0]!.fault, /amount must be in euro with two decimals/);
    const { left } = await preparePayouts(deps, hanako);
    assert.match(left[0]!.fault!, /returned it from this account \(AC01\)/);

    const [waiting] = await listReturnedPayouts(deps, jiro);
    const corrected = { payoutId: waiting!.id, ...accounts.french, reason: 'their new bank' };
    await assert.rejects(
      proposeCorrectedAccount(deps, hanako, { ...corrected, iban: 'FR1420041010050500013M02607' }),
      { code: 'invalid-request', message: /iban has wrong check digits/ },
    );
    const approvalId = await proposeCorrectedAccount(deps, hanako, corrected);
    await approveChange(deps, jiro, [bankAccountApproval], { approvalId });
    const again = await send();
    const [repeated] = again.lines;
    assert.deepEqual(
      [repeated!.replacesId, repeated!.iban, repeated!.accountNews, again.lines.length],
      [second!.id, accounts.french.iban, 'changed', 1],
    );
    const [transfer] = readPain(await readFile(again.path)).transfers;
    assert.deepEqual(
      [transfer!.endToEndId, cents(transfer!.amount)],
      [`${again.number}-1`, second!.amountMinor],
    );
    assert.deepEqual(await listBrokenInvariants(deps), []);
    assert.equal((await reconcilePayouts(deps, jiro, { date: '2026-05-14' })).agrees, true);
  });

  it('keep their account: the database refuses another IBAN or BIC of what is planned or sent', async () => {
    const { number } = await send();
    for (const change of [
      `iban = '${accounts.french.iban}'`,
      "bic = 'COBADEFFXXX'",
      "payee = 'Somebody Else'",
    ]) {
      await assert.rejects(run(`UPDATE payout SET ${change}`), /payout_is_final/, change);
      await assert.rejects(
        run(`UPDATE bank_account SET ${change.replace('payee', 'account_holder')}`),
        /_is_final/,
      );
    }
    await run(`INSERT INTO payout_run (id, number, prepared_on, pay_on, state, payout_count, total_minor, originator, prepared_by, created_at)
      SELECT '${deps.ids.next()}', '2026051209', prepared_on, pay_on, 'draft', 1, 1, originator, prepared_by, created_at FROM payout_run`);
    const copy = `INSERT INTO payout (id, run_id, line_number, kind, settlement_id, company_id, amount_minor, due_on, pay_on, account_version,
        bank_code, bank_name, branch_code, branch_name, account_type, account_number, payee, iban, bic, account_news, state, created_at)
      SELECT '${deps.ids.next()}', (SELECT id FROM payout_run WHERE number = '2026051209'), 1, kind, settlement_id, company_id, amount_minor,
        due_on, pay_on, account_version, bank_code, bank_name, branch_code, branch_name, account_type, account_number, payee`;
    await assert.rejects(
      run(
        `${copy}, '${accounts.french.iban}', bic, account_news, 'planned', created_at FROM payout ORDER BY id LIMIT 1`,
      ),
      /payout_is_owed/,
    );
    await assert.rejects(
      run(
        `${copy}, iban, 'COBADEFFXXX', account_news, 'planned', created_at FROM payout ORDER BY id LIMIT 1`,
      ),
      /payout_is_owed/,
    );
    const shown = await typeCommand(deps, ['payout', 'show', '--run', number]);
    assert.ok(shown.out.includes('DE75 5121 0800 1245 1261 99 Müller + Söhne GmbH'), shown.out);
  });
});
