import { defineEntity, p } from '@mikro-orm/mariadb';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import type { CollectionState } from './collection-state.rules.ts';

export const InvoiceCollectionSchema = defineEntity({
  name: 'InvoiceCollection',
  tableName: 'invoice_collection',
  properties: {
    invoiceNumber: p.string().length(24).primary(),
    billingPeriod: p.character().length(7),
    closingGroup: p.tinyint().unsigned().$type<ClosingGroup>(),
    totalMinor: p.bigint(),
    state: p.string().length(11).$type<CollectionState>(),
    collectedMinor: p.bigint(),
    uncollectedMinor: p.bigint(),
    /** How many different result rows the invoice has. */
    resultCount: p.smallint().unsigned(),
    /** The business date of the last change. */
    changedOn: p.date(),
  },
});

/** How far a numbered invoice is collected, as its results say; none for an invoice without a result (`billed`). */
export class InvoiceCollection extends InvoiceCollectionSchema.class {}
InvoiceCollectionSchema.setClass(InvoiceCollection);
