import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { parse } from 'node:path';

const MAX_SUBJECT = 64;
const HASH_LETTERS = 8;
const PLAIN_NAME = /^[\x21-\x7e]+$/;

/** Whether a name of the inbox is that of a line file. A leading dot hides a file: copy programs use it while they write. */
export function isLineFileName(name: string): boolean {
  return /\.csv$/i.test(name) && !name.startsWith('.');
}

/** Shortens a text to what a file system takes of it; no character is cut in two. */
export function cutToBytes(text: string, maxBytes: number): string {
  const letters: string[] = [];
  let bytes = 0;
  for (const letter of text) {
    bytes += Buffer.byteLength(letter);
    if (bytes > maxBytes) break;
    letters.push(letter);
  }
  return letters.join('');
}

const REMNANT = /^\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a name is that of a file from a page which its process was still copying into the inbox. */
export function isBeingStored(name: string): boolean {
  return REMNANT.test(name);
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
