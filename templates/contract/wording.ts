import { formatCount, formatMoney, type Locale } from '../../src/shared/money.ts';
import { writeDate } from '../pdf/document-format.ts';
import type { Label } from '../pdf/label.ts';
import type {
  ContractContent,
  ContractFeeBranch,
  ContractTermsContent,
  FeeExample,
} from './contract.types.ts';

export const labels = {
  title: { ja: '収納契約書', en: 'Collection contract' },
  draft: { ja: '下書き', en: 'DRAFT' },
  number: { ja: '契約番号', en: 'Contract no.' },
  issuedOn: { ja: '発行日', en: 'Issued' },
  concludedOn: { ja: '登録日', en: 'Entered' },
  parties: { ja: '契約の当事者', en: 'Parties' },
  carrier: { ja: '甲（通信事業者）', en: 'Carrier' },
  company: { ja: '乙（コンテンツ会社）', en: 'Company' },
  details: { ja: '所在地・登録番号', en: 'Address, registration' },
  services: { ja: '対象のサービス', en: 'Services' },
  service: { ja: 'サービス名', en: 'Service' },
  code: { ja: 'コード', en: 'Code' },
  site: { ja: 'サイト', en: 'Site' },
  terms: { ja: '契約の内容', en: 'Terms' },
  term: { ja: '契約期間', en: 'Term' },
  legalModel: { ja: '方式', en: 'Legal model' },
  basis: { ja: '精算の基準', en: 'Basis of settlement' },
  feeTax: { ja: '手数料の消費税', en: 'Tax on the fee' },
  setUp: { ja: '初期費用（税抜）', en: 'Set-up fee, before tax' },
  minimumFee: { ja: '最低手数料（税抜）', en: 'Minimum fee, before tax' },
  payout: { ja: '支払い', en: 'Payout' },
  payoutRule: { ja: '支払日', en: 'Day of payout' },
  minimumPayout: { ja: '最低支払額', en: 'Minimum payout' },
  bearer: { ja: '振込手数料', en: 'Fee of the transfer' },
  selling: { ja: '販売の条件', en: 'Sales' },
  perCharge: { ja: '1件の上限（税込）', en: 'Highest charge, with tax' },
  lateCharges: { ja: '締め後の売上', en: 'Charges after the close' },
  authorization: { ja: '確認後の有効日数', en: 'Open after confirmation' },
  refunds: { ja: '返金', en: 'Refunds' },
  apiRequests: { ja: 'APIのリクエスト', en: 'API requests' },
  tariff: { ja: '料金プラン', en: 'Tariff' },
  average: { ja: '1回線の平均額', en: 'Average per line' },
  billed: { ja: '請求総額（税込）', en: 'Total billed, with tax' },
  branch: { ja: '適用', en: 'By' },
  fee: { ja: '手数料（税抜）', en: 'Fee, before tax' },
  clauses: { ja: '条項', en: 'Clauses' },
  signatures: { ja: '記名押印', en: 'Signatures' },
  signedOn: { ja: '締結日', en: 'Date' },
  signature: { ja: '署名・押印', en: 'Signature' },
} as const satisfies Record<string, Label>;

export const branches: Readonly<Record<ContractFeeBranch, Readonly<Record<Locale, string>>>> = {
  minimum: { ja: '最低手数料', en: 'Minimum' },
  percent: { ja: '料率', en: 'Percentage' },
  band: { ja: '段階', en: 'Band' },
};

const inLanguage = (language: Locale) => (ja: string, en: string) => (language === 'ja' ? ja : en);
const yen = (minor: bigint, language: Locale) => formatMoney(minor, 'JPY', language);

export function leadOf({ isDraft, language }: ContractContent): string {
  const say = inLanguage(language);
  return isDraft
    ? say(
        '承認前の下書きです。内容は確定していません。',
        'A draft before approval: what it says is not agreed yet.',
      )
    : say(
        '甲と乙は、商品・サービスの代金の収納について、次のとおり契約します。',
        'The Carrier and the Company agree on the collection of prices as follows.',
      );
}

/** `2026年4月1日から2027年3月31日まで`. */
export function termOf({ validFrom, lastDay, language }: ContractContent): string {
  const say = inLanguage(language);
  const from = writeDate(validFrom, language);
  if (lastDay === null) return say(`${from}から（期限の定めなし）`, `From ${from}, without an end`);
  const to = writeDate(lastDay, language);
  return say(`${from}から${to}まで`, `${from} to ${to}`);
}

/** The name of a party is that of a day. */
export function asOf(date: string, language: Locale): string {
  const day = writeDate(date, language);
  return inLanguage(language)(`${day}現在`, `as of ${day}`);
}

