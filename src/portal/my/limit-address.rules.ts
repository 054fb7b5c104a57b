import type { Actor } from '../../access/actor.ts';
import { Problem } from '../../shared/problem.ts';
import { LINE } from './limit-words.rules.ts';

const NUMBER = /^[1-9]\d{0,9}$/;

/** The row number in an address. @throws Problem `not-found` for what is none. */
export function readPerson(text: string | undefined): number {
  if (text !== undefined && NUMBER.test(text)) return Number(text);
  throw new Problem('not-found');
}

/** Whom a setting is about: null for the line, which only its holder sets. @throws Problem `not-found`, `permission-denied`. */
export function readWho(actor: Actor, text: string | undefined): number | null {
  if (text !== LINE) return readPerson(text);
  if (actor.kind === 'subscriber' && actor.isHolder) return null;
  throw new Problem('permission-denied');
}

const oneOf =
  <const T extends string>(...values: readonly T[]) =>
  (text: string | undefined): T => {
    const value = values.find((candidate) => candidate === text);
    if (value === undefined) throw new Problem('not-found');
    return value;
  };

export const readKind = oneOf('monthly-limit', 'charge-limit');
export const readRule = oneOf('block', 'allow');
export const readTo = oneOf('on', 'off');
