import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Contract } from '../../src/contracts/contract.entity.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import type { MonthFigures } from '../../src/refund-effects/company-effect.rules.ts';
import { previewRefund } from '../../src/refund-effects/preview-refund.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { BilledWorld } from '../collections/billed-world.ts';
import { CollectionInbox } from '../collections/collection-inbox.ts';
import { Refunding, tokyo } from '../refunds/refunding.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import {
  makeCompany,
  makeConsent,
  makeContract,
  makeLine,
  makeService,
  makeSubscriber,
} from '../support/factories.ts';
import { fakeRun } from '../support/fake-run.ts';
import { businessDateOf } from '../../src/shared/calendar.rules.ts';
import { createWorld, type World } from '../support/world.ts';

/*
 * What a preview says of the company's month is what the night then drafts: May and June of several companies, through fold, close
 * and settlement. Refunds of 20 June come before May is settled, those of 29 June after it.
 */

const cases = {
  'the first settlement, with the set-up fee': { setUpFeeMinor: 1_000n },
  'a negative balance carried into the month': { setUpFeeMinor: 20_000n },
  'below the minimum payout': { minimumPayoutMinor: 4_000n },
  'the only charge refunded whole in its month': { setUpFeeMinor: 500n },
  'a refund of an earlier month, with a transfer fee': { feeBearer: 'company', transferFeeMinor: 330n },
  'what was clawed back and waits': {},
  'an assignment without tax on the fee': { legalModel: 'assignment', feeTaxable: false },
  'a tariff with an average below its minimum': {},
} as const satisfies Readonly<Record<string, Partial<Contract>>>;
type Case = keyof typeof cases;
const names = Object.keys(cases) as Case[];

