import { readFileSync } from 'node:fs';

/** A ledger account as the bookkeeper's accounts name it. */
export interface ChartAccount {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
}

/** What an entry of a kind is, for the text column of the journal. */
export interface ChartText {
  readonly text: string;
  readonly textEn: string;
}

/** Accounts that are no books: reserved, not yet sold. */
export const memorandumAccounts = ['authorization-held', 'authorization-owed'] as const;

/** The built-in chart. `company-payable` is that of all companies: the journal names the company as a sub-account. */
const accounts = {
  'subscriber-receivable': {
    code: '1151',
    name: '未収入金（回線請求）',
    nameEn: 'Receivables from lines',
  },
  'uncollected-receivable': {
    code: '1152',
    name: '未収入金（未回収）',
    nameEn: 'Receivables not collected',
  },
  cash: { code: '1101', name: '現金預金（収納）', nameEn: 'Cash collected' },
  bank: { code: '1102', name: '普通預金（支払）', nameEn: 'Bank account for payouts' },
  'company-payable': { code: '2151', name: '預り金（コンテンツ会社）', nameEn: 'Payable to companies' },
  'payout-clearing': { code: '2152', name: '未払金（支払確定）', nameEn: 'Payouts on their way' },
  'refund-payable': { code: '2153', name: '未払金（返金）', nameEn: 'Refunds payable' },
  'partner-payable': { code: '2154', name: '未払金（取次店）', nameEn: 'Payable to sales partners' },
  'tax-payable': { code: '2161', name: '仮受消費税', nameEn: 'Consumption tax received' },
  'fee-revenue': { code: '4101', name: '収納代行手数料', nameEn: 'Agency fees' },
  'transfer-fee-revenue': { code: '4102', name: '振込手数料収入', nameEn: 'Transfer fees received' },
  'credit-loss': { code: '6201', name: '貸倒損失', nameEn: 'Credit losses' },
} as const satisfies Readonly<Record<string, ChartAccount>>;

const kinds = {
  capture: { text: 'コンテンツ代金の計上', textEn: 'Sales of content' },
  refund: { text: '返金（次回請求で相殺）', textEn: 'Refunds on invoices' },
  'bank-refund': { text: '返金（振込）の計上', textEn: 'Refunds by bank' },
  'refund-paid': { text: '返金の振込', textEn: 'Refunds transferred' },
  'refund-cancelled': { text: '返金の取消（未回収分）', textEn: 'Refunds cancelled: not collected' },
  'refund-reopened': { text: '返金の再計上（後日回収分）', textEn: 'Refunds reopened: collected later' },
  fee: { text: '収納代行手数料', textEn: 'Agency fee' },
  tax: { text: '収納代行手数料に係る消費税', textEn: 'Tax on the agency fee' },
  'set-up': { text: '初期費用', textEn: 'Set-up fee' },
  'set-up-tax': { text: '初期費用に係る消費税', textEn: 'Tax on the set-up fee' },
  'transfer-fee': { text: '振込手数料の差引', textEn: 'Transfer fee deducted' },
  payout: { text: '精算額の確定', textEn: 'Settlement approved' },
  'payout-sent': { text: '精算額の振込', textEn: 'Payout ordered' },
  'payout-returned': { text: '振込の組戻し・不能', textEn: 'Payout returned' },
  collected: { text: '回線請求の入金', textEn: 'Invoices collected' },
  'collected-back': { text: '入金の取消・充当', textEn: 'Collection reversed' },
  uncollected: { text: '未回収への振替', textEn: 'Invoices not collected' },
  'uncollected-back': { text: '未回収からの戻し', textEn: 'Uncollected reversed' },
  clawback: { text: '未回収分の控除', textEn: 'Clawback of uncollected amounts' },
  recovery: { text: '後日回収分の支払', textEn: 'Recovery of amounts collected later' },
  loss: { text: '貸倒損失の計上', textEn: 'Credit loss' },
  commission: { text: '取次手数料', textEn: 'Commission of a sales partner' },
  'commission-tax': { text: '取次手数料に係る消費税', textEn: 'Tax on the commission of a sales partner' },
  'loss-back': { text: '貸倒損失の戻し', textEn: 'Credit loss reversed' },
} as const satisfies Readonly<Record<string, ChartText>>;

