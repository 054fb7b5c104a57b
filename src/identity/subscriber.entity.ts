import { defineEntity, p } from '@mikro-orm/mariadb';
import type { Locale } from '../shared/money.ts';
import type { LeftAs } from './former-tenure.rules.ts';

export const SubscriberSchema = defineEntity({
  name: 'Subscriber',
  tableName: 'subscriber',
  properties: {
    id: p.integer().unsigned().primary().autoincrement(),
    issuedId: p.string().length(32),
    lineId: p.string().length(16),
    holderFrom: p.date(),
    slot: p.tinyint().unsigned().nullable(),
    displayName: p.string().length(60),
    /** TRUE or NULL: a unique key allows one holder a line. */
    isHolder: p.boolean().$type<true>().nullable(),
    /** The language of mails; unknown until the person chooses one on a page. */
    language: p.character().length(2).$type<Locale>().nullable(),
    passwordHash: p.string().length(255).nullable(),
    /** Issued by somebody else: has to be changed at the next sign-in on the person's own pages. */
    passwordTemporary: p.boolean().default(false),
    monthlyLimitMinor: p.bigint().nullable(),
    state: p.string().length(10).$type<'active' | 'ended'>(),
    createdAt: p.datetime(3),
    endedAt: p.datetime(3).nullable(),
    /** Only of an ID that ended because its line went to another holder. */
    leftAs: p.string().length(6).$type<LeftAs>().nullable(),
    /** Of the page on which an ID was asked for, which makes one however often it is posted. */
    issueKey: p.character().length(26).nullable(),
  },
});

/** A person with an issued ID on a line. */
export class Subscriber extends SubscriberSchema.class {}
SubscriberSchema.setClass(Subscriber);
