import { defineEntity, p } from '@mikro-orm/mariadb';
import { daySums } from './daily-figure.entity.ts';

/** By business date, by calendar month, or by billing month with its closing groups. */
export const grains = ['day', 'month', 'period'] as const;

export type Grain = (typeof grains)[number];

/** What is kept: by grain, and of months also by company alone (and closing group), of which a year is some thousand rows. */
export const storedGrains = [...grains, 'c-month', 'c-period'] as const;

export type StoredGrain = (typeof storedGrains)[number];

export const ReportFigureSchema = defineEntity({
  name: 'ReportFigure',
  tableName: 'report_figure',
  properties: {
    grain: p.string().length(8).$type<StoredGrain>().primary(),
    /** The day, or the first of the month. */
    startsOn: p.date().primary(),
    companyId: p.integer().unsigned().primary(),
    serviceId: p.integer().unsigned().primary(),
    /** Of billing months; 0 for refunds by bank and for days and calendar months. */
    closingGroup: p.tinyint().unsigned().primary(),
    channel: p.string().length(20).primary(),
    tariffCode: p.string().length(32).primary(),
    partnerCode: p.string().length(32).primary(),
    ...daySums,
    /** Refunds of what was sold then, whenever they were booked; none for billing months. */
    returnedCount: p.integer().unsigned(),
    returnedMinor: p.bigint(),
    joinedCount: p.integer().unsigned(),
    leftCount: p.integer().unsigned(),
    /** When the day, or the last added up day of the month, ended. */
    activeCount: p.integer().unsigned(),
  },
});

/** Sums that reports read. */
export class ReportFigure extends ReportFigureSchema.class {}
ReportFigureSchema.setClass(ReportFigure);
