import { defineEntity, p } from '@mikro-orm/mariadb';
import type { CaseEventKind, CaseState } from './case.rules.ts';

export const CaseEventSchema = defineEntity({
  name: 'CaseEvent',
  tableName: 'case_event',
  properties: {
    caseNumber: p.character().length(13).primary(),
    sequence: p.smallint().unsigned().primary(),
    kind: p.string().length(10).$type<CaseEventKind>(),
    /** As `actorName` writes it. */
    author: p.string().length(100),
    /** The subscriber sees it; other rows are the carrier's own notes. */
    isPublic: p.boolean(),
    /** Of the case, afterwards. */
    state: p.string().length(20).$type<CaseState>(),
    text: p.string().length(2000).nullable(),
    /** The colleague it was given to, the other case, the enquiry to the company, or the line. */
    refersTo: p.string().length(100).nullable(),
    at: p.datetime(3),
  },
});

/** Something that happened to a case. Rows never change. */
export class CaseEvent extends CaseEventSchema.class {}
CaseEventSchema.setClass(CaseEvent);
