import { frame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import { addressee } from '../pdf/addressee.rules.ts';
import { formatPercent } from '../../src/shared/average.rules.ts';
import type { Drawing } from './layout.ts';
import { drawTableSection } from './section-table.ts';
import { formatAmount, formatRange } from './statement.format.ts';
import type { Statement } from './statement.types.ts';
import { columns, invoiceContent, labels, sentences, setUpContent, writeInvoiceNumbers } from './wording.ts';

interface Supply {
  readonly content: string;
  readonly exTaxMinor: bigint;
  readonly taxMinor: bigint;
}

/** What the carrier supplied with tax: the fee unless it is exempt, and the set-up fee. */
export function listSupplies(statement: Statement): Supply[] {
  const { fee, setUp, language } = statement;
  return [
    ...(fee.taxable ? [{ ...fee, content: invoiceContent(statement) }] : []),
    ...(setUp.exTaxMinor > 0n ? [{ ...setUp, content: setUpContent[language] }] : []),
  ];
}

/** Issuer with registration number, and recipient, as a qualified invoice names them (domain.md section 5). */
export function nameParties({ issuer, recipient, language }: Statement): string {
  const words = sentences[language];
  const to = language === 'ja' ? addresseeOf(recipient.name) : recipient.name;
  const number = `${words.registration} ${issuer.registrationNumber}`;
  const from = language === 'ja' ? `${issuer.name}（${number}）` : `${issuer.name} (${number})`;
  return `${words.issuer} ${from}　${words.recipient} ${to}`;
}

/** A company is addressed 御中 whatever its name is. */
export function addresseeOf(name: string): string {
  return addressee(name, 'ja').endsWith('御中') ? addressee(name, 'ja') : `${name}　御中`;
}

/**
 * The carrier's own qualified invoices for what it supplied with tax, if anything: parties, period of supply, content, total and tax
 * of the rate (domain.md section 5). The standard rate applies. Each row is an invoice: its tax is rounded once.
 */
export function drawInvoiceBlock(drawing: Drawing): void {
  const { statement, layout } = drawing;
  const supplies = listSupplies(statement);
  if (supplies.length === 0) return;
  const { fee, language } = statement;
  const period = formatRange(statement.periodFrom, statement.periodTo, language);
  drawTableSection(drawing, {
    title: labels.invoice,
    note: nameParties(statement) + writeInvoiceNumbers(statement),
    columns: [
      { label: columns.supplyPeriod, width: 128, align: 'left' },
      { label: columns.content, width: 118, align: 'left' },
      { label: columns.taxRate, width: 46, align: 'right' },
      { label: columns.exTax, width: 74, align: 'right' },
      { label: columns.tax, width: 60, align: 'right' },
      { label: columns.inclTax, width: frame.width - 426, align: 'right' },
    ],
    rows: supplies.map(({ content, exTaxMinor, taxMinor }) => ({
      height: layout.rowHeight,
      cells: [
        { text: period, style: textStyles.small },
        { text: content },
        { text: formatPercent(fee.taxRateBps) },
        { text: formatAmount(exTaxMinor) },
        { text: formatAmount(taxMinor) },
        { text: formatAmount(exTaxMinor + taxMinor), style: textStyles.strong },
      ],
    })),
    sums: [],
  });
}
