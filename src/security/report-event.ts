import { createHmac, hkdfSync } from 'node:crypto';
import type { Config } from '../../config/config.ts';
import type { Deps } from '../deps.ts';
import { securityEvents, type SecurityEventName, type SubjectKind } from './security-events.ts';

type Events = typeof securityEvents;

/** The details of an event: its subjects in plain text, and the facts that the log line shows. */
export interface EventDetails<Name extends SecurityEventName> {
  readonly subjects?: { readonly [Kind in Events[Name]['subjects'][number]]?: string | undefined };
  readonly facts?: {
    readonly [Fact in Events[Name]['facts'][number]]?: string | number | undefined;
  };
}

/**
 * Writes a security event to the log: its name as `event`, its subjects as hashes, so that a monitor recognises the
 * same source and the log does not reveal who it is.
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

/** Characters of a hash in a log line: 128 bits. */
const SHOWN = 32;

/** A keyed hash: without a key, all of the few billion addresses and identifiers could be tried. */
export function hashSubject(config: Config, kind: SubjectKind, value: string): string {
  return createHmac('sha256', keyOf(config)).update(`${kind}:${value}`).digest('hex').slice(0, SHOWN);
}

/** A separate key, so that the log reveals nothing about other uses of the secret. */
const keys = new WeakMap<Config, Buffer>();

function keyOf(config: Config): Buffer {
  let key = keys.get(config);
  if (!key) {
    key = Buffer.from(hkdfSync('sha256', config.secret, '', 'tabane: subjects of security events', 32));
    keys.set(config, key);
  }
  return key;
}
