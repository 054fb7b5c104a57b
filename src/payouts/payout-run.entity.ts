import { defineEntity, p } from '@mikro-orm/mariadb';
import type { PayoutRunState } from './payout.rules.ts';
import type { PainParty } from './pain-file.rules.ts';
import type { ZenginOriginator } from './zengin-file.rules.ts';

export const PayoutRunSchema = defineEntity({
  name: 'PayoutRun',
  tableName: 'payout_run',
  properties: {
    id: p.character().length(26).primary(),
    /** The day of the transfers and two digits: `2026113001`. */
    number: p.character().length(10),
    preparedOn: p.date(),
    payOn: p.date(),
    state: p.string().length(8).$type<PayoutRunState>(),
    payoutCount: p.integer().unsigned(),
    totalMinor: p.bigint(),
    /** The account that pays, as it was when the run was prepared; its kind is that of the file. */
    originator: p.json().$type<ZenginOriginator | PainParty>(),
    approvalId: p.character().length(26).nullable(),
    /** The business date on which the file was written. */
    sentOn: p.date().nullable(),
    /** SHA-256 of the file, in hexadecimal. */
    checksum: p.character().length(64).nullable(),
    writtenAt: p.datetime(3).nullable(),
    preparedBy: p.string().length(100),
    createdAt: p.datetime(3),
  },
});

/** The transfers of one payout file, all on one day. It is sent once and never changes after. */
export class PayoutRun extends PayoutRunSchema.class {}
PayoutRunSchema.setClass(PayoutRun);
