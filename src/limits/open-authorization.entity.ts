import { defineEntity, p } from '@mikro-orm/mariadb';

export const OpenAuthorizationSchema = defineEntity({
  name: 'OpenAuthorization',
  tableName: 'open_authorization',
  properties: {
    lineId: p.string().length(16).primary(),
    holderFrom: p.date().primary(),
    chargeId: p.character().length(26).primary(),
    subscriberId: p.integer().unsigned().nullable(),
    amountMinor: p.bigint(),
  },
});

/** An authorization that is neither captured nor ended, by the tenure it was given on. */
export class OpenAuthorization extends OpenAuthorizationSchema.class {}
OpenAuthorizationSchema.setClass(OpenAuthorization);
