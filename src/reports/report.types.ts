import type { Grain } from './report-figure.entity.ts';

export type { Grain };

export const reportNames = ['sales', 'fees', 'losses', 'collection', 'subscriptions'] as const;

/** Sales and refunds; fees of settlements; clawbacks and recoveries; what the carrier collected; subscriptions. */
export type ReportName = (typeof reportNames)[number];

export const dimensions = ['company', 'service', 'channel', 'tariff', 'partner', 'group'] as const;

/** By what a report divides its sums; `group` is the closing group, of billing months only. */
export type Dimension = (typeof dimensions)[number];

/** Which days or months a report is of. */
export interface ReportRange {
  readonly grain: Grain;
  /** The first day, or the first day of the first month. */
  readonly from: string;
  /** The last day, or the first day of the last month. */
  readonly through: string;
}

/** What a report is about. */
export interface ReportScope extends ReportRange {
  readonly report: ReportName;
  /** One company; all that the actor may see by default. */
  readonly companyCode?: string | undefined;
}

/** Sums by the name of their column. Amounts are in minor units. */
export type ReportSums = Readonly<Record<string, bigint>>;

/** The sums of a day or month. */
export interface ReportStart {
  readonly startsOn: string;
  readonly sums: ReportSums;
}

/** The sums of a company, a service, a channel… */
export interface ReportRow {
  /** The identifier or code; empty where none is known. */
  readonly key: string;
  /** Of companies and services. */
  readonly code: string | null;
  readonly name: string | null;
  readonly nameEn: string | null;
  /** Of a service: its company. */
  readonly companyName: string | null;
  readonly companyNameEn: string | null;
  readonly sums: ReportSums;
}

/** Where the next rows begin: after this sum and key. */
export interface ReportCursor {
  readonly sum: bigint;
  readonly key: string;
}

/** Which rows of a report: the largest first. */
export interface ReportPage {
  readonly by: Dimension;
  readonly limit: number;
  readonly after?: ReportCursor | undefined;
  /** These alone, to compare them. */
  readonly keys?: readonly string[] | undefined;
}
