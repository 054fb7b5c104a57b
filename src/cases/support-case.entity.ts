import { defineEntity, p } from '@mikro-orm/mariadb';
import type { SoldKind } from '../shared/public-id.rules.ts';
import type { CaseKind } from './case-kinds.rules.ts';
import type { CaseOutcome, CaseQueue, CaseState } from './case.rules.ts';

export const SupportCaseSchema = defineEntity({
  name: 'SupportCase',
  tableName: 'support_case',
  properties: {
    /** For people: `C-2026-000123`. */
    number: p.character().length(13).primary(),
    kind: p.string().length(24).$type<CaseKind>(),
    /** The purchase with its company; null: a case about the line in general. */
    subjectKind: p.string().length(12).$type<SoldKind>().nullable(),
    subjectId: p.character().length(26).nullable(),
    companyId: p.integer().unsigned().nullable(),
    serviceId: p.integer().unsigned().nullable(),
    /** Who reported it; null: the holder of the line, without an issued ID. */
    subscriberId: p.integer().unsigned().nullable(),
    /** Null until a person finds out whose mail it is. */
    lineId: p.string().length(16).nullable(),
    holderFrom: p.date().nullable(),
    state: p.string().length(20).$type<CaseState>(),
    /** Of the support centre, as `actorName` writes it. */
    assignedTo: p.string().length(100).nullable(),
    outcome: p.string().length(12).$type<CaseOutcome>().nullable(),
    openedAt: p.datetime(3),
    closedAt: p.datetime(3).nullable(),
    /** The case that has it now; of outcome `merged` alone. */
    mergedInto: p.character().length(13).nullable(),
    /** Until when somebody has to answer (answer-due.rules.ts); null in cases of before there was a rule. */
    answerDueAt: p.datetime(3).nullable(),
    /** The first answer that the reporter sees, and whose it was. */
    answeredAt: p.datetime(3).nullable(),
    answeredBy: p.string().length(100).nullable(),
    /** Until when the company should answer. */
    companyDueAt: p.datetime(3).nullable(),
    /** Its place in the queue, and until when something has to happen. Written by the table. */
    queue: p.string().length(8).$type<CaseQueue>().nullable().persist(false),
    dueAt: p.datetime(3).nullable().persist(false),
    /** True until it is closed, else null: a purchase has one open case at most. Written by the table. */
    isOpen: p.boolean().nullable().persist(false),
  },
});

/** A case at the support centre: about a purchase, or about a line in general. */
export class SupportCase extends SupportCaseSchema.class {}
SupportCaseSchema.setClass(SupportCase);
