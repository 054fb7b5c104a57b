import type { Orm } from '../database/orm.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';

/** A request that was answered. */
export interface AnsweredRequest {
  readonly companyId: number;
  readonly apiKeyId: string;
  readonly requestId: string;
  readonly method: string;
  readonly route: string;
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
  readonly idempotencyKey: string | null;
  readonly address: string;
  /** Whether its bodies are in the log; the code of a problem always is. */
  readonly showsBodies: boolean;
  readonly requestBody: string | undefined;
  readonly responseBody: string | undefined;
}

export type WaitingRequest = AnsweredRequest & { readonly at: Date };

/** Of one company and minute: enough to follow what a program does, and nothing against what a busy one sends. */
export const MAX_SUCCEEDED_PER_MINUTE = 30;
export const MAX_REFUSED_PER_MINUTE = 60;
/** What waits to be written, of all companies. */
const MAX_WAITING = 2_000;
const MINUTE_MS = 60_000;

interface Minute {
  minute: number;
  succeeded: number;
  refused: number;
}

/** How many came on a date, of which some are in the log. */
export interface SeenCount {
  readonly companyId: number;
  readonly countedOn: string;
  seen: number;
}

/** What a process has noted and not written yet. Minutes are as many as companies, counts as many as companies and dates. */
export interface Noted {
  waiting: WaitingRequest[];
  counts: Map<string, SeenCount>;
  readonly minutes: Map<number, Minute>;
  /** The business date of the last minute: to find it takes longer than all else. */
  today: { minute: number; date: string } | undefined;
}

/** One a database. */
const notedIn = new WeakMap<Orm, Noted>();

export function notedOf(orm: Orm): Noted {
  let noted = notedIn.get(orm);
  if (!noted)
    notedIn.set(orm, (noted = { waiting: [], counts: new Map(), minutes: new Map(), today: undefined }));
  return noted;
}

/** Notes a request in memory: none waits for the log. Beyond the rates it is counted alone. */
export function noteRequest({ orm, clock, config }: Deps, request: AnsweredRequest): void {
  if (config.requestLogDays === 0) return;
  const noted = notedOf(orm);
  const at = clock.now();
  const minute = Math.floor(at.getTime() / MINUTE_MS);
  if (noted.today?.minute !== minute) noted.today = { minute, date: businessDateOf(at, config.timeZone) };
  count(noted, request.companyId, noted.today.date);
  if (takes(noted, request, minute)) noted.waiting.push({ ...request, at });
}

function count({ counts }: Noted, companyId: number, countedOn: string): void {
  const key = `${companyId} ${countedOn}`;
  const found = counts.get(key);
  if (found) found.seen += 1;
  else counts.set(key, { companyId, countedOn, seen: 1 });
}

function takes({ minutes, waiting }: Noted, { companyId, status }: AnsweredRequest, minute: number): boolean {
  let of = minutes.get(companyId);
  if (of?.minute !== minute) minutes.set(companyId, (of = { minute, succeeded: 0, refused: 0 }));
  const kind = status < 400 ? 'succeeded' : 'refused';
  of[kind] += 1;
  const most = kind === 'succeeded' ? MAX_SUCCEEDED_PER_MINUTE : MAX_REFUSED_PER_MINUTE;
  return of[kind] <= most && waiting.length < MAX_WAITING;
}
