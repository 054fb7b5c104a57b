import { defineEntity, p } from '@mikro-orm/mariadb';

/** The sums that a day, and a row of it, has. Amounts are in minor units and never negative. */
export const daySums = {
  chargeCount: p.integer().unsigned(),
  chargedMinor: p.bigint(),
  refundCount: p.integer().unsigned(),
  refundedMinor: p.bigint(),
  clawbackMinor: p.bigint(),
  recoveredMinor: p.bigint(),
} as const;

export const DailyFigureSchema = defineEntity({
  name: 'DailyFigure',
  tableName: 'daily_figure',
  properties: {
    bookedOn: p.date().primary(),
    companyId: p.integer().unsigned().primary(),
    serviceId: p.integer().unsigned().primary(),
    /** The business date of the charges; of refunds and clawbacks often an earlier one. */
    soldOn: p.date().primary(),
    billingPeriod: p.character().length(7).primary(),
    /** 0 for refunds by bank. */
    closingGroup: p.tinyint().unsigned().primary(),
    /** The platform of the service when the day was added up; empty where none is known. */
    channel: p.string().length(20),
    /** Of the contract that was in force when the charges were sold. */
    tariffCode: p.string().length(32),
    /** Empty until partners sell. */
    partnerCode: p.string().length(32).primary(),
    ...daySums,
  },
});

/** What a service sold, refunded and lost on a business date, by the day on which it had been sold. */
export class DailyFigure extends DailyFigureSchema.class {}
DailyFigureSchema.setClass(DailyFigure);

export const DailyTotalSchema = defineEntity({
  name: 'DailyTotal',
  tableName: 'daily_total',
  properties: {
    businessDate: p.date().primary(),
    ...daySums,
    /** The night that added it up. */
    runDate: p.date(),
    addedUpAt: p.datetime(3),
    /** Whether the figures that reports read have it. */
    isSummed: p.boolean(),
  },
});

/** A business date that is added up. */
export class DailyTotal extends DailyTotalSchema.class {}
DailyTotalSchema.setClass(DailyTotal);
