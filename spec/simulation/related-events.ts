import type { History, SimEvent } from './history.ts';
import type { Mismatch } from './run-history.ts';

/** Parts of a body that name one thing among many; a company has to do with nearly everything. */
const LINKS = new Set([
  'charge',
  'consent',
  'subscription',
  'subscriber',
  'line',
  'use',
  'refund',
  'proposal',
  'account',
  'invoice',
]);
/** What bears on everything, and what time goes by. */
const ALWAYS = new Set([
  'night',
  'review-settlements',
  'change-company',
  'end-contract',
  'conclude-contract',
  'add-tariff',
  'hold-payout',
  'prepare-payouts',
  'propose-payouts',
  'decide-payouts',
  'send-payouts',
  'discard-payouts',
  'tell-results',
]);
const DEGREES = 3;

/**
 * Guesses at what a mismatch has to do with, the narrowest first: the events about the things it names, then about
 * the things those name. Each is a history of its own, much smaller than the whole.
 */
export function guessRelated(history: History, { event, differences }: Mismatch): History[] {
  const known = new Set(history.events.flatMap(linksOf));
  const text = JSON.stringify([
    event.body,
    ...differences.flatMap(({ what, expected, found }) => [what, expected, found]),
  ]);
  const named = new Set(text.split(/[\s|/:;,"{}[\]]+/).filter((word) => known.has(word)));
  const guesses: History[] = [];
  for (let degree = 1; degree <= DEGREES && named.size > 0; degree += 1) {
    const events = history.events.filter(
      (one) => ALWAYS.has(one.kind) || one === event || linksOf(one).some((link) => named.has(link)),
    );
    guesses.push({ ...history, events });
    for (const link of events.flatMap(linksOf)) named.add(link);
  }
  return guesses.filter(({ events }) => events.length < history.events.length);
}

function linksOf({ body }: SimEvent): string[] {
  return collect(body, '');
}

function collect(value: unknown, key: string): string[] {
  if (typeof value === 'string') return LINKS.has(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((one) => collect(one, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => collect(one, name));
}
