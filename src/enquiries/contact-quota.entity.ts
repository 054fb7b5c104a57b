import { defineEntity, p } from '@mikro-orm/mariadb';
import type { QuotaScope } from './contact-quota.rules.ts';

export const ContactQuotaSchema = defineEntity({
  name: 'ContactQuota',
  tableName: 'contact_quota',
  properties: {
    scope: p.string().length(12).$type<QuotaScope>().primary(),
    subject: p.string().length(40).primary(),
    startsAt: p.datetime(3).primary(),
    used: p.smallint().unsigned(),
  },
});

/** How many messages were written in a window of time, by a subscriber, about a purchase, to a company or by strangers. */
export class ContactQuota extends ContactQuotaSchema.class {}
ContactQuotaSchema.setClass(ContactQuota);
