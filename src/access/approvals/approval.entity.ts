import { defineEntity, p } from '@mikro-orm/mariadb';

export const ApprovalSchema = defineEntity({
  name: 'Approval',
  tableName: 'approval',
  properties: {
    id: p.character().length(26).primary(),
    kind: p.string().length(40),
    subject: p.string().length(80),
    input: p.json().$type<Record<string, unknown>>(),
    /** What the proposal would change, as the proposer saw it. */
    changes: p.json().$type<Record<string, unknown>>(),
    /** SHA-256 of the subject as it was when this was proposed. */
    subjectHash: p.character().length(64),
    reason: p.string().length(300),
    state: p.string().length(10).$type<'pending' | 'executed' | 'rejected' | 'expired' | 'void'>(),
    maker: p.string().length(100),
    proposedAt: p.datetime(3),
    expiresAt: p.datetime(3),
    checker: p.string().length(100).nullable(),
    decidedAt: p.datetime(3).nullable(),
    note: p.string().length(300).nullable(),
    /** True while it waits, else null: of one kind and subject one waits at most. Written by the table. */
    isPending: p.boolean().nullable().persist(false),
  },
});

/** Something one person proposed and another has to approve. */
export class Approval extends ApprovalSchema.class {}
ApprovalSchema.setClass(Approval);