export type ChartAccountName = keyof typeof accounts;
export type ChartKind = keyof typeof kinds;

/** How ledger accounts and kinds of entries are called in the carrier's books. */
export interface ChartOfAccounts {
  readonly accounts: Readonly<Record<ChartAccountName, ChartAccount>>;
  readonly kinds: Readonly<Record<ChartKind, ChartText>>;
}

const builtIn: ChartOfAccounts = { accounts, kinds };

type ReadChart = { readonly chart: ChartOfAccounts } | { readonly faults: readonly string[] };

/** The chart of a file, whose accounts and kinds replace the built-in ones of their names; the built-in one without a file. */
export function readChart(file: string | undefined): ReadChart {
  if (file === undefined) return { chart: builtIn };
  const parsed = parseFile(file);
  if (typeof parsed === 'string') return { faults: [`CHART_OF_ACCOUNTS ${parsed}`] };
  const unknown = Object.keys(parsed).filter((name) => name !== 'accounts' && name !== 'kinds');
  const faults = unknown.map((name) => `has ${name}, which is neither accounts nor kinds`);
  const ofAccounts = readMembers(parsed['accounts'], {
    of: 'accounts',
    builtIn: accounts,
    fields: ['code', 'name', 'nameEn'],
  });
  const ofKinds = readMembers(parsed['kinds'], { of: 'kinds', builtIn: kinds, fields: ['text', 'textEn'] });
  faults.push(...ofAccounts.faults, ...ofKinds.faults);
  if (faults.length > 0) return { faults: faults.map((fault) => `CHART_OF_ACCOUNTS ${fault}`) };
  return {
    chart: {
      accounts: { ...accounts, ...ofAccounts.members },
      kinds: { ...kinds, ...ofKinds.members },
    },
  };
}

/** Why a chart cannot be used, found at the start. */
export function findChartFaults(file: string | undefined): readonly string[] {
  const read = readChart(file);
  return 'faults' in read ? read.faults : [];
}

function parseFile(file: string): Readonly<Record<string, unknown>> | string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return 'must name a readable file .json';
  }
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : 'must have an object with accounts and kinds';
  } catch {
    return 'is no JSON';
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Members {
  readonly of: string;
  readonly builtIn: Readonly<Record<string, object>>;
  readonly fields: readonly string[];
}

const MAX_LENGTH = 60;

/** The members of one part, each with all of its fields. A misspelt one would silently leave the built-in account. */
function readMembers(part: unknown, { of, builtIn: known, fields }: Members) {
  if (part === undefined) return { members: {}, faults: [] };
  if (!isRecord(part)) return { members: {}, faults: [`${of} must be an object`] };
  const faults = Object.entries(part).flatMap(([name, member]) => {
    if (!Object.hasOwn(known, name)) return [`${of} has ${name}, which the ledger does not have`];
    if (!isRecord(member)) return [`${of}.${name} must be an object with ${fields.join(', ')}`];
    const wrong = fields.filter((field) => !isName(member[field]));
    const further = Object.keys(member).filter((field) => !fields.includes(field));
    return [
      ...wrong.map(
        (field) => `${of}.${name}.${field} must be a text of 1 to ${MAX_LENGTH} characters in one line`,
      ),
      ...further.map((field) => `${of}.${name} has ${field}, which is none of ${fields.join(', ')}`),
    ];
  });
  return { members: part, faults };
}

const isName = (value: unknown) =>
  typeof value === 'string' && value.trim() !== '' && value.length <= MAX_LENGTH && !/\p{Cc}/u.test(value);
