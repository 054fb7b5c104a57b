import { readFileSync } from 'node:fs';

/** A clause of the contract document, in both languages; of one legal model or of both. */
export interface ContractClause {
  readonly title: string;
  readonly titleEn: string;
  readonly text: string;
  readonly textEn: string;
  readonly legalModel?: 'agency' | 'assignment';
}

/** The built-in clauses: 甲 is the carrier, 乙 the company. They repeat what the service does, and no amounts. */
const builtIn: readonly ContractClause[] = [
  {
    legalModel: 'agency',
    title: '収納の委託',
    titleEn: 'Collection agency',
    text: '乙は、甲の回線の契約者（以下「利用者」）に販売した商品・サービスの代金の請求と受領を甲に委託し、甲はこれを受託します。甲が利用者から代金を受領した時に、乙への支払いがあったものとします。',
    textEn:
      'The Company entrusts the Carrier with invoicing and receiving the price of what it sells to subscribers of the Carrier’s lines (“Subscribers”), and the Carrier accepts. A price that a Subscriber has paid to the Carrier counts as paid to the Company.',
  },
  {
    legalModel: 'agency',
    title: '未回収の取扱い',
    titleEn: 'Uncollected amounts',
    text: '利用者が支払わなかった代金は乙の負担とし、精算済みのときは、その後の精算額から差し引きます。後日回収したときは、回収した月の精算で乙に支払います。',
    textEn:
      'The Company bears the price that a Subscriber does not pay. If it was settled before, it is deducted from a later settlement; if it is collected afterwards, it is paid with the settlement of that month.',
  },
  {
    legalModel: 'assignment',
    title: '債権の譲渡',
    titleEn: 'Assignment of claims',
    text: '乙は、甲の回線の契約者（以下「利用者」）に対する商品・サービスの代金債権を甲に譲渡し、甲はこれを譲り受けます。利用者が支払わなかった代金は甲の負担とし、乙に請求しません。',
    textEn:
      'The Company assigns to the Carrier its claims for the price of what it sells to subscribers of the Carrier’s lines (“Subscribers”), and the Carrier accepts. The Carrier bears what a Subscriber does not pay, and does not claim it from the Company.',
  },
  {
    title: '手数料',
    titleEn: 'Fee',
    text: '甲は、請求月ごとに、取消しと返金を差し引いた請求総額（税込）を基に本書の料金プランで手数料を計算し、精算額から差し引きます。1円未満は切り捨てます。料金プランを改定するときは、適用開始日の前に乙に通知します。',
    textEn:
      'For each billing month the Carrier calculates its fee by the tariff in this document, on the total billed including tax, less cancellations and refunds, and deducts it from the settlement. Fractions of a yen are dropped. The Carrier gives notice of a new version of the tariff before the day from which it is valid.',
  },
  {
    title: '精算と支払い',
    titleEn: 'Settlement and payout',
    text: '甲は、請求月ごとに精算書を発行し、本書の支払日に乙の指定口座に振り込みます。精算額が最低支払額に満たないときは、翌月に繰り越します。',
    textEn:
      'For each billing month the Carrier issues a statement and pays to the Company’s account on the day named in this document. A settlement below the minimum payout is carried into the next month.',
  },
  {
    title: '返金',
    titleEn: 'Refunds',
    text: '乙は、本書の期間内に限り、利用者に代金を返金できます。返金した額は、返金した月の請求総額から差し引きます。',
    textEn:
      'Within the time named in this document the Company may refund a Subscriber. Refunds reduce the total billed of the month in which they are made.',
  },
  {
    title: '契約期間',
    titleEn: 'Term',
    text: 'この契約は本書の期間中、月を単位として効力を有します。期間中に成立した取引には、終了後もこの契約を適用します。',
    textEn:
      'This contract is in force for whole months during the term in this document, and continues to govern sales that were made during it.',
  },
  {
    title: '協議',
    titleEn: 'Good faith',
    text: '本書に定めのない事項は、甲乙が誠意をもって協議し、解決します。',
    textEn: 'The parties settle in good faith what this document does not provide for.',
  },
];

type ReadClauses = { readonly clauses: readonly ContractClause[] } | { readonly faults: readonly string[] };

/** The clauses of a file, in place of the built-in ones; those without a file. */
export function readContractClauses(file: string | undefined): ReadClauses {
  if (file === undefined) return { clauses: builtIn };
  const faults: string[] = [];
  const parsed = parseFile(file);
  if (typeof parsed === 'string') faults.push(parsed);
  else parsed.forEach((clause, index) => faults.push(...faultsOf(clause, index + 1)));
  if (faults.length > 0) return { faults: faults.map((fault) => `CONTRACT_CLAUSES ${fault}`) };
  return { clauses: parsed as readonly ContractClause[] };
}

/** Why clauses cannot be used, found at the start. */
export function findClauseFaults(file: string | undefined): readonly string[] {
  const read = readContractClauses(file);
  return 'faults' in read ? read.faults : [];
}

const MAX_CLAUSES = 60;

function parseFile(file: string): readonly unknown[] | string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return 'must name a readable file .json';
  }
  try {
    const value: unknown = JSON.parse(text);
    const isList = Array.isArray(value) && value.length >= 1 && value.length <= MAX_CLAUSES;
    return isList ? (value as readonly unknown[]) : `must have a list of 1 to ${MAX_CLAUSES} clauses`;
  } catch {
    return 'is no JSON';
  }
}

const LENGTHS = { title: 60, titleEn: 60, text: 2_000, textEn: 2_000 } as const;

function faultsOf(clause: unknown, place: number): string[] {
  if (typeof clause !== 'object' || clause === null || Array.isArray(clause))
    return [`clause ${place} must be an object`];
  const members = clause as Readonly<Record<string, unknown>>;
  const { legalModel } = members;
  const faults = Object.entries(LENGTHS).flatMap(([name, most]) =>
    isText(members[name], most) ? [] : [`clause ${place} needs ${name}, 1 to ${most} characters in one line`],
  );
  if (legalModel !== undefined && legalModel !== 'agency' && legalModel !== 'assignment')
    faults.push(`clause ${place} has a legalModel that is neither agency nor assignment`);
  const known = new Set([...Object.keys(LENGTHS), 'legalModel']);
  for (const name of Object.keys(members))
    if (!known.has(name)) faults.push(`clause ${place} has ${name}, which a clause does not have`);
  return faults;
}

const isText = (value: unknown, most: number) =>
  typeof value === 'string' && value.trim() !== '' && value.length <= most && !/\p{Cc}/u.test(value);
