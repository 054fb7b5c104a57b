import { createHash } from 'node:crypto';
import { parse } from 'node:path';

const MAX_SUBJECT = 64;
const HASH_LETTERS = 8;
const PLAIN_NAME = /^[\x21-\x7e]+$/;

/** Whether a name of the inbox is of a line file. What begins with a dot is hidden: programs that copy write so. */
export function isLineFileName(name: string): boolean {
  return /\.csv$/i.test(name) && !name.startsWith('.');
}

/** A few letters that tell a name from others, where it cannot be written in full. */
export function shortHash(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, HASH_LETTERS);
}

/**
 * What a file, or a row of it, is called among the parked subjects, in 64 letters of ASCII. Two names never become one:
 * a name that is not written in full ends with a hash.
 */
export function subjectOf(name: string, row?: number): string {
  const place = row === undefined ? '' : `:row ${row}`;
  const { name: stem, ext } = parse(name);
  const short = ext === '.csv' && !/\.csv$/i.test(stem) ? stem : name;
  if (PLAIN_NAME.test(short) && short.length + place.length <= MAX_SUBJECT) return short + place;
  const room = MAX_SUBJECT - place.length - HASH_LETTERS - 1;
  const left = stem.replaceAll(/[^\x21-\x7e]/g, '').slice(0, room);
  return `${left === '' ? '' : `${left}-`}${shortHash(name)}${place}`;
}

/** A name that somebody else has given, for a terminal and a log. */
export function showName(name: string): string {
  return name.replaceAll(/\p{C}/gu, '?');
}
