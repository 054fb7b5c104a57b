import { defineEntity, p } from '@mikro-orm/mariadb';

export const MailAddressSchema = defineEntity({
  name: 'MailAddress',
  tableName: 'mail_address',
  properties: {
    addressHash: p.character().length(64).primary(),
    state: p.string().length(10).$type<'ok' | 'bounced'>(),
    since: p.datetime(3),
    /** `smtp`: our own sender was told; `staff`: the carrier's mail system or people reported it. */
    reportedBy: p.string().length(10).$type<'smtp' | 'staff'>(),
    reason: p.string().length(300),
  },
});

/** What is known of an address that mails were sent to; an address without a row is fine. */
export class MailAddress extends MailAddressSchema.class {}
MailAddressSchema.setClass(MailAddress);
