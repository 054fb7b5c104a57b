import type { Statement, StatementDetail } from '../../../templates/statement/statement.types.ts';

const closingDates = ['2026-05-31', '2026-06-05', '2026-06-10', '2026-06-15', '2026-06-20', '2026-06-25'];

const services = [
  { serviceName: 'まなび動画 月額プラン', taxCode: 'standard', taxRateBps: 1000, share: 5 },
  { serviceName: 'ほしぞらゲームス', taxCode: 'standard', taxRateBps: 1000, share: 3 },
  { serviceName: '産直おやつ便', taxCode: 'reduced', taxRateBps: 800, share: 2 },
] as const;

/** Eighteen rows: six closing days × three services, 80,000 yen in all, 100 lines. */
export function sampleDetails(): StatementDetail[] {
  return closingDates.flatMap((closingDate, group) =>
    services.map(({ share, ...service }) => ({
      ...service,
      closingDate,
      lineCount: share * (group === 0 ? 5 : 3),
      itemCount: share * (group === 0 ? 10 : 6),
      totalMinor: BigInt(share) * (group === 0 ? 2_000n : 1_200n),
    })),
  );
}

/** The third row of the fee table in domain.md: 80,000 billed on 100 lines pays 75,600. */
export function sampleStatement(changes: Partial<Statement> = {}): Statement {
  return {
    language: 'ja',
    isDraft: false,
    replaces: null,
    number: 'ST-2026-05-000123',
    billingPeriod: '2026-05',
    periodFrom: '2026-05-01',
    periodTo: '2026-06-25',
    closingDates,
    issueDate: '2026-07-08',
    issuer: {
      name: '東日本ひかり通信株式会社',
      postalCode: '163-8019',
      address: '東京都新宿区西新宿三丁目19番2号',
      registrationNumber: 'T8011101028104',
      department: '料金収納代行センター 精算担当',
      phone: '03-0000-0000',
      email: 'settlement@carrier.example',
    },
    recipient: {
      name: '株式会社まなびコンテンツ',
      code: 'C00017',
      postalCode: '101-0051',
      address: '東京都千代田区神田神保町二丁目5番地 神保町北ビル8階',
      registrationNumber: 'T7010705000725',
    },
    legalModel: 'agency',
    settlementBasis: 'billed',
    billedMinor: 80_000n,
    refundedMinor: 0n,
    lineCount: 100,
    itemCount: 400,
    settlementLines: services.map(({ share, ...service }) => ({
      ...service,
      lineCount: share * 20,
      itemCount: share * 40,
      totalMinor: BigInt(share) * 8_000n,
    })),
    rateTotals: [
      { taxCode: 'standard', taxRateBps: 1000, totalMinor: 64_000n, taxMinor: 5_818n },
      { taxCode: 'reduced', taxRateBps: 800, totalMinor: 16_000n, taxMinor: 1_185n },
    ],
    refunds: [],
    refundRates: [],
    fee: {
      tariffName: 'まとめて支払い 2011年料金表',
      branch: 'percent',
      reasons: [
        '1回線あたりの平均額 800.00円 が 600円 以上のため、手数料対象額の 5% を適用しました。',
        '80,000円 × 5% = 4,000円（最低額 100回線 × 30円 = 3,000円 を上回ります）。',
      ],
      exTaxMinor: 4_000n,
      taxable: true,
      taxRateBps: 1000,
      taxMinor: 400n,
    },
    setUp: { exTaxMinor: 0n, taxMinor: 0n },
    clawbacks: [],
    transferFeeMinor: 0n,
    adjustments: [],
    carriedInMinor: 0n,
    carriedOutMinor: 0n,
    payoutMinor: 75_600n,
    minimumPayoutMinor: 0n,
    payoutDate: '2026-07-31',
    bankAccount: {
      bankName: 'みらい銀行',
      branchName: '神保町支店',
      accountType: 'ordinary',
      accountNumber: '1234567',
      holder: 'ｶ)ﾏﾅﾋﾞｺﾝﾃﾝﾂ',
    },
    details: sampleDetails(),
    ...changes,
  };
}

/** A statement with that many detail rows of 700 yen, one by one like a database cursor. */
export function longStatement(rowCount: number): Statement {
  const billedMinor = BigInt(rowCount) * 700n;
  const feeMinor = (billedMinor * 5n) / 100n;
  const taxMinor = feeMinor / 10n;
  const base = sampleStatement();
  const [part] = base.settlementLines;
  const [total] = base.rateTotals;
  if (!part || !total) throw new Error('The sample has lost its rows');
  return sampleStatement({
    billedMinor,
    lineCount: rowCount,
    itemCount: rowCount,
    settlementLines: [{ ...part, lineCount: rowCount, itemCount: rowCount, totalMinor: billedMinor }],
    rateTotals: [{ ...total, totalMinor: billedMinor, taxMinor: (billedMinor * 10n) / 110n }],
    fee: { ...base.fee, exTaxMinor: feeMinor, taxMinor },
    payoutMinor: billedMinor - feeMinor - taxMinor,
    details: streamDetails(rowCount),
  });
}

async function* streamDetails(rowCount: number): AsyncGenerator<StatementDetail> {
  for (let row = 0; row < rowCount; row++) {
    const closingDate = closingDates[Math.floor((row * closingDates.length) / rowCount)] ?? '';
    const serviceName = `デジタル雑誌 第${(row % 97) + 1}巻`;
    const counts = { lineCount: 1, itemCount: 1, totalMinor: 700n };
    yield await Promise.resolve({
      closingDate,
      serviceName,
      taxCode: 'standard',
      taxRateBps: 1000,
      ...counts,
    });
  }
}
