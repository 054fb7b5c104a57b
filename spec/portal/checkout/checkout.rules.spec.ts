import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { taxRates } from '../../../config/tax-rates.ts';
import {
  returnAddress,
  effectiveCheckoutState,
} from '../../../src/portal/checkout/effective-checkout-state.rules.ts';
import type { OpenedCheckout } from '../../../src/portal/checkout/checkout.queries.ts';
import type { LineProof } from '../../../src/identity/page-session.ts';
import { isStillGood, LINE_PROOF_MS } from '../../../src/portal/checkout/line-proof.ts';
import { describeOrder, priceOf } from '../../../src/portal/checkout/order-view.rules.ts';
import { formatsOf } from '../../../src/portal/kit/format.rules.ts';
import { translator } from '../../../src/portal/messages/translate.ts';
import type { Locale } from '../../../src/shared/money.ts';

const now = new Date('2026-05-10T03:00:00Z');
const later = new Date('2026-05-10T03:00:00.001Z');

const termsIn = (language: Locale) =>
  ({
    language,
    t: translator(language),
    format: formatsOf({ language, currency: 'JPY', timeZone: 'Asia/Tokyo' }),
    currency: 'JPY',
    businessDate: '2026-05-10',
    taxRates,
  }) as const;

/** A checkout of one kind, with what the rules read of it. */
function opened(
  kind: 'charge' | 'subscription' | 'consent',
  row: object,
  checkout: object = {},
): OpenedCheckout {
  return {
    publicId: 'ch_1',
    subject: { kind, row: { description: '映画', ...row } },
    company: { name: '株式会社ほし', nameEn: 'Hoshi Inc.' },
    service: { name: 'シアター', nameEn: 'Theater' },
    checkout: {
      state: 'open',
      expiresAt: later,
      returnUrl: 'https://shop.example/thanks?order=7',
      ...checkout,
    },
  } as unknown as OpenedCheckout;
}

describe('order on the page', () => {
  const charge = opened('charge', { amountMinor: 1_100n, taxCode: 'standard' });

  it('says the price with the tax inside it', () => {
    const view = describeOrder(charge, termsIn('ja'));
    assert.equal(view.price, '1,100円');
    assert.equal(view.tax, '税込（税率10%、うち消費税100円）');
    assert.equal(view.seller, '株式会社ほし');
  });

  it('says it in English with the English names', () => {
    const view = describeOrder(charge, termsIn('en'));
    assert.equal(view.price, '¥1,100');
    assert.equal(view.tax, 'including ¥100 tax (10%)');
    assert.deepEqual([view.seller, view.service], ['Hoshi Inc.', 'Theater']);
  });

  it('marks the reduced rate', () => {
    const view = describeOrder(opened('charge', { amountMinor: 1_080n, taxCode: 'reduced' }), termsIn('ja'));
    assert.equal(view.tax, '税込（軽減税率8%対象※、うち消費税80円）');
  });

  it('says when a month is charged and which months are free', () => {
    const row = {
      amountMinor: 990n,
      taxCode: 'standard',
      chargeDay: 25,
      firstMonthFree: true,
      lastMonthFree: true,
    };
    const texts = (over: object) =>
      describeOrder(opened('subscription', { ...row, ...over }), termsIn('ja')).rows.flatMap(
        (line) => line.texts,
      );
    assert.ok(texts({}).includes('毎月25日に1か月分'));
    assert.ok(texts({}).includes('ご加入の月は無料'));
    assert.ok(texts({}).includes('ご請求日までのご解約で、その月は無料'));
    assert.ok(texts({ chargeDay: 31 }).includes('毎月末日に1か月分'));
    const none = texts({ firstMonthFree: false, lastMonthFree: false });
    assert.equal(
      none.some((text) => text.includes('無料')),
      false,
    );
  });

  it('says when a subscriber who joins today is charged first, and that it is at once where the day has come', () => {
    const row = { amountMinor: 500n, taxCode: 'standard', firstMonthFree: false, lastMonthFree: false };
    const firstOf = (over: object, businessDate: string) =>
      describeOrder(opened('subscription', { ...row, ...over }), {
        ...termsIn('ja'),
        businessDate,
      }).rows.find(({ label }) => label === '初回のご請求')?.texts;
    assert.deepEqual(firstOf({ chargeDay: 20 }, '2026-06-26'), [
      'お申し込みと同時（2026年6月26日(金)）に、2026年6月分500円',
    ]);
    assert.deepEqual(firstOf({ chargeDay: 20 }, '2026-06-20'), [
      'お申し込みと同時（2026年6月20日(土)）に、2026年6月分500円',
    ]);
    assert.deepEqual(firstOf({ chargeDay: 20 }, '2026-06-19'), ['2026年6月20日(土)に、2026年6月分500円']);
    assert.deepEqual(firstOf({ chargeDay: 31 }, '2026-06-26'), ['2026年6月30日(火)に、2026年6月分500円']);
    assert.deepEqual(firstOf({ chargeDay: 31, firstMonthFree: true }, '2026-01-31'), [
      '2026年2月28日(土)に、2026年2月分500円',
    ]);
  });

  it('does not tell of a first month that the buyer has had', () => {
    const row = { amountMinor: 500n, taxCode: 'standard', firstMonthFree: false, lastMonthFree: false };
    const terms = { ...termsIn('ja'), businessDate: '2026-06-26', monthsHad: new Set(['2026-06']) };
    const { rows } = describeOrder(opened('subscription', { ...row, chargeDay: 20 }), terms);
    const first = rows.find(({ label }) => label === '初回のご請求');
    assert.deepEqual(first?.texts, ['2026年7月20日(月)に、2026年7月分500円']);
  });

  it('says the most that one use under a consent may cost, or that none is set', () => {
    const consent = opened('consent', { perChargeMaxMinor: 3_000n });
    assert.equal(describeOrder(consent, termsIn('ja')).price, '3,000円まで');
    assert.equal(
      describeOrder(opened('consent', { perChargeMaxMinor: null }), termsIn('ja')).price,
      '設定なし',
    );
    assert.equal(priceOf(consent, termsIn('ja')), undefined);
    assert.equal(priceOf(charge, termsIn('ja')), '1,100円');
  });
});

