import { parseClosingGroup, type ClosingGroup } from '../shared/calendar.rules.ts';
import { isReadableText } from '../shared/readable-text.rules.ts';
import { isOpenEnd, readFileDate } from './file-date.rules.ts';
import {
  detailColumns,
  details,
  noDetails,
  readDetails,
  type DetailColumn,
  type DetailFaultCode,
  type RowDetails,
} from './line-details.rules.ts';

/** The position of a row in its file. */
export interface RowPlace {
  /** 1 for the first row below the header. */
  readonly row: number;
  /** Line of the file on which it begins, 1 for the header. It exceeds `row` further after each line break within quotes. */
  readonly line: number;
}

/** One good row of the line master file: a line, and one tenure of it. */
export interface LineRow extends RowPlace, RowDetails {
  readonly lineId: string;
  readonly closingGroup: ClosingGroup;
  readonly status: LineStatus;
  readonly validFrom: string;
  /** Null for an open-ended tenure. */
  readonly validTo: string | null;
  readonly holder: string;
}

export type LineStatus = 'active' | 'suspended' | 'closed';

/** Why a row was refused. The codes are stable, the reasons are for people. */
export interface RowFault {
  readonly code: RowFaultCode;
  readonly reason: string;
}

export type RowFaultCode =
  | DetailFaultCode
  | 'closing-group-invalid'
  | 'column-count'
  | 'contradicts-row'
  | 'holder-invalid'
  | 'line-id-invalid'
  | 'overlaps-tenure'
  | 'quote-stray'
  | 'status-invalid'
  | 'telephone-taken'
  | 'text-damaged'
  | 'too-many-rows'
  | 'valid-from-invalid'
  | 'valid-to-invalid';

/** What a row is checked against. */
export interface RowRules {
  readonly lineIdPattern: RegExp;
  readonly columns: LineColumns;
  /** A birth date must be before it. */
  readonly businessDate: string;
}

/** The position of each column in a file; undefined for an optional column that the file does not have. */
export interface LineColumns {
  readonly count: number;
  readonly at: Readonly<Record<RequiredColumn, number>> & Readonly<Partial<Record<DetailColumn, number>>>;
}

const REQUIRED = ['line_id', 'holder', 'closing_group', 'status', 'valid_from', 'valid_to'] as const;
type RequiredColumn = (typeof REQUIRED)[number];

const STATUSES: readonly LineStatus[] = ['active', 'suspended', 'closed'];
const MAX_LINE_ID = 16;
const MAX_HOLDER = 120;
const MAX_CODE_SHOWN = 32;
const LINE_BREAKS = /[\r\n\t]+/g;
const REPLACEMENT_CHARACTER = '\uFFFD';

/** Separators of files that are not CSV as we accept it. */
const SEPARATORS = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'bars'],
  ['，', 'full-width commas'],
] as const;

/** Parses a header; columns may be in any order. Returns what is wrong if it is not the header of a line master. */
export function readHeader(text: string): LineColumns | string {
  const names = splitHeader(text, ',');
  const known = new Set<string>([...REQUIRED, ...detailColumns]);
  const separator = SEPARATORS.find(
    ([sign]) => splitHeader(text, sign).filter((name) => known.has(name)).length > 1,
  );
  if (separator) return `its columns are separated by ${separator[1]}, save it with commas`;
  const unknown = names.filter((name) => !known.has(name));
  const missing = REQUIRED.filter((name) => !names.includes(name));
  if (missing.length > 0) return `the header lacks ${missing.join(', ')}`;
  if (unknown.length > 0) return `the header has unknown columns (${unknown.length})`;
  if (new Set(names).size < names.length) return 'the header names a column twice';
  const at = Object.fromEntries(names.map((name, index) => [name, index])) as LineColumns['at'];
  return { count: names.length, at };
}

