import { contradictable, type Contradicted } from './contradiction.rules.ts';
import type { ReplyFault } from './verify-reply.ts';

/** Why a datagram was not accepted as a reply. `source`: it is not from the server that was asked. */
export type DropReason = 'source' | 'length' | 'attribute' | ReplyFault;

/** Counters of one AAA server since the start; they only increase. */
export interface ServerStats {
  /** `address:port`, without its secret. */
  readonly server: string;
  /** First transmissions. */
  sent: number;
  retransmitted: number;
  /** Transmissions that the operating system refused; they count as lost. */
  sendFailures: number;
  accepted: number;
  rejected: number;
  /** Accepts that were refused, by the attribute in which they contradict the request. */
  readonly contradictions: Record<Contradicted, number>;
  /** Exchanges without a reply. */
  timeouts: number;
  readonly droppedReplies: Record<DropReason, number>;
}

export function createStats({ host, port }: { readonly host: string; readonly port: number }): ServerStats {
  return {
    server: `${host}:${port}`,
    sent: 0,
    retransmitted: 0,
    sendFailures: 0,
    accepted: 0,
    rejected: 0,
    contradictions: Object.fromEntries(contradictable.map((name) => [name, 0])) as Record<
      Contradicted,
      number
    >,
    timeouts: 0,
    droppedReplies: {
      source: 0,
      length: 0,
      attribute: 0,
      identifier: 0,
      code: 0,
      'response-authenticator-wrong': 0,
      'message-authenticator-missing': 0,
      'message-authenticator-repeated': 0,
      'message-authenticator-wrong': 0,
    },
  };
}