describe('the preview of a refund and the night', () => {
  let world: World;
  const companies = new Map<Case, Refunding>();
  /** By case and month. */
  const previewed = new Map<string, MonthFigures>();
  const charges = new Map<Case, string>();
  /** What the last preview of a day says. */
  const unsettled: Record<string, readonly string[]> = {};

  before(async () => {
    world = await createWorld({ REFUND_LIMIT_COMPANY_DAY: '1000000', LINE_MONTHLY_LIMIT: '1000000' });
    for (const name of names) companies.set(name, await open(cases[name]));
    await sellInMay();
    await refundInMay();
    await sellInJune();
    await night('2026-06-25');
    await approveDrafts(world.deps);
    await clawBack();
    await refundLate();
    await night('2026-07-25');
    await approveDrafts(world.deps);
  });
  after(() => world.close());

  const buyerOf = async (companyId: number, serviceId: number) => {
    const { lineId, holderFrom } = await makeLine(world.deps, { closingGroup: 31 });
    const { id: subscriberId } = await makeSubscriber(world.deps, { lineId });
    const consent = await makeConsent(world.deps, { companyId, serviceId, subscriberId, lineId });
    return { lineId, holderFrom, subscriberId, consent };
  };
  const open = async (terms: Partial<Contract>) => {
    const company = await makeCompany(world.deps);
    const service = await makeService(world.deps, { companyId: company.id });
    const contract = await makeContract(world.deps, { companyId: company.id, ...terms });
    const { consent, ...buyer } = await buyerOf(company.id, service.id);
    return new Refunding(world, { company, service, contract, consent, buyer } as Refunding['sale']);
  };
  const of = (name: Case) => companies.get(name)!;
  const refund = async (name: Case, chargeId: string, amountMinor?: bigint) => {
    const at = of(name);
    const { company, billingPeriod } = await previewRefund(world.deps, at.key, { chargeId, amountMinor });
    previewed.set(`${name}/${billingPeriod}`, company!.after);
    unsettled[businessDateOf(world.clock.now(), 'Asia/Tokyo')] = company!.unsettledMonths;
    const { billingPeriod: booked } = await at.refund(chargeId, amountMinor);
    assert.equal(booked, billingPeriod);
    const again = await previewRefund(world.deps, at.key, {
      chargeId: charges.get(name)!,
      amountMinor: 1n,
    }).catch(() => undefined);
    if (again?.billingPeriod === billingPeriod) assert.deepEqual(again.company!.before, company!.after);
  };

  async function sellInMay() {
    world.clock.set(tokyo('2026-05-10'));
    for (const name of names) {
      const small = name === 'a tariff with an average below its minimum';
      charges.set(name, await of(name).sell(small ? 100n : 3_000n));
      const other = await buyerOf(of(name).sale.company.id, of(name).sale.service.id);
      if (name !== 'the only charge refunded whole in its month')
        await of(name).sell(small ? 90n : 700n, { buyer: other });
    }
  }
  async function refundInMay() {
    world.clock.set(tokyo('2026-05-20'));
    const partly = charges.get('the first settlement, with the set-up fee')!;
    await refund('the first settlement, with the set-up fee', partly, 500n);
    await refund('the first settlement, with the set-up fee', partly);
    const whole = 'the only charge refunded whole in its month';
    await refund(whole, charges.get(whole)!);
    const small = 'a tariff with an average below its minimum';
    await refund(small, charges.get(small)!, 10n);
  }
  async function sellInJune() {
    world.clock.set(tokyo('2026-06-05'));
    for (const name of names) {
      if (name === 'below the minimum payout') continue;
      await of(name).sell(1_200n);
    }
    world.clock.set(tokyo('2026-06-20'));
    for (const name of ['a negative balance carried into the month', 'below the minimum payout'] as const)
      await refund(name, charges.get(name)!, 900n);
  }
  async function clawBack() {
    const at = of('what was clawed back and waits');
    const { number } = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('line_invoice')
      .select('number')
      .where('lineId', '=', at.sale.buyer.lineId)
      .where('billingPeriod', '=', '2026-05')
      .executeTakeFirstOrThrow();
    world.clock.set(tokyo('2026-06-28'));
    await new CollectionInbox(new BilledWorld(world)).import(
      '2026-06-28',
      `${number},partial,2500,2026-06-27,,`,
    );
  }
  async function refundLate() {
    world.clock.set(tokyo('2026-06-29'));
    for (const name of [
      'a refund of an earlier month, with a transfer fee',
      'what was clawed back and waits',
      'an assignment without tax on the fee',
      'a negative balance carried into the month',
    ] as const)
      await refund(name, charges.get(name)!, 400n);
  }
  async function night(businessDate: string) {
    world.clock.set(tokyo(businessDate, '23:59'));
    world.clock.set(new Date(world.clock.now().getTime() + 60_000));
    for (const [job, work] of [
      ['fold-charges', foldCharges],
      ['close-periods', closePeriods],
      ['settle-companies', settleCompanies],
      ['settle-companies', settleCompanies],
    ] as const)
      await fakeRun(world.deps, work, { job, businessDate });
  }

  const settledOf = async (companyId: number, period: string) => {
    const row = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('settlement')
      .selectAll()
      .where('companyId', '=', companyId)
      .where('billingPeriod', '=', period)
      .executeTakeFirstOrThrow();
    const { billedMinor, refundedMinor, payoutMinor, transferFeeMinor, carriedOutMinor } = row;
    return {
      totalMinor: billedMinor - refundedMinor,
      lineCount: row.lineCount,
      itemCount: row.itemCount,
      feeBranch: row.feeBranch,
      feeExTaxMinor: row.feeExTaxMinor,
      feeTaxMinor: row.feeTaxMinor,
      setUpExTaxMinor: row.setUpExTaxMinor,
      setUpTaxMinor: row.setUpTaxMinor,
      clawbackMinor: row.clawbackMinor,
      recoveryMinor: row.recoveryMinor,
      carriedInMinor: row.carriedInMinor,
      netMinor: payoutMinor + transferFeeMinor + carriedOutMinor,
      transferFeeMinor,
      payoutMinor,
      carriedOutMinor,
    };
  };

  const at = (name: Case, period: string) => previewed.get(`${name}/${period}`)!;

  for (const name of names) {
    it(`agree: ${name}`, async () => {
      const months = [...previewed].filter(([key]) => key.startsWith(`${name}/`));
      assert.ok(months.length > 0);
      for (const [key, figures] of months) {
        const settled = await settledOf(of(name).sale.company.id, key.slice(-7));
        assert.deepEqual(figures, settled, key);
      }
    });
  }

  it('were about what they say', () => {
    const first = at('the first settlement, with the set-up fee', '2026-05');
    assert.deepEqual(
      [first.totalMinor, first.lineCount, first.setUpExTaxMinor, first.setUpTaxMinor],
      [700n, 1, 1_000n, 100n],
    );
    const negative = at('a negative balance carried into the month', '2026-06');
    assert.ok(negative.carriedInMinor < -10_000n && negative.payoutMinor === 0n);
    const waiting = at('below the minimum payout', '2026-06');
    assert.ok(
      waiting.carriedInMinor > 3_000n && waiting.carriedOutMinor > 0n && waiting.totalMinor === -900n,
    );
    const whole = at('the only charge refunded whole in its month', '2026-05');
    assert.deepEqual([whole.totalMinor, whole.lineCount, whole.netMinor], [0n, 0, -550n]);
    assert.equal(at('a refund of an earlier month, with a transfer fee', '2026-06').transferFeeMinor, 330n);
    assert.equal(at('what was clawed back and waits', '2026-06').clawbackMinor, 500n);
    assert.equal(at('an assignment without tax on the fee', '2026-06').feeTaxMinor, 0n);
    assert.equal(at('a tariff with an average below its minimum', '2026-05').feeBranch, 'minimum');
  });

  it('says which earlier months are not settled', () => {
    assert.deepEqual(unsettled, {
      '2026-05-20': [],
      '2026-06-20': ['2026-05'],
      '2026-06-29': [],
    });
  });
});
