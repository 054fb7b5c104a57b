import { createHmac, hkdfSync } from 'node:crypto';
import type { Config } from '../../config/config.ts';
import type { Deps } from '../deps.ts';
import { securityEvents, type SecurityEventName, type SubjectKind } from './security-events.ts';

type Events = typeof securityEvents;

/** What an event says: whom it is about, as they are called, and facts as they are to stand in the line. */
export interface EventDetails<Name extends SecurityEventName> {
  readonly subjects?: { readonly [Kind in Events[Name]['subjects'][number]]?: string | undefined };
  readonly facts?: {
    readonly [Fact in Events[Name]['facts'][number]]?: string | number | undefined;
  };
}

/**
 * Writes a security event to the log: its name as `event`, its subjects as hashes, so that a monitor sees the same
 * source again and nobody learns from the log who it is.
 */
export function reportEvent<Name extends SecurityEventName>(
  { config, log }: Pick<Deps, 'config' | 'log'>,
  event: Name,
  { subjects = {}, facts = {} }: EventDetails<Name> = {},
): void {
  const hashed = Object.entries(subjects as Record<string, string | undefined>)
    .filter((entry): entry is [SubjectKind, string] => entry[1] !== undefined)
    .map(([kind, value]) => [kind, hashSubject(config, kind, value)]);
  const { level, when } = securityEvents[event];
  const subject = hashed.length > 0 ? { subject: Object.fromEntries(hashed) as object } : {};
  const line: object = { event, ...subject, ...facts };
  log[level](line, when);
}

/** Characters of a hash that a line shows: 128 bits. */
const SHOWN = 32;

/** Keyed: the few billion addresses and identifiers there are could be hashed through otherwise. */
export function hashSubject(config: Config, kind: SubjectKind, value: string): string {
  return createHmac('sha256', keyOf(config)).update(`${kind}:${value}`).digest('hex').slice(0, SHOWN);
}

/** A key of its own, so that what the log shows says nothing about other uses of the secret. */
const keys = new WeakMap<Config, Buffer>();

function keyOf(config: Config): Buffer {
  let key = keys.get(config);
  if (!key) {
    key = Buffer.from(hkdfSync('sha256', config.secret, '', 'tabane: subjects of security events', 32));
    keys.set(config, key);
  }
  return key;
}
