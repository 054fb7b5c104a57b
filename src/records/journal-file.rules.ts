import type { ChartAccount, ChartOfAccounts } from '../../config/chart-of-accounts.ts';
import type { Cell } from '../shared/csv.ts';
import type { Locale } from '../shared/money.ts';
import type { JournalAccount, JournalSum } from './journal.queries.ts';

const heads = {
  ja: [
    '取引日',
    '借方科目コード',
    '借方科目',
    '借方補助',
    '貸方科目コード',
    '貸方科目',
    '貸方補助',
    '借方金額',
    '貸方金額',
    '件数',
    '摘要',
  ],
  en: [
    'date',
    'debit account',
    'debit name',
    'debit sub-account',
    'credit account',
    'credit name',
    'credit sub-account',
    'debit amount',
    'credit amount',
    'entries',
    'text',
  ],
} as const;

/** The names of the columns. */
export const journalHead = (language: Locale): readonly string[] => heads[language];

/** A row of the journal in the accounts of a chart. @throws Error for an account or kind that the chart does not have */
export function journalRow(sum: JournalSum, chart: ChartOfAccounts, language: Locale): readonly Cell[] {
  const [debit, credit] = [accountOf(chart, sum.debit), accountOf(chart, sum.credit)];
  const kind = (chart.kinds as Readonly<Record<string, ChartOfAccounts['kinds']['capture']>>)[sum.kind];
  if (!kind) throw new Error(`the chart of accounts has no kind ${sum.kind}`);
  const nameOf = (account: ChartAccount) => (language === 'ja' ? account.name : account.nameEn);
  return [
    sum.businessDate,
    debit.code,
    nameOf(debit),
    sum.debit.companyCode,
    credit.code,
    nameOf(credit),
    sum.credit.companyCode,
    sum.amountMinor,
    sum.amountMinor,
    sum.count,
    language === 'ja' ? kind.text : kind.textEn,
  ];
}

function accountOf(chart: ChartOfAccounts, { kind }: JournalAccount): ChartAccount {
  const account = (chart.accounts as Readonly<Record<string, ChartAccount>>)[kind];
  if (!account) throw new Error(`the chart of accounts has no account ${kind}`);
  return account;
}

/** What was debited and credited, account by account, and how many rows and entries there are. */
export class JournalTotals {
  #debitMinor = 0n;
  #creditMinor = 0n;
  #entries = 0;

  add(row: readonly Cell[]): void {
    this.#debitMinor += BigInt(row[7] ?? 0);
    this.#creditMinor += BigInt(row[8] ?? 0);
    this.#entries += Number(row[9] ?? 0);
  }

  /** The last line: debits are credits, and a file without it is cut. */
  lastRow(rowCount: number, language: Locale): readonly Cell[] {
    const rows = language === 'ja' ? `合計${rowCount}行` : `${rowCount} rows in total`;
    return [
      rows,
      null,
      null,
      null,
      null,
      null,
      null,
      this.#debitMinor,
      this.#creditMinor,
      this.#entries,
      null,
    ];
  }
}
