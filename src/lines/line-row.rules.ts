import { isDate, parseClosingGroup, type ClosingGroup } from '../shared/calendar.rules.ts';

/** Where a row stands in its file. */
export interface RowPlace {
  /** 1 for the first row below the header. */
  readonly row: number;
  /** Line on which it begins, as an editor counts. Line breaks within quotes put it ahead of the row. */
  readonly line: number;
}

/** One good row of the line master file: a line, and one tenure of it. */
export interface LineRow extends RowPlace {
  readonly lineId: string;
  readonly closingGroup: ClosingGroup;
  readonly status: LineStatus;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly holder: string;
  readonly birthDate: string | null;
  readonly email: string | null;
}

export type LineStatus = 'active' | 'suspended' | 'closed';

/** Why a row was not taken. The codes are stable, the reasons are for people. */
export interface RowFault {
  readonly code: RowFaultCode;
  readonly reason: string;
}

export type RowFaultCode =
  | 'birth-date-invalid'
  | 'closing-group-invalid'
  | 'column-count'
  | 'contradicts-row'
  | 'email-invalid'
  | 'holder-invalid'
  | 'line-id-invalid'
  | 'overlaps-tenure'
  | 'status-invalid'
  | 'text-damaged'
  | 'too-many-rows'
  | 'valid-from-invalid'
  | 'valid-to-invalid';

/** What a row is checked against. */
export interface RowRules {
  readonly lineIdPattern: RegExp;
  readonly columns: LineColumns;
  /** A birth lies before it. */
  readonly businessDate: string;
}

/** Where each column of a file is; an optional one that is not there is undefined, and nothing is known of it. */
export interface LineColumns {
  readonly count: number;
  readonly at: Readonly<Record<RequiredColumn, number>> & Readonly<Partial<Record<OptionalColumn, number>>>;
}

const REQUIRED = ['line_id', 'holder', 'closing_group', 'status', 'valid_from', 'valid_to'] as const;
const OPTIONAL = ['birth_date', 'email'] as const;
type RequiredColumn = (typeof REQUIRED)[number];
type OptionalColumn = (typeof OPTIONAL)[number];

const STATUSES: readonly LineStatus[] = ['active', 'suspended', 'closed'];
const MAX_LINE_ID = 16;
const MAX_HOLDER = 120;
const MAX_EMAIL = 254;
/** MariaDB keeps dates of four digits only; and nobody of the century before last holds a line. */
const EARLIEST_DATE = '1900-01-01';
/** Only the shape: addresses that no RFC allows (`..`, a dot before the @) have been handed out by carriers. */
const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;
const LINE_BREAKS = /[\r\n\t]+/g;
const CONTROL_CHARACTER = /\p{Cc}/u;
const REPLACEMENT_CHARACTER = '\uFFFD';

/** Reads a header; columns may stand in any order. Answers with what is wrong when it is not that of a line master. */
export function readHeader(names: readonly string[]): LineColumns | string {
  const known = new Set<string>([...REQUIRED, ...OPTIONAL]);
  const unknown = names.filter((name) => !known.has(name));
  const missing = REQUIRED.filter((name) => !names.includes(name));
  if (missing.length > 0) return `the header lacks ${missing.join(', ')}`;
  if (unknown.length > 0) return `the header has unknown columns (${unknown.length})`;
  if (new Set(names).size < names.length) return 'the header names a column twice';
  const at = Object.fromEntries(names.map((name, index) => [name, index])) as LineColumns['at'];
  return { count: names.length, at };
}

/** Checks the fields of one row. Everything in them is data: a name that looks like a formula is a name. */
export function readLineRow(place: RowPlace, fields: readonly string[], rules: RowRules): LineRow | RowFault {
  const { count, at } = rules.columns;
  if (fields.length !== count)
    return fault('column-count', `${fields.length} columns where the header has ${count}`);
  if (fields.some((field) => field.includes(REPLACEMENT_CHARACTER))) {
    return fault('text-damaged', 'holds bytes that are not UTF-8');
  }
  const field = (column: RequiredColumn | OptionalColumn): string => fields[at[column] ?? count] ?? '';
  const candidate: LineRow = {
    ...place,
    lineId: field('line_id'),
    closingGroup: parseClosingGroup(field('closing_group')) as ClosingGroup,
    status: field('status') as LineStatus,
    validFrom: field('valid_from'),
    validTo: field('valid_to') || null,
    holder: field('holder').replaceAll(LINE_BREAKS, ' ').trim(),
    birthDate: field('birth_date') || null,
    email: field('email') || null,
  };
  return findFault(candidate, rules, field('closing_group')) ?? candidate;
}

export function isFault(outcome: LineRow | RowFault): outcome is RowFault {
  return 'code' in outcome;
}

/** The first thing wrong with a row. Names, births and addresses are not repeated: the reason ends up in logs. */
function findFault(line: LineRow, rules: RowRules, groupText: string): RowFault | undefined {
  const { validFrom, validTo, birthDate, email } = line;
  if (line.lineId.length > MAX_LINE_ID || !rules.lineIdPattern.test(line.lineId)) {
    return fault('line-id-invalid', `line_id ${quote(line.lineId)} is not one of ours`);
  }
  if (line.holder === '') return fault('holder-invalid', 'holder is empty');
  if (Array.from(line.holder).length > MAX_HOLDER)
    return fault('holder-invalid', `holder is longer than ${MAX_HOLDER}`);
  if (CONTROL_CHARACTER.test(line.holder)) return fault('holder-invalid', 'holder has a control character');
  if (line.closingGroup === undefined) {
    return fault(
      'closing-group-invalid',
      `closing_group ${quote(groupText)} is not 5, 10, 15, 20, 25, 31 or end`,
    );
  }
  if (!STATUSES.includes(line.status)) {
    return fault('status-invalid', `status ${quote(line.status)} is not ${STATUSES.join(', ')}`);
  }
  if (!isKnownDate(validFrom))
    return fault('valid-from-invalid', `valid_from ${quote(validFrom)} is not a date`);
  if (validTo !== null && !isKnownDate(validTo)) {
    return fault('valid-to-invalid', `valid_to ${quote(validTo)} is not a date`);
  }
  if (validTo !== null && validTo <= validFrom)
    return fault('valid-to-invalid', 'valid_to is not after valid_from');
  if (birthDate !== null && (!isKnownDate(birthDate) || birthDate >= rules.businessDate)) {
    return fault('birth-date-invalid', 'birth_date is not a date in the past');
  }
  if (email !== null && (email.length > MAX_EMAIL || !EMAIL.test(email))) {
    return fault('email-invalid', 'email does not have the shape of an address');
  }
  return undefined;
}

function fault(code: RowFaultCode, reason: string): RowFault {
  return { code, reason };
}

function quote(text: string): string {
  return JSON.stringify(text.length > 32 ? `${text.slice(0, 32)}…` : text);
}

/** Dates repeat by the thousand in a file, and checking one costs a microsecond. */
const knownDates = new Set<string>();
const MAX_KNOWN_DATES = 50_000;

function isKnownDate(text: string): boolean {
  if (knownDates.has(text)) return true;
  if (!isDate(text) || text < EARLIEST_DATE) return false;
  if (knownDates.size >= MAX_KNOWN_DATES) knownDates.clear();
  knownDates.add(text);
  return true;
}
