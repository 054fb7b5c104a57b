import type { Receipt } from '../../../templates/receipt/receipt.types.ts';

/** A film that was bought with a password, on an invoice that has been issued. */
export function sampleReceipt(changes: Partial<Receipt> = {}): Receipt {
  return {
    language: 'ja',
    currency: 'JPY',
    number: 'ch_01JV8Y3M6K2Q4W9ZC5T7R1XHBD',
    boughtAt: '2026-05-03 20:41',
    state: 'charged',
    description: '映画「春の海」レンタル（48時間）',
    kind: 'one_time',
    amountMinor: 440n,
    refunded: undefined,
    tax: { taxCode: 'standard', taxRateBps: 1_000, suppliedOn: '2026-05-03', taxMinor: 40n },
    seller: {
      name: '株式会社シネマ東西',
      service: 'シネマ東西オンライン',
      address: '東京都千代田区神田神保町二丁目5番地 神保町北ビル8階',
      telephone: '03-0000-1111',
      registrationNumber: 'T7010705000725',
    },
    buyer: { name: '山田 太郎', issuedId: 'F123…8901', lineId: 'CAF0000000042' },
    confirmation: {
      subject: 'charge',
      confirmedAt: '2026-05-03 20:41',
      provenBy: 'password',
      address: '203.0.113.*',
    },
    invoice: { billingPeriod: '2026-05', number: '202605-31-0000042', dueDate: '2026-06-30' },
    carrier: {
      name: '東日本ひかり通信株式会社',
      address: '〒163-8019 東京都新宿区西新宿三丁目19番2号',
      contact: '収納代行担当窓口 0120-000-000（9:00〜17:00）',
    },
    ...changes,
  };
}