describe('state of a checkout', () => {
  it('is expired from the very instant of its expiry, noted or not', () => {
    assert.equal(effectiveCheckoutState({ state: 'open', expiresAt: later }, now), 'open');
    assert.equal(effectiveCheckoutState({ state: 'open', expiresAt: now }, now), 'expired');
    assert.equal(effectiveCheckoutState({ state: 'confirmed', expiresAt: now }, now), 'confirmed');
  });
});

const stateOf = (row: object, checkout: object) =>
  new URL(returnAddress(opened('charge', row, checkout), now)).searchParams.get('tabane_state');

describe('way back to the company', () => {
  it('keeps the query of the return address and adds what became of it', () => {
    const back = returnAddress(opened('charge', { state: 'authorized' }, { state: 'confirmed' }), now);
    assert.equal(back, 'https://shop.example/thanks?order=7&tabane_id=ch_1&tabane_state=authorized');
  });

  it('says the state of what was confirmed, else how the checkout ended', () => {
    assert.equal(stateOf({ state: 'captured' }, { state: 'confirmed' }), 'captured');
    assert.equal(stateOf({ state: 'cancelled' }, { state: 'declined' }), 'declined');
    assert.equal(stateOf({ state: 'cancelled' }, { state: 'withdrawn' }), 'withdrawn');
    assert.equal(stateOf({ state: 'pending' }, { state: 'open', expiresAt: now }), 'expired');
  });

  it('replaces parameters that somebody put there before', () => {
    const returnUrl = 'https://shop.example/thanks?tabane_state=captured&tabane_id=ch_9';
    const back = returnAddress(
      opened('charge', { state: 'cancelled' }, { state: 'declined', returnUrl }),
      now,
    );
    assert.equal(back, 'https://shop.example/thanks?tabane_id=ch_1&tabane_state=declined');
  });

  it('leaves what the company has in its query byte for byte: it may be signed, or not be UTF-8', () => {
    const returnUrl = 'https://shop.example/thanks?q=%82%a0&a=b+c%20d&empty=&flag#frag';
    const back = returnAddress(
      opened('charge', { state: 'captured' }, { state: 'confirmed', returnUrl }),
      now,
    );
    const kept = 'q=%82%a0&a=b+c%20d&empty=&flag';
    assert.equal(back, `https://shop.example/thanks?${kept}&tabane_id=ch_1&tabane_state=captured#frag`);
  });
});

describe('proof of the line', () => {
  const wanted = { checkout: 'ch_1', lineId: 'CAF0000000001', address: '192.0.2.1' };
  const proof = { ...wanted, server: '192.0.2.53:1812', provenAt: now.getTime() };
  const afterMs = (ms: number) => new Date(now.getTime() + ms);

  it('holds for five minutes', () => {
    assert.equal(isStillGood(proof, wanted, afterMs(LINE_PROOF_MS - 1)), true);
    assert.equal(isStillGood(proof, wanted, afterMs(LINE_PROOF_MS)), false);
    assert.equal(isStillGood(proof, wanted, afterMs(-1)), false);
  });

  it('holds for its own checkout, line and address alone', () => {
    assert.equal(isStillGood(undefined, wanted, now), false);
    assert.equal(isStillGood(proof, { ...wanted, checkout: 'ch_2' }, now), false);
    assert.equal(isStillGood(proof, { ...wanted, lineId: 'CAF0000000002' }, now), false);
    assert.equal(isStillGood(proof, { ...wanted, address: '192.0.2.2' }, now), false);
  });

  it('from before the server was kept with it does not hold', () => {
    const { server: _, ...old } = proof;
    assert.equal(isStillGood(old as LineProof, wanted, now), false);
  });
});
