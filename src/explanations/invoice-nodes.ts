import type { Actor } from '../access/actor.ts';
import type { Owned } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { nameForReader } from '../personal-data/personal-data.queries.ts';
import { Problem } from '../shared/problem.ts';
import { checkEquation, compareFigures, sumOf } from './evaluate-equation.rules.ts';
import { pathTo, type FigureAddress, type InvoiceAddress, type InvoiceRate } from './figure-address.rules.ts';
import {
  money,
  rateOf,
  type Equation,
  type FigureBody,
  type FigureNode,
  type Operand,
} from './figure-node.types.ts';
import {
  getExplainedInvoice,
  listInvoiceRates,
  listInvoiceRows,
  listSuppliers,
  type ExplainedInvoice,
} from './explained-invoice.queries.ts';
import { findRunAt } from './producing-run.queries.ts';

/** Explains a figure of a numbered line invoice. @throws Problem `invoice-not-found`, `not-found` */
export async function explainInvoiceFigure(
  deps: Deps,
  owned: Owned,
  { address, reader }: { readonly address: InvoiceAddress; readonly reader: Actor },
): Promise<FigureNode> {
  const invoice = await getExplainedInvoice(deps, owned, address.number);
  const { number, billingPeriod: period, closingGroup, lineId, holderFrom, closedAt } = invoice;
  const { holder: name } = invoice;
  const holder = name === null ? null : await nameForReader(deps, reader, { lineId, holderFrom, name });
  const body = await explainBody(deps, invoice, address);
  const run = closedAt ? await findRunAt(deps, { job: 'close-periods', at: closedAt }) : undefined;
  return {
    address,
    path: pathTo(address),
    subject: { of: 'invoice', number, period, closingGroup, lineId, holder },
    run,
    ...body,
  };
}

function explainBody(deps: Deps, invoice: ExplainedInvoice, address: InvoiceAddress): Promise<FigureBody> {
  switch (address.figure) {
    case 'total':
      return explainInvoice(deps, invoice);
    case 'supplier':
      return explainSupplier(deps, invoice, address.companyId);
    case 'tax':
      return explainTax(deps, invoice, address);
    default:
      return address satisfies never;
  }
}

/** The total: the net of each company on it. The tax per rate is in it, and is linked besides. */
async function explainInvoice(deps: Deps, invoice: ExplainedInvoice): Promise<FigureBody> {
  const { number } = invoice;
  const suppliers = await listSuppliers(deps, invoice);
  const rates = await listInvoiceRates(deps, invoice);
  const value = money(invoice.totalMinor);
  const equation = sumOf(
    suppliers.map(({ companyId, totalMinor, ...company }) => ({
      label: { name: 'supplier', company },
      value: money(totalMinor),
      address: { of: 'invoice', number, figure: 'supplier', companyId },
    })),
  );
  return {
    label: { name: 'invoice' },
    value,
    equation,
    check: checkEquation(value, equation),
    rule: { name: 'invoice' },
    further: rates.map((rate) => ({ label: taxLabel(rate), address: taxAddress(number, rate) })),
  };
}

/** What one company has on the invoice: its charges less its refunds. */
async function explainSupplier(
  deps: Deps,
  invoice: ExplainedInvoice,
  companyId: number,
): Promise<FigureBody> {
  const suppliers = await listSuppliers(deps, invoice);
  const supplier = suppliers.find((own) => own.companyId === companyId);
  if (!supplier) throw new Problem('not-found');
  const { totalMinor, code, name, nameEn } = supplier;
  const rows = await listInvoiceRows(deps, invoice, companyId);
  const value = money(totalMinor);
  return {
    label: { name: 'supplier', company: { code, name, nameEn } },
    value,
    check: compareFigures(value, money(rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n))),
    rule: { name: 'supplier' },
    rows: { rows },
  };
}

/** The tax contained in the total of a rate: once per invoice, supplier status and rate, towards zero. */
async function explainTax(deps: Deps, invoice: ExplainedInvoice, key: InvoiceRate): Promise<FigureBody> {
  const rates = await listInvoiceRates(deps, invoice);
  const rate = rates.find(
    (own) =>
      own.supplierStatus === key.supplierStatus &&
      own.taxCode === key.taxCode &&
      own.taxRateBps === key.taxRateBps,
  );
  if (!rate) throw new Problem('not-found');
  const bps = rate.taxRateBps;
  const base: Operand = {
    sign: '+',
    label: { ...taxLabel(rate), name: 'rate-total' },
    value: money(rate.totalMinor),
    address: { of: 'invoice', number: invoice.number, figure: 'total' },
  };
  const equation: Equation = {
    operands: [
      base,
      { sign: '×', label: { name: 'tax-rate' }, value: rateOf(bps) },
      { sign: '÷', label: { name: 'tax-rate' }, value: rateOf(10_000 + bps) },
    ],
    isFloored: true,
  };
  const value = money(rate.taxMinor);
  // A negative total has the tax of the positive one, negated.
  const isNegative = rate.totalMinor < 0n;
  const positive = {
    operands: [{ ...base, value: money(-rate.totalMinor) }, ...equation.operands.slice(1)],
    isFloored: true,
  };
  const check = isNegative ? checkEquation(money(-rate.taxMinor), positive) : checkEquation(value, equation);
  return { label: taxLabel(rate), value, equation, check, rule: { name: 'invoice-tax' } };
}

const taxLabel = ({ supplierStatus, taxCode, taxRateBps }: InvoiceRate) =>
  ({ name: 'invoice-tax', supplierStatus, tax: { code: taxCode, rateBps: taxRateBps } }) as const;

function taxAddress(number: string, rate: InvoiceRate): FigureAddress {
  const { supplierStatus, taxCode, taxRateBps } = rate;
  return { of: 'invoice', number, figure: 'tax', supplierStatus, taxCode, taxRateBps };
}
