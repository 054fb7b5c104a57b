import type { CellView, ColumnView, EmptyView } from '../../kit/component.types.ts';

/** What a line has much of: each part has a page of its own, and stands on the page of the line too. */
export const partNames = [
  'charges',
  'invoices',
  'subscriptions',
  'consents',
  'refunds',
  'cases',
  'mails',
  'history',
] as const;
export type PartName = (typeof partNames)[number];

/** The parts that have one amount each to filter by; all have dates. */
export const withAmount: ReadonlySet<PartName> = new Set(['charges', 'invoices', 'subscriptions', 'refunds']);

/** Rows of a part, ready to be shown. */
export interface PartTable {
  readonly columns: readonly ColumnView[];
  readonly rows: readonly (readonly CellView[])[];
  readonly empty: EmptyView;
}
