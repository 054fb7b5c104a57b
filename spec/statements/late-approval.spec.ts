import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { editCompany } from '../../src/companies/edit-company.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { proposeSettlements } from '../../src/settlements/propose-settlements.ts';
import { approveSettlements } from '../../src/settlements/approve-settlements.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { CLOSING_GROUPS } from '../../src/shared/calendar.rules.ts';
import { mailStatement } from '../../src/statements/mail-statement.ts';
import { getStatement } from '../../src/statements/statement.queries.ts';
import { staff } from '../support/actors.ts';
import { closeMonth, makeLineIds } from '../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../support/factories.ts';
import { fakeRun } from '../support/fake-run.ts';
import { readMailsOf } from '../support/mailbox.ts';
import { hanako, jiro } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
before(async () => {
  world = await createWorld();
  const sales = [];
  for (const code of ['early', 'late']) {
    const { id: companyId } = await makeCompany(world.deps, { code });
    const { id: serviceId } = await makeService(world.deps, { companyId });
    await makeContract(world.deps, { companyId });
    await editCompany(world.deps, staff(), { companyCode: code, billingEmail: `${code}@shop.example` });
    for (const [index, lineId] of makeLineIds(6).entries())
      sales.push({ companyId, serviceId, lineId, closingGroup: CLOSING_GROUPS[index]!, amountMinor: 1_000n });
  }
  await closeMonth(world.deps, { period: '2026-05', sales });
  await fakeRun(world.deps, settleCompanies, { job: 'settle-companies', businessDate: '2026-06-25' });
});
after(() => world.close());

/** The payout date in the statement, the mail and the event of a company whose settlement is approved at a time. */
async function approvedAt(code: string, time: string) {
  const { deps, clock } = world;
  const { id, number, payoutOn } = await sqlOf(deps.orm.em.fork())
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select(['s.id', 's.number', 's.payoutOn'])
    .where('c.code', '=', code)
    .executeTakeFirstOrThrow();
  clock.set(new Date(time));
  await proposeSettlements(deps, hanako, { numbers: [number], reason: 'reviewed' });
  const [outcome] = await approveSettlements(deps, jiro, { numbers: [number] });
  assert.equal(outcome?.refused, undefined);
  await inTransaction(deps, (tx) =>
    mailStatement(tx, { settlementId: id, revision: 1, number, file: `${code}-2026-05.pdf` }),
  );
  const mails = await readMailsOf(deps, 'statement-issued');
  const mail = mails.find(({ toAddress }) => toAddress.startsWith(code));
  const { snapshot } = await sqlOf(deps.orm.em.fork())
    .selectFrom('event')
    .select('snapshot')
    .where('type', '=', 'settlement.approved')
    .where('subjectId', '=', id)
    .executeTakeFirstOrThrow();
  const event = snapshot as { payoutOn: string };
  return [payoutOn, (await getStatement(deps, id)).payoutDate, mail?.facts.payoutOn, event.payoutOn];
}

test('a statement, its mail and the event name the day of the payout that is due', async () => {
  assert.deepEqual(await approvedAt('early', '2026-07-28T01:00:00.000Z'), [
    '2026-07-31',
    '2026-07-31',
    '2026-07-31',
    '2026-07-31',
  ]);
});

test('of a settlement that is approved too late for it they name the first day that can be ordered', async () => {
  // A Monday; a transfer is ordered a business day before.
  assert.deepEqual(await approvedAt('late', '2026-08-03T01:00:00.000Z'), [
    '2026-07-31',
    '2026-08-04',
    '2026-08-04',
    '2026-08-04',
  ]);
});
