import { defineEntity, p } from '@mikro-orm/mariadb';
import type { SoldKind } from '../shared/public-id.rules.ts';
import type { CaseOutcome, CaseState } from './case.rules.ts';

export const SupportCaseSchema = defineEntity({
  name: 'SupportCase',
  tableName: 'support_case',
  properties: {
    /** For people: `C-2026-000123`. */
    number: p.character().length(13).primary(),
    kind: p.string().length(24).$type<'unrecognised-purchase'>(),
    subjectKind: p.string().length(12).$type<SoldKind>(),
    subjectId: p.character().length(26),
    companyId: p.integer().unsigned(),
    serviceId: p.integer().unsigned(),
    /** Who reported it. */
    subscriberId: p.integer().unsigned(),
    lineId: p.string().length(16),
    holderFrom: p.date(),
    state: p.string().length(20).$type<CaseState>(),
    /** Of the support centre, as `actorName` writes it. */
    assignedTo: p.string().length(100).nullable(),
    outcome: p.string().length(12).$type<CaseOutcome>().nullable(),
    openedAt: p.datetime(3),
    closedAt: p.datetime(3).nullable(),
    /** True until it is closed, else null: a purchase has one open case at most. Written by the table. */
    isOpen: p.boolean().nullable().persist(false),
  },
});

/** A case at the support centre about one purchase. */
export class SupportCase extends SupportCaseSchema.class {}
SupportCaseSchema.setClass(SupportCase);
