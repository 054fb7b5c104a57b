import { defineEntity, p } from '@mikro-orm/mariadb';
import type { Audience } from '../access/audience.ts';

export const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    idHash: p.character().length(64).primary(),
    content: p.json().$type<Record<string, unknown>>(),
    expiresAt: p.datetime(3),
    audience: p.string().length(10).$type<Audience>(),
    /** Of a session of the audience `subscriber`; others name an account. */
    subscriberId: p.integer().unsigned().nullable(),
    accountId: p.integer().unsigned().nullable(),
    createdAt: p.datetime(3),
    lastSeenAt: p.datetime(3),
    address: p.string().length(45).nullable(),
    userAgent: p.string().length(255).nullable(),
  },
});

/** A browser session, found by the hash of its cookie. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);