/** Column names contain neither commas nor quotes. */
function splitHeader(text: string, separator: string): string[] {
  return text.split(separator).map((name) => (/^"[^"]*"$/.test(name) ? name.slice(1, -1) : name));
}

/** The name of the column at a position, for a message. */
export function columnName({ at }: LineColumns, column: number): string {
  return Object.entries(at).find(([, index]) => index === column)?.[0] ?? `column ${column + 1}`;
}

/** Checks the fields of one row. A name that looks like a formula is a name. */
export function readLineRow(place: RowPlace, fields: readonly string[], rules: RowRules): LineRow | RowFault {
  const { count, at } = rules.columns;
  if (fields.length !== count)
    return fault('column-count', `${fields.length} columns where the header has ${count}`);
  if (fields.some((field) => field.includes(REPLACEMENT_CHARACTER))) {
    return fault('text-damaged', 'holds U+FFFD, which a program wrote for letters that it lost');
  }
  const field = (column: RequiredColumn | DetailColumn): string => fields[at[column] ?? count] ?? '';
  const texts = { group: field('closing_group'), from: field('valid_from'), to: field('valid_to') };
  const validTo = texts.to === '' || isOpenEnd(texts.to) ? null : (readFileDate(texts.to) ?? '');
  const read = readDetails(field);
  const isUnread = 'code' in read;
  const candidate: LineRow = {
    ...place,
    ...(isUnread ? noDetails : read),
    lineId: field('line_id'),
    closingGroup: parseClosingGroup(texts.group) as ClosingGroup,
    status: field('status') as LineStatus,
    validFrom: isOpenEnd(texts.from) ? '' : (readFileDate(texts.from) ?? ''),
    validTo,
    holder: field('holder').replaceAll(LINE_BREAKS, ' ').trim(),
  };
  return findFault(candidate, rules, texts) ?? (isUnread ? read : candidate);
}

export function isFault(outcome: LineRow | RowFault): outcome is RowFault {
  return 'code' in outcome;
}

/** The first fault of a row. The reason is logged, so it does not quote names, birth dates or addresses. */
function findFault(
  line: LineRow,
  rules: RowRules,
  texts: Readonly<Record<'group' | 'from' | 'to', string>>,
): RowFault | undefined {
  const { validFrom, validTo, birthDate } = line;
  if (line.lineId.length > MAX_LINE_ID || !rules.lineIdPattern.test(line.lineId)) {
    return fault('line-id-invalid', `line_id ${quote(line.lineId)} is not one of ours`);
  }
  if (line.holder === '') return fault('holder-invalid', 'holder is empty');
  if (Array.from(line.holder).length > MAX_HOLDER)
    return fault('holder-invalid', `holder is longer than ${MAX_HOLDER}`);
  if (!isReadableText(line.holder)) {
    return fault('holder-invalid', 'holder has characters that are not seen, or nothing to see');
  }
  if (line.closingGroup === undefined) {
    return fault(
      'closing-group-invalid',
      `closing_group ${quote(texts.group)} is not 5, 10, 15, 20, 25, 31 or end`,
    );
  }
  if (!STATUSES.includes(line.status)) {
    return fault('status-invalid', `status ${quote(line.status)} is not ${STATUSES.join(', ')}`);
  }
  if (validFrom === '') return fault('valid-from-invalid', `valid_from ${quote(texts.from)} is not a date`);
  if (validTo === '') return fault('valid-to-invalid', `valid_to ${quote(texts.to)} is not a date`);
  if (validTo !== null && validTo <= validFrom)
    return fault('valid-to-invalid', 'valid_to is not after valid_from');
  if (birthDate && birthDate >= rules.businessDate)
    return fault(details.birthDate.code, details.birthDate.reason);
  return undefined;
}

function fault(code: RowFaultCode, reason: string): RowFault {
  return { code, reason };
}

function quote(text: string): string {
  return JSON.stringify(text.length > MAX_CODE_SHOWN ? `${text.slice(0, MAX_CODE_SHOWN)}…` : text);
}
