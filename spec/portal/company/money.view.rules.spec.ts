import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OwnContract } from '../../../src/contracts/own-contracts.queries.ts';
import type { OwnPayout } from '../../../src/payouts/own-payouts.queries.ts';
import { profileView } from '../../../src/portal/company/people/profile.view.rules.ts';
import { payoutsView } from '../../../src/portal/company/settlements/payouts.view.rules.ts';
import { settlementView } from '../../../src/portal/company/settlements/settlement.view.rules.ts';
import type { OwnSettlement } from '../../../src/settlements/own-settlements.queries.ts';
import { frameIn } from './view-frame.ts';

const number = 'ST-2026-05-000001';
const settlement = {
  number,
  billingPeriod: '2026-05',
  state: 'approved',
  ruleVersion: 1,
  billedMinor: 10_000n,
  refundedMinor: 0n,
  lineCount: 10,
  itemCount: 10,
  feeExTaxMinor: 1_000n,
  feeTaxable: true,
  feeTaxRateBps: 1_000,
  feeTaxMinor: 100n,
  setUpExTaxMinor: 0n,
  setUpTaxMinor: 0n,
  clawbackMinor: 0n,
  recoveryMinor: 0n,
  commissionMinor: 0n,
  carriedInMinor: 0n,
  carriedOutMinor: 0n,
  transferFeeMinor: 0n,
  payoutMinor: 8_900n,
  payoutOn: '2026-07-31',
  heldReason: null,
} as OwnSettlement;

const invoicesOf = (changes: Partial<OwnSettlement>, namesSetUpInvoice: boolean) => {
  const revision = {
    revision: 1,
    number,
    createdAt: new Date('2026-07-08T00:00:00Z'),
    checksum: '',
    reason: undefined,
    namesSetUpInvoice,
  };
  const details = { settlement: { ...settlement, ...changes }, before: undefined, lines: [] };
  const { sections } = settlementView({ details, payouts: [], revisions: [revision] }, frameIn('ja'));
  const links = sections.find(({ id }) => id === 'files')?.links ?? [];
  return links.map(({ href }) => new URL(href, 'https://shop.example').searchParams.get('of')).slice(1);
};

describe('the documents of a settlement', () => {
  it('lead to the invoices that there are, and to no others', () => {
    assert.deepEqual(invoicesOf({}, true), ['fee']);
    assert.deepEqual(invoicesOf({ setUpExTaxMinor: 50_000n }, true), ['fee', 'set-up']);
    assert.deepEqual(invoicesOf({ setUpExTaxMinor: 50_000n, feeExTaxMinor: 0n }, true), ['set-up']);
    assert.deepEqual(invoicesOf({ feeExTaxMinor: 0n }, true), []);
  });

  it('lead to the one invoice of an older release that has both fees', () => {
    assert.deepEqual(invoicesOf({ setUpExTaxMinor: 50_000n }, false), ['fee']);
    assert.deepEqual(invoicesOf({ setUpExTaxMinor: 50_000n, feeExTaxMinor: 0n }, false), ['fee']);
  });
});

const dueAfter = (...states: OwnPayout['state'][]) => {
  const payouts = states.map(
    (state) =>
      ({
        number,
        billingPeriod: '2026-05',
        state,
        amountMinor: 8_900n,
        dueOn: '2026-07-31',
        payOn: '2026-07-31',
        returnedReason: null,
        bankName: 'みらい銀行',
        accountEnd: '567',
      }) as OwnPayout,
  );
  const { sections } = payoutsView({ payouts, settlements: [settlement] }, frameIn('ja'));
  return sections.find(({ id }) => id === 'due')?.table?.rows.length;
};

describe('what is to be paid', () => {
  it('is what no payout may still reach: one that was dropped or sent back is to be made again', () => {
    assert.equal(dueAfter(), 1);
    for (const state of ['dropped', 'returned'] as const) assert.equal(dueAfter(state), 1, state);
    for (const state of ['planned', 'sent', 'settled'] as const) assert.equal(dueAfter(state), 0, state);
    assert.equal(dueAfter('planned', 'dropped', 'returned'), 0);
  });
});

const titleOf = (validTo: string | null) => {
  const contract = {
    validFrom: '2026-01-01',
    validTo,
    tariffCode: 'standard',
    tariff: undefined,
    legalModel: 'agency',
    settlementBasis: 'billed',
    perChargeMaxMinor: 50_000n,
    authorizationDays: 7,
    refundDays: 180,
    partialRefunds: true,
    signedRequests: false,
    payoutMonths: 2,
    payoutDay: 31,
    minimumPayoutMinor: 0n,
    transferFeeMinor: 0n,
  } as OwnContract;
  const company = { name: '株式会社ほしぞら', nameEn: 'Hoshizora', code: 'hoshizora', address: '東京都' };
  const loaded = {
    company: company as never,
    services: [],
    contracts: [contract],
    contact: { ja: '', en: '' },
  };
  return profileView(loaded, frameIn('ja')).sections.find(({ id }) => id.startsWith('contract'))?.title;
};

describe('the contracts of a company', () => {
  it('end on their last day, not on the first one after it', () => {
    assert.match(titleOf('2026-07-01')!, /2026年1月1日.*〜2026年6月30日/);
    assert.match(titleOf(null)!, /〜）$/);
  });
});
