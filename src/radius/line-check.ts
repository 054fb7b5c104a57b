import { AaaClient, type AskOutcome } from './aaa-client.ts';
import { parseAddress } from '../shared/ip-address.rules.ts';
import { isAttributeText, type CallCheck } from './call-check.ts';
import type { Contradicted } from './contradiction.rules.ts';
import { readOptions, type LineCheckOptions, type LineCheckPlan } from './line-check-options.ts';
import { calculateShareMs } from './retransmission.rules.ts';
import type { ServerStats } from './server-stats.ts';
import type { AccessAnswer } from './verify-reply.ts';

export type { LineCheckOptions, RadiusServer } from './line-check-options.ts';

export type UnknownReason = 'timeout' | 'no-server' | 'overloaded' | 'invalid-request' | 'closed';

/** Only `accepted` proves the line: the caller treats `unknown` like `refused`. */
export type LineCheckOutcome =
  /** `server`: `address:port` of the server that answered. */
  | { readonly kind: 'accepted'; readonly server: string }
  | { readonly kind: 'refused'; readonly reason: 'rejected'; readonly server?: string }
  /** A server accepted another line, service or address than it was asked about; `server` is its `address:port`. */
  | {
      readonly kind: 'refused';
      readonly reason: 'contradicted';
      readonly attribute: Contradicted;
      readonly server: string;
    }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason };

export interface LineCheck {
  /** Asks whether the line holds this address now. Never throws because of the network or the input. */
  check(request: { readonly lineId: string; readonly address: string }): Promise<LineCheckOutcome>;
  /** Counters of each server, in the order of the options. */
  stats(): readonly ServerStats[];
  /** Ends running checks as `unknown`, `closed`, and releases every socket and timer. */
  close(): Promise<void>;
}

/**
 * Creates the line proof of the checkout: a RADIUS Call-Check to the carrier's AAA servers (RFC 2865 §5.6,
 * domain.md §7). Throws at once for options that cannot work.
 *
 * @example
 * const lineCheck = createLineCheck({ servers: [{ host: '192.0.2.53', port: 1812, secret }], nasIdentifier: 'tabane' });
 * const outcome = await lineCheck.check({ lineId: 'CAF1234567890', address: '192.0.2.10' });
 */
export function createLineCheck(options: LineCheckOptions): LineCheck {
  return new RadiusLineCheck(readOptions(options));
}

class RadiusLineCheck implements LineCheck {
  readonly #plan: LineCheckPlan;
  readonly #clients: readonly AaaClient[];
  #pending = 0;
  #isClosed = false;

  constructor(plan: LineCheckPlan) {
    this.#plan = plan;
    this.#clients = plan.servers.map((server) => new AaaClient(server, plan));
  }

  async check(request: { readonly lineId: string; readonly address: string }): Promise<LineCheckOutcome> {
    if (this.#isClosed) return { kind: 'unknown', reason: 'closed' };
    const { nasIdentifier, maxPending } = this.#plan;
    const { lineId } = request;
    const address = parseAddress(request.address);
    if (!address || !isAttributeText(lineId)) return { kind: 'unknown', reason: 'invalid-request' };
    if (this.#pending >= maxPending) return { kind: 'unknown', reason: 'overloaded' };
    this.#pending += 1;
    try {
      return await this.#askServers({ lineId, address, nasIdentifier });
    } finally {
      this.#pending -= 1;
    }
  }

  async #askServers(check: CallCheck): Promise<LineCheckOutcome> {
    const { timers, retransmission } = this.#plan.terms;
    const deadlineMs = timers.nowMs() + retransmission.totalMs;
    const clients = this.#clients.toSorted(
      (one, other) => Number(one.isResting()) - Number(other.isResting()),
    );
    const failures = new Set<AskOutcome['kind']>();
    for (const [index, client] of clients.entries()) {
      const shareMs = calculateShareMs(deadlineMs - timers.nowMs(), clients.length - index);
      const outcome = await client.ask(check, shareMs);
      if (outcome.kind === 'answered') return conclude(outcome.answer, client.name);
      if (outcome.kind === 'contradicted') {
        return { kind: 'refused', reason: 'contradicted', attribute: outcome.attribute, server: client.name };
      }
      if (this.#isClosed) return { kind: 'unknown', reason: 'closed' };
      failures.add(outcome.kind);
    }
    return { kind: 'unknown', reason: determineReason(failures) };
  }

  stats(): readonly ServerStats[] {
    return this.#clients.map((client) => client.stats());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#clients.map((client) => client.close()));
  }
}

/** A Challenge asks for input that a line cannot give, so it is a refusal like a Reject. */
function conclude(answer: AccessAnswer, server: string): LineCheckOutcome {
  return answer === 'accept' ? { kind: 'accepted', server } : { kind: 'refused', reason: 'rejected', server };
}

function determineReason(failures: ReadonlySet<AskOutcome['kind']>): UnknownReason {
  if (failures.has('silent')) return 'timeout';
  return failures.has('full') ? 'overloaded' : 'no-server';
}
