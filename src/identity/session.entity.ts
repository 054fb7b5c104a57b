import { defineEntity, p } from '@mikro-orm/mariadb';

export const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    idHash: p.character().length(64).primary(),
    content: p.json().$type<Record<string, unknown>>(),
    expiresAt: p.datetime(3),
  },
});

/** A browser session, found by the hash of its cookie. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);
