import { apiFields, completeObject } from '../api/field-schemas.ts';

const minor = (description: string) => ({ type: 'integer', description }) as const;
const month = { type: 'string', pattern: '^\\d{4}-\\d{2}$' } as const;
const date = { type: 'string', format: 'date' } as const;

const figures = {
  number: { type: 'string', description: 'Number of the settlement, as on its statement.' },
  billing_period: { ...month, description: 'Month that is settled.' },
  state: {
    enum: ['approved', 'paid'],
    description: '`approved`: final. `paid`: final, and the bank has made the transfer.',
  },
  settled_on: { ...date, description: 'Date of the settlement.' },
  approved_at: { ...apiFields.maybeInstant, description: 'When it was approved.' },
  currency: apiFields.currency,
  billed: minor('Charges that were billed.'),
  refunded: minor('Refunds that are deducted.'),
  lines: minor('Distinct lines that were billed.'),
  items: minor('Charges that count for the fee.'),
  fee_branch: {
    enum: ['minimum', 'percent', 'band'],
    description:
      'Which part of the tariff sets the fee: `minimum` per line, `percent` of the total, or `band` of the average per line or of the items.',
  },
  fee: minor('Our fee before tax.'),
  fee_tax: minor('Consumption tax on the fee.'),
  fee_tax_rate_bps: minor('Tax rate of the fee, in basis points (1000 is 10%).'),
  set_up_fee: minor('Set-up fee of the contract before tax, if this settlement bills it; otherwise 0.'),
  set_up_fee_tax: minor('Consumption tax on the set-up fee.'),
  clawback_total: minor('Amounts that lines did not pay, deducted from this settlement.'),
  recovery_total: minor('Amounts deducted earlier that were paid after all, added to this settlement.'),
  transfer_fee: minor(
    'Transfer fee that is deducted from the payout; 0 if we bear it or nothing is paid out.',
  ),
  carried_in: minor('Balance of the months before.'),
  carried_out: minor(
    'Balance that the next month takes over: negative if you owe it, positive below the minimum payout.',
  ),
  payout: minor('Amount that is paid out.'),
  payout_on: { ...date, description: 'Date on which the payout is due.' },
  payout_held: {
    type: 'boolean',
    description: 'Whether the payout waits because it is held; ask the carrier.',
  },
} as const;

/** Only of settlements that have one. */
const commission = {
  partner_commission: minor(
    'What you pay of the commissions of your sales partners, tax included. Absent if there is none.',
  ),
} as const;

export const settlementSchema = {
  ...completeObject('Settlement', figures),
  properties: { ...figures, ...commission },
} as const;

const transferSchema = completeObject('Transfer', {
  state: {
    enum: ['sent', 'settled', 'returned'],
    description:
      '`sent`: ordered from the bank. `settled`: the bank has made it. `returned`: the account did not take it; it is paid again once the account is corrected.',
  },
  amount: minor('Amount of the transfer.'),
  pay_on: { ...date, description: 'Date for which it is ordered.' },
  result_on: { ...apiFields.maybeDate, description: 'When the bank made or returned it.' },
});

const clawbackSchema = completeObject('Clawback', {
  kind: {
    enum: ['clawback', 'recovery'],
    description: '`clawback`: lines did not pay it. `recovery`: they paid it after all.',
  },
  billing_period: { ...month, description: 'Billing period of the charges.' },
  amount: minor('Sum of the amounts, above zero.'),
});

const details = {
  ...figures,
  transfers: {
    type: 'array',
    items: transferSchema,
    description: 'Transfers of the payout, the oldest first. Empty until one is ordered.',
  },
  clawbacks: {
    type: 'array',
    items: clawbackSchema,
    description: 'What `clawback_total` and `recovery_total` are made of, by month of the charges.',
  },
} as const;

export const settlementDetailsSchema = {
  ...completeObject('SettlementDetails', details),
  properties: { ...details, ...commission },
} as const;

export const settlementListSchema = completeObject('SettlementList', {
  items: { type: 'array', items: settlementSchema, description: 'Items of the page, newest first.' },
  next: {
    type: ['string', 'null'],
    pattern: '^\\d{4}-\\d{2}$',
    description: 'Cursor of the next page: send it as `after`. Null on the last page.',
  },
});

const lineSchema = completeObject('SettlementLine', {
  kind: {
    enum: ['charge', 'refund', 'bank'],
    description:
      '`charge`: charges that were billed. `refund`: refunds deducted from bills of lines. `bank`: refunds paid to accounts.',
  },
  service: apiFields.code,
  original_period: {
    type: ['string', 'null'],
    pattern: '^\\d{4}-\\d{2}$',
    description: 'Of refunds, the billing period of their charges. Null for charges.',
  },
  tax_code: apiFields.taxCode,
  tax_rate_bps: minor('Tax rate, in basis points (1000 is 10%).'),
  lines: minor('Distinct lines.'),
  items: minor('Charges or refunds.'),
  total: minor('Sum of the amounts including tax; negative for refunds.'),
});

export const settlementLinesSchema = completeObject('SettlementLines', {
  settlement: { ...figures.number, description: 'Settlement that the lines are of.' },
  items: {
    type: 'array',
    items: lineSchema,
    description: 'All lines: charges first, then refunds by the month of their charges.',
  },
});
