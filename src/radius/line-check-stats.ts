import type { ReplyFault } from './verify-reply.ts';

/** Why a datagram that arrived was not taken for a reply. `source`: not from the server that was asked. */
export type DropReason = 'source' | 'length' | 'attribute' | ReplyFault;

/** Counters since the start; they only rise. */
export interface LineCheckStats {
  /** First transmissions. */
  sent: number;
  retransmitted: number;
  /** Transmissions that the operating system refused; they count as lost on the way. */
  sendFailures: number;
  accepted: number;
  rejected: number;
  /** Servers that stayed silent through their whole turn. */
  timeouts: number;
  readonly droppedReplies: Record<DropReason, number>;
}

export function createStats(): LineCheckStats {
  return {
    sent: 0,
    retransmitted: 0,
    sendFailures: 0,
    accepted: 0,
    rejected: 0,
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
