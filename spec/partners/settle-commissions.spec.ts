import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { explainFigure } from '../../src/explanations/explain-figure.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { listBalances } from '../../src/ledger/balance.queries.ts';
import { listApprovedSettlements } from '../../src/own-settlements/own-settlements.queries.ts';
import { presentSettlement } from '../../src/own-settlements/settlement.presenter.ts';
import { listCommissionsOfSettlement } from '../../src/partners/settlement-commissions.queries.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { rejectSettlement } from '../../src/settlements/reject-settlement.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { getStatement } from '../../src/statements/statement.queries.ts';
import { assertConsistent } from '../../templates/statement/statement.rules.ts';
import { BilledWorld, type SellingCompany } from '../collections/billed-world.ts';
import { CollectionInbox } from '../collections/collection-inbox.ts';
import { tamper } from '../invariants/tamper.ts';
import { capture } from '../invoices/captured-charges.ts';
import { keyOf, staff } from '../support/actors.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { listBrokenInvariants } from '../support/broken-invariants.ts';
import { makeLine } from '../support/factories.ts';
import { hanako } from '../support/people.ts';
import { recordRefunds } from '../support/refunds.ts';
import { createWorld, type World } from '../support/world.ts';
import { agree, makePartner } from './partner-world.ts';

/*
 * The example of domain.md section 14 in February, through the nights of real runs: 80,000 sold, 10,000 refunded, 3% → 2,100 and 210 of
 * tax. `ours` pays `asahi` for its service and `yuhi` for what names it; of `theirs` the carrier pays; `plain` has no partner.
 */

let world: World;
let inbox: CollectionInbox;
let ours: SellingCompany;
let theirs: SellingCompany;
let plain: SellingCompany;
let lines: string[];
let january: string[];

const sale = ({ companyId, serviceId }: SellingCompany, line: number, amountMinor: bigint) => ({
  companyId,
  serviceId,
  lineId: lines[line]!,
  amountMinor,
});

async function runNights(businessDate: string): Promise<void> {
  world.clock.set(new Date(`${businessDate}T15:00:00.000Z`));
  for (const [job, work] of [
    ['fold-charges', foldCharges],
    ['close-periods', closePeriods],
    ['settle-companies', settleCompanies],
  ] as const)
    await executeRun(world.deps, { job, businessDate }, work);
}

function rows<Row>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
  return new BilledWorld(world).rows<Row>(text, values);
}

async function settlementOf({ companyId }: SellingCompany, period: string) {
  const [row] = await rows<{ id: string; number: string; commission: number; payout: number }>(
    `SELECT id, number, commission_minor AS commission, payout_minor AS payout FROM settlement
     WHERE company_id = ? AND billing_period = ?`,
    [companyId, period],
  );
  return row!;
}

async function commissionsOf(seller: SellingCompany, period: string) {
  const { number } = await settlementOf(seller, period);
  const commissions = await listCommissionsOfSettlement(world.deps, staff(), number);
  return commissions.map(({ partner, earnedMinor, exTaxMinor, taxMinor, carriedOutMinor, itemCount }) => [
    partner,
    earnedMinor,
    exTaxMinor,
    taxMinor,
    carriedOutMinor,
    itemCount,
  ]);
}

const payable = async () =>
  (await listBalances(world.deps)).find(({ code }) => code === 'partner-payable')!.balanceMinor;

/** What these months come to; the charges were not bought within limits. */
const findBroken = async () =>
  (await listBrokenInvariants(world.deps)).filter((line) => /^(?:[1-4]|7|12|14|15) /.test(line));

before(async () => {
  world = await createWorld();
  const { deps } = world;
  world.clock.set(new Date('2026-01-05T00:00:00.000Z'));
  const billed = new BilledWorld(world);
  inbox = new CollectionInbox(billed);
  lines = [];
  for (let n = 0; n < 4; n += 1) lines.push((await makeLine(deps, { closingGroup: 31 })).lineId);
  [ours, theirs, plain] = [await billed.addSeller(), await billed.addSeller(), await billed.addSeller()];
  await makePartner(deps, 'asahi');
  await makePartner(deps, 'yuhi', false);
  const [serviceOf] = await rows<{ ours: string; theirs: string }>(
    'SELECT (SELECT code FROM service WHERE id = ?) AS ours, (SELECT code FROM service WHERE id = ?) AS theirs',
    [ours.serviceId, theirs.serviceId],
  );
  const version = { validFrom: '2026-01-01', paidBy: 'company' } as const;
  await agree(deps, {
    ...version,
    companyCode: ours.code,
    partnerCode: 'asahi',
    commission: { basis: 'percent', percentBps: 300 },
    services: [serviceOf!.ours],
  });
  await agree(deps, {
    ...version,
    companyCode: ours.code,
    partnerCode: 'yuhi',
    commission: { basis: 'percent', percentBps: 1_000 },
  });
  await agree(deps, {
    ...version,
    companyCode: theirs.code,
    partnerCode: 'asahi',
    paidBy: 'carrier',
    commission: { basis: 'flat', perItemMinor: 15 },
    services: [serviceOf!.theirs],
  });
  const businessDate = '2026-01-20';
  january = await capture(
    deps,
    [
      sale(ours, 0, 10_000n),
      { ...sale(ours, 1, 1_000n), partnerCode: 'yuhi' },
      sale(theirs, 1, 500n),
      sale(theirs, 2, 600n),
      sale(plain, 3, 700n),
    ].map((charge) => ({ ...charge, businessDate })),
  );
  await runNights('2026-02-25');
});
after(() => world.close());

