import { createHash } from 'node:crypto';
import { parse } from 'node:path';

const MAX_SUBJECT = 64;
const HASH_LETTERS = 8;
const PLAIN_NAME = /^[\x21-\x7e]+$/;

/** Whether a name of the inbox is that of a line file. A leading dot hides a file: copy programs use it while they write. */
export function isLineFileName(name: string): boolean {
  return /\.csv$/i.test(name) && !name.startsWith('.');
}

/** A short hash that distinguishes names where they cannot be written in full. */
export function shortHash(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, HASH_LETTERS);
}

/**
 * The name of a file, or of a row of it, among the parked subjects, in at most 64 ASCII characters. Two names never become
 * one: a shortened name ends with a hash.
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

/** A file name from outside, made safe for a terminal and a log. */
export function showName(name: string): string {
  return name.replaceAll(/\p{C}/gu, '?');
}
