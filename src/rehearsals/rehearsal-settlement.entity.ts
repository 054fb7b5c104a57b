import { defineEntity, p } from '@mikro-orm/mariadb';
import type { FeeBranch } from '../settlements/fee.rules.ts';
import type { RehearsedOutcome, WrittenFigures } from './rehearsed-figures.rules.ts';

export const RehearsalSettlementSchema = defineEntity({
  name: 'RehearsalSettlement',
  tableName: 'rehearsal_settlement',
  properties: {
    rehearsalId: p.character().length(26).primary(),
    companyId: p.integer().unsigned().primary(),
    outcome: p.string().length(12).$type<RehearsedOutcome>(),
    reason: p.string().length(300).nullable(),
    /** Amounts as text. */
    figures: p.json().$type<WrittenFigures>().nullable(),
    /** T, and that of the month before; none where that is not settled. */
    totalMinor: p.bigint().nullable(),
    beforeMinor: p.bigint().nullable(),
    branchBefore: p.string().length(10).$type<FeeBranch>().nullable(),
    /** Names of outliers, separated by spaces. */
    outliers: p.string().length(60),
    outlierCount: p.tinyint().unsigned(),
  },
});

/** What the settlement of a company would be in a rehearsal. */
export class RehearsalSettlement extends RehearsalSettlementSchema.class {}
RehearsalSettlementSchema.setClass(RehearsalSettlement);