describe('commissions of sales partners', () => {
  it('are drafted with the settlement: by the partner a charge names, or by that of its service', async () => {
    assert.deepEqual(await commissionsOf(ours, '2026-01'), [
      ['asahi', 300n, 300n, 30n, 0n, 1],
      ['yuhi', 100n, 100n, 0n, 0n, 1],
    ]);
    assert.deepEqual(await commissionsOf(theirs, '2026-01'), [['asahi', 30n, 30n, 3n, 0n, 2]]);
    assert.deepEqual(await commissionsOf(plain, '2026-01'), []);
    // 11,000 less 5% and its tax, as in domain.md section 1, less the commissions with their tax.
    const { commission, payout } = await settlementOf(ours, '2026-01');
    assert.deepEqual([commission, payout], [430, 11_000 - 550 - 55 - 430]);
    assert.equal((await settlementOf(theirs, '2026-01')).commission, 0);
    assert.equal(await payable(), 0n);
    assert.deepEqual(await findBroken(), []);
  });

  it('of a rejected draft are made again, once', async () => {
    const { number } = await settlementOf(ours, '2026-01');
    await rejectSettlement(world.deps, hanako, { number, reason: 'once more' });
    await runNights('2026-02-26');
    assert.equal((await commissionsOf(ours, '2026-01')).length, 2);
    assert.deepEqual(await findBroken(), []);
  });

  it('are posted with the approval: from the company, or out of the fee of the carrier and its tax', async () => {
    await approveDrafts(world.deps);
    assert.equal(await payable(), 430n + 33n);
    const entries = await rows<{ kind: string; debit: string; minor: number }>(
      `SELECT e.kind, a.kind AS debit, e.amount_minor AS minor FROM ledger_entry e JOIN ledger_account a ON a.id = e.debit_account
       WHERE e.kind LIKE 'commission%' ORDER BY a.kind, minor`,
    );
    assert.deepEqual(
      entries.map(({ kind, debit, minor }) => [debit, kind, minor]),
      [
        ['company-payable', 'commission-tax', 30],
        ['company-payable', 'commission', 100],
        ['company-payable', 'commission', 300],
        ['fee-revenue', 'commission', 30],
        ['tax-payable', 'commission-tax', 3],
      ],
    );
    assert.deepEqual(await findBroken(), []);
  });

  it('are on the statement, in the API and explained; a settlement without any has nothing of it', async () => {
    const { id, number } = await settlementOf(ours, '2026-01');
    const statement = await getStatement(world.deps, id);
    assert.doesNotThrow(() => assertConsistent(statement));
    assert.deepEqual(
      statement.adjustments.map(({ label, amountMinor }) => [label.en, amountMinor]),
      [
        ['Commission asahi Inc.', -300n],
        ['Tax on it (10%)', -30n],
        ['Commission yuhi Inc.', -100n],
      ],
    );
    for (const figure of ['commission', 'payout'] as const) {
      const node = await explainFigure(world.deps, staff(), {
        address: { of: 'settlement', number, figure },
      });
      assert.deepEqual(node.check, { outcome: 'matches' }, figure);
    }
    const shownTo = async ({ companyId }: SellingCompany) => {
      const [newest] = await listApprovedSettlements(world.deps, keyOf(companyId), { limit: 1 });
      return presentSettlement(world.deps, newest!);
    };
    assert.equal((await shownTo(ours)).partner_commission, 430);
    assert.equal('partner_commission' in (await shownTo(plain)), false);
    assert.deepEqual(
      (await getStatement(world.deps, (await settlementOf(plain, '2026-01')).id)).adjustments,
      [],
    );
  });

  it('of 80,000 less a refund of 10,000 at 3% are 2,100 and 210 of tax: the payout is 2,310 less', async () => {
    const businessDate = '2026-02-27';
    await capture(world.deps, [{ ...sale(ours, 2, 80_000n), businessDate }]);
    await recordRefunds(world.deps, [
      { chargeId: january[0]!, amountMinor: 10_000n, businessDate, period: '2026-02' },
      { chargeId: january[2]!, amountMinor: 500n, businessDate, kind: 'bank' },
    ]);
    // What line 2 does not pay of January is clawed back: the only sale of `theirs` that is left.
    const [invoice] = await rows<{ number: string }>(
      "SELECT number FROM line_invoice WHERE billing_period = '2026-01' AND line_id = ?",
      [lines[2]],
    );
    world.clock.set(new Date('2026-03-10T03:00:00.000Z'));
    await inbox.import('2026-03-10', `${invoice!.number},uncollected,,2026-03-09,,1`);
    await runNights('2026-03-25');
    assert.deepEqual(await commissionsOf(ours, '2026-02'), [['asahi', 2_100n, 2_100n, 210n, 0n, 0]]);
    assert.equal((await settlementOf(ours, '2026-02')).commission, 2_310);
    assert.equal((await settlementOf(ours, '2026-02')).payout, 70_000 - 3_500 - 350 - 2_310);
    assert.deepEqual(await commissionsOf(theirs, '2026-02'), [['asahi', -30n, 0n, 0n, -30n, -2]]);
    await approveDrafts(world.deps);
    assert.equal(await payable(), 463n + 2_310n);
    assert.deepEqual(await findBroken(), []);
  });

  it('make up for what a partner owes first, also by a sale that is collected later', async () => {
    await capture(
      world.deps,
      [sale(theirs, 0, 400n), sale(theirs, 1, 400n)].map((charge) => ({
        ...charge,
        businessDate: '2026-03-27',
      })),
    );
    await runNights('2026-04-25');
    assert.deepEqual(await commissionsOf(theirs, '2026-03'), [['asahi', 30n, 0n, 0n, 0n, 2]]);
    assert.deepEqual(await findBroken(), []);
    await approveDrafts(world.deps);
  });

  it('cannot be changed once approved, and a change that comes past the database is found', async () => {
    const refused = [
      "UPDATE partner_commission SET ex_tax_minor = 1 WHERE billing_period = '2026-01'",
      "DELETE FROM partner_commission WHERE billing_period = '2026-01'",
      "UPDATE settlement SET commission_minor = 0 WHERE billing_period = '2026-01' AND commission_minor > 0",
      "UPDATE partner_terms SET valid_from = '2025-12-01'",
      'DELETE FROM partner_terms',
      'DELETE FROM partner_service',
      "UPDATE charge SET partner_code = 'asahi'",
    ];
    for (const statement of refused) {
      await assert.rejects(() => rows(statement), /is_final|are_final|stay|keeps_its_partner/, statement);
    }
    const ofJanuary = "billing_period = '2026-01' AND paid_by = 'company' AND tax_minor = 30";
    const changes: readonly (readonly [string, string, string, RegExp])[] = [
      [
        'partner_commission',
        `UPDATE partner_commission SET tax_minor = 29 WHERE ${ofJanuary}`,
        "UPDATE partner_commission SET tax_minor = 30 WHERE billing_period = '2026-01' AND tax_minor = 29",
        /^4 /,
      ],
      [
        'partner_commission',
        `UPDATE partner_commission SET item_count = 2 WHERE ${ofJanuary}`,
        `UPDATE partner_commission SET item_count = 1 WHERE ${ofJanuary}`,
        /^4 /,
      ],
      [
        'partner_terms',
        `UPDATE partner_terms SET commission = '{"basis":"percent","percentBps":400}' WHERE paid_by = 'company' AND commission LIKE '%300%'`,
        `UPDATE partner_terms SET commission = '{"basis":"percent","percentBps":300}' WHERE commission LIKE '%400%'`,
        /^4 /,
      ],
      [
        'ledger_entry',
        "UPDATE ledger_entry SET amount_minor = 31 WHERE kind = 'commission-tax' AND amount_minor = 30",
        "UPDATE ledger_entry SET amount_minor = 30 WHERE kind = 'commission-tax' AND amount_minor = 31",
        /^4 /,
      ],
      [
        'charge',
        "UPDATE charge SET partner_code = NULL WHERE partner_code = 'yuhi'",
        `UPDATE charge SET partner_code = 'yuhi' WHERE id = '${january[1]}'`,
        /^4 /,
      ],
    ];
    for (const [table, change, undo, found] of changes) {
      await tamper(world.deps, table, change);
      const broken = await findBroken();
      assert.ok(
        broken.some((line) => found.test(line)),
        `${change}: ${broken.join('; ')}`,
      );
      await tamper(world.deps, table, undo);
    }
    assert.deepEqual(await findBroken(), []);
  });
});