export function modelOf({ legalModel }: ContractTermsContent, language: Locale): string {
  const say = inLanguage(language);
  return legalModel === 'agency'
    ? say(
        '収納代行：未回収の代金は乙の負担とします。',
        'Collection agency: the Company bears what is not collected.',
      )
    : say(
        '債権譲渡：未回収の代金は甲の負担とします。',
        'Assignment: the Carrier bears what is not collected.',
      );
}

export function basisOf({ settlementBasis }: ContractTermsContent, language: Locale): string {
  const say = inLanguage(language);
  return settlementBasis === 'billed'
    ? say('請求基準：請求した月ごとに精算します。', 'Billed: a month is settled once it is billed.')
    : say(
        '回収基準：回収の結果が出た月ごとに精算します。',
        'Collected: a month is settled once it is collected.',
      );
}

export function feeTaxOf({ feeTaxable }: ContractTermsContent, language: Locale): string {
  const say = inLanguage(language);
  return feeTaxable ? say('別途加算します。', 'Added.') : say('課税対象外です。', 'Exempt.');
}

export function setUpOf({ setUpFeeMinor }: ContractTermsContent, language: Locale): string {
  const say = inLanguage(language);
  if (setUpFeeMinor === 0n) return say('なし', 'None');
  const fee = yen(setUpFeeMinor, language);
  return say(`${fee}（初回の精算で差し引きます）`, `${fee}, deducted from the first settlement`);
}

export function minimumFeeOf(minor: bigint, language: Locale): string {
  const say = inLanguage(language);
  return minor === 0n
    ? say('なし', 'None')
    : say(`1回線あたり${yen(minor, language)}`, `${yen(minor, language)} a line`);
}

/** When a month is paid out, in one sentence. */
export function payoutRuleOf(terms: ContractTermsContent, language: Locale): string {
  const { payoutMonths, payoutDay, payoutBankDay } = terms;
  const say = inLanguage(language);
  const isEnd = payoutDay === 31;
  const bankDay =
    payoutBankDay === 'previous' ? say('前営業日', 'bank day before') : say('翌営業日', 'bank day after');
  return say(
    `請求月の${payoutMonths}か月後の${isEnd ? '末日' : `${payoutDay}日`}（金融機関の休業日にあたるときは${bankDay}）`,
    `${isEnd ? 'The last day' : `Day ${payoutDay}`} of the month ${payoutMonths} months after the billing month, or the ${bankDay}`,
  );
}

export function minimumPayoutOf({ minimumPayoutMinor }: ContractTermsContent, language: Locale): string {
  const say = inLanguage(language);
  if (minimumPayoutMinor === 0n) return say('なし', 'None');
  const amount = yen(minimumPayoutMinor, language);
  return say(`${amount}（満たない額は翌月に繰り越します）`, `${amount}; less is carried into the next month`);
}

export function bearerOf({ feeBearer, transferFeeMinor }: ContractTermsContent, language: Locale): string {
  const say = inLanguage(language);
  if (feeBearer === 'carrier') return say('甲の負担とします。', 'Borne by the Carrier.');
  const fee = yen(transferFeeMinor, language);
  return say(
    `乙の負担とし、1回につき${fee}（税込）を差し引きます。`,
    `Borne by the Company: ${fee} a transfer, with tax.`,
  );
}

export function lateChargesOf({ lateCharges }: ContractTermsContent, language: Locale): string {
  const say = inLanguage(language);
  return lateCharges === 'accept'
    ? say('次の請求期間に計上します。', 'Billed in the next period.')
    : say('受け付けません。', 'Refused.');
}

export function authorizationOf({ authorizationDays }: ContractTermsContent, language: Locale): string {
  return inLanguage(language)(`${authorizationDays}日`, `${authorizationDays} days`);
}

export function refundsOf({ refundDays, partialRefunds }: ContractTermsContent, language: Locale): string {
  const say = inLanguage(language);
  if (refundDays === 0) return say('売上の計上後は返金できません。', 'None once a charge is captured.');
  const part = partialRefunds
    ? say('一部の返金もできます。', 'also in part')
    : say('全額に限ります。', 'in full only');
  return say(
    `売上の計上から${refundDays}日以内。${part}`,
    `Within ${refundDays} days of the capture, ${part}`,
  );
}

export function signedRequestsOf({ signedRequests }: ContractTermsContent, language: Locale): string {
  const say = inLanguage(language);
  if (!signedRequests) return say('任意とします。', 'Optional.');
  return say(
    '電子署名（RFC 9421）のあるものに限り受け付けます。',
    'Accepted with a signature (RFC 9421) only.',
  );
}

/** What the figures below it are of. */
export function curveNote([first]: readonly FeeExample[], language: Locale): string {
  const lines = formatCount(first?.lineCount ?? 0);
  return inLanguage(language)(
    `計算例：${lines}回線に1件ずつ、取消し・返金のない月の手数料`,
    `Examples: the fee of a month of ${lines} lines with one charge each, without refunds`,
  );
}
