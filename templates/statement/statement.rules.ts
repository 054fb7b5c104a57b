import type { Statement } from './statement.types.ts';

/** The sum the fee is calculated from: billed less refunded, tax included. */
export function feeBaseMinor(statement: Statement): bigint {
  return statement.billedMinor - statement.refundedMinor;
}

/** The set-up fee is an invoice of its own, because its tax is rounded by itself and an invoice rounds once for a rate. */
export const setUpInvoiceNumber = (statementNumber: string): string => `${statementNumber}-SETUP`;

/**
 * Refuses to print a statement whose figures contradict each other (invariant 4 of the design): a wrong
 * figure on a qualified invoice can only be corrected by a new invoice.
 *
 * @throws Error naming the sum that does not add up; it is a bug of the caller.
 */
export function assertConsistent(statement: Statement): void {
  const { fee, setUp, clawbacks } = statement;
  const adjustedMinor = sum(statement.adjustments, (adjustment) => adjustment.amountMinor);
  const clawedBackMinor = sum(clawbacks, ({ kind, amountMinor }) =>
    kind === 'clawback' ? amountMinor : -amountMinor,
  );
  const dueMinor =
    feeBaseMinor(statement) -
    (fee.exTaxMinor + fee.taxMinor + setUp.exTaxMinor + setUp.taxMinor) -
    clawedBackMinor -
    statement.transferFeeMinor +
    adjustedMinor +
    statement.carriedInMinor;
  assertEqual(statement, 'payout and carried balance', {
    expected: dueMinor,
    actual: statement.payoutMinor + statement.carriedOutMinor,
  });
  for (const [what, rows] of [
    ['refunds', statement.refunds],
    ['tax rates of refunds', statement.refundRates],
  ] as const) {
    const actual = sum<{ readonly totalMinor: bigint }>(rows, (row) => row.totalMinor);
    assertEqual(statement, what, { expected: statement.refundedMinor, actual });
  }
  assertEqual(statement, 'services', {
    expected: statement.billedMinor,
    actual: sum(statement.settlementLines, (line) => line.totalMinor),
  });
  assertEqual(statement, 'tax rates', {
    expected: statement.billedMinor,
    actual: sum(statement.rateTotals, (total) => total.totalMinor),
  });
  if (!fee.taxable && fee.taxMinor !== 0n)
    throw new Error(`Statement ${statement.number} taxes an exempt fee`);
  if (statement.payoutMinor < 0n) throw new Error(`Statement ${statement.number} pays out a negative amount`);
  if (statement.payoutMinor > 0n && statement.payoutDate === null) {
    throw new Error(`Statement ${statement.number} has a payout without a date`);
  }
}

/** @throws Error when a printed sum is wrong. */
export function assertEqual(
  statement: Statement,
  what: string,
  sums: { expected: bigint; actual: bigint },
): void {
  if (sums.expected === sums.actual) return;
  throw new Error(
    `Statement ${statement.number}: ${what} give ${sums.actual}, but ${sums.expected} was expected`,
  );
}

function sum<T>(rows: readonly T[], amount: (row: T) => bigint): bigint {
  return rows.reduce((total, row) => total + amount(row), 0n);
}
