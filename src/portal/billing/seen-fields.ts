import { countField, type Field } from '../kit/form-fields.ts';

/** The sum that the page showed, in minor units, as its form sends it back. */
const sumField: Field<bigint> = {
  label: 'billing.settlements.payout-sum',
  read: (text) =>
    /^\d{1,15}$/.test(text) ? { value: BigInt(text) } : { fault: { key: 'kit.fault.missing' } },
};

/** How many settlements the page showed, and what their payouts come to: the form of a month does that, or nothing. */
export const seenFields = {
  count: countField('billing.settlements.count', { min: 1, max: 999_999 }),
  payout: sumField,
};
