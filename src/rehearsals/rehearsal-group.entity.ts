import { defineEntity, p } from '@mikro-orm/mariadb';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

export const RehearsalGroupSchema = defineEntity({
  name: 'RehearsalGroup',
  tableName: 'rehearsal_group',
  properties: {
    rehearsalId: p.character().length(26).primary(),
    closingGroup: p.tinyint().unsigned().$type<ClosingGroup>().primary(),
    closesOn: p.date(),
    wasClosed: p.boolean(),
    invoiceCount: p.integer().unsigned(),
    itemCount: p.integer().unsigned(),
    /** Of the items: those that were on no invoice yet. */
    unbilledCount: p.integer().unsigned(),
    totalMinor: p.bigint(),
  },
});

/** A closing group in a rehearsal, as its close would prove it. */
export class RehearsalGroup extends RehearsalGroupSchema.class {}
RehearsalGroupSchema.setClass(RehearsalGroup);

export const RehearsalCompanyGroupSchema = defineEntity({
  name: 'RehearsalCompanyGroup',
  tableName: 'rehearsal_company_group',
  properties: {
    rehearsalId: p.character().length(26).primary(),
    companyId: p.integer().unsigned().primary(),
    closingGroup: p.tinyint().unsigned().$type<ClosingGroup>().primary(),
    itemCount: p.integer().unsigned(),
    /** After refunds. */
    totalMinor: p.bigint(),
    /** Of the month before; none where that is not settled. */
    beforeMinor: p.bigint().nullable(),
    isOutlier: p.boolean(),
  },
});

/** What a company sold in a closing group of a rehearsal. */
export class RehearsalCompanyGroup extends RehearsalCompanyGroupSchema.class {}
RehearsalCompanyGroupSchema.setClass(RehearsalCompanyGroup);
