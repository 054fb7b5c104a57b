import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { can } from '../../../src/access/can.rules.ts';
import { formatsOf } from '../../../src/portal/kit/format.rules.ts';
import { purchaseView } from '../../../src/portal/my/purchase.view.rules.ts';
import { translator } from '../../../src/portal/messages/translate.ts';
import type { PurchaseDetails } from '../../../src/purchases/purchase-details.queries.ts';
import { signedIn } from '../../support/actors.ts';

const at = new Date('2026-05-10T03:00:00Z');
const buyer = { subscriberId: 7, lineId: 'CAF0000000001', holderFrom: '2026-01-01' };
const id = '01JV0000000000000000000000';

const use: PurchaseDetails = {
  id,
  kind: 'usage',
  state: 'captured',
  amountMinor: 1_100n,
  capturedMinor: 1_100n,
  taxCode: 'standard',
  taxRateBps: 1_000,
  description: '楽曲',
  reference: null,
  companyId: 1,
  serviceId: 1,
  lineId: buyer.lineId,
  consentId: id,
  subscriptionId: null,
  subscriptionMonth: null,
  createdAt: at,
  authorizedAt: null,
  capturedAt: at,
  openUntil: null,
  endedAt: null,
  endedBy: null,
  businessDate: '2026-05-10',
  late: false,
  billingPeriod: '2026-05',
  closingGroup: 31,
  invoiceNumber: null,
  periodState: 'open',
  startsOn: '2026-05-01',
  closesOn: '2026-05-31',
  issueOn: '2026-06-13',
  dueOn: '2026-06-30',
  company: '株式会社ほしぞら',
  companyEn: 'Hoshizora',
  service: '音楽',
  serviceEn: 'Music',
  status: 'waiting',
  priceMinor: 1_100n,
  refunds: [],
  refundedMinor: 0n,
  refundState: 'none',
  boughtAt: at,
  date: '2026-05-10',
  isHolder: true,
  person: { id: 7, issuedId: 'F1', displayName: '花子', state: 'active' },
  seller: {
    code: 'h',
    registrationNumber: null,
    address: '東京都',
    sellerAddress: null,
    sellerAddressEn: null,
    sellerTelephone: '03-0000-0000',
    contactEmail: null,
    siteOrigin: 'https://h.example',
    cancellation: null,
    cancellationEn: null,
  },
  confirmation: undefined,
};

function view(purchase: PurchaseDetails, { isOnLine = true }: { readonly isOnLine?: boolean } = {}) {
  const actor = signedIn(buyer, { isHolder: true, isOnLine });
  return purchaseView(purchase, {
    language: 'ja',
    t: translator('ja'),
    format: formatsOf({ language: 'ja', currency: 'JPY', timeZone: 'Asia/Tokyo' }),
    can: (permission) => can(actor, permission),
    nameOf: (named) => named,
    form: undefined,
  });
}

describe('the page of a purchase', () => {
  it('says what was paid with the tax in it, and when it is due', () => {
    const { price, tax, stateText } = view(use);
    assert.deepEqual([price, tax], ['1,100円', 'うち消費税100円（10%）']);
    assert.equal(
      stateText,
      '今夜、2026年5月31日(日)締めのご請求書に記載されます。お支払い日は2026年6月30日(火)です。',
    );
  });

  it('lists what was given back with where it goes, and what is left to pay', () => {
    assert.deepEqual(view(use).refunds, []);
    const refund = {
      id,
      chargeId: id,
      amountMinor: 300n,
      businessDate: '2026-06-03',
      billingPeriod: '2026-06',
      kind: 'invoice',
      periodState: 'open',
      invoiceNumber: null,
      bankState: null,
      lateMinor: null,
      paidMinor: null,
      payableMinor: null,
      paidOn: null,
    } as const;
    const bank = {
      ...refund,
      kind: 'bank',
      periodState: null,
      bankState: 'waiting',
      payableMinor: 0n,
    } as const;
    const refunded = view({
      ...use,
      refunds: [
        refund,
        { ...refund, periodState: 'closed' },
        bank,
        { ...bank, bankState: 'payable', payableMinor: 200n },
        { ...bank, bankState: 'paid', payableMinor: 200n, paidOn: '2026-08-05' },
        { ...bank, bankState: 'cancelled' },
      ],
      refundedMinor: 1_100n,
      refundState: 'wholly',
    });
    assert.deepEqual(refunded.badge, { tone: 'plain', text: '全額返金済み' });
    const [first] = refunded.refunds;
    assert.deepEqual(
      [first?.label, first?.text, first?.href],
      ['2026年6月3日(水)', '-300円', '/my/invoices/2026-06'],
    );
    assert.deepEqual(
      refunded.refunds.map(({ note }) => note),
      [
        '2026年6月分のご請求から差し引きます。',
        '2026年6月分のご請求から差し引きました。',
        'もとのご請求分のお支払いを確認してから、銀行口座へお振り込みします。',
        '銀行口座へ200円をお振り込みします。',
        '2026年8月5日(水)に、銀行口座へ200円をお振り込みしました。',
        'もとのご請求分のお支払いがなかったため、お振り込みはありません。',
        undefined,
      ],
    );
    assert.deepEqual([refunded.refunds.at(-1)?.text, refunded.refunds[2]?.href], ['0円', undefined]);
    assert.equal(view({ ...use, refundState: 'partly' }).badge.text, '一部返金済み');
  });

  it('leads to where what follows is stopped', () => {
    assert.equal(view(use).stop?.href, `/my/consents/cs_${id}`);
    assert.equal(
      view({ ...use, kind: 'monthly', consentId: null, subscriptionId: id }).stop?.href,
      `/my/subscriptions/sb_${id}`,
    );
    assert.equal(view({ ...use, kind: 'one_time', consentId: null }).stop, undefined);
  });

  it('offers to write and to report to those alone who may', () => {
    assert.deepEqual(
      view(use).questions.map(({ href }) => href),
      [`/my/purchases/ch_${id}/message`, `/my/purchases/ch_${id}/report`],
    );
    assert.deepEqual(view(use, { isOnLine: false }).questions, []);
  });

  it('has a record for what is paid, and none for what was cancelled', () => {
    assert.equal(view(use).receiptHref, `/my/purchases/ch_${id}/receipt`);
    const cancelled = view({
      ...use,
      status: 'cancelled',
      capturedMinor: null,
      billingPeriod: null,
      taxRateBps: null,
      endedAt: at,
    });
    assert.deepEqual([cancelled.receiptHref, cancelled.tax], [undefined, undefined]);
    assert.match(cancelled.stateText, /お支払いはありません/);
  });

  it('says so where no confirmation page was kept', () => {
    assert.match(view(use).confirmedText, /確認画面の記録はありません/);
  });
});
